import { setTimeout as sleep } from 'node:timers/promises'
import { DatabaseSync } from 'node:sqlite'
import type { SQLInputValue, StatementSync } from 'node:sqlite'
import { SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely'
import type { CompiledQuery, DatabaseConnection, Dialect, Driver, QueryResult } from 'kysely'

/** How long a writer waits for a writer of another process, ms. */
const WAIT_MS = 10_000
/** After writing without a pause for BREATHE_AFTER_MS, leave the others BREATHE_MS to get the lock. */
const BREATHE_AFTER_MS = 100
const BREATHE_MS = 4
/** Prepared statements kept; queries are few, lists of varying length make more. */
const STATEMENTS = 300

/** node:sqlite behind Kysely: one connection, transactions that take the write lock at their beginning. */
export const sqliteKysely = (open: () => DatabaseSync): Dialect => ({
  createAdapter: () => new SqliteAdapter(),
  createDriver: () => new SqliteDriver(open),
  createIntrospector: (db) => new SqliteIntrospector(db),
  createQueryCompiler: () => new SqliteQueryCompiler(),
})

class SqliteDriver implements Driver {
  readonly #open: () => DatabaseSync
  #connection: SqliteConnection | undefined
  #streakSince = 0
  #lastEnd = 0

  constructor(open: () => DatabaseSync) {
    this.#open = open
  }

  async init(): Promise<void> {
    this.#connection = new SqliteConnection(this.#open())
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    return this.#one
  }

  // Taking the lock at once means that no statement within the transaction can find the database busy. Waiting is done
  // here and not by SQLite's own busy handler, which would stop the whole process while it waits.
  async beginTransaction(): Promise<void> {
    await this.#breathe()
    const until = performance.now() + WAIT_MS
    for (;;) {
      try {
        this.#one.exec('begin immediate')
        return
      } catch (error) {
        if (!isBusy(error) || performance.now() > until) throw error
        await sleep(1 + Math.floor(performance.now() % 3))
      }
    }
  }

  async commitTransaction(): Promise<void> {
    this.#one.exec('commit')
    this.#lastEnd = performance.now()
  }

  async rollbackTransaction(): Promise<void> {
    this.#one.exec('rollback')
    this.#lastEnd = performance.now()
  }

  async releaseConnection(): Promise<void> {}

  async destroy(): Promise<void> {
    this.#connection?.close()
  }

  get #one(): SqliteConnection {
    if (!this.#connection) throw new Error('the database is not open')
    return this.#connection
  }

  // SQLite's lock goes to whoever asks first after its release: a loop of writes would keep all others out.
  async #breathe(): Promise<void> {
    const now = performance.now()
    if (now - this.#lastEnd > BREATHE_MS) this.#streakSince = now
    if (now - this.#streakSince < BREATHE_AFTER_MS) return
    await sleep(BREATHE_MS)
    this.#streakSince = performance.now()
  }
}

class SqliteConnection implements DatabaseConnection {
  readonly #db: DatabaseSync
  readonly #statements = new Map<string, { statement: StatementSync; reads: boolean }>()

  constructor(db: DatabaseSync) {
    this.#db = db
  }

  exec(sql: string): void {
    this.#db.exec(sql)
  }

  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    const { statement, reads } = this.#prepare(sql)
    const values = parameters as SQLInputValue[]
    if (reads) return { rows: statement.all(...values) as R[] }
    const { changes, lastInsertRowid } = statement.run(...values)
    return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) }
  }

  async *streamQuery<R>({ sql, parameters }: CompiledQuery): AsyncIterableIterator<QueryResult<R>> {
    // A statement of its own: one that is being walked cannot be asked again.
    for (const row of this.#db.prepare(sql).iterate(...(parameters as SQLInputValue[]))) yield { rows: [row as R] }
  }

  close(): void {
    this.#db.close()
  }

  #prepare(sql: string): { statement: StatementSync; reads: boolean } {
    const known = this.#statements.get(sql)
    if (known) {
      this.#statements.delete(sql)
      this.#statements.set(sql, known)
      return known
    }
    const statement = this.#db.prepare(sql)
    const made = { statement, reads: statement.columns().length > 0 }
    this.#statements.set(sql, made)
    const oldest = this.#statements.keys().next().value
    if (this.#statements.size > STATEMENTS && oldest !== undefined) this.#statements.delete(oldest)
    return made
  }
}

const SQLITE_BUSY = 5

/** True when another connection holds the lock; the low byte is the primary code (sqlite.org/rescode.html). */
export const isBusy = (error: unknown): boolean =>
  typeof error === 'object' &&
  error !== null &&
  'errcode' in error &&
  typeof error.errcode === 'number' &&
  (error.errcode & 0xff) === SQLITE_BUSY
