import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat, utimes } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import type { Clock } from '../base/clock.ts'
import type { Random } from '../base/ids.ts'
import { typeOfBytes, TYPE_BYTES } from './blob-type.ts'
import type { Blobs, StoredBlob } from './blobs.ts'

export type FolderBlobsDeps = { folder: string; clock: Clock; random: Random }

/** What was deleted, and what a killed process left unfinished, goes for good after so long, ms. */
const STALE_MS = 24 * 3_600_000

/**
 * Blobs as files: `ab/cd/abcd…`. Bytes are written to a file beside, forced to disk, and only then given their name, so
 * that a name never stands for half of the bytes.
 */
export const openFolderBlobs = ({ folder, clock, random }: FolderBlobsDeps): Blobs => {
  const fileOf = (id: string) => join(folder, id.slice(0, 2), id.slice(2, 4), id)
  const incoming = join(folder, 'incoming')
  const deleted = join(folder, 'deleted')

  const size = async (id: string): Promise<number | null> => (isId(id) ? sizeOf(fileOf(id)) : null)

  const list = async function* () {
    for (const one of await names(folder)) {
      if (!/^[0-9a-f]{2}$/.test(one)) continue
      for (const two of await names(join(folder, one)))
        for (const id of await names(join(folder, one, two))) {
          const bytes = await size(id)
          if (bytes !== null) yield { id, bytes }
        }
    }
  }

  return {
    async put(source) {
      await mkdir(incoming, { recursive: true })
      const file = join(incoming, Buffer.from(random(12)).toString('hex'))
      try {
        const blob = await write(file, source)
        await keep(file, fileOf(blob.id))
        return blob
      } catch (error) {
        await rm(file, { force: true })
        throw error
      }
    },
    get: async (id) => ((await size(id)) === null ? null : createReadStream(fileOf(id))),
    range: async (id, start, end) => ((await size(id)) === null ? null : createReadStream(fileOf(id), { start, end })),
    size,
    has: async (id) => (await size(id)) !== null,
    async delete(id) {
      if (!isId(id)) return
      await mkdir(deleted, { recursive: true })
      const now = new Date(clock.now())
      await utimes(fileOf(id), now, now).catch(nullIfMissing)
      await rename(fileOf(id), join(deleted, id)).catch(nullIfMissing)
    },
    list,
    async *listForBackup() {
      const given = new Set<string>()
      // One that is deleted meanwhile is looked for where it has gone.
      const get = async (id: string) => ((await size(id)) === null ? open(join(deleted, id)) : open(fileOf(id)))
      const entry = ({ id, bytes }: { id: string; bytes: number }) => {
        given.add(id)
        return { id, bytes, get: async () => (await get(id)).createReadStream() }
      }
      for await (const blob of list()) yield entry(blob)
      for (const id of await names(deleted)) {
        const bytes = given.has(id) ? null : await sizeOf(join(deleted, id))
        if (bytes !== null) yield entry({ id, bytes })
      }
    },
    async sweep() {
      for (const place of [incoming, deleted])
        for (const name of await names(place)) {
          const file = join(place, name)
          const found = await stat(file).catch(nullIfMissing)
          if (found && clock.now() - found.mtimeMs > STALE_MS) await rm(file, { force: true })
        }
    },
  }
}

const isId = (id: string): boolean => /^[0-9a-f]{64}$/.test(id)

const sizeOf = async (file: string): Promise<number | null> => (await stat(file).catch(nullIfMissing))?.size ?? null

const write = async (file: string, source: Readable | AsyncIterable<Uint8Array> | Uint8Array): Promise<StoredBlob> => {
  const hash = createHash('sha256')
  const head: Uint8Array[] = []
  let bytes = 0
  const handle = await open(file, 'wx', 0o640)
  try {
    for await (const chunk of source instanceof Uint8Array ? [source] : (source as AsyncIterable<Uint8Array>)) {
      hash.update(chunk)
      if (bytes < TYPE_BYTES) head.push(chunk.subarray(0, TYPE_BYTES))
      bytes += chunk.length
      await handle.writeFile(chunk)
    }
    await handle.sync()
  } finally {
    await handle.close()
  }
  return { id: hash.digest('hex'), bytes, type: typeOfBytes(Buffer.concat(head)) }
}

const keep = async (from: string, to: string): Promise<void> => {
  await mkdir(dirname(to), { recursive: true })
  await rename(from, to)
  // A name is on the disk only when its folder is; and a new folder only when the one above it is.
  for (const folder of [dirname(to), dirname(dirname(to)), dirname(dirname(dirname(to)))]) await syncFolder(folder)
}

/** Forces a folder's names to disk. */
export const syncFolder = async (folder: string): Promise<void> => {
  // Windows has no such thing, and does not open folders.
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

const names = async (folder: string): Promise<string[]> =>
  ((await readdir(folder).catch(nullIfMissing)) ?? []).toSorted()

const nullIfMissing = (error: NodeJS.ErrnoException): null => {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null
  throw error
}
