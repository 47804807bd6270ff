import { spanInWords } from '../../player/words.ts'
import { make, part } from './make.client.ts'
import type { Audio } from './shapes.ts'
import { findSounds, uploadSound } from './talk.client.ts'

/** The station's audio in a sheet over the page: search, choose, or upload. */
export class SoundPicker {
  readonly #dialog: HTMLDialogElement
  readonly #list: HTMLElement
  readonly #said: HTMLElement
  #chosen: (sound: Audio) => void = () => {}
  #asked = 0

  constructor(root: ParentNode) {
    this.#dialog = root.querySelector<HTMLDialogElement>('#sound-picker')!
    this.#list = part(this.#dialog, 'sounds')
    this.#said = part(this.#dialog, 'sounds-said')
    const search = this.#dialog.querySelector<HTMLInputElement>('input[type="search"]')!
    const upload = this.#dialog.querySelector<HTMLInputElement>('input[type="file"]')!
    let timer: ReturnType<typeof setTimeout> | undefined
    search.addEventListener('input', () => {
      clearTimeout(timer)
      timer = setTimeout(() => void this.#find(search.value), 250)
    })
    upload.addEventListener('change', () => {
      const file = upload.files?.[0]
      upload.value = ''
      if (file) void this.#upload(file)
    })
  }

  open(chosen: (sound: Audio) => void): void {
    this.#chosen = chosen
    this.#dialog.showModal()
    void this.#find(this.#dialog.querySelector<HTMLInputElement>('input[type="search"]')?.value ?? '')
  }

  async #upload(file: File): Promise<void> {
    this.#said.textContent = `Uploading ${file.name}…`
    try {
      this.#choose(
        await uploadSound(file, (share) => {
          this.#said.textContent = `Uploading ${file.name}: ${Math.round(share * 100)} %`
        }),
      )
      this.#said.textContent = ''
    } catch (error) {
      this.#said.textContent = `${file.name} was not taken. ${error instanceof Error ? error.message : ''}`
    }
  }

  async #find(words: string): Promise<void> {
    const asked = ++this.#asked
    try {
      const sounds = await findSounds(words)
      if (asked !== this.#asked) return
      this.#list.replaceChildren(...sounds.map((sound) => this.#row(sound)))
      const none = words ? `Nothing for “${words}”.` : 'No audio yet. Upload the first recording.'
      this.#said.textContent = sounds.length > 0 ? '' : none
    } catch {
      if (asked === this.#asked) this.#said.textContent = 'The library does not answer. Try again in a moment.'
    }
  }

  #row(sound: Audio): HTMLElement {
    return make(
      'li',
      {},
      make(
        'button',
        { type: 'button', class: 'pick-sound', onclick: () => this.#choose(sound) },
        make('b', {}, sound.title || sound.file),
        make('span', { class: 'by' }, spanInWords(sound.duration * 1000)),
      ),
    )
  }

  #choose(sound: Audio): void {
    this.#dialog.close()
    const { file, title, duration, transcript } = sound
    this.#chosen({ file, title, duration, ...(transcript && { transcript }) })
  }
}
