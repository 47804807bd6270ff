import { setTimeout as sleep } from 'node:timers/promises'
import type { Clock } from '../base/clock.ts'
import type { Log } from '../base/log.ts'
import type { Tx } from './dialect.ts'
import { JOBS_CHANNEL } from './jobs.ts'
import type { ClaimedJob, Job, Jobs } from './jobs.ts'
import type { Notices } from './notices.ts'
import type { Transactions } from './transactions.ts'

export type JobContext = {
  /** Strikes the job off within a transaction of the handler's: then its effect is there exactly once. */
  done: (tx: Tx) => Promise<void>
  /** Aborted when the job was given to somebody else, or the program stops. */
  signal: AbortSignal
}

/** Does one job. When it throws, the job is tried again later; when it returns, the job is done. */
export type JobHandler = (job: Job, context: JobContext) => Promise<void>

export type JobRunnerDeps = {
  jobs: Jobs
  notices: Notices
  transactions: Transactions
  clock: Clock
  log: Log
  handlers: Record<string, JobHandler>
  /** How many at a time, 2 when it is left out. */
  atOnce?: number
  /** A runner that has not been heard of for so long is taken for dead, ms. */
  leaseMs?: number
  /** How long a job of another process's can go unnoticed, ms. */
  lookEveryMs?: number
}

/** Runs the jobs of some kinds; as many runners as one likes, in as many processes. */
export class JobRunner {
  readonly #deps: Required<JobRunnerDeps>
  readonly #kinds: string[]
  readonly #stopping = new AbortController()
  #lanes: Promise<void>[] = []
  #wake = Promise.withResolvers<void>()
  #unlisten: (() => void) | undefined

  constructor(deps: JobRunnerDeps) {
    this.#deps = { atOnce: 2, leaseMs: 30_000, lookEveryMs: 1_000, ...deps }
    this.#kinds = Object.keys(deps.handlers)
  }

  async start(): Promise<void> {
    const wake = () => this.#wakeUp()
    this.#unlisten = await this.#deps.notices.listen(JOBS_CHANNEL, { onNotice: wake, onGap: wake })
    this.#lanes = Array.from({ length: this.#deps.atOnce }, () => this.#lane())
  }

  /** Waits for the jobs that are being done; their signals tell them to hurry. */
  async stop(): Promise<void> {
    this.#unlisten?.()
    this.#stopping.abort()
    this.#wakeUp()
    await Promise.all(this.#lanes)
  }

  async #lane(): Promise<void> {
    const { jobs, leaseMs, log } = this.#deps
    while (!this.#stopping.signal.aborted) {
      const woken = this.#wake.promise
      try {
        const job = await jobs.claim(this.#kinds, leaseMs)
        if (job) await this.#run(job)
        else await this.#rest(woken)
      } catch (error) {
        log.error('the queue of jobs cannot be read', { cause: textOf(error) })
        await this.#rest(woken)
      }
    }
  }

  async #run(job: ClaimedJob): Promise<void> {
    const { handlers, jobs, leaseMs, log, transactions } = this.#deps
    const lost = new AbortController()
    let struck = false
    const renewing = setInterval(() => {
      jobs.renew(job, leaseMs).then(
        (ours) => ours || struck || lost.abort(),
        (error: unknown) => log.warn('a lease could not be renewed', { job: job.id, cause: textOf(error) }),
      )
    }, leaseMs / 3)
    try {
      const { lease: _, ...shown } = job
      await handlers[job.kind]?.(shown, {
        signal: AbortSignal.any([lost.signal, this.#stopping.signal]),
        done: async (tx) => {
          await jobs.done(tx, job)
          transactions.afterCommit(tx, () => (struck = true))
        },
      })
      if (!struck) await transactions.run((tx) => jobs.done(tx, job))
    } catch (error) {
      log.warn('a job failed', { job: job.id, kind: job.kind, attempt: job.attempts, cause: textOf(error) })
      await jobs.failed(job, textOf(error))
    } finally {
      clearInterval(renewing)
    }
  }

  async #rest(woken: Promise<void>): Promise<void> {
    const { clock, jobs, lookEveryMs } = this.#deps
    const due = await jobs.nextDue(this.#kinds).catch(() => null)
    const pause = due === null ? lookEveryMs : Math.min(Math.max(due - clock.now(), 10), lookEveryMs)
    const rested = new AbortController()
    await Promise.race([woken, sleep(pause, undefined, { signal: rested.signal }).catch(() => {})])
    rested.abort()
  }

  #wakeUp(): void {
    this.#wake.resolve()
    this.#wake = Promise.withResolvers()
  }
}

const textOf = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error))
