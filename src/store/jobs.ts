import { sql } from 'kysely'
import type { ReadonlyKysely } from 'kysely/readonly'
import type { Clock } from '../base/clock.ts'
import type { Ids } from '../base/ids.ts'
import type { Dialect, Tx } from './dialect.ts'
import type { Notices } from './notices.ts'
import type { Database, JobsTable } from './tables.ts'
import type { Transactions } from './transactions.ts'

export type NewJob = {
  /** Which handler does it. */
  kind: string
  payload?: unknown
  /** Not before this moment, ms since the epoch; now when it is left out. */
  runAt?: number
  /** A waiting job of the same key is replaced by this one; one that is running is left to end. */
  key?: string
  /** How often it is begun before it is given up, 10 when it is left out. */
  attempts?: number
}

export type Job = {
  id: string
  kind: string
  payload: unknown
  state: JobsTable['state']
  runAt: number
  /** How often it has been begun, with this time. */
  attempts: number
  error: string | null
  madeAt: number
}

export type ClaimedJob = Job & { lease: string }

export type JobsDeps = {
  read: ReadonlyKysely<Database>
  dialect: Dialect
  transactions: Transactions
  notices: Notices
  clock: Clock
  ids: Ids
}

/** The channel on which word goes out that there is work. */
export const JOBS_CHANNEL = 'jobs'
const ATTEMPTS = 10
const FIRST_PAUSE_MS = 1_000
const LONGEST_PAUSE_MS = 3_600_000

/** The queue, as a table: work is asked for in the same transaction as the change that makes it necessary. */
export class Jobs {
  readonly #deps: JobsDeps

  constructor(deps: JobsDeps) {
    this.#deps = deps
  }

  /** @returns the job's id. */
  async enqueue(tx: Tx, { kind, payload = null, runAt, key, attempts = ATTEMPTS }: NewJob): Promise<string> {
    const { clock, ids, notices } = this.#deps
    const now = clock.now()
    if (key !== undefined) await this.cancel(tx, key)
    const id = ids.next()
    await tx
      .insertInto('jobs')
      .values({
        id,
        kind,
        key: key ?? null,
        payload: JSON.stringify(payload),
        state: 'waiting',
        run_at: runAt ?? now,
        attempts: 0,
        most_attempts: attempts,
        lease: null,
        lease_until: null,
        error: null,
        made_at: now,
      })
      .execute()
    notices.notify(tx, JOBS_CHANNEL, kind)
    return id
  }

  /** The same for work that goes on and on, such as asking a service: while a job of its key runs, nothing is asked for. */
  async ensure(tx: Tx, job: NewJob & { key: string }): Promise<void> {
    const running = await tx
      .selectFrom('jobs')
      .select('id')
      .where('key', '=', job.key)
      .where('state', '=', 'running')
      .executeTakeFirst()
    if (!running) await this.enqueue(tx, job)
  }

  /** Takes back what waits under this key. @returns whether there was something. */
  async cancel(tx: Tx, key: string): Promise<boolean> {
    const gone = await tx.deleteFrom('jobs').where('key', '=', key).where('state', '=', 'waiting').executeTakeFirst()
    return gone.numDeletedRows > 0n
  }

  /** All jobs in a state; the dead ones are what an engineer has to look at. */
  async list(state: JobsTable['state'], limit = 200): Promise<Job[]> {
    const rows = await this.#deps.read
      .selectFrom('jobs')
      .selectAll()
      .where('state', '=', state)
      .orderBy('run_at')
      .orderBy('id')
      .limit(limit)
      .execute()
    return rows.map(fromRow)
  }

  /** Lets a dead job begin again from the start. @returns whether there was one. */
  revive(id: string): Promise<boolean> {
    const { clock, notices, transactions } = this.#deps
    return transactions.run(async (tx) => {
      const row = await tx
        .updateTable('jobs')
        .set({ state: 'waiting', run_at: clock.now(), attempts: 0, key: null })
        .where('id', '=', id)
        .where('state', '=', 'dead')
        .returning('kind')
        .executeTakeFirst()
      if (row) notices.notify(tx, JOBS_CHANNEL, row.kind)
      return row !== undefined
    })
  }

  /** Throws a dead job away. */
  async forget(id: string): Promise<void> {
    await this.#deps.transactions.run((tx) =>
      tx.deleteFrom('jobs').where('id', '=', id).where('state', '=', 'dead').execute(),
    )
  }

  /** Takes the next job that is due, or one whose runner has not been heard of for a lease's time. */
  claim(kinds: readonly string[], leaseMs: number): Promise<ClaimedJob | null> {
    const { clock, dialect, ids, transactions } = this.#deps
    return transactions.run(async (tx) => {
      const now = clock.now()
      const next = tx
        .selectFrom('jobs')
        .select('id')
        .where('kind', 'in', kinds)
        .where((eb) =>
          eb.or([
            eb.and([eb('state', '=', 'waiting'), eb('run_at', '<=', now)]),
            eb.and([eb('state', '=', 'running'), eb('lease_until', '<=', now)]),
          ]),
        )
        .orderBy('run_at')
        .orderBy('id')
        .limit(1)
        .modifyEnd(dialect.skipLocked)
      const row = await tx
        .updateTable('jobs')
        .set({ state: 'running', attempts: sql`attempts + 1`, lease: ids.next(), lease_until: now + leaseMs })
        .where('id', 'in', next)
        .returningAll()
        .executeTakeFirst()
      if (!row) return null
      if (row.attempts <= row.most_attempts) return { ...fromRow(row), lease: row.lease ?? '' }
      // Whoever ran it the last time was killed, and so were those before.
      await tx
        .updateTable('jobs')
        .set({ state: 'dead', lease: null, error: row.error ?? 'Its runner died each time.' })
        .where('id', '=', row.id)
        .execute()
      return null
    }, 'read committed')
  }

  /** @returns false when the job has been given to somebody else meanwhile. */
  async renew({ id, lease }: ClaimedJob, leaseMs: number): Promise<boolean> {
    const until = this.#deps.clock.now() + leaseMs
    const done = await this.#deps.transactions.run((tx) =>
      tx
        .updateTable('jobs')
        .set({ lease_until: until })
        .where('id', '=', id)
        .where('lease', '=', lease)
        .executeTakeFirst(),
    )
    return done.numUpdatedRows > 0n
  }

  /** Strikes the job off in the same transaction as its effect. Throws, undoing both, when the job is somebody else's by now. */
  async done(tx: Tx, { id, lease }: ClaimedJob): Promise<void> {
    const gone = await tx.deleteFrom('jobs').where('id', '=', id).where('lease', '=', lease).executeTakeFirst()
    if (gone.numDeletedRows === 0n) throw new Error('this job is no longer ours')
  }

  /** Puts the job back for later, each time for twice as long, or among the dead when it has failed too often. */
  async failed({ id, lease, attempts }: ClaimedJob, error: string): Promise<void> {
    const now = this.#deps.clock.now()
    const pause = Math.min(FIRST_PAUSE_MS * 2 ** (attempts - 1), LONGEST_PAUSE_MS)
    await this.#deps.transactions.run(async (tx) => {
      const row = await tx
        .selectFrom('jobs')
        .select(['key', 'most_attempts'])
        .where('id', '=', id)
        .where('lease', '=', lease)
        .executeTakeFirst()
      if (!row) return
      const dead = attempts >= row.most_attempts
      const replaced =
        !dead && row.key !== null
          ? await tx
              .selectFrom('jobs')
              .select('id')
              .where('key', '=', row.key)
              .where('state', '=', 'waiting')
              .executeTakeFirst()
          : undefined
      if (replaced) {
        await tx.deleteFrom('jobs').where('id', '=', id).execute()
        return
      }
      await tx
        .updateTable('jobs')
        .set({
          state: dead ? 'dead' : 'waiting',
          run_at: dead ? now : now + pause,
          lease: null,
          lease_until: null,
          error,
        })
        .where('id', '=', id)
        .execute()
    })
  }

  /** When the next job of these kinds is due, ms since the epoch; null when none waits. */
  async nextDue(kinds: readonly string[]): Promise<number | null> {
    const row = await this.#deps.read
      .selectFrom('jobs')
      .select(({ fn }) => fn.min('run_at').as('at'))
      .where('state', '=', 'waiting')
      .where('kind', 'in', kinds)
      .executeTakeFirst()
    return row?.at ?? null
  }
}

const fromRow = ({ id, kind, payload, state, run_at, attempts, error, made_at }: JobsTable): Job => ({
  id,
  kind,
  payload: JSON.parse(payload) as unknown,
  state,
  runAt: run_at,
  attempts,
  error,
  madeAt: made_at,
})
