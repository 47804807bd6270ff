import { AsyncLocalStorage } from 'node:async_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import type { IsolationLevel } from 'kysely'
import { GroundwaveError } from '../base/errors.ts'
import type { Log } from '../base/log.ts'
import type { Closing, Engine, Tx } from './dialect.ts'

/** Tries of one transaction that others keep getting in the way of. */
const TRIES = 30
const LONGEST_PAUSE_MS = 100
/** A transaction that takes longer keeps every writer of a SQLite station waiting; the log says so, ms. */
const LONG_MS = 1_000

type Ending = { closing: Closing; after: (() => void)[] }

/** Runs transactions, and what hangs on their end. */
export class Transactions {
  readonly #engine: Engine
  readonly #log: Log
  readonly #endings = new WeakMap<Tx, Ending>()
  readonly #inside = new AsyncLocalStorage<true>()

  constructor({ engine, log }: { engine: Engine; log: Log }) {
    this.#engine = engine
    this.#log = log
  }

  /**
   * Runs `fn` as if nobody else were writing (serializable), and commits what it did, or nothing when it throws.
   * `fn` awaits nothing but SQL, and does nothing outside the database: on PostgreSQL it may be run again.
   * Throws DATABASE_UNREACHABLE when the line broke; then it is unknown whether a commit under way was made.
   * When the promise is kept, the change survives kill -9 and the loss of power.
   */
  async run<T>(fn: (tx: Tx) => Promise<T>, isolation: IsolationLevel = 'serializable'): Promise<T> {
    return this.#tried(() => this.#once(fn, isolation))
  }

  /**
   * For what has only an end: `fn` asks the database nothing, and calls `last` and what is made of it. On PostgreSQL that
   * is one way to the server and back, without a transaction around it.
   */
  async add(fn: (tx: Tx) => void): Promise<void> {
    const { dialect, write } = this.#engine
    if (dialect.name === 'sqlite') return this.run(async (tx) => fn(tx))
    await this.#tried(async () => {
      const ending = noEnding()
      const tx = write.withoutPlugins() as Tx
      this.#endings.set(tx, ending)
      fn(tx)
      this.#endings.delete(tx)
      await dialect.close(tx, ending.closing)
      for (const after of ending.after) after()
    })
  }

  /** What is written when all else is done. What it throws undoes the transaction. */
  last(tx: Tx, { inserts = [], events = [], notices = [] }: Partial<Closing>): void {
    const { closing } = this.#endingOf(tx)
    closing.inserts.push(...inserts)
    closing.events.push(...events)
    closing.notices.push(...notices)
  }

  /** Runs when the transaction is committed for certain. */
  afterCommit(tx: Tx, fn: () => void): void {
    this.#endingOf(tx).after.push(fn)
  }

  async #tried<T>(once: () => Promise<T>): Promise<T> {
    // On SQLite the inner one would wait for ever for the outer one to end.
    if (this.#inside.getStore()) throw new Error('a transaction was begun inside a transaction')
    const began = performance.now()
    for (let tries = 1; ; tries++) {
      try {
        return await once()
      } catch (error) {
        if (this.#engine.gone(error)) throw new GroundwaveError('DATABASE_UNREACHABLE', undefined, { cause: error })
        if (tries >= TRIES || !this.#engine.passing(error)) throw error
        // No two that stood in each other's way should meet again at once.
        await sleep(Math.random() * Math.min(2 ** tries, LONGEST_PAUSE_MS))
      } finally {
        const ms = Math.round(performance.now() - began)
        if (ms > LONG_MS) this.#log.warn('a transaction took long', { ms, tries })
      }
    }
  }

  async #once<T>(fn: (tx: Tx) => Promise<T>, isolation: IsolationLevel): Promise<T> {
    const ending = noEnding()
    const result = await this.#engine.write
      .transaction()
      .setIsolationLevel(isolation)
      .execute(async (tx) => {
        this.#endings.set(tx, ending)
        const result = await this.#inside.run(true, () => fn(tx))
        this.#endings.delete(tx)
        await this.#engine.dialect.close(tx, ending.closing)
        return result
      })
    for (const after of ending.after) after()
    return result
  }

  #endingOf(tx: Tx): Ending {
    const ending = this.#endings.get(tx)
    if (!ending) throw new Error('this transaction has ended')
    return ending
  }
}

const noEnding = (): Ending => ({ closing: { inserts: [], events: [], notices: [] }, after: [] })
