import type { Log } from '../base/log.ts'
import { mountName } from '../config/mount-name.ts'
import type { MountConfig } from '../config/schema.ts'
import type { AudioFormat } from '../formats/audio/frame.ts'
import type { Feed, MountHealth, MountView } from './air-view.ts'
import { DeadAir } from './dead-air.ts'
import type { AirFrame, Epoch } from './epoch.ts'
import type { FanOut } from './fan-out.ts'
import type { Feeder, Run, Sink } from './feed.ts'
import type { SourceFacts } from './listener-head.ts'
import type { Journal } from './journal.ts'
import type { Recorder } from './recorder.ts'
import { OwnSource } from './own-source.ts'
import { sameKind } from './paced.ts'

export type MountTimes = { stalled: number; lost: number; holdOff: number }

export type MountDeps = {
  config: MountConfig
  /** All in ms. */
  times: MountTimes
  now: () => number
  log: Log
  journal: Journal
  fanOut: FanOut
  recorder: Recorder
  /** What to fall back on, in order. */
  fallbacks: Feeder[]
  /** First epoch number that is free (the archive knows which were used). */
  firstEpoch: number
  onChange: () => void
}

/**
 * A unique path that listeners hear. Listeners belong to it and never move; it chooses what feeds it:
 * its own source, else its backup mounts, a looped file, silence. Each choice is an epoch.
 */
export class Mount {
  readonly path: string
  readonly name: string
  readonly config: MountConfig
  readonly fanOut: FanOut
  readonly recorder: Recorder
  readonly source: OwnSource
  /** What the last source said about itself. */
  facts: SourceFacts = {}
  readonly #deps: MountDeps
  readonly #taps: Sink[] = []
  readonly #deadAir = new DeadAir()
  #deadSince: number | null = null
  #feeder: Feeder | null = null
  #epoch: Epoch | null = null
  #nextEpoch: number
  #title: string | null = null
  #titleAt = 0
  #upSince: number
  #feedSince: number
  #silentSince: number | null = null
  #lastFormat: AudioFormat | null = null
  /** Wall time up to which listeners have sound, ms. */
  #soundUntil = 0
  #stalledSince: number | null = null

  constructor(deps: MountDeps) {
    this.#deps = deps
    this.config = deps.config
    this.path = deps.config.path
    this.name = mountName(deps.config.path)
    this.fanOut = deps.fanOut
    this.recorder = deps.recorder
    this.#nextEpoch = deps.firstEpoch
    this.#upSince = deps.now()
    this.#feedSince = deps.now()
    const { lost, holdOff } = deps.times
    this.source = new OwnSource({ lost, holdOff, now: deps.now, onBegin: () => this.#choose(deps.now()) })
  }

  get feed(): Feed {
    return this.#epoch?.feed ?? 'off'
  }

  /** Programme is heard: not silence, not nothing. */
  get up(): boolean {
    return this.feed === 'source' || this.feed === 'backup' || this.feed === 'file'
  }

  get epoch(): Epoch | null {
    return this.#epoch
  }

  /** Format of what was last heard, also after it ended. */
  get lastFormat(): AudioFormat | null {
    return this.#lastFormat
  }

  get title(): string | null {
    return this.#title
  }

  /** Hands everything this mount sends to another sink as well (a mount that has this one as its backup). */
  tap(sink: Sink): void {
    this.#taps.push(sink)
  }

  view(): MountView {
    return {
      mount: this.path,
      name: this.name,
      up: this.up,
      since: this.#upSince,
      feed: this.feed,
      feedSince: this.#feedSince,
      from: this.#epoch?.from ?? null,
      title: this.#title,
      titleAt: this.#titleAt,
      format: this.#epoch?.format ?? null,
      hls: this.#lastFormat !== null && this.#lastFormat.codec !== 'vorbis',
      listeners: this.fanOut.count + this.recorder.hlsListeners(),
      health: this.#health(),
    }
  }

  #health(): MountHealth {
    const { holder, drift } = this.source
    return {
      source: holder && { agent: holder.agent || holder.address, since: holder.since },
      stalledSince: this.#stalledSince,
      deadSince: this.#deadSince,
      archiveStopped: this.recorder.stopped,
      edgeAt: this.recorder.hls.edgeAt,
      driftMs: Math.round(drift),
    }
  }

  tick(now: number): void {
    this.#choose(now)
    this.#feeder?.tick(now)
    this.#watch(now)
    this.#listen()
    this.fanOut.tick()
    this.recorder.tick()
  }

  /** A fallback has something to give: taken at once if nothing else is heard. */
  wake(): void {
    if (this.feed === 'off' || this.feed === 'silence') this.#choose(this.#deps.now())
  }

  /** Ends the present epoch and lets the listeners go cleanly. */
  async close(): Promise<void> {
    this.#feeder?.detach()
    this.#output.end('the station is shutting down')
    this.fanOut.end()
    await this.recorder.close()
  }

  #choose(now: number): void {
    const wanted = this.#wanted(now)
    if (wanted === this.#feeder) return
    // Nothing can stand in: the listeners wait as long as for a source that stalls, and most encoders are back by then.
    if (!wanted && this.up && now - this.#soundUntil < this.#deps.times.lost) return
    const before = this.feed
    this.#feeder?.detach()
    this.#feeder = wanted
    const from = before === 'off' ? now : this.#soundUntil
    if (wanted) wanted.attach(this.#output, from)
    else this.#output.end('nothing is left to feed it')
    this.#deps.log.info(`${this.path} is now fed by ${wanted ? this.#epoch?.from : 'nothing'}`, {
      before,
      now: this.feed,
    })
  }

  #wanted(now: number): Feeder | null {
    const calm = this.feed === 'off' || this.feed === 'silence'
    if (this.source.ready(now, { current: this.#feeder === this.source, calm })) return this.source
    const fallback = this.#deps.fallbacks.find((feeder) => feeder.kind !== 'silence' && feeder.ready(now))
    if (fallback) return fallback
    const silence = this.#deps.fallbacks.find((feeder) => feeder.kind === 'silence')
    const over = this.#silentSince !== null && now - this.#silentSince > this.config.linger
    // Silence holds the listeners of what was heard; it does not put a mount on the air by itself.
    return silence && !over && this.feed !== 'off' && silence.ready(now) ? silence : null
  }

  #watch(now: number): void {
    const { stalled } = this.#deps.times
    const quietFor = this.source.quietFor(now)
    if (quietFor === null || quietFor < stalled) {
      if (this.#stalledSince !== null && quietFor !== null) {
        this.#deps.log.info(`the source of ${this.path} sends again`, { silentMs: now - this.#stalledSince })
      }
      this.#stalledSince = null
    } else if (this.#stalledSince === null) {
      this.#stalledSince = now
      this.#deps.log.warn(`the source of ${this.path} is connected but sends nothing`, {
        sinceMs: Math.round(quietFor),
      })
      this.#deps.journal.write({ type: 'stalled', mount: this.path })
    }
  }

  // Silence that we make ourselves is told as what it is: no source.
  #listen(): void {
    const since = this.up ? this.#deadAir.since : null
    if (since !== null && this.#deadSince === null) {
      this.#deps.log.warn(`${this.path} is connected, but what it sends is silence`, {
        since: new Date(since).toISOString(),
      })
      this.#deps.journal.write({ type: 'dead-air', mount: this.path, since })
    }
    if (since === null && this.#deadSince !== null) this.#deps.log.info(`${this.path} has sound again`)
    this.#deadSince = since
  }

  /** Since when programme has been digital silence, ms since the Unix epoch, or null. */
  get deadSince(): number | null {
    return this.#deadSince
  }

  get stalled(): boolean {
    return this.#stalledSince !== null
  }

  readonly #output: Sink = {
    begin: (run) => this.#begin(run),
    frames: (frames) => this.#frames(frames),
    title: (title) => this.#setTitle(title),
    end: (reason) => this.#end(reason),
  }

  #begin(run: Run): void {
    const wasUp = this.up
    // The same encoder with another rate is the same feed.
    if (run.feed !== this.feed || run.from !== this.#epoch?.from) this.#feedSince = this.#deps.now()
    const last = this.#lastFormat
    if (last && last.codec !== run.format.codec) this.fanOut.end()
    else if (last && !sameKind(last, run.format)) {
      this.#deps.log.warn(`${this.path} changed its rate or channels; some players will stop`, { from: run.from })
    }
    this.#epoch = { ...run, number: this.#nextEpoch++ }
    this.#lastFormat = run.format
    this.#silentSince = run.feed === 'silence' ? (this.#silentSince ?? this.#deps.now()) : null
    this.fanOut.begin(run.headers)
    this.recorder.begin(this.#epoch)
    this.#deadAir.begin()
    for (const tap of this.#taps) tap.begin(run)
    const { codec, rate, channels, kbps } = run.format
    this.#deps.journal.write({
      type: 'epoch',
      mount: this.path,
      epoch: this.#epoch.number,
      feed: run.feed,
      from: run.from,
      codec,
      rate,
      channels,
      kbps,
    })
    this.#noteChange(wasUp)
  }

  #frames(frames: AirFrame[]): void {
    const last = frames.at(-1)
    if (!last || !this.#epoch) return
    this.#soundUntil = last.wall + (last.samples / this.#epoch.format.rate) * 1000
    this.fanOut.push(frames, this.#title)
    this.recorder.push(frames, this.#title)
    this.#deadAir.observe(frames, this.#epoch.format)
    for (const tap of this.#taps) tap.frames(frames)
  }

  #setTitle(title: string | null): void {
    if (title === this.#title) return
    this.#title = title
    this.#titleAt = this.#deps.now()
    for (const tap of this.#taps) tap.title(title)
    this.#deps.journal.write({ type: 'title', mount: this.path, title })
    this.#deps.onChange()
  }

  #end(reason: string): void {
    if (!this.#epoch) return
    const wasUp = this.up
    this.#deps.journal.write({ type: 'epoch-end', mount: this.path, epoch: this.#epoch.number, reason })
    const wasOff = this.#feeder === null
    this.recorder.end()
    for (const tap of this.#taps) tap.end(reason)
    if (wasOff) {
      this.#epoch = null
      this.#feedSince = this.#deps.now()
      this.#silentSince = null
      this.fanOut.end()
      this.#setTitle(null)
      this.#noteChange(wasUp)
    }
  }

  #noteChange(wasUp: boolean): void {
    if (this.up !== wasUp) {
      this.#upSince = this.#deps.now()
      this.#deps.journal.write({ type: this.up ? 'up' : 'down', mount: this.path, feed: this.feed })
    }
    this.#deps.onChange()
  }
}
