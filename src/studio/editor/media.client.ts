import { bodySchema } from '../../newsroom/body-schema.ts'
import { make, part } from './make.client.ts'
import { photoFields } from './photo-fields.client.ts'
import { Picker, photoOf } from './picker.client.ts'
import type { Audio, ListedPhoto, OpenAnswer, Photo } from './shapes.ts'
import { soundFields } from './sound-fields.client.ts'
import { SoundPicker } from './sound-picker.client.ts'
import type { Surface } from './surface.client.ts'

export type MediaDeps = {
  root: HTMLElement
  content: () => OpenAnswer['content']
  surface: () => Surface
  /** Whether this window has the pen. */
  writes: () => boolean
  onChange: () => void
}

/** The photos and sounds of a story: chosen from the library, put into the text or over it, with their words. */
export class Media {
  readonly #deps: MediaDeps
  readonly #photos: Picker
  readonly #sounds: SoundPicker
  readonly #thumbs = new Map<string, string>()

  constructor(deps: MediaDeps) {
    this.#deps = deps
    this.#photos = new Picker(deps.root)
    this.#sounds = new SoundPicker(deps.root)
  }

  /** What the toolbar and the panel can ask for. */
  readonly tools = {
    photo: (): void => this.#photos.open((photo) => this.#insertPhoto(photo)),
    lead: (): void => this.#photos.open((photo) => this.#setLead(photo)),
    audio: (): void => this.#sounds.open((sound) => this.#insertSound(sound)),
    sound: (): void => this.#sounds.open((sound) => this.#setSound(sound)),
  }

  /** Takes files that were dropped or pasted into the text. */
  async insertFiles(files: File[]): Promise<void> {
    for (const photo of await this.#photos.upload(files)) this.#insertPhoto(photo)
  }

  /** Where the staff sees a photo, also one that no story shows yet. */
  thumb(photo: Photo): string {
    return this.#thumbs.get(photo.file) ?? `/pictures/${encodeURIComponent(photo.file)}`
  }

  /** Shows the lead photo and the audio in the panel as the content has them. */
  show(): void {
    this.#showLead()
    this.#showSound()
  }

  #insertPhoto(photo: ListedPhoto): void {
    this.#thumbs.set(photo.file, photo.thumb)
    this.#deps.content().photos[photo.id] ??= photoOf(photo)
    this.#deps.surface().insert(bodySchema.nodes.photo.create({ photo: photo.id }))
  }

  #insertSound(sound: Audio): void {
    this.#deps.content().sounds[sound.file] ??= sound
    this.#deps.surface().insert(bodySchema.nodes.audio.create({ audio: sound.file }))
  }

  #setLead(photo: ListedPhoto | null): void {
    if (photo) this.#thumbs.set(photo.file, photo.thumb)
    this.#deps.content().photo = photo && photoOf(photo)
    this.#showLead()
    this.#deps.onChange()
  }

  #setSound(sound: Audio | null): void {
    this.#deps.content().audio = sound
    this.#showSound()
    this.#deps.onChange()
  }

  #showLead(): void {
    const { photo, source } = this.#deps.content()
    this.#name('lead', photo ? 'Choose another photo' : 'Choose a photo')
    const fields = (shown: Photo) =>
      photoFields(shown, {
        src: this.thumb(shown),
        ours: source === null,
        ...this.#around('Take the photo off', () => this.#setLead(null)),
      })
    part(this.#deps.root, 'photo').replaceChildren(...(photo ? fields(photo) : []))
  }

  #showSound(): void {
    const { audio } = this.#deps.content()
    this.#name('sound', audio ? 'Choose other audio' : 'Choose audio')
    const fields = (shown: Audio) =>
      soundFields(
        shown,
        this.#around('Take the audio off', () => this.#setSound(null)),
      )
    part(this.#deps.root, 'audio').replaceChildren(...(audio ? fields(audio) : []))
  }

  #name(tool: string, words: string): void {
    const button = this.#deps.root.querySelector<HTMLElement>(`[data-tool="${tool}"]`)
    if (button) button.textContent = words
  }

  #around(words: string, onclick: () => void) {
    const { writes, onChange } = this.#deps
    return {
      writes: writes(),
      onChange,
      actions: [make('button', { class: 'button small', type: 'button', onclick }, words)],
    }
  }
}
