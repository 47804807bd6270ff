import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import type { Clock } from '../base/clock.ts'
import type { Store } from '../store/store.ts'
import type { Imaging } from './imaging.ts'
import { blobIsUsed, insertRendition, readPhoto, readRendition } from './photo-store.ts'
import { parseRendition } from './rendition.ts'
import type { Format } from './rendition.ts'

export type RenditionFile = { blob: string; bytes: number; type: string }

export type RenditionsDeps = { store: Store; clock: Clock; imaging: Imaging }

/** The job that makes what pages ask for first; its payload is a photo's id. */
export const WARM = 'library.renditions'

const types: Record<Format, string> = { webp: 'image/webp', jpg: 'image/jpeg' }

/** The job that deletes blobs nobody uses any more; its payload is their ids. */
export const FORGET = 'library.forget'

/** Made when they are first asked for, or a moment after the photo came, and kept. */
export const createRenditions = ({ store, clock, imaging }: RenditionsDeps) => {
  const making = new Map<string, Promise<RenditionFile | null>>()

  const make = async (photoId: string, name: string): Promise<RenditionFile | null> => {
    const rendition = parseRendition(name)
    const photo = await readPhoto(store.read, photoId)
    if (!rendition || !photo?.file) return null
    const original = await store.blobs.get(photo.file.blob)
    if (!original) return null
    const { bytes } = await imaging.render(await buffer(original), rendition, photo.focus)
    const blob = await store.blobs.put(bytes)
    const isKept = await store.tx(async (tx) => {
      const now = await readPhoto(tx, photoId)
      const isSame = rendition.shape === 'whole' || (now?.focus.x === photo.focus.x && now.focus.y === photo.focus.y)
      if (!now || !isSame) return false
      await insertRendition(tx, photoId, { name, blob: blob.id, bytes: blob.bytes, at: clock.now() })
      return true
    })
    if (isKept) return { blob: blob.id, bytes: blob.bytes, type: types[rendition.format] }
    // Deleted, or its focus moved, while this was made: nobody is shown it, and nothing is left of it.
    if (!(await blobIsUsed(store.read, blob.id))) await store.blobs.delete(blob.id)
    return make(photoId, name)
  }

  return {
    /** A rendition by its name (`3x2-640.webp`); null when there is no such photo or name, or its file has not come. */
    async find(photoId: string, name: string): Promise<RenditionFile | null> {
      const rendition = parseRendition(name)
      if (!rendition) return null
      const row = await readRendition(store.read, photoId, name)
      if (row) return { blob: row.blob, bytes: row.bytes, type: types[rendition.format] }
      // However many ask, it is made once.
      const key = `${photoId}/${name}`
      const begun = making.get(key) ?? make(photoId, name).finally(() => making.delete(key))
      making.set(key, begun)
      return begun
    },
    /** Bytes `start` to `end`, both counted in; null when they are not here. */
    read: (file: RenditionFile, start: number, end: number): Promise<Readable | null> =>
      store.blobs.range(file.blob, start, end),
  }
}

export type Renditions = ReturnType<typeof createRenditions>
