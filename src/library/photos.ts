import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import type { Clock } from '../base/clock.ts'
import { GroundwaveError } from '../base/errors.ts'
import type { Ids } from '../base/ids.ts'
import type { Log } from '../base/log.ts'
import type { Store, StoredEvent, Tx } from '../store/store.ts'
import { MOST_BYTES } from './imaging.ts'
import type { Imaging } from './imaging.ts'
import { Incoming } from './incoming.ts'
import type { Upload } from './incoming.ts'
import { KnownPhotos } from './known-photos.ts'
import { firstFields, tidyFields } from './photo-fields.ts'
import * as rows from './photo-store.ts'
import type { LibraryPhoto, PhotoFields, PhotoFilter, PhotoQuery } from './photo-store.ts'
import { photoWords } from './photo-words.ts'
import { FORGET, createRenditions, WARM } from './renditions.ts'
import type { Renditions } from './renditions.ts'
import type { Focus } from './rendition.ts'

export { MOST_BYTES } from './imaging.ts'
export type { Imaging } from './imaging.ts'
export type { Upload } from './incoming.ts'
export { lacksOf } from './photo-fields.ts'
export type { PhotoLack } from './photo-fields.ts'
export { photoFilters } from './photo-store.ts'
export type { Cursor, LibraryPhoto, PhotoFields, PhotoFilter, PhotoQuery } from './photo-store.ts'

export type PhotosDeps = {
  store: Store
  clock: Clock
  ids: Ids
  log: Log
  imaging: Imaging
  /** The station's folder of data; uploads under way lie in `uploads` below it. */
  data: string
  /** Whose the photos are that our people take. */
  station: string
  /** Stories that show a photo, within the transaction that wants to delete it. */
  uses: (tx: Tx, id: string) => Promise<number>
  /** Called after it was found out afresh which photos there are. */
  onChange?: () => void
}

/** A photo's change: what somebody says of it, and the version they have seen. */
export type PhotoChange = Partial<PhotoFields> & { focus?: Focus; version: number; by: string }

/** Every photo the station has: uploaded by its people, or sent by a wire. */
export type Photos = {
  start(): Promise<void>
  stop(): Promise<void>
  /** Takes a whole file as it streams in. Throws what `begin`, `append` and the reading of the file throw; then nothing is left. */
  take(upload: {
    name: string
    size: number | null
    by: string
    source: AsyncIterable<Uint8Array>
  }): Promise<LibraryPhoto>
  /** An upload in pieces: begin it, append until it is whole, then `finish`. */
  begin(upload: { name: string; size: number; by: string }): Promise<Upload>
  /** Where an upload stands. Throws UPLOAD_UNKNOWN. */
  upload(id: string, by: string): Promise<Upload & { offset: number }>
  /** @returns bytes that are here now. Throws UPLOAD_UNKNOWN, UPLOAD_ELSEWHERE or TOO_LARGE. */
  append(id: string, piece: { by: string; offset: number; source: AsyncIterable<Uint8Array> }): Promise<number>
  /**
   * Throws PHOTO_KIND, PHOTO_TOO_LARGE or PHOTO_BROKEN; whatever happens, the upload is over. Who asks again, because the
   * line broke before the answer, gets the same photo and not a second one.
   */
  finish(id: string, by: string): Promise<LibraryPhoto>
  /** What has become, or is becoming, of an upload that is whole; null for others. */
  finished(id: string, by: string): Promise<LibraryPhoto> | null
  drop(id: string, by: string): Promise<void>
  get(id: string): Promise<LibraryPhoto | null>
  /** `missing` for an uploaded photo that was deleted; null for those there are, and for what is none. Does not wait. */
  find(name: string): 'missing' | null
  /** Newest first. */
  search(query: PhotoQuery): Promise<LibraryPhoto[]>
  counts(by: string): Promise<Record<PhotoFilter, number>>
  /** Throws PHOTO_UNKNOWN, PHOTO_CHANGED when somebody else was faster, or BAD_REQUEST. */
  change(id: string, change: PhotoChange): Promise<LibraryPhoto>
  /** Throws PHOTO_UNKNOWN or PHOTO_IN_USE. */
  remove(id: string, by: string): Promise<void>
  /** What happened to it, oldest first. */
  history(id: string): Promise<StoredEvent[]>
  renditions: Renditions
}

/** What pages ask for first; the others are made when somebody does. */
const WARM_NAMES = ['3x2-640.webp', '3x2-960.webp', '16x10-960.webp', '640.webp', '960.webp', '1280.jpg']
const HOUR = 3_600_000
/** Uploads whose photo is still known by their id. */
const MOST_FINISHED = 500

export const openPhotos = (deps: PhotosDeps): Photos => {
  const { store, clock, ids, log, imaging, data, station, uses, onChange = () => {} } = deps
  const incoming = new Incoming({ folder: join(data, 'uploads'), clock })
  const renditions = createRenditions({ store, clock, imaging })
  const known = new KnownPhotos({
    store,
    onError: (error) => log.error('Photos could not be looked up.', { cause: String(error) }),
    onChange,
  })
  let sweeping: NodeJS.Timeout | undefined
  const sweep = () =>
    incoming.sweep().catch((error: unknown) => log.warn('Uploads could not be cleared.', { cause: String(error) }))

  const tell = (tx: Tx, type: string, { id, by }: { id: string; by: string }, about: Record<string, unknown>) =>
    store.events.append(tx, { type, actor: by, subject: { kind: 'photo', id }, data: about })

  const forgetBlobs = async (tx: Tx, blobs: readonly string[]) => {
    if (blobs.length > 0) await store.jobs.enqueue(tx, { kind: FORGET, payload: blobs })
  }

  const runner = store.jobRunner({
    atOnce: 1,
    handlers: {
      [WARM]: async ({ payload }, { signal }) => {
        for (const name of WARM_NAMES) if (!signal.aborted) await renditions.find(String(payload), name)
      },
      [FORGET]: async ({ payload }) => {
        for (const blob of payload as string[])
          if (!(await rows.blobIsUsed(store.read, blob))) await store.blobs.delete(blob)
      },
    },
  })

  /** A whole file on our disk → a photo of the library. */
  const keep = async (file: string, { name, by }: { name: string; by: string }): Promise<LibraryPhoto> => {
    const { metadata, type, width, height, thumbhash } = await imaging.inspect(file)
    const { takenAt, ...words } = await photoWords(metadata)
    const put = () => store.blobs.put(createReadStream(file))
    const blob = await put()
    const photo: rows.NewPhoto = {
      id: `p-${ids.next()}`,
      origin: 'upload',
      name,
      file: { blob: blob.id, type, bytes: blob.bytes, width, height },
      thumbhash,
      focus: { x: 0.5, y: 0.5 },
      ...firstFields({ ...words, takenAt }, station),
      takenAt,
      madeAt: clock.now(),
      madeBy: by,
    }
    try {
      await store.tx(async (tx) => {
        await rows.insertPhoto(tx, photo)
        known.tell(tx, photo.id, true)
        tell(tx, 'photo.added', { id: photo.id, by }, { name, type, bytes: blob.bytes, width, height })
        await store.jobs.enqueue(tx, { kind: WARM, key: `warm ${photo.id}`, payload: photo.id, attempts: 3 })
      })
    } catch (error) {
      if (!(await rows.blobIsUsed(store.read, blob.id).catch(() => true))) await store.blobs.delete(blob.id)
      throw error
    }
    known.add(photo.id)
    // The same bytes may have been deleted with another photo in the moment between.
    if (!(await store.blobs.has(blob.id))) await put()
    return { ...photo, version: 1 }
  }

  const finish = async (upload: Upload): Promise<LibraryPhoto> => {
    try {
      return await keep(incoming.file(upload.id), upload)
    } finally {
      await incoming.drop(upload.id)
    }
  }

  const ended = new Map<string, { by: string; photo: Promise<LibraryPhoto> }>()
  const finishedOf = (id: string, by: string) => {
    const end = ended.get(id)
    return end?.by === by ? end.photo : null
  }
  const finishOnce = (upload: Upload): Promise<LibraryPhoto> => {
    const photo = finish(upload)
    ended.set(upload.id, { by: upload.by, photo })
    photo.catch(() => ended.delete(upload.id))
    for (const oldest of ended.keys()) if (ended.size > MOST_FINISHED) ended.delete(oldest)
    return photo
  }

  return {
    async start() {
      await known.start()
      await incoming.sweep()
      sweeping = setInterval(() => void sweep(), HOUR).unref()
      await runner.start()
    },
    async stop() {
      clearInterval(sweeping)
      known.stop()
      await runner.stop()
    },
    async take({ name, size, by, source }) {
      const upload = await incoming.begin({ name, size: size ?? MOST_BYTES, by })
      try {
        const here = await incoming.append(upload, { offset: 0, source })
        if (size !== null && here < size) throw new GroundwaveError('PHOTO_BROKEN', 'It breaks off before its end.')
      } catch (error) {
        await incoming.drop(upload.id)
        throw error
      }
      return finish(upload)
    },
    begin: (upload) => incoming.begin(upload),
    upload: (id, by) => incoming.find(id, by),
    async append(id, { by, offset, source }) {
      return incoming.append(await incoming.find(id, by), { offset, source })
    },
    async finish(id, by) {
      const before = finishedOf(id, by)
      if (before) return before
      const upload = await incoming.find(id, by)
      if (upload.offset !== upload.size) throw new GroundwaveError('UPLOAD_ELSEWHERE', `(${upload.offset})`)
      return finishedOf(id, by) ?? finishOnce(upload)
    },
    finished: finishedOf,
    async drop(id, by) {
      await incoming.find(id, by)
      await incoming.drop(id)
    },
    get: (id) => rows.readPhoto(store.read, id),
    find: (name) => known.find(name),
    search: (query) => rows.searchPhotos(store.read, query),
    counts: (by) => rows.countPhotos(store.read, by),
    async change(id, { version, by, focus, ...some }) {
      return store.tx(async (tx) => {
        const before = await rows.readPhoto(tx, id)
        if (!before) throw new GroundwaveError('PHOTO_UNKNOWN')
        const after = { ...before, ...tidyFields({ ...before, ...some }), focus: focus ? within(focus) : before.focus }
        if (!(await rows.updatePhoto(tx, { ...after, version }, after))) throw new GroundwaveError('PHOTO_CHANGED')
        tell(tx, 'photo.changed', { id, by }, differences(before, after))
        if (after.focus.x !== before.focus.x || after.focus.y !== before.focus.y)
          await forgetBlobs(tx, await rows.deleteRenditions(tx, id, 'cut'))
        return { ...after, version: version + 1 }
      })
    },
    async remove(id, by) {
      await store.tx(async (tx) => {
        const photo = await rows.readPhoto(tx, id)
        if (!photo) throw new GroundwaveError('PHOTO_UNKNOWN')
        const count = await uses(tx, id)
        if (count > 0) throw new GroundwaveError('PHOTO_IN_USE')
        const blobs = await rows.deleteRenditions(tx, id, 'all')
        await rows.deletePhoto(tx, id)
        known.tell(tx, id, false)
        await forgetBlobs(tx, [...new Set([...blobs, ...(photo.file ? [photo.file.blob] : [])])])
        tell(
          tx,
          'photo.deleted',
          { id, by },
          { name: photo.name, caption: photo.caption, photographer: photo.photographer },
        )
      })
    },
    history: (id) => store.events.of({ kind: 'photo', id }),
    renditions,
  }
}

/** Thousandths: what the database holds. */
const within = ({ x, y }: Focus): Focus => ({ x: toThousandths(x), y: toThousandths(y) })
const toThousandths = (at: number) => Math.round(Math.min(Math.max(Number.isFinite(at) ? at : 0.5, 0), 1) * 1000) / 1000

/** What was, and what is, of all that differs. */
const differences = (before: LibraryPhoto, after: LibraryPhoto): Record<string, unknown> => {
  const names = ['caption', 'alt', 'photographer', 'agency', 'agencyUrl', 'terms', 'focus'] as const
  const changed = names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
  return Object.fromEntries(changed.map((name) => [name, { from: before[name], to: after[name] }]))
}
