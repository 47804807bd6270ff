import type { AudioFormat, Frame } from '../formats/audio/frame.ts'
import { EpochClock, type AirFrame } from './epoch.ts'
import type { Feeder, Run, Sink } from './feed.ts'

/** The connection that holds a mount's source place. */
export type SourceHolder = {
  address: string
  agent: string
  /** ms since the Unix epoch */
  since: number
  /** Closes the connection because somebody else has taken the place, or by order. */
  drop(reason: string): void
}

export type OwnSourceDeps = {
  /** ms without a frame after which the source no longer counts. */
  lost: number
  /** ms a returning source must send before it displaces a fallback. */
  holdOff: number
  now: () => number
  /** A run has begun: the mount may want to choose it at once. */
  onBegin: () => void
}

/** The place of a mount's own source: at most one connection holds it, and its frames get their clock here. */
export class OwnSource implements Feeder {
  readonly kind = 'source'
  readonly #deps: OwnSourceDeps
  #holder: SourceHolder | null = null
  #run: Run | null = null
  #clock: EpochClock | null = null
  #title: string | null = null
  #sink: Sink | null = null
  #lastFrameAt = 0
  #steadySince: number | null = null
  #atPage = true

  constructor(deps: OwnSourceDeps) {
    this.#deps = deps
  }

  get holder(): SourceHolder | null {
    return this.#holder
  }

  /** Drift of the present source against our clock, ms; 0 without a source. */
  get drift(): number {
    return this.#clock?.drift ?? 0
  }

  /** How far media time runs ahead of the wall clock, ms (negative: behind). */
  ahead(now: number): number {
    return this.#clock ? this.#clock.wall - now : 0
  }

  /** Takes the place; whoever held it is dropped in the same moment, and listeners stay. */
  take(holder: SourceHolder): void {
    const before = this.#holder
    this.#holder = holder
    this.#run = null
    this.#lastFrameAt = this.#deps.now()
    before?.drop('another connection took over')
  }

  leave(holder: SourceHolder): void {
    if (this.#holder !== holder) return
    this.#holder = null
    this.#run = null
    this.#steadySince = null
    this.#title = null
  }

  /** A new run of this source: a first connection, a takeover, or a new chain with other headers. */
  begin(holder: SourceHolder, run: { format: AudioFormat; headers: Buffer | null }): void {
    if (this.#holder !== holder) return
    const now = this.#deps.now()
    this.#run = { ...run, feed: 'source', from: holder.agent || holder.address }
    // Wall time never runs backwards on a mount: what the last run sent ahead of time stays where it is.
    const start = this.#sink ? Math.max(now, this.#clock?.wall ?? 0) : now
    this.#clock = new EpochClock({ start, rate: run.format.rate })
    this.#steadySince ??= now
    this.#atPage = true
    this.#sink?.begin(this.#run)
    this.#deps.onBegin()
  }

  push(holder: SourceHolder, frames: Frame[]): void {
    if (this.#holder !== holder || !this.#clock || frames.length === 0) return
    const now = this.#deps.now()
    if (now - this.#lastFrameAt > this.#deps.lost) this.#steadySince = now
    this.#lastFrameAt = now
    const stamped: AirFrame[] = frames.map((frame) => this.#clock!.stamp(frame, now))
    if (!this.#atPage) {
      const start = stamped.findIndex((frame) => frame.joinable)
      if (start < 0) return
      stamped.splice(0, start)
      this.#atPage = true
    }
    this.#sink?.frames(stamped)
  }

  /** Titles wait for the place to be fed from here. */
  setTitle(title: string | null): void {
    this.#title = title
    this.#sink?.title(title)
  }

  /** ms since the last frame of a connected source; null when none is connected. */
  quietFor(now: number): number | null {
    return this.#holder ? now - this.#lastFrameAt : null
  }

  ready(
    now: number,
    { current, calm }: { current: boolean; calm: boolean } = { current: false, calm: false },
  ): boolean {
    if (!this.#holder || now - this.#lastFrameAt > this.#deps.lost) return false
    // One that has just taken over keeps the place while its first frames are on their way.
    if (!this.#run) return current
    // A source that comes back must hold for a moment before it displaces programme that runs well.
    return current || calm || (this.#steadySince !== null && now - this.#steadySince >= this.#deps.holdOff)
  }

  attach(sink: Sink, from: number): void {
    this.#sink = sink
    if (!this.#run) return
    const start = Math.max(this.#deps.now(), from)
    // Chosen in the middle of its run: begin where a decoder can.
    this.#atPage = this.#clock?.position === 0
    this.#clock = new EpochClock({ start, rate: this.#run.format.rate })
    sink.begin(this.#run)
    sink.title(this.#title)
  }

  detach(): void {
    this.#sink = null
  }

  tick(): void {}
}
