import { readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { get } from 'node:http'
import { join } from 'node:path'
import { createMpegFramer } from '../formats/audio/mpeg-frame.ts'
import type { Frame } from '../formats/audio/frame.ts'
import type { Log } from '../base/log.ts'

export type Track = { file: string; title: string; artist: string }

export type PlayoutOrder = {
  /** The folder the tracks stand in. */
  folder: string
  tracks: Track[]
  mount: string
  port: number
  user: string
  password: string
  log: Log
}

/** How far ahead of the clock it sends, so that a busy moment is never heard, ms. */
const AHEAD_MS = 1500
const TICK_MS = 200
const RETRY_MS = 500

/**
 * The demo's own encoder: sends MP3 files round and round through the front door, like any encoder would,
 * with a title for each track.
 */
export class Playout {
  readonly #order: PlayoutOrder
  readonly #tracks: Material[]
  #socket: Socket | null = null
  #timer: NodeJS.Timeout | null = null
  #stopped = false
  #at = { track: -1, frame: 0 }
  #sentUntil = 0

  constructor(order: PlayoutOrder) {
    this.#order = order
    this.#tracks = order.tracks.map((track) => ({ track, ...read(join(order.folder, track.file)) }))
  }

  start(): void {
    const { port, mount, user, password } = this.#order
    const socket = connect({ port, host: 'localhost' })
    this.#socket = socket
    socket.once('connect', () => {
      const auth = Buffer.from(`${user}:${password}`).toString('base64')
      socket.write(
        `SOURCE ${mount} HTTP/1.0\r\nAuthorization: Basic ${auth}\r\nUser-Agent: Groundwave playout\r\nContent-Type: audio/mpeg\r\n\r\n`,
      )
    })
    socket.once('data', (answer: Buffer) => {
      if (!/^HTTP\/1\.\d 200/.test(answer.toString('latin1'))) return void socket.destroy()
      this.#sentUntil = performance.now()
      if (this.#at.track >= 0) this.#announce()
      this.#timer = setInterval(() => this.#send(), TICK_MS)
      this.#send()
    })
    socket.on('error', () => {})
    socket.once('close', () => {
      if (this.#timer) clearInterval(this.#timer)
      if (!this.#stopped) setTimeout(() => this.start(), RETRY_MS)
    })
  }

  stop(): void {
    this.#stopped = true
    this.#socket?.destroy()
  }

  #send(): void {
    const batch: Buffer[] = []
    while (this.#sentUntil < performance.now() + AHEAD_MS) {
      const frame = this.#next()
      if (!frame) return
      batch.push(frame.bytes)
      this.#sentUntil += (frame.samples / this.#tracks[this.#at.track]!.rate) * 1000
    }
    if (batch.length > 0) this.#socket?.write(Buffer.concat(batch))
  }

  #next(): Frame | undefined {
    let frames = this.#tracks[this.#at.track]?.frames
    if (!frames || this.#at.frame >= frames.length) {
      this.#at = { track: (this.#at.track + 1) % this.#tracks.length, frame: 0 }
      frames = this.#tracks[this.#at.track]?.frames
      this.#announce()
    }
    return frames?.[this.#at.frame++]
  }

  #announce(): void {
    const { artist, title } = this.#tracks[this.#at.track]!.track
    const { port, mount, user, password } = this.#order
    const query = new URLSearchParams({
      mount,
      mode: 'updinfo',
      song: artist && title ? `${artist} - ${title}` : title,
    })
    get(
      {
        host: 'localhost',
        port,
        path: `/admin/metadata?${query.toString()}`,
        auth: `${user}:${password}`,
        agent: false,
      },
      (answer) => answer.resume(),
    ).on('error', () => {})
  }
}

type Material = { track: Track; frames: Frame[]; /** Samples per second. */ rate: number }

const read = (file: string): { frames: Frame[]; rate: number } => {
  const framer = createMpegFramer()
  const frames = framer.push(readFileSync(file))
  const format = framer.format()
  if (!format) throw new Error(`${file} holds no MP3 frames.`)
  return { frames, rate: format.rate }
}
