import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import type { Clock } from '../base/clock.ts'
import { GroundwaveError } from '../base/errors.ts'
import { guardedFetch } from '../base/fetch.ts'
import type { Log } from '../base/log.ts'
import { typeOfBytes } from '../store/blob-type.ts'
import type { JobContext, Store, Tx } from '../store/store.ts'
import type { Imaging } from './imaging.ts'
import { insertPhoto, setPhotoFile } from './photo-store.ts'
import type { NewPhoto } from './photo-store.ts'
import { FORGET, WARM } from './renditions.ts'
import { deleteCopies, insertCopy, readCopies, setCopyFile, waitingCopies } from './store.ts'
import type { Copy, CopyWait, Wanted } from './store.ts'

export type { CopyWait, Wanted } from './store.ts'

export type CopiesDeps = {
  store: Store
  clock: Clock
  log: Log
  /** Servers at private addresses that may be asked all the same. */
  allow: ReadonlySet<string>
  imaging: Pick<Imaging, 'inspect'>
  /** Called after a file has come that was missing. */
  onArrival: () => void
}

/** A copy that is here. `width` and `height` in pixels, null where the file does not tell. */
export type CopyFile = NonNullable<Copy['file']>

export type Copies = {
  start(): Promise<void>
  stop(): Promise<void>
  /** Takes files out, within the transaction that knows that nobody shows them; their bytes go soon after. */
  remove(tx: Tx, names: readonly string[]): Promise<void>
  /** Asks for the files, within the transaction that shows them. Those that are here, or asked for, are not asked for again. */
  want(tx: Tx, files: readonly Wanted[]): Promise<void>
  /** Files that are not here yet, of these names or all. */
  waiting(options: { names?: readonly string[]; limit: number }): Promise<CopyWait[]>
  /** Tries to fetch one now, also when it has been given up. */
  retry(name: string): Promise<void>
  /** What is known of a name: the file, `missing` while it is not here, null when the name is none of a copy. */
  find(name: string): CopyFile | 'missing' | null
  /** Bytes `start` to `end`, both counted in; null when they are not here. */
  read(file: CopyFile, start: number, end: number): Promise<Readable | null>
}

const JOB = 'library.fetch'
/** The channel on which houses tell each other that a file has come. */
const CHANNEL = 'copies'
const LIMITS = { picture: 30 * 2 ** 20, audio: 300 * 2 ** 20 } as const
/** With pauses that double up to an hour: about a day. */
const ATTEMPTS = 34
const TYPES = {
  picture: /^image\/(jpeg|png|gif|webp|avif)$/,
  audio: /^audio\/(mpeg|mp4|aac|ogg|flac|wav)$/,
}

/** A copy's name in our addresses: nothing of the source's own address can be read in it, or written into it. */
export const copyName = (url: string): string => `w-${createHash('sha256').update(url).digest('hex').slice(0, 32)}`

/** Files of others that our pages show: fetched once, kept as blobs, shown from here. */
export const openCopies = ({ store, clock, log, allow, imaging, onArrival }: CopiesDeps): Copies => {
  const known = new Map<string, CopyFile | 'missing'>()
  let unlisten: (() => void) | undefined

  const look = async (name?: string) => {
    const copies = await readCopies(store.read, name)
    if (name !== undefined && copies.length === 0) known.delete(name)
    for (const { name, file } of copies) known.set(name, file ?? 'missing')
    onArrival()
  }
  const report = (error: unknown) => log.error('Copies could not be looked up.', { cause: String(error) })

  const fetchOne = async (name: string, { done, signal }: JobContext) => {
    const [copy] = await readCopies(store.read, name)
    if (!copy || copy.file) return
    const { bytes, status } = await guardedFetch(copy.url, {
      allow,
      limit: LIMITS[copy.kind],
      signal,
      timeout: 120_000,
    })
    if (status !== 200) throw new GroundwaveError('FETCH_FAILED', `(HTTP ${status})`)
    // By the bytes, not by what the other server says they are; a picture is read whole before it is kept.
    const type = typeOfBytes(bytes)
    if (!TYPES[copy.kind].test(type)) throw new GroundwaveError('FETCH_FAILED', `It is no ${copy.kind} (${type}).`)
    const picture = copy.kind === 'picture' ? await imaging.inspect(bytes) : null
    const blob = await store.blobs.put(bytes)
    const kept = { blob: blob.id, type, bytes: blob.bytes }
    await store.tx(async (tx) => {
      const file = { ...kept, width: picture?.width ?? null, height: picture?.height ?? null }
      await setCopyFile(tx, { name, file, at: clock.now() })
      if (picture) {
        const { width, height, thumbhash } = picture
        await setPhotoFile(tx, name, { file: { ...kept, width, height }, thumbhash })
        await store.jobs.enqueue(tx, { kind: WARM, key: `warm ${name}`, payload: name, attempts: 3 })
      }
      store.notify(tx, CHANNEL, name)
      await done(tx)
    })
  }

  const runner = store.jobRunner({ handlers: { [JOB]: (job, context) => fetchOne(String(job.payload), context) } })

  return {
    async start() {
      unlisten = await store.listen(CHANNEL, {
        onNotice: (name) => void look(name).catch(report),
        onGap: () => void look().catch(report),
      })
      await look()
      await runner.start()
    },
    async stop() {
      unlisten?.()
      await runner.stop()
    },
    async want(tx, files) {
      for (const one of files) {
        const name = copyName(one.url)
        if (!(await insertCopy(tx, { ...one, name }, clock.now()))) continue
        if (one.kind === 'picture') await insertPhoto(tx, wirePhoto(name, one, clock.now()))
        await store.jobs.enqueue(tx, { kind: JOB, key: `copy ${name}`, payload: name, attempts: ATTEMPTS })
      }
    },
    async remove(tx, names) {
      if (names.length === 0) return
      const blobs = await deleteCopies(tx, names)
      for (const name of names) {
        await store.jobs.cancel(tx, `copy ${name}`)
        store.notify(tx, CHANNEL, name)
      }
      if (blobs.length > 0) await store.jobs.enqueue(tx, { kind: FORGET, payload: blobs })
    },
    waiting: (options) => waitingCopies(store.read, options),
    async retry(name) {
      const [copy] = isCopyName(name) ? await readCopies(store.read, name) : []
      if (!copy || copy.file) return
      await store.tx((tx) =>
        store.jobs.enqueue(tx, { kind: JOB, key: `copy ${name}`, payload: name, attempts: ATTEMPTS }),
      )
    },
    find: (name) => (isCopyName(name) ? (known.get(name) ?? 'missing') : null),
    read: (file, start, end) => store.blobs.range(file.blob, start, end),
  }
}

/** A wire's photo is in the library from the moment on that it is known of. */
const wirePhoto = (id: string, { url, about = {} }: Wanted, at: number): NewPhoto => ({
  caption: '',
  alt: '',
  photographer: '',
  agency: '',
  agencyUrl: '',
  terms: '',
  ...about,
  id,
  origin: 'wire',
  name: url
    .replace(/[?#].*$/s, '')
    .replace(/^.*\//s, '')
    .slice(0, 200),
  file: null,
  thumbhash: '',
  focus: { x: 0.5, y: 0.5 },
  takenAt: null,
  madeAt: at,
  madeBy: 'wire',
})

const isCopyName = (name: string) => /^w-[0-9a-f]{32}$/.test(name)
