import type { Clock } from '../base/clock.ts'
import { GroundwaveError } from '../base/errors.ts'
import type { Log } from '../base/log.ts'
import type { WireConfig } from '../config/schema.ts'
import type { JobContext, Store } from '../store/store.ts'
import { openCdsService, ServiceTrouble } from './cds-service.ts'
import { readPull, savePull } from './pull-store.ts'
import { pullRound, recheck } from './pull.ts'
import type { Wire } from './wire.ts'

export type PullerDeps = {
  store: Store
  wire: Pick<Wire, 'receive' | 'reread'>
  sources: Record<string, WireConfig>
  clock: Clock
  log: Log
  /** Servers at private addresses that may be asked all the same. */
  allow: ReadonlySet<string>
  /** 0 up to 1. */
  random?: () => number
}

/** Asks the services of the sources that have `fetch`; of several houses on one database one at a time does. */
export type Puller = {
  start(): Promise<void>
  stop(): Promise<void>
  /** Asks at once. Throws WIRE_UNKNOWN when there is nothing to ask. */
  hurry(source: string): Promise<void>
}

const JOB = 'wire.pull'
const LONGEST_PAUSE_MS = 1_800_000

export const openPuller = ({ store, wire, sources, clock, log, allow, random = Math.random }: PullerDeps): Puller => {
  const vain = new Map<string, number>()
  const asked = Object.entries(sources).flatMap(([source, { fetch }]) => (fetch ? [source] : []))

  const round = async (source: string, { done, signal }: JobContext) => {
    const fetch = Object.hasOwn(sources, source) ? sources[source]?.fetch : undefined
    // A source that is no longer asked, or that another house knows of.
    if (!fetch) return
    const { failures, errorSince } = await readPull(store.read, source)
    await store.tx((tx) => savePull(tx, source, { asked: clock.now(), notBefore: null }))
    const service = openCdsService({ url: fetch.url, token: fetch.token, allow, now: () => clock.now(), signal })
    const deps = { source, fetch, service, store, wire, clock, log, vain, signal }
    let trouble: ServiceTrouble | null = null
    try {
      await pullRound(deps)
      await recheck(deps)
    } catch (error) {
      if (signal.aborted || !(error instanceof ServiceTrouble)) throw error
      trouble = error
    }
    const now = clock.now()
    const pause = pauseAfter({ every: fetch.every, failures: trouble ? failures + 1 : 0, random: random() })
    const next = now + Math.max(pause, trouble?.wait ?? 0)
    if (trouble) log.warn('A wire could not be asked.', { source, cause: trouble.message, next: iso(next) })
    else if (failures > 0) log.info('A wire answers again.', { source })
    await store.tx(async (tx) => {
      await savePull(tx, source, {
        next,
        ...(trouble
          ? {
              failures: failures + 1,
              error: trouble.message,
              errorSince: errorSince ?? now,
              notBefore: trouble.wait === null ? null : next,
            }
          : { answered: now, failures: 0, error: null, errorSince: null }),
      })
      await done(tx)
      await store.jobs.enqueue(tx, { ...jobOf(source), runAt: next })
    })
  }

  const runner = store.jobRunner({
    handlers: { [JOB]: (job, context) => round(String(job.payload), context) },
    atOnce: Math.max(1, Math.min(asked.length, 4)),
    // A house that was killed while it asked keeps the others waiting so long, and itself.
    leaseMs: 10_000,
  })
  const begin = (source: string) =>
    store.tx(async (tx) => {
      const { notBefore } = await readPull(tx, source)
      await store.jobs.ensure(tx, { ...jobOf(source), runAt: Math.max(clock.now(), notBefore ?? 0) })
    })

  return {
    async start() {
      if (asked.length === 0) return
      for (const source of asked) await begin(source)
      await runner.start()
    },
    stop: () => runner.stop(),
    async hurry(source) {
      if (!asked.includes(source)) throw new GroundwaveError('WIRE_UNKNOWN')
      await begin(source)
    },
  }
}

/** Tries for ever: what ends it is the configuration. */
const jobOf = (source: string) => ({ kind: JOB, key: `wire.pull ${source}`, payload: source, attempts: 1_000_000 })

/** The time to the next question, a quarter more or less, so that stations do not all come at once; twice as long after each failure. */
export const pauseAfter = ({ every, failures, random }: { every: number; failures: number; random: number }): number =>
  Math.round(Math.min(every * 2 ** failures, Math.max(every, LONGEST_PAUSE_MS)) * (0.75 + random / 2))

const iso = (at: number) => new Date(at).toISOString()
