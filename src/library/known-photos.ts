import type { Store, Tx } from '../store/store.ts'
import { uploadedIds } from './photo-store.ts'
import { isLibraryFile } from './rendition.ts'

export type KnownPhotosDeps = {
  store: Pick<Store, 'read' | 'listen' | 'notify'>
  onError: (error: unknown) => void
  /** Called after it was found out afresh what there is. */
  onChange: () => void
}

const CHANNEL = 'photos'

/**
 * Which uploaded photos there are, in memory: a page is made without asking the database, and must not show the place
 * of a photo that was deleted.
 */
export class KnownPhotos {
  readonly #deps: KnownPhotosDeps
  #ids = new Set<string>()
  #unlisten: (() => void) | undefined

  constructor(deps: KnownPhotosDeps) {
    this.#deps = deps
  }

  async start(): Promise<void> {
    const { store, onError, onChange } = this.#deps
    this.#unlisten = await store.listen(CHANNEL, {
      // The notice says it all: whoever shows the photo next must find it, without waiting.
      onNotice: (notice) => this.#set(notice.slice(1), notice.startsWith('+')),
      onGap: () => void this.#read().then(onChange).catch(onError),
    })
    await this.#read()
  }

  stop(): void {
    this.#unlisten?.()
  }

  /** `missing` for an uploaded photo that is not there, null for all others and for what is none. */
  find(name: string): 'missing' | null {
    return isLibraryFile(name) && name.startsWith('p-') && !this.#ids.has(name) ? 'missing' : null
  }

  /** In this house once the transaction is committed, and in the others a moment later. */
  tell(tx: Tx, id: string, isThere: boolean): void {
    this.#deps.store.notify(tx, CHANNEL, `${isThere ? '+' : '-'}${id}`)
  }

  /** For the house that made the change. */
  add(id: string): void {
    this.#set(id, true)
  }

  #set(id: string, isThere: boolean): void {
    if (isThere) this.#ids.add(id)
    else this.#ids.delete(id)
  }

  async #read(): Promise<void> {
    this.#ids = new Set(await uploadedIds(this.#deps.store.read))
  }
}
