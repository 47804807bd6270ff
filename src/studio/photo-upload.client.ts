/** What the library answers for a photo: see `pickOf` in photo-list.ts. */
export type PickedPhoto = {
  id: string
  file: string
  alt: string
  caption: string
  photographer: string
  agency: string
  agencyUrl: string
  terms: string
  width: number
  height: number
  focus: { x: number; y: number }
  thumb: string
  thumbhash: string
  lacks: string[]
  version: number
}

/** Why an upload did not go on: refused with a reason that will not change, or the line broke. */
export class UploadTrouble extends Error {
  readonly refused: boolean
  readonly hint: string

  constructor({ message, hint = '', refused }: { message: string; hint?: string; refused: boolean }) {
    super(message)
    this.refused = refused
    this.hint = hint
  }
}

/** A piece is small enough to get through a bad line within the time a request has. */
const PIECE = 1024 * 1024
/** The library's limit, so that nobody waits for a refusal (src/library/imaging.ts). */
const MOST_BYTES = 40 * 2 ** 20

/** One file on its way into the library. `go` may be called again after the line broke, and goes on from there. */
export class PhotoUpload {
  readonly file: File
  #id: string | null = null
  #sent = 0
  #request: XMLHttpRequest | null = null

  constructor(file: File) {
    this.file = file
  }

  /** Bytes that have come for certain. */
  get sent(): number {
    return this.#sent
  }

  /** Throws UploadTrouble. `onProgress` is told bytes, those that are still under way too. */
  async go(onProgress: (bytes: number) => void): Promise<PickedPhoto> {
    const { size, name } = this.file
    if (size > MOST_BYTES)
      throw new UploadTrouble({
        message: 'This is more than is taken at once.',
        hint: `It has ${Math.round(size / 2 ** 20)} MB, and the library takes 40.`,
        refused: true,
      })
    const photo = await this.#whereItStands()
    if (photo) return photo
    if (this.#id === null) {
      const query = new URLSearchParams({ name, size: String(size) })
      const begun = (await this.#ask('POST', `/studio/photos/uploads?${query}`)) as { id: string }
      this.#id = begun.id
      this.#sent = 0
    }
    for (;;) {
      onProgress(this.#sent)
      const piece = this.file.slice(this.#sent, this.#sent + PIECE)
      const path = `/studio/photos/uploads/${this.#id}?offset=${this.#sent}`
      const answer = await this.#ask('PUT', path, piece, (bytes) => onProgress(this.#sent + bytes))
      if (isPhoto(answer)) return answer
      this.#sent = (answer as { offset: number }).offset
    }
  }

  /** Breaks it off and takes back what has come. */
  async drop(): Promise<void> {
    this.#request?.abort()
    if (this.#id !== null) await this.#ask('DELETE', `/studio/photos/uploads/${this.#id}`).catch(() => {})
  }

  /** @returns the photo, when it was whole already and only the answer was lost. */
  async #whereItStands(): Promise<PickedPhoto | null> {
    if (this.#id === null) return null
    try {
      const answer = await this.#ask('GET', `/studio/photos/uploads/${this.#id}`)
      if (isPhoto(answer)) return answer
      this.#sent = (answer as { offset: number }).offset
    } catch (error) {
      if (!(error instanceof UploadTrouble) || !error.refused) throw error
      // Nothing is left of it: from the beginning.
      this.#id = null
    }
    return null
  }

  #ask(method: string, path: string, body?: Blob, onProgress?: (bytes: number) => void): Promise<unknown> {
    const { promise, resolve, reject } = Promise.withResolvers<unknown>()
    const broken = () => reject(new UploadTrouble({ message: 'The line broke.', refused: false }))
    const request = new XMLHttpRequest()
    this.#request = request
    request.open(method, path)
    request.setRequestHeader('accept', 'application/json')
    request.responseType = 'json'
    request.timeout = 60_000
    request.upload.addEventListener('progress', (event) => onProgress?.(event.loaded))
    for (const type of ['error', 'timeout', 'abort']) request.addEventListener(type, broken)
    request.addEventListener('load', () => {
      if (request.status >= 200 && request.status < 300) return resolve(request.response)
      const { error } = (request.response ?? {}) as { error?: { message: string; hint: string } }
      // What is our own trouble passes, and so does being at another place than we thought.
      if (request.status >= 500 || request.status === 409 || request.status === 408 || !error) return broken()
      reject(new UploadTrouble({ ...error, refused: true }))
    })
    request.send(body ?? null)
    return promise
  }
}

const isPhoto = (answer: unknown): answer is PickedPhoto =>
  typeof answer === 'object' && answer !== null && 'thumb' in answer
