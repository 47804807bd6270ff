import { make, part } from './make.client.ts'
import type { ListedPhoto, Photo } from './shapes.ts'
import { showIdea } from '../photo-idea.client.ts'
import { PhotoUpload, UploadTrouble } from '../photo-upload.client.ts'
import { findPhotos } from './talk.client.ts'

/** How often an upload goes on after its line broke, and how long it waits before, ms. */
const TRIES = 20
const AGAIN_MS = 3000

/** What a story takes over of a photo of the library; from then on its words are the story's. */
export const photoOf = ({
  file,
  width,
  height,
  alt,
  caption,
  photographer,
  agency,
  agencyUrl,
  terms,
  focus,
}: ListedPhoto): Photo => ({
  file,
  width,
  height,
  alt,
  caption,
  photographer,
  agency,
  ...(agencyUrl && { agencyUrl }),
  ...(terms && { terms }),
  ...(focus && { focus }),
})

/** The library in a sheet over the page: search, choose, or upload. */
export class Picker {
  readonly #dialog: HTMLDialogElement
  readonly #tiles: HTMLElement
  readonly #said: HTMLElement
  #chosen: (photo: ListedPhoto) => void = () => {}
  #asked = 0

  constructor(root: ParentNode) {
    this.#dialog = root.querySelector<HTMLDialogElement>('#picker')!
    this.#tiles = part(this.#dialog, 'tiles')
    this.#said = part(this.#dialog, 'picker-said')
    const search = this.#dialog.querySelector<HTMLInputElement>('input[type="search"]')!
    const upload = this.#dialog.querySelector<HTMLInputElement>('input[type="file"]')!
    let timer: ReturnType<typeof setTimeout> | undefined
    search.addEventListener('input', () => {
      clearTimeout(timer)
      timer = setTimeout(() => void this.#find(search.value), 250)
    })
    upload.addEventListener('change', () => {
      void this.#uploadChosen(upload)
    })
  }

  open(chosen: (photo: ListedPhoto) => void): void {
    this.#chosen = chosen
    this.#dialog.showModal()
    void this.#find(this.#dialog.querySelector<HTMLInputElement>('input[type="search"]')?.value ?? '')
  }

  /** Takes files into the library, one after the other. @returns those that it took. */
  async upload(files: File[]): Promise<ListedPhoto[]> {
    const photos: ListedPhoto[] = []
    const refused: string[] = []
    for (const file of files) {
      try {
        // oxlint-disable-next-line no-await-in-loop -- a phone's line carries one at a time
        photos.push(await this.#bring(file))
      } catch (error) {
        refused.push(`${file.name} was not taken. ${error instanceof Error ? error.message : ''}`)
      }
    }
    this.#said.textContent = refused.join(' ')
    return photos
  }

  /** Goes on where the line broke, until it is there or refused. */
  async #bring(file: File): Promise<ListedPhoto> {
    const upload = new PhotoUpload(file)
    const share = (bytes: number) => `${Math.floor((100 * bytes) / Math.max(1, file.size))} %`
    for (let tries = 1; ; tries++) {
      try {
        // oxlint-disable-next-line no-await-in-loop -- again only after it broke
        return await upload.go((bytes) => (this.#said.textContent = `Uploading ${file.name}, ${share(bytes)}`))
      } catch (error) {
        if (!(error instanceof UploadTrouble) || error.refused || tries >= TRIES) throw error
        this.#said.textContent = `The line broke at ${share(upload.sent)}. It goes on from there by itself.`
        // oxlint-disable-next-line no-await-in-loop
        await new Promise((done) => setTimeout(done, AGAIN_MS))
      }
    }
  }

  async #uploadChosen(field: HTMLInputElement): Promise<void> {
    const [only, ...more] = await this.upload([...(field.files ?? [])])
    field.value = ''
    if (only && more.length === 0) this.#choose(only)
    else await this.#find('')
  }

  async #find(words: string): Promise<void> {
    const asked = ++this.#asked
    try {
      const photos = await findPhotos(words)
      if (asked !== this.#asked) return
      this.#tiles.replaceChildren(...photos.map((photo) => this.#tile(photo)))
      if (photos.length > 0) this.#said.textContent = ''
      else
        this.#said.textContent = words
          ? `Nothing for “${words}”.`
          : 'No photos in the library yet. Upload the first one.'
    } catch {
      if (asked === this.#asked) this.#said.textContent = 'The library does not answer. Try again in a moment.'
    }
  }

  #tile(photo: ListedPhoto): HTMLElement {
    const credit = [photo.photographer, photo.agency].filter(Boolean).join(', ')
    const image = make('img', { src: photo.thumb, alt: '', loading: 'lazy' })
    showIdea(image, photo.thumbhash ?? '')
    return make(
      'li',
      {},
      make(
        'button',
        { type: 'button', class: 'pick', onclick: () => this.#choose(photo) },
        image,
        make('span', {}, photo.caption || photo.alt || photo.name || photo.file),
        make('span', { class: 'by' }, credit || 'No credit yet'),
      ),
    )
  }

  #choose(photo: ListedPhoto): void {
    this.#dialog.close()
    this.#chosen(photo)
  }
}
