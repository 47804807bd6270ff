import type { Clock } from '../base/clock.ts'
import type { AirView, ListenerCurve } from './air-view.ts'

const MINUTE_MS = 60_000
/** Three hours, a count each minute. */
const KEPT = 180

/** How many listen, counted once a minute since the house began, in memory: what the board draws, no ledger. */
export class ListenerCounts {
  readonly #air: Pick<AirView, 'mounts' | 'connected'>
  readonly #clock: Clock
  readonly #counts = new Map<string, number[]>()
  #last = 0
  #timer: NodeJS.Timeout | undefined

  constructor({ air, clock }: { air: Pick<AirView, 'mounts' | 'connected'>; clock: Clock }) {
    this.#air = air
    this.#clock = clock
  }

  start(): void {
    this.count()
    this.#timer = setInterval(() => this.count(), MINUTE_MS)
    this.#timer.unref()
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  /** Counts now. While the air does not answer nobody can say how many there are, and no count is taken. */
  count(): void {
    if (!this.#air.connected()) return
    this.#last = this.#clock.now()
    for (const { mount, listeners } of this.#air.mounts()) {
      const counts = this.#counts.get(mount) ?? []
      counts.push(listeners)
      this.#counts.set(mount, counts.slice(-KEPT))
    }
  }

  /** null before the first count. */
  of(mount: string): ListenerCurve | null {
    const counts = this.#counts.get(mount)
    return counts?.length ? { counts, since: this.#last - (counts.length - 1) * MINUTE_MS } : null
  }
}
