import { Kysely, PostgresDialect, sql } from 'kysely'
import type { PostgresPool, PostgresPoolClient } from 'kysely'
import pg from 'pg'
import { GroundwaveError } from '../base/errors.ts'
import type { Log } from '../base/log.ts'
import { DERIVED } from './dialect.ts'
import type { Dialect, Engine, Snapshot } from './dialect.ts'
import { closeTogether } from './postgres-closing.ts'
import type { Database } from './tables.ts'

const WRITERS = 6
const READERS = 10
const CONNECT_MS = 10_000
/** Long enough for a step of the schema on a large table, and for a list of everything. */
const WRITTEN_MS = 120_000
const READ_MS = 30_000
/** How long a connection is silent before the system asks whether anybody is still there, ms. */
const KEEP_ALIVE_MS = 10_000
/** Rows read from a snapshot at a time. */
const ROWS = 500
/** An advisory lock of this database; any number that nobody else uses. */
const LOCK_MIGRATIONS = 0x67_77_01

/** Opens a pool of connections that write and one that cannot. Throws DATABASE_UNREACHABLE when nobody answers. */
export const openPostgres = async ({ url, log }: { url: string; log: Log }): Promise<Engine> => {
  const writers = makePool({ url, log, max: WRITERS })
  const readers = makePool({ url, log, max: READERS, options: '-c default_transaction_read_only=on' })
  try {
    ;(await writers.connect()).release()
  } catch (cause) {
    await Promise.allSettled([writers.end(), readers.end()])
    throw unreachable(cause)
  }
  const write = new Kysely<Database>({
    dialect: new PostgresDialect({ pool: guarded(writers, { within: WRITTEN_MS, told: (cause) => cause }) }),
  })
  // A transaction's caller is told by `Transactions`, which has to tell a line that broke from a conflict.
  const read = new Kysely<Database>({
    dialect: new PostgresDialect({ pool: guarded(readers, { within: READ_MS, told: unreachable }) }),
  })
  return {
    dialect: postgresDialect,
    write,
    read,
    gone: isGone,
    passing: (error) => error instanceof Error && 'code' in error && PASSING.has(String(error.code)),
    snapshot: () => openSnapshot(url),
    async stop() {
      // What Kysely never used it does not end.
      await Promise.all([write.destroy(), read.destroy()])
      await Promise.all([writers, readers].filter((pool) => !pool.ending).map((pool) => pool.end()))
    },
  }
}

type Guard = {
  /** A statement that is not answered within this time is answered by nobody any more, ms. */
  within: number
  /** What a caller is told when the line broke. */
  told: (cause: unknown) => unknown
}

/** The same pool, but its connections give up on a server that has gone without a word, and are not used again then. */
const guarded = (pool: pg.Pool, { within, told }: Guard): PostgresPool => ({
  options: pool.options,
  async connect() {
    const client = await pool.connect().catch((cause: unknown) => {
      throw isGone(cause) ? told(cause) : cause
    })
    let isBroken = false
    const ask = async (...asked: unknown[]): Promise<unknown> => {
      const late = Promise.withResolvers<never>()
      const timer = setTimeout(() => late.reject(new Error(`timeout exceeded: no answer within ${within} ms`)), within)
      try {
        return await Promise.race([(client.query as (...asked: unknown[]) => Promise<unknown>)(...asked), late.promise])
      } catch (cause) {
        isBroken ||= isGone(cause)
        throw isGone(cause) ? told(cause) : cause
      } finally {
        clearTimeout(timer)
      }
    }
    return { query: ask, release: () => client.release(isBroken) } as PostgresPoolClient
  },
  end: () => pool.end(),
})

// Class 08 is connection exception, 57P01 to 57P03 a server that stops or starts (PostgreSQL, appendix A).
const isGone = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false
  const code = 'code' in error ? String(error.code) : ''
  return (
    /^(08...|57P0[123]|ECONN\w+|EPIPE|ENOENT|EHOSTUNREACH|ETIMEDOUT)$/.test(code) ||
    /^(Connection terminated|Client has encountered a connection error|timeout exceeded)/.test(error.message)
  )
}

// serialization_failure, deadlock_detected
const PASSING = new Set(['40001', '40P01'])

type PoolDeps = { url: string; log: Log; max: number; options?: string }

const makePool = ({ url, log, ...rest }: PoolDeps): pg.Pool => {
  const pool = new pg.Pool({
    ...connection(url),
    ...rest,
    connectionTimeoutMillis: CONNECT_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
  })
  // Both are told by the query that fails; unheard, these events would end the process. The pool hears only the
  // connections that are idle.
  pool.on('error', (error) => log.warn('a connection to the database broke', { cause: error.message }))
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

/** How every connection is made: numbers come as numbers, also counts and sums. */
export const connection = (url: string): pg.ClientConfig => ({
  connectionString: url,
  application_name: 'groundwave',
  types: {
    getTypeParser: (oid: number, format?: 'text' | 'binary'): ((value: string) => unknown) =>
      oid === INT8 || oid === NUMERIC
        ? Number
        : (pg.types.getTypeParser(oid, format ?? 'text') as (v: string) => unknown),
  },
})
const INT8 = 20
const NUMERIC = 1700

const unreachable = (cause: unknown) =>
  new GroundwaveError('DATABASE_UNREACHABLE', cause instanceof Error ? `(${cause.message})` : undefined, { cause })

const openSnapshot = async (url: string): Promise<Snapshot> => {
  const client = new pg.Client(connection(url))
  // A connection that breaks between two queries says so by an event; the next query says it again, to the caller.
  client.on('error', () => {})
  await client.connect().catch((cause: unknown) => {
    throw unreachable(cause)
  })
  await client.query('begin isolation level repeatable read read only')
  const tables = async () =>
    (
      await client.query<{ name: string }>(
        `select c.relname as name from pg_class c where c.relnamespace = current_schema()::regnamespace
         and c.relkind = 'r' and not starts_with(c.relname, $1) order by c.oid`,
        [DERIVED],
      )
    ).rows.map(({ name }) => name)
  await tables() // The moment is fixed by the first query.
  return {
    tables,
    async *rows(table) {
      await client.query(`declare rows no scroll cursor for select * from ${pg.escapeIdentifier(table)}`)
      for (;;) {
        const { rows } = await client.query<Record<string, unknown>>(`fetch ${ROWS} from rows`)
        if (rows.length === 0) break
        yield rows
      }
      await client.query('close rows')
    },
    stop: () => client.end(),
  }
}

const postgresDialect: Dialect = {
  name: 'postgres',
  key: sql`text collate "C"`,
  now: sql<number>`(extract(epoch from clock_timestamp()) * 1000)::bigint`,
  skipLocked: sql`for update skip locked`,
  lockMigrations: async (tx) => {
    await sql`select pg_advisory_xact_lock(${LOCK_MIGRATIONS})`.execute(tx)
  },
  appendOnly: (table) => [
    sql`create or replace function append_only() returns trigger language plpgsql as
        $$ begin raise exception 'this table is append-only'; end $$`,
    sql`create trigger ${sql.id(`${table}_no_change`)} before update or delete on ${sql.id(table)}
        for each row execute function append_only()`,
    sql`create trigger ${sql.id(`${table}_no_truncate`)} before truncate on ${sql.id(table)}
        for each statement execute function append_only()`,
  ],
  createSeq: [sql`create sequence events_seq`],
  close: closeTogether,
  beginRestore: async (tx) => {
    await alterReferences(tx, 'deferrable initially deferred')
  },
  endRestore: async (tx) => {
    await sql`set constraints all immediate`.execute(tx)
    await alterReferences(tx, 'not deferrable')
    await sql`select setval('events_seq', coalesce((select max(seq) from events), 0) + 1, false)`.execute(tx)
  },
}

const alterReferences = async (tx: Parameters<Dialect['beginRestore']>[0], how: string): Promise<void> => {
  const { rows } = await sql<{ table: string; name: string }>`
    select r.relname as table, c.conname as name from pg_constraint c join pg_class r on r.oid = c.conrelid
    where c.contype = 'f' and r.relnamespace = current_schema()::regnamespace`.execute(tx)
  for (const { table, name } of rows)
    await sql`alter table ${sql.id(table)} alter constraint ${sql.id(name)} ${sql.raw(how)}`.execute(tx)
}
