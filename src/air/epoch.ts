import type { AudioFormat, Frame } from '../formats/audio/frame.ts'
import type { Feed } from './air-view.ts'

/** A frame with its place on the spine: sample position in its epoch and wall time. */
export type AirFrame = Frame & {
  /** Samples since the epoch began. */
  position: number
  /** Wall time of the frame's first sample, ms since the Unix epoch. */
  wall: number
}

/** One unbroken run of one source, or of one fallback, on a mount. Everything timed hangs on it. */
export type Epoch = {
  /** Counts up per mount and never repeats, also over restarts. */
  number: number
  feed: Feed
  format: AudioFormat
  /** Ogg: the header pages a decoder needs first. */
  headers: Buffer | null
  /** Who sends: an encoder's User-Agent, a mount path or a file name. For people. */
  from: string
}

/** Corrections run at no more than 5 % of real time, so wall time never steps and never runs backwards. */
const SLEW = 0.05
const TOLERATED_DRIFT_MS = 200
/** Smooths the jitter of arrivals; about ten seconds of frames. */
const SMOOTHING = 1 / 400
/** In the first ten seconds it is learned how far ahead this source sends by habit; that is no drift. */
const LEARNING_MS = 10_000

/**
 * The clock of one epoch: wall = start + samples / rate, re-anchored smoothly once the drift against the
 * machine's clock passes 200 ms (an encoder's crystal, or a gap in what it sent).
 */
export class EpochClock {
  readonly #rate: number
  #position = 0
  #wall: number
  #drift = 0
  /** Arrival behind media time, smoothed, ms; and what of it is the source's habit. */
  #behind = 0
  #habit = 0
  #frames = 0
  readonly #start: number

  /** @param options.start wall time of sample 0, ms. @param options.rate samples per second. */
  constructor({ start, rate }: { start: number; rate: number }) {
    this.#rate = rate
    this.#wall = start
    this.#start = start
  }

  /** Samples stamped so far. */
  get position(): number {
    return this.#position
  }

  /** Wall time of the next sample, ms. */
  get wall(): number {
    return this.#wall
  }

  /** How far the media time lags behind arrival, smoothed, ms. Negative: the source runs ahead. */
  get drift(): number {
    return this.#drift
  }

  /** Gives a frame that arrived at `now` its place, and moves on by its length. */
  stamp(frame: Frame, now: number): AirFrame {
    const stamped: AirFrame = { ...frame, position: this.#position, wall: this.#wall }
    const length = (frame.samples / this.#rate) * 1000
    this.#observe(now - this.#wall - length)
    this.#position += frame.samples
    this.#wall += length + this.#correction(length)
    return stamped
  }

  #observe(behind: number): void {
    this.#frames++
    // A running mean first, so that the beginning counts no more than what follows.
    this.#behind += (behind - this.#behind) * Math.max(SMOOTHING, 1 / this.#frames)
    if (this.#wall - this.#start < LEARNING_MS) this.#habit = this.#behind
    this.#drift = this.#behind - this.#habit
  }

  #correction(length: number): number {
    if (Math.abs(this.#drift) <= TOLERATED_DRIFT_MS) return 0
    const correction = Math.sign(this.#drift) * length * SLEW
    this.#drift -= correction
    this.#behind -= correction
    return correction
  }
}
