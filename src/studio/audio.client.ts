import type { Audio } from './editor/shapes.ts'
import { Refusal, uploadSound } from './editor/talk.client.ts'

type Row = { item: HTMLLIElement; progress: HTMLProgressElement; said: HTMLParagraphElement }

/** Takes files that are chosen or dropped, each with its own progress and its own end. */
export class AudioUploads extends HTMLElement {
  connectedCallback(): void {
    const input = this.querySelector<HTMLInputElement>('input[type=file]')
    input?.addEventListener('change', () => {
      this.#take(input.files)
      input.value = ''
    })
    this.addEventListener('dragover', (event) => {
      event.preventDefault()
      this.classList.add('over')
    })
    this.addEventListener('dragleave', () => this.classList.remove('over'))
    this.addEventListener('drop', (event) => {
      event.preventDefault()
      this.classList.remove('over')
      this.#take(event.dataTransfer?.files ?? null)
    })
  }

  #take(files: FileList | null): void {
    for (const file of files ?? []) this.#send(file, this.#row(file.name))
  }

  #row(name: string): Row {
    const item = document.createElement('li')
    const label = document.createElement('p')
    label.textContent = name
    const progress = document.createElement('progress')
    progress.max = 1
    progress.setAttribute('aria-label', name)
    const said = document.createElement('p')
    said.className = 'meta'
    said.setAttribute('role', 'status')
    item.append(label, progress, said)
    this.querySelector('.incoming')?.append(item)
    return { item, progress, said }
  }

  #send(file: File, row: Row): void {
    const { progress, said } = row
    void uploadSound(file, (share) => {
      progress.value = share
      said.textContent = `${Math.round(share * 100)} %`
    }).then(
      (sound) => this.#took(sound, row),
      (error: unknown) => this.#failed(file, row, error),
    )
  }

  #took({ file, title }: Audio, { item, progress, said }: Row): void {
    progress.remove()
    said.textContent = 'It is in the library.'
    const player = document.createElement('audio')
    player.controls = true
    player.src = `/audio/${file}`
    player.setAttribute('aria-label', title)
    item.append(player)
  }

  #failed(file: File, { item, progress, said }: Row, error: unknown): void {
    progress.remove()
    said.className = 'hint bad'
    said.textContent =
      error instanceof Refusal ? [error.message, error.hint].filter(Boolean).join(' ') : 'This could not be taken.'
    const again = document.createElement('button')
    again.type = 'button'
    again.className = 'button small'
    again.textContent = 'Try again'
    again.addEventListener('click', () => {
      item.remove()
      this.#send(file, this.#row(file.name))
    })
    item.append(again)
  }
}
