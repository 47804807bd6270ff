import type { Socket } from 'node:net'
import type { Log } from '../base/log.ts'
import { createFramer, sniffCodec, type CodecFamily } from '../formats/audio/framer.ts'
import type { AudioFormat, Framer } from '../formats/audio/frame.ts'
import { readOggTitle } from '../formats/audio/ogg-comments.ts'
import { createDechunker } from '../formats/stream/dechunk.ts'
import { createIcyStripper } from '../formats/stream/icy.ts'
import type { Journal } from './journal.ts'
import type { Mount } from './mount.ts'
import type { SourceHolder } from './own-source.ts'

/** A source must have sent recognisable audio within this many bytes and ms. */
const PROVE_BYTES = 96 * 1024
const PROVE_MS = 15_000
/** More than this without one frame, after it had begun well, is garbage, bytes. */
const GARBAGE_BYTES = 256 * 1024
/** A connected source that sends nothing at all is let go after this, ms; its mount has long been switched. */
const IDLE_MS = 30_000
/** Media time may run this far ahead of the clock before we read more slowly, ms (it fills players' buffers). */
const AHEAD_MS = 10_000

export type SourceOrder = {
  socket: Socket
  mount: Mount
  family: CodecFamily
  agent: string
  address: string
  chunked: boolean
  /** Bytes between inline metadata blocks of the source, 0 for none. */
  metaint: number
  /** Sent when the source has ended cleanly. */
  farewell: Buffer | null
  now: () => number
  log: Log
  journal: Journal
  /** The text of a metadata update that comes inside the stream. */
  onTitle: (title: string) => void
}

/** One encoder's connection, from accepted login to its end. */
export class Source implements SourceHolder {
  readonly address: string
  readonly agent: string
  readonly since: number
  readonly #order: SourceOrder
  readonly #framer: Framer
  readonly #dechunk: ReturnType<typeof createDechunker> | null
  readonly #strip: ReturnType<typeof createIcyStripper> | null
  readonly #timer: NodeJS.Timeout
  #headers: Buffer | null = null
  #begun = false
  /** The present title came with the stream's headers. */
  #titled = false
  #proof: Buffer[] = []
  #received = 0
  #atLastFrame = 0
  #lastDataAt: number
  #paused = false
  #gone = false

  constructor(order: SourceOrder) {
    this.#order = order
    this.address = order.address
    this.agent = order.agent
    this.since = order.now()
    this.#lastDataAt = this.since
    this.#framer = createFramer(order.family)
    this.#dechunk = order.chunked ? createDechunker() : null
    this.#strip = order.metaint > 0 ? createIcyStripper(order.metaint) : null
    this.#timer = setInterval(() => this.#watch(), 500)
  }

  /** Takes the mount and begins to read. @param first bytes that came with the head. */
  start(first: Buffer): void {
    const { socket, mount, journal } = this.#order
    mount.source.take(this)
    journal.write({ type: 'source', mount: mount.path, agent: this.agent, address: this.address })
    socket.on('data', (chunk: Buffer) => this.#receive(chunk))
    socket.once('end', () => this.#finish('the encoder ended the stream'))
    socket.once('close', () => this.#finish('the connection closed'))
    if (first.length > 0) this.#receive(first)
  }

  drop(reason: string): void {
    this.#finish(reason)
    this.#order.socket.destroy()
  }

  #receive(chunk: Buffer): void {
    if (this.#gone) return
    this.#lastDataAt = this.#order.now()
    if (!this.#dechunk) return this.#audio(chunk)
    const { data, ended, error } = this.#dechunk.push(chunk)
    for (const piece of data) this.#audio(piece)
    if (error) this.#refuse(`its chunked encoding is broken (${error})`)
    else if (ended) this.#finish('the encoder ended the stream')
  }

  #audio(chunk: Buffer): void {
    if (!this.#strip) return this.#frames(chunk)
    for (const piece of this.#strip.push(chunk)) {
      if (piece.kind === 'audio') this.#frames(piece.bytes)
      else if (piece.title !== null) this.#order.onTitle(piece.title)
    }
  }

  #frames(chunk: Buffer): void {
    if (this.#gone) return
    const { mount } = this.#order
    this.#received += chunk.length
    if (!this.#begun) this.#proof.push(chunk)
    const frames = this.#framer.push(chunk)
    const format = this.#framer.format()
    if (!format) return this.#received > PROVE_BYTES ? this.#disbelieve() : undefined
    if (frames.length > 0) this.#atLastFrame = this.#received
    else if (this.#received - this.#atLastFrame > GARBAGE_BYTES)
      return this.#refuse('it sends bytes that are no audio frames')
    // One piece may hold the end of one Ogg chain and the start of the next: the headers part them.
    const cut = frames.findLastIndex((frame) => frame.header === true)
    const before = frames.slice(0, cut + 1).filter((frame) => !frame.header)
    if (this.#begun) mount.source.push(this, before)
    const headers = this.#framer.headers()
    if (!this.#begun || headers !== this.#headers) this.#begin(format, headers)
    mount.source.push(this, frames.slice(cut + 1))
    this.#throttle()
  }

  #begin(format: AudioFormat, headers: Buffer | null): void {
    const { mount, log } = this.#order
    if (!this.#begun) {
      const { codec, rate, channels } = format
      log.info(`${mount.path} has its source`, { codec, rate, channels, from: this.agent || this.address })
    }
    this.#begun = true
    this.#proof = []
    this.#headers = headers
    // Ogg brings its titles in the headers of each chain; one without a title ends the last one's.
    const title = headers && readOggTitle(headers)
    if (title !== null || this.#titled) this.#order.onTitle(title ?? '')
    this.#titled = title !== null
    mount.source.begin(this, { format, headers })
  }

  // The declared type and the frames must agree: name what really came.
  #disbelieve(): void {
    const { family } = this.#order
    const really = sniffCodec(Buffer.concat(this.#proof))
    this.#refuse(
      really && really !== family
        ? `it declares ${NAMES[family]} but sends ${NAMES[really]}; set the encoder to ${NAMES[family]}`
        : `it declares ${NAMES[family]} but sends something else; set the encoder to ${NAMES[family]}`,
    )
  }

  #refuse(why: string): void {
    this.#order.log.warn(`closed the source of ${this.#order.mount.path}: ${why}`, { from: this.agent || this.address })
    this.drop(why)
  }

  // A file sent at disk speed must not fill memory: it is read no faster than it plays.
  #throttle(): void {
    const ahead = this.#order.mount.source.ahead(this.#order.now())
    if (ahead > AHEAD_MS && !this.#paused) {
      this.#paused = true
      this.#order.socket.pause()
      this.#order.log.warn(`the source of ${this.#order.mount.path} sends faster than real time; reading slowly`, {
        aheadMs: Math.round(ahead),
      })
    }
  }

  #watch(): void {
    const now = this.#order.now()
    if (this.#paused) {
      this.#lastDataAt = now
      if (this.#order.mount.source.ahead(now) < AHEAD_MS - 1000) {
        this.#paused = false
        this.#order.socket.resume()
      }
    }
    if (!this.#begun && now - this.since > PROVE_MS) {
      if (this.#received > 0) this.#disbelieve()
      else this.#refuse('it has sent no audio since it logged in')
    } else if (now - this.#lastDataAt > IDLE_MS) this.#refuse(`it has sent nothing for ${IDLE_MS / 1000} s`)
  }

  #finish(reason: string): void {
    if (this.#gone) return
    this.#gone = true
    clearInterval(this.#timer)
    const { mount, journal, socket, farewell, log } = this.#order
    mount.source.leave(this)
    if (farewell && socket.writable) socket.end(farewell)
    else socket.end()
    journal.write({ type: 'source-gone', mount: mount.path, reason })
    log.info(`the source of ${mount.path} is gone: ${reason}`, { from: this.agent || this.address })
  }
}

const NAMES: Record<CodecFamily, string> = { mp3: 'MP3', aac: 'AAC', ogg: 'Ogg' }
