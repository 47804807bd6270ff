import { randomBytes, timingSafeEqual } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import type { MountView } from './air-view.ts'

/** Where the house listens for notices, on air's own port. */
export const CHANNEL_PATH = '/-/notices'
/** A line at least this often, so that both ends notice a dead line, ms. */
export const HEARTBEAT_MS = 5000

/** The key both processes read: made once, readable by the station's user only. */
export const channelKey = (dataFolder: string): string => {
  const file = join(dataFolder, 'channel.key')
  mkdirSync(dataFolder, { recursive: true })
  try {
    // 'wx': of two processes that start together one writes, the other reads.
    writeFileSync(file, randomBytes(32).toString('base64url'), { flag: 'wx', mode: 0o600 })
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause
  }
  return readFileSync(file, 'utf8').trim()
}

/** Air's end of the channel to the house: JSON lines, each the whole picture of all mounts. */
export class Channel {
  readonly #key: Buffer
  readonly #views: () => MountView[]
  readonly #houses = new Set<ServerResponse>()
  #timer: NodeJS.Timeout | null = null
  #queued = false

  constructor({ key, views }: { key: string; views: () => MountView[] }) {
    this.#key = Buffer.from(`Bearer ${key}`)
    this.#views = views
  }

  start(): void {
    this.#timer = setInterval(() => this.#send(), HEARTBEAT_MS)
  }

  stop(): void {
    if (this.#timer) clearInterval(this.#timer)
    for (const house of this.#houses) house.end()
  }

  /** Something changed: told once per turn of the loop, however much it was. */
  changed(): void {
    if (this.#queued || this.#houses.size === 0) return
    this.#queued = true
    setImmediate(() => {
      this.#queued = false
      this.#send()
    })
  }

  answer(request: IncomingMessage, response: ServerResponse): void {
    const given = Buffer.from(request.headers.authorization ?? '')
    if (given.length !== this.#key.length || !timingSafeEqual(given, this.#key)) {
      response.writeHead(401).end()
      return
    }
    response.writeHead(200, { 'Content-Type': 'application/x-ndjson', 'Cache-Control': 'no-store' })
    this.#houses.add(response)
    response.once('close', () => this.#houses.delete(response))
    response.write(this.#line())
  }

  #line(): string {
    return `${JSON.stringify({ mounts: this.#views() })}\n`
  }

  #send(): void {
    if (this.#houses.size === 0) return
    const line = this.#line()
    // A house that does not read is a house that hangs; it will come back by itself.
    for (const house of this.#houses) {
      if (house.writableLength > 1024 * 1024) house.destroy()
      else house.write(line)
    }
  }
}
