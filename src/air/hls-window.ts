import { open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { AudioFormat } from '../formats/audio/frame.ts'
import { decodeRecord, RECORD_BYTES, type SegmentRecord } from '../formats/audio/segment-index.ts'
import { writeMediaPlaylist } from '../formats/stream/m3u8.ts'
import { archiveExtension, archivePath } from './archive-writer.ts'
import { readFacts, titleAt, type FileFacts } from './hour-facts.ts'
import type { Journal } from './journal.ts'
import { packageInit, packageSegment } from './hls-package.ts'
import type { Segment } from './segment.ts'

/** What the window knows of a segment: all it needs for a playlist line and to find the bytes. */
export type WindowSegment = {
  record: SegmentRecord
  file: string
  duration: number
  title: string | null
  format: AudioFormat
  bytes: Buffer | null
  headers: Buffer | null
}

/** Segments in `live.m3u8`. */
const LIVE_SEGMENTS = 6
/** Segments whose bytes stay in memory: the live window and as many again for those who lag. */
const IN_MEMORY = 14
/** A player that has not asked for so long has gone, ms. */
const SESSION_MS = 15_000
/** After a restart, how long players are let to wait for the stream to go on, ms. */
const RETURN_MS = 60_000

/** One who asks for the playlist again and again. Times in ms since the Unix epoch. */
type Player = { id: string; since: number; last: number }

export type HlsWindowDeps = {
  now: () => number
  /** The mount's archive. */
  folder: string
  mount: string
  journal: Journal
  /** The last segments before this start, oldest first. */
  segments: WindowSegment[]
}

/** The live edge of a mount for HLS: playlist from the segments' records, bytes from memory or the hour files. */
export class HlsWindow {
  readonly #now: () => number
  readonly #folder: string
  #segments: WindowSegment[]
  #format: AudioFormat | null
  /** Wall time from which the playlist says that no more will come, ms; null while something feeds it. */
  #endsAt: number | null = null
  #playlist: Buffer | null = null
  #saidEnded = false
  readonly #players = new Map<string, Player>()
  readonly #journal: Journal
  readonly #mount: string

  constructor({ now, folder, segments, journal, mount }: HlsWindowDeps) {
    this.#now = now
    this.#journal = journal
    this.#mount = mount
    this.#folder = folder
    this.#segments = segments
    this.#format = segments.at(-1)?.format ?? null
    const last = segments.at(-1)
    // After a restart the stream is expected back; only if nothing comes has it ended.
    this.#endsAt = last ? last.record.wallMs + last.duration * 1000 + RETURN_MS : 0
  }

  /** Seconds every segment's length rounds to at most; constant for a codec (RFC 8216 §4.3.3.1). */
  get targetDuration(): number {
    return this.#format && isPacked(this.#format) ? 4 : 6
  }

  begin(format: AudioFormat): void {
    this.#format = format
    this.#endsAt = null
    this.#playlist = null
  }

  publish(segment: Segment): void {
    const { record, file, duration, title, bytes, epoch } = segment
    this.#segments.push({ record, file, duration, title, bytes, format: epoch.format, headers: epoch.headers })
    if (this.#segments.length > IN_MEMORY) this.#segments.shift()
    this.#playlist = null
  }

  end(): void {
    this.#endsAt = this.#now()
    this.#playlist = null
  }

  /** The live media playlist, or null before the first segment or for Vorbis, which HLS cannot carry. */
  playlist(): Buffer | null {
    if (this.#ended() !== this.#saidEnded) this.#playlist = null
    if (this.#segments.length === 0 || this.#format?.codec === 'vorbis') return null
    return (this.#playlist ??= Buffer.from(this.#render()))
  }

  /** The newest segment's media sequence number, -1 before the first. */
  get edge(): number {
    return this.#segments.at(-1)?.record.seq ?? -1
  }

  /** Wall time at which the newest segment ends, null before the first. */
  get edgeAt(): number | null {
    const last = this.#segments.at(-1)
    return last ? last.record.wallMs + last.duration * 1000 : null
  }

  /** Notes that a player asked: its session begins with the first time and ends when it stops asking. */
  seen(who: string, agent: string): void {
    const player = this.#players.get(who)
    if (player) player.last = this.#now()
    else {
      const since = this.#now()
      const id = `${who}-${since}`
      this.#players.set(who, { id, since, last: since })
      this.#journal.write({ type: 'session', id, mount: this.#mount, protocol: 'hls', agent, who })
    }
  }

  /** Players that ask for the playlist now. */
  listeners(): number {
    const from = this.#now() - SESSION_MS
    for (const [who, { id, since, last }] of this.#players) {
      if (last >= from) continue
      this.#players.delete(who)
      this.#journal.write({ type: 'session-end', id, mount: this.#mount, ms: last - since, bytes: 0, reason: 'left' })
    }
    return this.#players.size
  }

  /** A packaged segment of an hour file, or null when it is not kept (any more). */
  async segment(file: string, seq: number): Promise<Buffer | null> {
    const recent = this.#segments.find((segment) => segment.record.seq === seq && segment.file === file)
    if (recent?.bytes) return packageSegment({ ...recent, bytes: recent.bytes })
    const about = await this.#about(file)
    if (!about) return null
    const stored = await readStored(join(this.#folder, archivePath(file, 'idx')), seq)
    if (!stored) return null
    const bytes = await this.#read(file, about.format, stored.byteOffset, stored.byteLength)
    if (!bytes) return null
    const title = recent?.title ?? titleAt(about.titles, stored.sampleStart)
    const headers = await this.#read(file, about.format, 0, about.headerBytes)
    return packageSegment({ record: stored, bytes, title, format: about.format, headers })
  }

  /** The fMP4 initialisation section of an hour file, or null. */
  async init(file: string): Promise<Buffer | null> {
    const recent = this.#segments.find((segment) => segment.file === file && segment.headers)
    if (recent?.headers) return packageInit(recent.format, recent.headers)
    const about = await this.#about(file)
    const headers = about && (await this.#read(file, about.format, 0, about.headerBytes))
    return about && headers && headers.length > 0 ? packageInit(about.format, headers) : null
  }

  #ended(): boolean {
    return this.#endsAt !== null && this.#now() >= this.#endsAt
  }

  #render(): string {
    this.#saidEnded = this.#ended()
    const shown = this.#segments.slice(-LIVE_SEGMENTS)
    const first = shown[0]!
    return writeMediaPlaylist({
      version: shown.every((segment) => isPacked(segment.format)) ? 6 : 7,
      targetDuration: this.targetDuration,
      mediaSequence: first.record.seq,
      discontinuitySequence: first.record.discontinuity,
      ended: this.#ended(),
      segments: shown.map((segment, i) => ({
        uri: `${segment.file}/${segment.record.seq}.${segmentExtension(segment.format)}`,
        duration: segment.duration,
        programDateTime: segment.record.wallMs,
        discontinuity: i > 0 && segment.record.discontinuity !== shown[i - 1]!.record.discontinuity,
        ...(isPacked(segment.format) ? {} : { map: { uri: `${segment.file}/init.mp4` } }),
      })),
    })
  }

  async #about(file: string): Promise<FileFacts | null> {
    try {
      return readFacts(await readFile(join(this.#folder, archivePath(file, 'ev')), 'utf8'))
    } catch {
      return null
    }
  }

  async #read(file: string, format: AudioFormat, at: number, length: number): Promise<Buffer | null> {
    const path = join(this.#folder, archivePath(file, archiveExtension(format.codec)))
    const handle = await open(path, 'r').catch(() => null)
    if (!handle) return null
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, at)
      return bytesRead === length ? buffer : null
    } finally {
      await handle.close()
    }
  }
}

/** MP3 and AAC go out as packed audio, Opus and FLAC in fMP4 (streaming practice; RFC 8216 §3.4). */
export const isPacked = (format: AudioFormat): boolean => format.codec === 'mp3' || format.codec === 'aac'

const segmentExtension = (format: AudioFormat): string => (isPacked(format) ? format.codec : 'm4s')

const readStored = async (path: string, seq: number): Promise<SegmentRecord | null> => {
  const index = await readFile(path).catch(() => null)
  const first = index && decodeRecord(index, 0)
  if (!first) return null
  // Numbers within a file have no holes unless the disk refused in between: look there first, then search.
  const guess = decodeRecord(index, (seq - first.seq) * RECORD_BYTES)
  if (guess?.seq === seq) return guess
  for (let at = 0; at + RECORD_BYTES <= index.length; at += RECORD_BYTES) {
    const record = decodeRecord(index, at)
    if (record?.seq === seq) return record
  }
  return null
}
