import type { ServerResponse } from 'node:http'
import type { AirView } from '../air/air-view.ts'
import type { Clock } from '../base/clock.ts'
import type { Schedule } from '../schedule/schedule.ts'
import type { NowBoard } from './now-board.ts'

export type NowEventsDeps = {
  board: NowBoard
  air: Pick<AirView, 'onChange'>
  schedule: Pick<Schedule, 'nextChange'>
  /** Whether what readers see of stories has changed. */
  stories: { onChange(listener: () => void): () => void }
  clock: Clock
  /** All in milliseconds; for tests. */
  heartbeat?: number
  settle?: number
  pause?: number
}

const mostClients = 20_000
// A browser that has not taken this much is asleep or gone; it comes back by itself and gets the whole answer.
const mostUnread = 64 * 1024
// A clock set while we wait must not make us miss a programme for longer than this.
const longestWait = 15 * 60_000

export const eventsHeaders = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store',
  'access-control-allow-origin': '*',
  // Proxies of the nginx kind would keep the events until a buffer is full.
  'x-accel-buffering': 'no',
}

/**
 * The listeners of `GET /api/v1/events` (WHATWG HTML §9.2). One rendering and one buffer for all who share an address
 * of the air; a client that does not read is let go.
 */
export class NowEvents {
  readonly #deps: Required<NowEventsDeps>
  readonly #clients = new Map<string, Set<ServerResponse>>()
  #count = 0
  #sent = ''
  #running = false
  #unsubscribe = () => {}
  #storiesTold: NodeJS.Timeout | undefined
  #heartbeat: NodeJS.Timeout | undefined
  #settling: NodeJS.Timeout | undefined
  #boundary: NodeJS.Timeout | undefined

  constructor(deps: NowEventsDeps) {
    this.#deps = { heartbeat: 15_000, settle: 50, pause: 1000, ...deps }
  }

  start(): void {
    if (this.#running) return
    this.#running = true
    this.#sent = this.#deps.board.fingerprint()
    const leave = [
      this.#deps.air.onChange(() => this.#settle()),
      this.#deps.stories.onChange(() => this.#tellOfStories()),
    ]
    this.#unsubscribe = () => leave.forEach((one) => one())
    this.#heartbeat = setInterval(() => this.#beat(), this.#deps.heartbeat).unref()
    this.#awaitBoundary()
  }

  /** Ends every stream; browsers come back after their `retry`. */
  stop(): void {
    this.#running = false
    this.#unsubscribe()
    for (const timer of [this.#heartbeat, this.#settling, this.#boundary, this.#storiesTold]) clearTimeout(timer)
    this.#settling = this.#storiesTold = undefined
    for (const clients of this.#clients.values()) for (const client of clients) client.end()
  }

  clients(): number {
    return this.#count
  }

  /** Takes over the answer to one request; false when there are too many, or we are stopping. */
  add(client: ServerResponse, base: string): boolean {
    if (!this.#running || this.#count >= mostClients) return false
    const group = this.#clients.get(base) ?? new Set()
    this.#clients.set(base, group.add(client))
    this.#count++
    client.once('close', () => {
      this.#count--
      group.delete(client)
      if (group.size === 0 && this.#clients.get(base) === group) this.#clients.delete(base)
    })
    client.writeHead(200, eventsHeaders)
    client.write('retry: 2000\n\n')
    client.write(this.#event(base))
    return true
  }

  // One change on the air is often several notices at once: a source gone, its title gone, a backup in its place.
  #settle() {
    this.#settling ??= setTimeout(() => {
      this.#settling = undefined
      this.#tell()
    }, this.#deps.settle)
  }

  #tell() {
    this.#deps.board.wipe()
    const fingerprint = this.#deps.board.fingerprint()
    if (fingerprint === this.#sent) return
    this.#sent = fingerprint
    for (const [base, clients] of this.#clients) send(clients, this.#event(base))
  }

  // That something has changed, never what: who has a story before them asks for it. An hour of wire is many changes.
  #tellOfStories() {
    this.#storiesTold ??= setTimeout(() => {
      this.#storiesTold = undefined
      for (const clients of this.#clients.values()) send(clients, storiesChanged)
    }, this.#deps.pause).unref()
  }

  #beat() {
    for (const clients of this.#clients.values()) send(clients, beat)
  }

  // `told`: the moment up to which everybody has been told. A timer may fire just before the minute that it is for,
  // and the minute then passes while we tell: counted from after the telling, that programme would be missed.
  #awaitBoundary(told = this.#deps.clock.now()) {
    const { clock, schedule } = this.#deps
    const wait = (schedule.nextChange(told) ?? Number.POSITIVE_INFINITY) - clock.now()
    this.#boundary = setTimeout(
      () => {
        const now = clock.now()
        this.#tell()
        this.#awaitBoundary(now)
      },
      Math.min(Math.max(wait, 1), longestWait),
    ).unref()
  }

  #event(base: string): Buffer {
    return Buffer.from(`event: now\ndata: ${this.#deps.board.render(base)}\n\n`)
  }
}

const beat = Buffer.from(':\n\n')
const storiesChanged = Buffer.from('event: stories\ndata: {}\n\n')

const send = (clients: Set<ServerResponse>, bytes: Buffer) => {
  for (const client of clients) {
    if (client.writableLength > mostUnread) client.destroy()
    else client.write(bytes)
  }
}
