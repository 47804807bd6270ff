import { hostname } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import type { ReadonlyKysely } from 'kysely/readonly'
import type { Ids } from '../base/ids.ts'
import type { Log } from '../base/log.ts'
import type { Dialect } from './dialect.ts'
import type { Database } from './tables.ts'
import type { Transactions } from './transactions.ts'

/** Who has not renewed its lease for so long shows no stories, and is waited for no longer, ms. */
const LEASE_MS = 5_000
const RENEW_EVERY_MS = 1_000
/** After a renewal that failed, ms. */
const AGAIN_MS = 250
/** A house stops so much of its lease before its end, and is waited for so long after it: no two clocks run alike. */
const MARGIN = 0.1
const MARGIN_MS = 500
/** Rows of houses that have gone are kept for so long, ms. */
const GONE_MS = 24 * 3_600_000

export type HouseLeaseDeps = {
  read: ReadonlyKysely<Database>
  dialect: Dialect
  transactions: Transactions
  ids: Ids
  log: Log
}

export type LeaseOptions = {
  /** Brings this house to what the database says now. Called after each renewal; fails when it cannot. */
  catchUp: () => Promise<void>
  /** Shown to people; the machine's name and the process when left out. */
  name?: string
  /** Milliseconds that go on also while the process is stopped. */
  monotonic?: () => number
  /** Milliseconds that go on also while the machine sleeps. */
  wall?: () => number
  leaseMs?: number
  renewEveryMs?: number
}

const within = async (work: Promise<unknown>, ms: number): Promise<void> => {
  const late = Promise.withResolvers<void>()
  const timer = setTimeout(() => late.reject(new Error(`no answer within ${ms} ms`)), ms)
  work.catch(() => {})
  try {
    await Promise.race([work, late.promise])
  } finally {
    clearTimeout(timer)
  }
}

/** Another house, or this one. */
export type House = { id: string; name: string }

/**
 * This house's right to show stories. On PostgreSQL it holds for some seconds at a time: it is renewed by the database's
 * clock, then this house reads what changed, and only then goes on for as long as the lease that was taken before. So a
 * house that is cut off has stopped before anybody who recalls a story has stopped waiting for it.
 * On SQLite there is one house, and it holds for ever.
 */
export class HouseLease {
  readonly house: House
  readonly #deps: HouseLeaseDeps
  #options: Required<LeaseOptions> | undefined
  #until = Number.NEGATIVE_INFINITY
  #wallUntil = Number.NEGATIVE_INFINITY
  #stopping = new AbortController()
  #running: Promise<void> | undefined

  constructor(deps: HouseLeaseDeps) {
    this.#deps = deps
    this.house = { id: deps.ids.next(), name: `${hostname()} ${process.pid}` }
  }

  /** Whether there can be no other house. */
  get alone(): boolean {
    return this.#deps.dialect.name === 'sqlite'
  }

  /** Registers this house. When the promise is kept it has caught up, and may show stories. Passes on what `catchUp` throws. */
  async start(options: LeaseOptions): Promise<void> {
    this.#options = {
      name: this.house.name,
      monotonic: () => performance.now(),
      wall: () => Date.now(),
      leaseMs: LEASE_MS,
      renewEveryMs: RENEW_EVERY_MS,
      ...options,
    }
    this.house.name = this.#options.name
    const { transactions, dialect } = this.#deps
    const { id, name } = this.house
    await transactions.run(async (tx) => {
      // Confirmations have the names of houses in them: nobody needs these rows any more.
      await tx
        .deleteFrom('houses')
        .where('lease_until', '<', sql<number>`${dialect.now} - ${sql.lit(GONE_MS)}`)
        .execute()
      await tx.insertInto('houses').values({ id, name, started_at: dialect.now, lease_until: 0 }).execute()
    }, 'read committed')
    if (this.alone) {
      await this.#options.catchUp()
      this.#until = this.#wallUntil = Number.POSITIVE_INFINITY
      return
    }
    await this.#renew(this.#options)
    this.#running = this.#goOn(this.#options)
  }

  /** Gives the lease back: nobody waits for this house any more. Call it when nothing is served any more. */
  async stop(): Promise<void> {
    this.#stopping.abort()
    this.#until = Number.NEGATIVE_INFINITY
    await this.#running
    if (this.#options) await this.#write(0).catch(() => {})
  }

  /** Whether stories may be shown at this moment. Two comparisons: asked at every request. */
  isFresh(): boolean {
    const options = this.#options
    return options !== undefined && options.monotonic() < this.#until && options.wall() < this.#wallUntil
  }

  /** Houses whose lease has not run out for certain, by the database's clock. */
  atWork(): Promise<(House & { startedAt: number })[]> {
    const { read, dialect } = this.#deps
    return read
      .selectFrom('houses')
      .select(['id', 'name', 'started_at as startedAt'])
      .where(sql<boolean>`lease_until + ${sql.lit(MARGIN_MS)} > ${dialect.now}`)
      .orderBy('id')
      .execute()
  }

  async #renew({ catchUp, monotonic, wall, leaseMs }: Required<LeaseOptions>): Promise<void> {
    // Before the question, because the answer may be long under way: what we count never ends later than what is written.
    const [asked, askedWall] = [monotonic(), wall()]
    // A line that hangs is given up on: the next try takes another.
    await within(this.#write(sql<number>`${this.#deps.dialect.now} + ${sql.lit(leaseMs)}`), leaseMs)
    // After the renewal: who recalled before it may not have waited for us, and who recalls after it does.
    // However long it takes: while it does not end, nothing is renewed, and nobody need wait for us.
    await catchUp()
    const safe = leaseMs * (1 - MARGIN)
    this.#until = asked + safe
    this.#wallUntil = askedWall + safe
  }

  async #goOn(options: Required<LeaseOptions>): Promise<void> {
    const { log } = this.#deps
    const { signal } = this.#stopping
    let isBroken = false
    while (!signal.aborted) {
      await sleep(isBroken ? AGAIN_MS : options.renewEveryMs, undefined, { signal, ref: false }).catch(() => {})
      if (signal.aborted) return
      try {
        await this.#renew(options)
        if (isBroken) log.info('this house is in touch with the database again')
        isBroken = false
      } catch (error) {
        if (!isBroken)
          log.error('this house is out of touch with the database, and will show no stories until it is again', {
            cause: error instanceof Error ? error.message : String(error),
          })
        isBroken = true
      }
    }
  }

  async #write(until: number | ReturnType<typeof sql<number>>): Promise<void> {
    const { id, name } = this.house
    const { transactions, dialect } = this.#deps
    await transactions.run(
      (tx) =>
        tx
          .insertInto('houses')
          .values({ id, name, started_at: dialect.now, lease_until: until })
          // The row may have been cleared away while this machine slept.
          .onConflict((c) => c.column('id').doUpdateSet({ lease_until: until }))
          .execute(),
      'read committed',
    )
  }
}
