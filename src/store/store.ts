import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { Kysely, RawBuilder } from 'kysely'
import type { ReadonlyKysely } from 'kysely/readonly'
import type { Clock } from '../base/clock.ts'
import { GroundwaveError } from '../base/errors.ts'
import type { Ids, Random } from '../base/ids.ts'
import type { Log } from '../base/log.ts'
import { backup } from './backup.ts'
import type { BackupSummary } from './backup.ts'
import type { Blobs } from './blobs.ts'
import type { Engine, EngineName, Insert, Tx } from './dialect.ts'
import { Events } from './events.ts'
import { openFolderBlobs } from './folder-blobs.ts'
import { HouseLease } from './house-lease.ts'
import { JobRunner } from './job-runner.ts'
import type { JobRunnerDeps } from './job-runner.ts'
import { Jobs } from './jobs.ts'
import { migrate } from './migrate.ts'
import type { Migration } from './migrations.ts'
import { Notices } from './notices.ts'
import type { NoticeHandler } from './notices.ts'
import { openPostgres } from './postgres.ts'
import { restore } from './restore.ts'
import { openSqlite } from './sqlite.ts'
import type { Database } from './tables.ts'
import { Transactions } from './transactions.ts'

export type { BackupSummary } from './backup.ts'
export type { Blobs, StoredBlob } from './blobs.ts'
export type { EngineName, Insert, Tx } from './dialect.ts'
export type { NewEvent, StoredEvent } from './events.ts'
export { takeHouseLock } from './house-lock.ts'
export type { House } from './house-lease.ts'
export type { Job, NewJob } from './jobs.ts'
export type { JobContext, JobHandler } from './job-runner.ts'
export type { Database } from './tables.ts'

export type StoreDeps = {
  /** `postgres://…`; null or empty for SQLite in the station's folder. */
  url: string | null | undefined
  /** The station's folder. */
  folder: string
  clock: Clock
  ids: Ids
  log: Log
  random?: Random
  /** For tests of older and newer programs. */
  migrations?: readonly Migration[]
}

/** The work a runner does, and how; what it needs of the store it has. */
export type RunnerOptions = Pick<JobRunnerDeps, 'handlers' | 'atOnce' | 'leaseMs' | 'lookEveryMs'>

export type Isolation = 'serializable' | 'read committed'

/** The station's memory: one database, opened. */
export type Store = {
  engine: EngineName
  /** For queries outside a transaction. Sees what is committed, never waits for a writer, cannot write. */
  read: ReadonlyKysely<Database>
  /**
   * All writing, as if nobody else were writing; `read committed` for what is right whoever else writes: on PostgreSQL it
   * is never sent back to the start. See `Transactions.run`: nothing but SQL may be awaited within, and `fn` may be run twice.
   */
  tx: <T>(fn: (tx: Tx) => Promise<T>, isolation?: Isolation) => Promise<T>
  events: Events
  jobs: Jobs
  blobs: Blobs
  /** This house's right to show stories. Not started. */
  lease: HouseLease
  /** The moment by the database's clock, as SQL, in milliseconds since the Unix epoch. */
  now: RawBuilder<number>
  /** Not started. */
  jobRunner(options: RunnerOptions): JobRunner
  /** Tells all who listen, in every house, once `tx` is committed. At most 7.9 KB: send ids. */
  notify(tx: Tx, channel: string, payload: string): void
  /** Written with the very end of `tx`, whose answer nobody needs. */
  last(tx: Tx, inserts: readonly Insert[]): void
  /** A change that is only an end: `last`, `notify`, `events.append`. On PostgreSQL one way to the server and back. */
  add(fn: (tx: Tx) => void): Promise<void>
  /** @returns what ends it. */
  listen(channel: string, handler: NoticeHandler): Promise<() => void>
  /** Writes the whole station as it is at one moment into a new file, while it runs. Throws BACKUP_EXISTS. */
  backup(file: string): Promise<BackupSummary>
  /** Throws when the database does not answer. */
  ping(): Promise<void>
  stop(): Promise<void>
}

/**
 * Opens the station's database and brings it up to this program.
 * Throws DATABASE_UNREACHABLE, DATABASE_UNKNOWN or DATABASE_NEWER.
 */
export const openStore = async (deps: StoreDeps): Promise<Store> => {
  const { clock, log, migrations } = deps
  const engine = await openEngine(deps)
  try {
    const run = await migrate({ engine, clock, ...(migrations && { migrations }) })
    if (run.length) log.info('the database was brought up to this program', { steps: run.join(' ') })
  } catch (error) {
    await engine.stop()
    throw error
  }
  const blobs = openBlobs(deps)
  await blobs.sweep()
  return assemble(engine, blobs, deps)
}

/**
 * Makes a station in an empty folder, and in an empty database where `url` names one, from what `backup` wrote.
 * Throws FOLDER_NOT_EMPTY, DATABASE_NOT_EMPTY, BACKUP_DAMAGED or BACKUP_NEWER; then there is nothing new.
 */
export const restoreStation = (
  file: string,
  { folder, url, clock, log, random = randomBytes, migrations }: StoreDeps,
): Promise<{ rows: number; blobs: number }> =>
  restore({
    file,
    folder,
    clock,
    random,
    log,
    openEngine: (folder) => openEngine({ url, folder, log }),
    openBlobs: (folder) => openBlobs({ folder, clock, random }),
    ...(migrations && { migrations }),
  })

/** Where a SQLite station's database stands. */
export const databaseFile = (folder: string): string => join(folder, 'data', 'groundwave.db')

const openBlobs = ({ folder, clock, random = randomBytes }: Pick<StoreDeps, 'folder' | 'clock' | 'random'>): Blobs =>
  openFolderBlobs({ folder: join(folder, 'data', 'blobs'), clock, random })

/** Whether the station's database is a server that several houses share. */
export const isShared = (url: string | null | undefined): boolean => postgresUrl(url) !== null

/** Opens without migrating. */
const openEngine = async ({ url, folder, log }: Pick<StoreDeps, 'url' | 'folder' | 'log'>): Promise<Engine> => {
  const postgres = postgresUrl(url)
  return postgres ? openPostgres({ url: postgres, log }) : openSqlite(databaseFile(folder))
}

const postgresUrl = (url: string | null | undefined): string | null => {
  if (!url) return null
  // The address may hold a password: the message does not repeat it.
  if (!/^postgres(ql)?:\/\//.test(url)) throw new GroundwaveError('DATABASE_UNKNOWN')
  return url
}

const assemble = (engine: Engine, blobs: Blobs, { url, folder, clock, ids, log }: StoreDeps): Store => {
  const { dialect } = engine
  const read = readOnly(engine.read)
  const transactions = new Transactions({ engine, log })
  const notices = new Notices({ transactions, url: postgresUrl(url), log })
  const jobs = new Jobs({ read, dialect, transactions, notices, clock, ids })
  return {
    engine: dialect.name,
    read,
    tx: (fn, isolation) => transactions.run(fn, isolation),
    events: new Events({ read, transactions, clock, ids }),
    jobs,
    blobs,
    lease: new HouseLease({ read, dialect, transactions, ids, log: log.part('lease') }),
    now: dialect.now,
    jobRunner: (options) => new JobRunner({ jobs, notices, transactions, clock, log: log.part('jobs'), ...options }),
    notify: (tx, channel, payload) => notices.notify(tx, channel, payload),
    last: (tx, inserts) => transactions.last(tx, { inserts: [...inserts] }),
    add: (fn) => transactions.add(fn),
    listen: (channel, handler) => notices.listen(channel, handler),
    backup: (file) => backup({ engine, blobs, folder, clock, file }),
    async ping() {
      await read.selectFrom('migrations').select('name').limit(1).execute()
    },
    async stop() {
      await notices.stop()
      await engine.stop()
    },
  }
}

const readOnly = (db: Kysely<Database>): ReadonlyKysely<Database> => db as unknown as ReadonlyKysely<Database>
