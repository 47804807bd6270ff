import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { dirname, join, normalize } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { gunzip as gunzipWithCallback } from 'node:zlib'
import type { Kysely } from 'kysely'
import type { Clock } from '../base/clock.ts'
import { GroundwaveError } from '../base/errors.ts'
import type { Random } from '../base/ids.ts'
import type { Log } from '../base/log.ts'
import { FORMAT_ENTRY, formatSchema, lineToRow, MANIFEST_ENTRY, manifestSchema, VERSION } from './backup-format.ts'
import type { Manifest, Row } from './backup-format.ts'
import type { Blobs } from './blobs.ts'
import type { Engine, Tx } from './dialect.ts'
import { migrateIn } from './migrate.ts'
import { migrations as all } from './migrations.ts'
import type { Migration } from './migrations.ts'
import { readTar } from './tar.ts'
import type { TarEntry } from './tar.ts'

const gunzip = promisify<Buffer, Buffer>(gunzipWithCallback)

/** Where a station is put together before it gets its place. A folder that holds only this counts as empty. */
const WORKSHOP = '.restoring'
const MAKES_STATION = 'groundwave.yaml'
/** Values of one insert; SQLite takes 32766 and PostgreSQL 65535. */
const VALUES = 30_000
const ROWS = 500

export type RestoreDeps = {
  /** What `backup` wrote. */
  file: string
  /** The new station's folder, empty or not there yet. */
  folder: string
  clock: Clock
  random: Random
  log: Log
  /** Opens the database: a new one in `folder`, or the empty one it should go to. */
  openEngine: (folder: string) => Promise<Engine>
  /** Opens the place for blobs below `folder`. */
  openBlobs: (folder: string) => Blobs
  migrations?: readonly Migration[]
}

/**
 * Makes a station from a backup, of either engine on either engine, and brings it up to this program. All or nothing:
 * throws FOLDER_NOT_EMPTY, DATABASE_NOT_EMPTY, BACKUP_DAMAGED or BACKUP_NEWER, and then there is nothing new.
 */
export const restore = async (deps: RestoreDeps): Promise<{ rows: number; blobs: number }> => {
  const { folder, openEngine, openBlobs } = deps
  await mkdir(folder, { recursive: true })
  const there = (await readdir(folder)).filter((name) => name !== WORKSHOP)
  if (there.length) throw new GroundwaveError('FOLDER_NOT_EMPTY', `(${folder})`)
  const workshop = join(folder, WORKSHOP)
  await rm(workshop, { recursive: true, force: true })
  await mkdir(workshop)
  try {
    const result = await fill(deps, { workshop, engine: await openEngine(workshop), blobs: openBlobs(workshop) })
    // The file that makes a folder a station comes last.
    const names = await readdir(workshop)
    for (const name of [
      ...names.filter((name) => name !== MAKES_STATION),
      ...names.filter((name) => name === MAKES_STATION),
    ])
      await rename(join(workshop, name), join(folder, name))
    return result
  } finally {
    await rm(workshop, { recursive: true, force: true })
  }
}

type Place = { workshop: string; engine: Engine; blobs: Blobs }

const fill = async (deps: RestoreDeps, place: Place): Promise<{ rows: number; blobs: number }> => {
  const { engine } = place
  try {
    const tables = await tablesOf(engine)
    if (tables.includes('migrations')) throw new GroundwaveError('DATABASE_NOT_EMPTY')
    // Files are read within this transaction, which nobody waits for: the database is nobody's yet.
    return await engine.write
      .transaction()
      .setIsolationLevel('read committed')
      .execute((tx) => readAll(deps, place, tx))
  } finally {
    await engine.stop()
  }
}

const tablesOf = async (engine: Engine): Promise<string[]> => {
  const snapshot = await engine.snapshot()
  try {
    return await snapshot.tables()
  } finally {
    await snapshot.stop()
  }
}

const readAll = async (deps: RestoreDeps, { workshop, engine, blobs }: Place, tx: Tx) => {
  const { file, clock, migrations = all } = deps
  const { dialect } = engine
  const found: Manifest = { entries: [], tables: {} }
  const counts = { rows: 0, blobs: 0 }
  let whole = false
  await damagedIfThrown(async () => {
    for await (const entry of readTar(file)) {
      if (found.entries.length === 0) {
        await begin(await readFormat(entry, found))
        continue
      }
      const [kind = '', name = ''] = entry.path.split('/')
      if (entry.path === MANIFEST_ENTRY) {
        compare(manifestSchema.parse(JSON.parse((await buffer(entry.body)).toString())), found)
        whole = true
      } else if (kind === 'tables') counts.rows += await insertRows(tx, name, entry, found)
      else if (kind === 'blobs') counts.blobs += await putBlob(blobs, name, entry, found)
      else if (kind === 'station') await writeStationFile(workshop, entry, found)
    }
    if (!whole) throw new Error('it was not finished')
    await dialect.endRestore(tx)
  })
  await migrateIn({ tx, dialect, clock, migrations })
  return counts

  async function begin(names: string[]): Promise<void> {
    const unknown = names.filter((name) => !migrations.some((one) => one.name === name))
    if (unknown.length) throw new GroundwaveError('BACKUP_NEWER', `(It has ${unknown.join(', ')}.)`)
    await migrateIn({ tx, dialect, clock, migrations: migrations.filter(({ name }) => names.includes(name)) })
    await dialect.beginRestore(tx)
  }
}

/** Reads the first entry. @returns the steps the backup's database had been through. */
const readFormat = async (entry: TarEntry, found: Manifest): Promise<string[]> => {
  if (entry.path !== FORMAT_ENTRY) throw new Error('it is another kind of file')
  const format = formatSchema.parse(JSON.parse((await readWhole(entry, found)).toString()))
  if (format.version > VERSION) throw new GroundwaveError('BACKUP_NEWER')
  return format.migrations
}

const insertRows = async (tx: Tx, table: string, entry: TarEntry, found: Manifest): Promise<number> => {
  const text = (await gunzip(await readWhole(entry, found))).toString('utf8')
  const rows = text.split('\n').filter(Boolean).map(lineToRow)
  const into = tx as unknown as Kysely<Record<string, Row>>
  // What the steps have put there themselves is in the backup too.
  if (found.tables[table] === undefined) await into.deleteFrom(table).execute()
  const size = Math.max(1, Math.min(ROWS, Math.floor(VALUES / Object.keys(rows[0] ?? {}).length)))
  for (let at = 0; at < rows.length; at += size)
    await into
      .insertInto(table)
      .values(rows.slice(at, at + size))
      .execute()
  found.tables[table] = (found.tables[table] ?? 0) + rows.length
  return rows.length
}

const putBlob = async (blobs: Blobs, id: string, entry: TarEntry, found: Manifest): Promise<number> => {
  const blob = await blobs.put(watched(entry, found))
  if (blob.id !== id) throw new Error(`${entry.path} is not what it was`)
  return 1
}

const writeStationFile = async (workshop: string, entry: TarEntry, found: Manifest): Promise<void> => {
  const path = normalize(entry.path.slice('station/'.length))
  // Whoever made the file may be somebody else than who restores it.
  if (path.startsWith('..') || path.startsWith('/') || path.includes(':')) throw new Error(`it has a file ${path}`)
  const file = join(workshop, path)
  await mkdir(dirname(file), { recursive: true })
  await pipeline(watched(entry, found), createWriteStream(file, { mode: 0o600, flush: true }))
}

const readWhole = async (entry: TarEntry, found: Manifest): Promise<Buffer> => buffer(watched(entry, found))

/** The bytes of an entry, which is entered in the account when they have been read. */
const watched = async function* ({ path, bytes, body }: TarEntry, found: Manifest): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256')
  for await (const chunk of body) {
    hash.update(chunk)
    yield chunk
  }
  found.entries.push({ path, bytes, sha256: hash.digest('hex') })
}

const compare = (said: Manifest, found: Manifest): void => {
  const lines = ({ entries }: Manifest) => entries.map(({ path, bytes, sha256 }) => `${path} ${bytes} ${sha256}`)
  const there = new Set(lines(found))
  const missing = lines(said).find((line) => !there.has(line))
  if (missing) throw new Error(`${missing.split(' ')[0]} is not what it was`)
  if (said.entries.length !== found.entries.length) throw new Error('it holds more than it says')
  for (const [table, rows] of Object.entries(said.tables))
    if ((found.tables[table] ?? 0) !== rows)
      throw new Error(`of ${rows} rows of ${table} it has ${found.tables[table] ?? 0}`)
}

const damagedIfThrown = async (fn: () => Promise<void>): Promise<void> => {
  try {
    await fn()
  } catch (cause) {
    if (cause instanceof GroundwaveError) throw cause
    const { code } = cause as NodeJS.ErrnoException
    // The disk is full, the file is not there: not the backup's fault.
    if (code && /^E[A-Z]+$/.test(code)) throw cause
    throw new GroundwaveError('BACKUP_DAMAGED', cause instanceof Error ? `(${cause.message})` : undefined, { cause })
  }
}
