import { mkdir, open, type FileHandle } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Log } from '../base/log.ts'
import { encodeRecord, type SegmentRecord } from '../formats/audio/segment-index.ts'
import type { Journal } from './journal.ts'
import type { Epoch } from './epoch.ts'

/** After the disk refused, ms until it is asked again. */
const RETRY_MS = 15_000
/** More than this waiting for the disk, and the archive is given up until it answers, bytes. */
const QUEUE_LIMIT = 16 * 1024 * 1024

export type ArchiveWriterDeps = {
  /** `<data>/air/<mount name>` */
  folder: string
  mount: string
  now: () => number
  log: Log
  journal: Journal
  /** fdatasync after each segment. */
  flush: boolean
  /** False: nothing is kept, and nothing is written. */
  keep: boolean
}

/** `2026031216-5`, `mp3` → `2026/03/12/16-5.mp3`, within the mount's archive folder. */
export const archivePath = (file: string, extension: string): string =>
  join(file.slice(0, 4), file.slice(4, 6), file.slice(6, 8), `${file.slice(8)}.${extension}`)

/** Extension of an hour file: what a player would expect. */
export const archiveExtension = (codec: string): string => (codec === 'mp3' || codec === 'aac' ? codec : 'ogg')

type FilePlace = { name: string; epoch: Epoch; start: { position: number; wall: number }; end: number }
type OpenFile = { name: string; audio: FileHandle; index: FileHandle; events: FileHandle }

/**
 * Appends to the hour files in one queue: audio, then index, then the caller is told. A disk that refuses or
 * hangs stops the archive with an alarm; the caller goes on without it.
 */
export class ArchiveWriter {
  readonly #deps: ArchiveWriterDeps
  #queue: Promise<void> = Promise.resolve()
  #queued = 0
  #file: OpenFile | null = null
  #name: string | null = null
  /** Where the next byte goes, if all that is queued succeeds. */
  #offset = 0
  /** End of the last indexed segment in the present file, 0 while there is none. */
  #indexed = 0
  #trying = false
  #broken: { since: number; retryAt: number; reason: string } | null = null

  constructor(deps: ArchiveWriterDeps) {
    this.#deps = deps
  }

  /** Why and since when (ms) nothing is written, or null. */
  get stopped(): { since: number; reason: string } | null {
    return this.#broken
  }

  /** Chooses the file of the next segment and returns the byte offset it will start at; null while stopped. */
  place(name: string, epoch: Epoch, start: { position: number; wall: number }): number | null {
    if (!this.#deps.keep) return null
    const now = this.#deps.now()
    const trying = this.#broken !== null
    if (this.#broken) {
      if (now < this.#broken.retryAt) return null
      this.#broken.retryAt = now + RETRY_MS
      this.#trying = true
    }
    const fresh = name !== this.#name
    if (fresh) {
      this.#name = name
      this.#indexed = 0
    }
    const headers = epoch.headers ?? Buffer.alloc(0)
    if (fresh || trying) {
      const end = this.#indexed
      this.#offset = Math.max(end, headers.length)
      void this.#enqueue(headers.length, async () => this.#openFile({ name, epoch, start, end }))
    }
    return this.#offset
  }

  /** Queues audio bytes of the present segment. */
  append(bytes: Buffer): void {
    this.#offset += bytes.length
    void this.#enqueue(bytes.length, async () => {
      await this.#file?.audio.appendFile(bytes)
    })
  }

  event(event: Record<string, unknown>): void {
    void this.#enqueue(0, async () => {
      await this.#file?.events.appendFile(`${JSON.stringify(event)}\n`)
    })
  }

  /** Queues the index record of a segment whose bytes were appended; resolves when it stands, or was given up. */
  commit(record: SegmentRecord): Promise<void> {
    return this.#enqueue(0, async () => {
      if (!this.#file) return
      if (this.#deps.flush) await this.#file.audio.datasync()
      await this.#file.index.appendFile(encodeRecord(record))
      if (this.#file.name === this.#name) this.#indexed = record.byteOffset + record.byteLength
      if (this.#broken) this.#resumed()
    })
  }

  async close(): Promise<void> {
    await this.#queue
    await this.#closeFile()
  }

  #enqueue(size: number, task: () => Promise<void>): Promise<void> {
    if (this.#queued + size > QUEUE_LIMIT) this.#fail(new Error('the disk does not keep up'))
    this.#queued += size
    this.#queue = this.#after(this.#queue, size, task)
    return this.#queue
  }

  async #after(before: Promise<void>, size: number, task: () => Promise<void>): Promise<void> {
    await before
    try {
      // While stopped, nothing touches the disk but an attempt to go on.
      if (!this.#broken || this.#trying) await task()
    } catch (cause) {
      this.#fail(cause)
    } finally {
      this.#queued -= size
    }
  }

  // `end` is where the last indexed segment ends: what was half written after it is cut off.
  async #openFile({ name, epoch, start, end }: FilePlace): Promise<void> {
    await this.#closeFile()
    const { number, feed, from, format, headers } = epoch
    const path = (extension: string) => join(this.#deps.folder, archivePath(name, extension))
    const audioPath = path(archiveExtension(format.codec))
    await mkdir(dirname(audioPath), { recursive: true })
    this.#file = {
      name,
      audio: await open(audioPath, 'a'),
      index: await open(path('idx'), 'a'),
      events: await open(path('ev'), 'a'),
    }
    await this.#file.audio.truncate(end)
    if (end > 0) return
    const about = { type: 'file', epoch: number, feed, from, format, headerBytes: headers?.length ?? 0, start }
    await this.#file.events.appendFile(`${JSON.stringify(about)}\n`)
    if (headers) await this.#file.audio.appendFile(headers)
  }

  async #closeFile(): Promise<void> {
    const file = this.#file
    this.#file = null
    if (file) await Promise.allSettled([file.audio.close(), file.index.close(), file.events.close()])
  }

  #fail(cause: unknown): void {
    const reason = cause instanceof Error ? cause.message : String(cause)
    this.#trying = false
    if (this.#broken) return
    const now = this.#deps.now()
    this.#broken = { since: now, retryAt: now + RETRY_MS, reason }
    this.#deps.log.error(`the archive of ${this.#deps.mount} has stopped; the air goes on`, { reason })
    this.#deps.journal.write({ type: 'archive-stopped', mount: this.#deps.mount, reason })
  }

  #resumed(): void {
    this.#deps.log.info(`the archive of ${this.#deps.mount} goes on`)
    this.#deps.journal.write({ type: 'archive-resumed', mount: this.#deps.mount, reason: 'the disk takes data again' })
    this.#broken = null
    this.#trying = false
  }
}
