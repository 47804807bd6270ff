import { sizeInWords } from './photo-words.ts'
import { showIdeas } from './photo-idea.client.ts'
import { PhotoUpload, UploadTrouble } from './photo-upload.client.ts'
import type { PickedPhoto } from './photo-upload.client.ts'

/** How many go at the same time; the others wait for their turn. */
const AT_ONCE = 2

/** The photo library's page: photos that are dropped anywhere on it, or chosen, arrive one by one. */
export class PhotoLibrary extends HTMLElement {
  #waiting: Arrival[] = []
  #running = 0

  connectedCallback(): void {
    showIdeas(this)
    if (this.dataset['uploads'] !== 'yes') return
    const input = this.querySelector<HTMLInputElement>('input[type=file]')
    const chosen = () => {
      this.#take(input?.files)
      if (input) input.value = ''
    }
    input?.addEventListener('change', chosen)
    // Who was faster than this script.
    chosen()
    this.addEventListener('paste', (event) => this.#take(event.clipboardData?.files))
    document.addEventListener('dragover', this.#over)
    document.addEventListener('dragleave', this.#out)
    document.addEventListener('drop', this.#drop)
    addEventListener('beforeunload', this.#leave)
    addEventListener('online', this.#online)
  }

  disconnectedCallback(): void {
    document.removeEventListener('dragover', this.#over)
    document.removeEventListener('dragleave', this.#out)
    document.removeEventListener('drop', this.#drop)
    removeEventListener('beforeunload', this.#leave)
    removeEventListener('online', this.#online)
  }

  readonly #over = (event: DragEvent): void => {
    if (!event.dataTransfer?.types.includes('Files')) return
    event.preventDefault()
    this.classList.add('dropping')
  }

  readonly #out = (event: DragEvent): void => {
    if (!event.relatedTarget) this.classList.remove('dropping')
  }

  readonly #drop = (event: DragEvent): void => {
    this.classList.remove('dropping')
    if (!event.dataTransfer?.files.length) return
    event.preventDefault()
    this.#take(event.dataTransfer.files)
  }

  readonly #leave = (event: BeforeUnloadEvent): void => {
    if (this.#running > 0 || this.#waiting.length > 0) event.preventDefault()
  }

  readonly #online = (): void => {
    for (const button of this.querySelectorAll<HTMLButtonElement>('.uploads .go-on')) button.click()
  }

  #take(files: FileList | null | undefined): void {
    const list = this.querySelector<HTMLElement>('.uploads')
    if (!list || !files?.length) return
    list.hidden = false
    for (const file of files) {
      const arrival = new Arrival(file, {
        again: () => this.#queue(arrival),
        gone: () => (list.hidden = !list.childElementCount),
      })
      list.append(arrival.item)
      this.#queue(arrival)
    }
  }

  #queue(arrival: Arrival): void {
    this.#waiting.push(arrival)
    void this.#next()
  }

  async #next(): Promise<void> {
    if (this.#running >= AT_ONCE) return
    const arrival = this.#waiting.shift()
    if (!arrival) return
    this.#running += 1
    try {
      const said = await arrival.go()
      this.#say(said)
      if (arrival.isKept) await this.#renew()
    } finally {
      this.#running -= 1
      void this.#next()
    }
  }

  #say(words: string): void {
    const status = this.querySelector('[role=status]')
    if (status) status.textContent = words
  }

  /** The list as it is now; what is being typed beside it stays. */
  async #renew(): Promise<void> {
    const answer = await fetch(location.href, { redirect: 'error' }).catch(() => null)
    if (!answer?.ok) return
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html')
    for (const place of ['.filters', '.beside']) {
      const [old, now] = [this.querySelector(place), fresh.querySelector(`studio-photos ${place}`)]
      if (old && now) old.replaceWith(now)
    }
    showIdeas(this)
  }
}

type Calls = { again: () => void; gone: () => void }

/** One line of what arrives, with its own progress and its own way to go on. */
class Arrival {
  readonly item = document.createElement('li')
  readonly #upload: PhotoUpload
  readonly #calls: Calls
  readonly #progress = document.createElement('progress')
  readonly #state = document.createElement('span')
  isKept = false

  constructor(file: File, calls: Calls) {
    this.#upload = new PhotoUpload(file)
    this.#calls = calls
    const thumb = document.createElement('img')
    thumb.alt = ''
    thumb.width = 60
    thumb.height = 40
    void drawThumb(file, thumb)
    const name = document.createElement('span')
    const bold = document.createElement('b')
    bold.textContent = file.name
    const size = document.createElement('span')
    size.className = 'meta'
    size.textContent = sizeInWords(file.size)
    name.append(bold, document.createElement('br'), size)
    this.#progress.max = 100
    this.#progress.value = 0
    this.#progress.setAttribute('aria-label', file.name)
    this.#state.className = 'meta'
    this.#state.textContent = 'Waits'
    this.item.append(thumb, name, this.#progress, this.#state)
  }

  /** @returns what has become of it, in a sentence. Never throws. */
  async go(): Promise<string> {
    const { file } = this.#upload
    this.item.classList.remove('broken')
    this.#progress.classList.remove('bad')
    const began = performance.now()
    const from = this.#upload.sent
    try {
      const photo = await this.#upload.go((bytes) => this.#show(bytes, { began, from }))
      this.#kept(photo)
      return `${file.name}: kept.`
    } catch (error) {
      const trouble =
        error instanceof UploadTrouble ? error : new UploadTrouble({ message: String(error), refused: true })
      this.#progress.classList.add('bad')
      this.item.classList.add('broken')
      if (trouble.refused) return this.#refused(trouble)
      const percent = percentOf(this.#upload.sent, file.size)
      this.#progress.value = percent
      this.#trouble(`The line broke at ${percent} %.`, `Go on from ${percent} %`, 'go-on', () => this.#calls.again())
      return `${file.name}: the line broke at ${percent} %. Go on from there.`
    }
  }

  #show(bytes: number, { began, from }: { began: number; from: number }): void {
    const { size } = this.#upload.file
    const percent = percentOf(bytes, size)
    const speed = (bytes - from) / Math.max(1, performance.now() - began)
    const left = speed > 0 ? Math.ceil((size - bytes) / speed / 1000) : null
    this.#progress.value = percent
    this.#say(bytes >= size ? 'Being read' : left === null ? `${percent} %` : `${percent} %, ${left} s`, 'meta')
  }

  #kept({ id, lacks }: PickedPhoto): void {
    this.isKept = true
    this.#progress.value = 100
    this.#say('', 'upload-end')
    const state = document.createElement('span')
    state.className = 'state public'
    state.textContent = 'Kept'
    const link = document.createElement('a')
    link.className = 'under'
    link.href = `/studio/photos/${id}`
    link.textContent = lacks.includes('credit')
      ? 'Say who took it'
      : lacks.length > 0
        ? 'Say what is missing'
        : 'Look at it'
    this.#state.append(state, link)
  }

  #refused({ message, hint }: UploadTrouble): string {
    this.#trouble(`${message} ${hint}`, 'Put away', 'put-away', () => {
      this.item.remove()
      this.#calls.gone()
    })
    return `${this.#upload.file.name}: ${message}`
  }

  #trouble(words: string, press: string, name: string, onPress: () => void): void {
    this.#say('', 'upload-end')
    const said = document.createElement('span')
    said.className = 'hint bad'
    said.textContent = words
    const button = document.createElement('button')
    button.type = 'button'
    button.className = `button small ${name}`
    button.textContent = press
    button.setAttribute('aria-label', `${press}: ${this.#upload.file.name}`)
    button.addEventListener('click', () => {
      this.#say('Waits', 'meta')
      onPress()
    })
    this.#state.append(said, button)
  }

  #say(words: string, name: string): void {
    this.#state.className = name
    this.#state.textContent = words
  }
}

const percentOf = (bytes: number, size: number) => Math.min(100, Math.floor((bytes / Math.max(1, size)) * 100))

/** As data: the page's policy allows no other way to show what is not on the server. */
const drawThumb = async (file: File, image: HTMLImageElement): Promise<void> => {
  try {
    const bitmap = await createImageBitmap(file, { resizeWidth: 120, resizeQuality: 'medium' })
    const canvas = document.createElement('canvas')
    canvas.width = bitmap.width
    canvas.height = bitmap.height
    canvas.getContext('2d')?.drawImage(bitmap, 0, 0)
    bitmap.close()
    image.src = canvas.toDataURL('image/jpeg', 0.7)
  } catch {
    // What the browser cannot read, the library may; it says so itself.
  }
}
