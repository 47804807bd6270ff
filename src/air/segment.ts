import { crc32 } from 'node:zlib'
import type { SegmentRecord } from '../formats/audio/segment-index.ts'
import type { AirFrame, Epoch } from './epoch.ts'

/** A closed run of about four seconds: the unit of the archive and of HLS. */
export type Segment = {
  record: SegmentRecord
  /** The hour file it stands in: `2026031216-5` (UTC hour, epoch). */
  file: string
  epoch: Epoch
  /** Audio bytes, kept while the segment is young. */
  bytes: Buffer
  /** Title at its first frame. */
  title: string | null
  /** Seconds. */
  duration: number
}

/** Media time after which a segment is cut at the next place a decoder can begin, ms. */
export const SEGMENT_MS = 4000
/** A new title cuts earlier, but never under this, ms. */
const TITLE_CUT_MS = 1000

/** `2026031216-5`: the UTC hour of a wall time (ms) and the epoch's number. */
export const hourFile = (wall: number, epoch: number): string =>
  `${new Date(wall).toISOString().slice(0, 13).replace(/[-T]/g, '')}-${epoch}`

/** Collects the frames of one segment. */
export class OpenSegment {
  readonly epoch: Epoch
  readonly first: AirFrame
  readonly title: string | null
  readonly file: string
  readonly #parts: Buffer[] = []
  #samples = 0
  #frames = 0

  constructor({ epoch, first, title }: { epoch: Epoch; first: AirFrame; title: string | null }) {
    this.epoch = epoch
    this.first = first
    this.title = title
    this.file = hourFile(first.wall, epoch.number)
  }

  /** Media time so far, ms. */
  get ms(): number {
    return (this.#samples / this.epoch.format.rate) * 1000
  }

  /** Whether `frame` should start the next segment instead of joining this one. */
  endsBefore(frame: AirFrame, title: string | null): boolean {
    if (!frame.joinable) return false
    if (this.ms >= SEGMENT_MS || hourFile(frame.wall, this.epoch.number) !== this.file) return true
    // Frames are equal in length, so stopping at the nearest one keeps durations within half a frame.
    const half = (frame.samples / this.epoch.format.rate) * 500
    return this.ms + half >= SEGMENT_MS || (title !== this.title && this.ms >= TITLE_CUT_MS)
  }

  add(frame: AirFrame): void {
    this.#parts.push(frame.bytes)
    this.#samples += frame.samples
    this.#frames++
  }

  close(place: Pick<SegmentRecord, 'seq' | 'discontinuity' | 'firstFrame' | 'byteOffset' | 'startsRun'>): Segment {
    const bytes = Buffer.concat(this.#parts)
    return {
      record: {
        ...place,
        epoch: this.epoch.number,
        frames: this.#frames,
        sampleStart: this.first.position,
        samples: this.#samples,
        wallMs: this.first.wall,
        byteLength: bytes.length,
        dataCrc: crc32(bytes),
      },
      file: this.file,
      epoch: this.epoch,
      bytes,
      title: this.title,
      duration: this.#samples / this.epoch.format.rate,
    }
  }
}
