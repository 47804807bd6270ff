import type { Kysely, OperationNodeSource, RawBuilder, Transaction } from 'kysely'
import type { Database, EventsTable } from './tables.ts'

/** A running transaction; all SQL that belongs to it goes through it. */
export type Tx = Transaction<Database>

export type EngineName = 'sqlite' | 'postgres'

/** A statement whose answer nobody needs. */
export type Insert = OperationNodeSource & {
  compile(): { readonly parameters: readonly unknown[] }
  execute(): Promise<unknown>
}

/** What a transaction writes and says at its very end. */
export type Closing = {
  /** In any order; no two of them are about the same row. */
  inserts: Insert[]
  /** In their order; they get their numbers here. */
  events: EventsTable[]
  /** For the other processes. */
  notices: string[]
}

/** What the two engines say differently. Everything else is written once, in the SQL both understand. */
export type Dialect = {
  name: EngineName
  /** Type of a column that holds an id or another word the program made: sorted by bytes, not by a language's rules. */
  key: RawBuilder<unknown>
  /** The moment by the database's own clock, in milliseconds since the Unix epoch; not that of the transaction's beginning. */
  now: RawBuilder<number>
  /** Ends the inner select of a claim, so that two claimers never get one row. */
  skipLocked: RawBuilder<unknown>
  /** Holds everybody else's migrations back until this transaction ends. */
  lockMigrations(tx: Tx): Promise<void>
  /** SQL that makes a table refuse update, delete and truncate. */
  appendOnly: (table: string) => RawBuilder<unknown>[]
  /** SQL that makes what events are numbered with. */
  createSeq: RawBuilder<unknown>[]
  /**
   * Writes all of it, and on PostgreSQL in one way to the server and back unless it is much. Events get the next numbers,
   * and nobody else takes any before this transaction has ended, so that numbers become visible in their order.
   */
  close(db: Kysely<Database>, closing: Closing): Promise<void>
  /** Lets rows come in any order until `endRestore`. */
  beginRestore(tx: Tx): Promise<void>
  /** Checks every reference, and sets counters behind what was restored. Throws when a reference leads nowhere. */
  endRestore(tx: Tx): Promise<void>
}

/** One moment of the database, held still while others write. */
export type Snapshot = {
  /** Tables that hold what cannot be made again, in the order they were made. */
  tables(): Promise<string[]>
  /** All rows of a table, some at a time. */
  rows(table: string): AsyncIterable<Record<string, unknown>[]>
  stop(): Promise<void>
}

/** An opened database. */
export type Engine = {
  dialect: Dialect
  /** Only `Transactions` uses it: on SQLite it is the one writer. */
  write: Kysely<Database>
  /** Cannot write; never waits for a writer. */
  read: Kysely<Database>
  /** True for an error that says that nobody answers. */
  gone(error: unknown): boolean
  /** True for an error that goes away when the same transaction is tried again. */
  passing(error: unknown): boolean
  snapshot(): Promise<Snapshot>
  stop(): Promise<void>
}

/** Tables whose names begin so can be made again from others; they stay out of backups. */
export const DERIVED = 'derived_'
