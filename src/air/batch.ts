import type { AirFrame } from './epoch.ts'

/** What one tick hands to every listener of a mount: whole frames in one shared, immutable buffer. */
export type Batch = {
  /** Counts up by one per batch of a mount. */
  number: number
  bytes: Buffer
  /** Wall time of the first frame, ms. */
  wall: number
  /** A decoder can begin with this batch (after `headers`, where there are any). */
  joinable: boolean
  /** Ogg: what a joiner must get before this batch; null when the batch brings its own headers or needs none. */
  headers: Buffer | null
  /** The stream title that belongs to the first frame. */
  title: string | null
}

/** The recent past of a mount: serves bursts to joiners and lets a slow listener catch up. */
export class BatchRing {
  readonly #keepMs: number
  #batches: Batch[] = []

  /** @param options.keepMs how much of the past is kept, ms of media time. */
  constructor({ keepMs }: { keepMs: number }) {
    this.#keepMs = keepMs
  }

  push(batch: Batch): void {
    this.#batches.push(batch)
    const oldest = batch.wall - this.#keepMs
    let drop = 0
    while (drop < this.#batches.length - 1 && this.#batches[drop + 1]!.wall <= oldest) drop++
    if (drop > 0) this.#batches.splice(0, drop)
  }

  get latest(): Batch | null {
    return this.#batches.at(-1) ?? null
  }

  /** The batch with this number, or null when it has fallen out of the ring or has not come yet. */
  get(number: number): Batch | null {
    const first = this.#batches[0]
    return first ? (this.#batches[number - first.number] ?? null) : null
  }

  /**
   * Where a joiner begins: the first joinable batch no older than `burstMs` behind the newest one,
   * or, if there is none so young, the youngest joinable one.
   */
  joinPoint(burstMs: number): Batch | null {
    const latest = this.latest
    if (!latest) return null
    const from = latest.wall - burstMs
    return (
      this.#batches.find((batch) => batch.joinable && batch.wall >= from) ??
      this.#batches.findLast((batch) => batch.joinable) ??
      null
    )
  }

  /** All batches from `number` on. */
  since(number: number): Batch[] {
    const first = this.#batches[0]
    return first ? this.#batches.slice(Math.max(0, number - first.number)) : []
  }
}

/** Makes a batch of frames that follow each other. `headers` and `title` are those of the first frame. */
export const makeBatch = (
  frames: AirFrame[],
  { number, headers, title }: { number: number; headers: Buffer | null; title: string | null },
): Batch => {
  const first = frames[0]!
  return {
    number,
    bytes: frames.length === 1 ? first.bytes : Buffer.concat(frames.map((frame) => frame.bytes)),
    wall: first.wall,
    joinable: first.joinable || first.header === true,
    headers: first.header ? null : headers,
    title,
  }
}
