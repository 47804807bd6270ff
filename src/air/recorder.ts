import type { Log } from '../base/log.ts'
import { ArchiveWriter } from './archive-writer.ts'
import type { AirFrame, Epoch } from './epoch.ts'
import { HlsWindow } from './hls-window.ts'
import type { Journal } from './journal.ts'
import type { Recovered } from './recovery.ts'
import { OpenSegment, type Segment } from './segment.ts'

/** If the disk takes longer than this, the segment goes out on HLS before it is archived, ms. */
const DISK_PATIENCE_MS = 1000

export type RecorderDeps = {
  folder: string
  mount: string
  now: () => number
  log: Log
  journal: Journal
  flush: boolean
  keep: boolean
  recovered: Recovered
}

/** Cuts what a mount sends into segments, archives them, and hands each to HLS: audio, then index, then the public. */
export class Recorder {
  readonly #writer: ArchiveWriter
  readonly hls: HlsWindow
  #epoch: Epoch | null = null
  #open: OpenSegment | null = null
  #offset: number | null = null
  #unwritten: Buffer[] = []
  #nextSeq: number
  #discontinuity: number
  #firstFrame = 0
  #lastFile = ''
  /** The title last noted in the present file; undefined: none yet. */
  #notedTitle: string | null | undefined
  #startsEpoch = false
  #published: Promise<void> = Promise.resolve()

  constructor(deps: RecorderDeps) {
    this.#writer = new ArchiveWriter(deps)
    this.#nextSeq = deps.recovered.nextSeq
    this.#discontinuity = deps.recovered.discontinuity
    this.hls = new HlsWindow({
      now: deps.now,
      folder: deps.folder,
      mount: deps.mount,
      journal: deps.journal,
      segments: deps.recovered.recent,
    })
  }

  /** Why and since when (ms) the archive is not written, or null. */
  get stopped(): { since: number; reason: string } | null {
    return this.#writer.stopped
  }

  hlsListeners(): number {
    return this.hls.listeners()
  }

  begin(epoch: Epoch): void {
    this.#cut()
    this.#epoch = epoch
    this.#firstFrame = 0
    this.#startsEpoch = true
    if (this.#nextSeq > 0) this.#discontinuity++
    this.hls.begin(epoch.format)
  }

  push(frames: AirFrame[], title: string | null): void {
    if (!this.#epoch) return
    for (const frame of frames) {
      if (this.#open?.endsBefore(frame, title)) this.#cut()
      this.#open ??= this.#start(frame, title)
      this.#open.add(frame)
      if (this.#offset !== null) this.#unwritten.push(frame.bytes)
    }
    if (title !== this.#notedTitle && this.#open) {
      this.#notedTitle = title
      const at = frames[0]!
      this.#writer.event({ type: 'title', title, position: at.position, wall: Math.round(at.wall) })
    }
  }

  /** Writes what has come since the last tick. */
  tick(): void {
    if (this.#unwritten.length === 0) return
    this.#writer.append(Buffer.concat(this.#unwritten))
    this.#unwritten = []
  }

  /** The epoch is over, and for now nothing follows. */
  end(): void {
    this.#cut()
    this.#epoch = null
    this.hls.end()
  }

  async close(): Promise<void> {
    this.#cut()
    await this.#published
    await this.#writer.close()
  }

  #start(first: AirFrame, title: string | null): OpenSegment {
    const segment = new OpenSegment({ epoch: this.#epoch!, first, title })
    this.#offset = this.#writer.place(segment.file, this.#epoch!, { position: first.position, wall: first.wall })
    if (segment.file !== this.#lastFile) this.#notedTitle = undefined
    this.#lastFile = segment.file
    return segment
  }

  #cut(): void {
    const open = this.#open
    if (!open) return
    this.#open = null
    this.tick()
    const segment = open.close({
      seq: this.#nextSeq++,
      discontinuity: this.#discontinuity,
      firstFrame: this.#firstFrame,
      byteOffset: this.#offset ?? 0,
      startsRun: this.#startsEpoch,
    })
    this.#startsEpoch = false
    this.#firstFrame += segment.record.frames
    this.#publish(segment, this.#offset === null ? Promise.resolve() : this.#writer.commit(segment.record))
  }

  // Segments appear in order, each when it is archived, or when the disk has had its time.
  #publish(segment: Segment, archived: Promise<void>): void {
    const before = this.#published
    const patience = new Promise<void>((resolve) => setTimeout(resolve, DISK_PATIENCE_MS).unref())
    this.#published = (async () => {
      await before
      await Promise.race([archived, patience])
      this.hls.publish(segment)
    })()
  }
}
