import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { link, open, readdir, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { gzip as gzipWithCallback } from 'node:zlib'
import type { Clock } from '../base/clock.ts'
import { GroundwaveError } from '../base/errors.ts'
import { FORMAT, FORMAT_ENTRY, MANIFEST_ENTRY, rowToLine, STATION_FILES, VERSION } from './backup-format.ts'
import type { Manifest, Row } from './backup-format.ts'
import type { Blobs } from './blobs.ts'
import type { Engine } from './dialect.ts'
import { syncFolder } from './folder-blobs.ts'
import { TarWriter } from './tar.ts'

const gzip = promisify<Buffer, Buffer>(gzipWithCallback)

/** Characters of rows in one entry; an entry is held in memory. */
const PART = 2_000_000

export type BackupDeps = { engine: Engine; blobs: Blobs; folder: string; clock: Clock; file: string }

/** What a backup holds. */
export type BackupSummary = { bytes: number; rows: number; blobs: number }

type Body = AsyncIterable<Uint8Array> | Iterable<Uint8Array>

/**
 * Writes one moment of the running station into a new file: rows of one snapshot of the database, then every blob that
 * was there since, then the files written by hand. Nobody waits for it. Throws BACKUP_EXISTS, or what the disk says;
 * then there is no file.
 */
export const backup = async ({ engine, blobs, folder, clock, file }: BackupDeps): Promise<BackupSummary> => {
  if (await stat(file).catch(() => null)) throw new GroundwaveError('BACKUP_EXISTS', `(${file})`)
  const part = `${file}.part`
  await rm(part, { force: true })
  const handle = await open(part, 'wx', 0o600)
  try {
    const writer = new Writer(new TarWriter(handle, Math.floor(clock.now() / 1000)))
    await writeDatabase(writer, engine, clock)
    let blobCount = 0
    for await (const { id, bytes, get } of blobs.listForBackup()) {
      await writer.add(`blobs/${id}`, bytes, await get())
      blobCount++
    }
    for await (const path of stationFiles(folder)) {
      const { size } = await stat(join(folder, path))
      await writer.add(`station/${path}`, size, size ? createReadStream(join(folder, path), { end: size - 1 }) : [])
    }
    const rows = await writer.end()
    await handle.sync()
    // Unlike a rename it never replaces a file that came to be meanwhile.
    await link(part, file)
    await syncFolder(dirname(file))
    return { bytes: (await handle.stat()).size, rows, blobs: blobCount }
  } finally {
    await handle.close()
    await rm(part, { force: true })
  }
}

const writeDatabase = async (writer: Writer, engine: Engine, clock: Clock): Promise<void> => {
  const snapshot = await engine.snapshot()
  try {
    const migrations: string[] = []
    for await (const rows of snapshot.rows('migrations')) migrations.push(...rows.map(({ name }) => String(name)))
    const made = new Date(clock.now()).toISOString()
    const format = {
      format: FORMAT,
      version: VERSION,
      made,
      engine: engine.dialect.name,
      migrations: migrations.sort(),
    }
    await writer.addText(FORMAT_ENTRY, JSON.stringify(format, null, 2))
    for (const table of await snapshot.tables()) await writer.addTable(table, snapshot.rows(table))
  } finally {
    await snapshot.stop()
  }
}

/** The tar, and the account of what is in it. */
class Writer {
  readonly #tar: TarWriter
  readonly #manifest: Manifest = { entries: [], tables: {} }

  constructor(tar: TarWriter) {
    this.#tar = tar
  }

  async add(path: string, bytes: number, body: Body): Promise<void> {
    const hash = createHash('sha256')
    await this.#tar.add(path, bytes, hashed(body, hash))
    this.#manifest.entries.push({ path, bytes, sha256: hash.digest('hex') })
  }

  async addText(path: string, text: string): Promise<void> {
    const body = Buffer.from(text)
    await this.add(path, body.length, [body])
  }

  async addTable(table: string, rows: AsyncIterable<Row[]>): Promise<void> {
    let count = 0
    let parts = 0
    let text = ''
    const flush = async () => {
      const body = await gzip(Buffer.from(text))
      await this.add(`tables/${table}/${String(++parts).padStart(6, '0')}.jsonl.gz`, body.length, [body])
      text = ''
    }
    for await (const some of rows) {
      for (const row of some) text += rowToLine(row)
      count += some.length
      if (text.length > PART) await flush()
    }
    if (text) await flush()
    this.#manifest.tables[table] = count
  }

  /** @returns how many rows there are in all. */
  async end(): Promise<number> {
    const body = Buffer.from(JSON.stringify(this.#manifest, null, 1))
    await this.#tar.add(MANIFEST_ENTRY, body.length, [body])
    await this.#tar.end()
    return Object.values(this.#manifest.tables).reduce((a, b) => a + b, 0)
  }
}

const hashed = async function* (body: Body, hash: { update(data: Uint8Array): unknown }) {
  for await (const chunk of body) {
    hash.update(chunk)
    yield chunk
  }
}

/** Paths within the station's folder, with slashes. Links and other odd things are left out. */
const stationFiles = async function* (folder: string): AsyncGenerator<string> {
  for (const name of STATION_FILES) {
    const found = await stat(join(folder, name)).catch(() => null)
    if (found?.isFile()) yield name
    if (!found?.isDirectory()) continue
    const entries = await readdir(join(folder, name), { recursive: true, withFileTypes: true })
    const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
    for (const file of files.toSorted()) yield file.slice(folder.length).replaceAll('\\', '/').replace(/^\/+/, '')
  }
}
