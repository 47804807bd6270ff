import type { Server as HttpServer } from 'node:http'
import type { Socket } from 'node:net'
import type { Log } from '../base/log.ts'
import { errorRegistry } from '../base/errors.ts'
import { decodePath, findHeadEnd, readRequestHead, type RequestHead } from '../formats/stream/request-head.ts'
import type { ListenerDoor } from './listener-door.ts'
import { optionsHead, refusalHead } from './listener-head.ts'
import { answerMetadata, isMetadata, type MetadataDeps } from './metadata.ts'
import type { Mount } from './mount.ts'
import { greetShoutcast, startShoutcast } from './shoutcast.ts'
import { logInSource, type LoginDeps } from './source-login.ts'

/** Largest head taken, bytes, and how long it may take to come, ms (Icecast's header-timeout). */
const HEAD_LIMIT = 16 * 1024
const HEAD_MS = 15_000
/** How long a peer that has had its last byte may take to hang up, ms. */
const GOODBYE_MS = 15_000

export type DoorDeps = LoginDeps & MetadataDeps & { listeners: ListenerDoor; http: HttpServer; log: Log }

/** A connection whose head has not come whole. */
type Waiting = {
  socket: Socket
  received: Buffer
  since: number
  shoutcast: boolean
  mount: Mount | null
  busy: boolean
}

/**
 * Where every connection arrives. Sources, metadata calls and listeners are answered from the raw bytes, because
 * an HTTP parser refuses what encoders really send; all else is handed to the HTTP server as if it came there.
 */
export class FrontDoor {
  readonly #deps: DoorDeps
  readonly #waiting = new Set<Waiting>()
  readonly #open = new Set<Socket>()
  /** Sockets whose answer has ended, and when that was noticed. */
  readonly #ended = new WeakMap<Socket, number>()
  #sweeper: NodeJS.Timeout | null = null

  constructor(deps: DoorDeps) {
    this.#deps = deps
  }

  start(): void {
    this.#sweeper = setInterval(() => this.#sweep(), 1000)
  }

  /** Stops taking heads and ends what is still open. */
  stop(): void {
    if (this.#sweeper) clearInterval(this.#sweeper)
    for (const socket of this.#open) socket.destroy()
  }

  /** Sockets that still have bytes on their way out. */
  listening(): number {
    let count = 0
    for (const socket of this.#open) if (socket.writableLength > 0) count++
    return count
  }

  get connections(): number {
    return this.#open.size
  }

  /** For the listening socket. @param shoutcast this is the port where Shoutcast v1 sources speak first. */
  readonly accept = (socket: Socket, shoutcast = false): void => {
    const waiting: Waiting = { socket, received: NOTHING, since: this.#deps.now(), shoutcast, mount: null, busy: false }
    this.#waiting.add(waiting)
    this.#open.add(socket)
    socket.setNoDelay(true)
    // A peer that resets is no event worth more than its close.
    socket.on('error', () => {})
    socket.once('close', () => {
      this.#open.delete(socket)
      this.#waiting.delete(waiting)
    })
    const onData = (chunk: Buffer) => {
      waiting.received = waiting.received.length === 0 ? chunk : Buffer.concat([waiting.received, chunk])
      if (!waiting.busy) this.#look(waiting, onData)
    }
    socket.on('data', onData)
  }

  #look(waiting: Waiting, onData: (chunk: Buffer) => void): void {
    if (waiting.shoutcast && !waiting.mount && !looksLikeHttp(waiting.received)) {
      this.#password(waiting, onData)
      return
    }
    const end = findHeadEnd(waiting.received)
    if (end < 0) {
      if (waiting.received.length > HEAD_LIMIT) this.#refuse(waiting, 431, errorRegistry.HEADER_TOO_LARGE.message)
      return
    }
    if (end > HEAD_LIMIT) return this.#refuse(waiting, 431, errorRegistry.HEADER_TOO_LARGE.message)
    const { socket, mount, received } = waiting
    const head = received.subarray(0, end)
    const rest = received.subarray(end)
    this.#waiting.delete(waiting)
    waiting.received = NOTHING
    socket.off('data', onData)
    if (mount) return startShoutcast(this.#deps, socket, mount, head, rest)
    const request = readRequestHead(head)
    if (!request) return void socket.end(refusalHead(400, errorRegistry.BAD_REQUEST.message))
    this.#route(socket, request, received, rest)
  }

  #route(socket: Socket, request: RequestHead, received: Buffer, rest: Buffer): void {
    const { method, path } = request
    if (isMetadata(path)) return this.#guard(socket, answerMetadata(this.#deps, socket, request, rest))
    if (method === 'SOURCE' || method === 'PUT') return this.#guard(socket, this.#source(socket, request, rest))
    const mount = this.#deps.mounts.get(decodePath(path))
    if (method === 'OPTIONS' && (mount || path === '*')) return void socket.end(optionsHead())
    if (mount && (method === 'GET' || method === 'HEAD')) return this.#deps.listeners.answer(socket, mount, request)
    // Exactly as it came: the HTTP server must not notice that somebody read before it.
    socket.pause()
    socket.unshift(received)
    this.#deps.http.emit('connection', socket)
    socket.resume()
  }

  async #source(socket: Socket, request: RequestHead, rest: Buffer): Promise<void> {
    // While the password is checked, audio that arrives must wait in the socket.
    socket.pause()
    await logInSource(this.#deps, socket, request, rest)
    socket.resume()
  }

  #password(waiting: Waiting, onData: (chunk: Buffer) => void): void {
    const line = /^([^\r\n]*)(\r\r\n|\r?\n)/.exec(waiting.received.toString('latin1'))
    if (!line) {
      if (waiting.received.length > 512) waiting.socket.end('Invalid password\r\n')
      return
    }
    // libshout knocks first to learn what kind of server this is; Icecast closes without a word.
    if (line[1] === '!POKE') return void waiting.socket.destroy()
    waiting.received = waiting.received.subarray(line[0].length)
    waiting.busy = true
    this.#guard(
      waiting.socket,
      (async () => {
        waiting.mount = await greetShoutcast(this.#deps, waiting.socket, line[1]!)
        waiting.busy = false
        if (waiting.mount && waiting.received.length > 0) this.#look(waiting, onData)
      })(),
    )
  }

  #refuse(waiting: Waiting, status: number, text: string): void {
    this.#waiting.delete(waiting)
    this.#deps.log.warn(`refused a connection: ${text}`, { from: waiting.socket.remoteAddress ?? '' })
    waiting.socket.removeAllListeners('data')
    waiting.socket.end(refusalHead(status, text))
    waiting.socket.destroySoon()
  }

  // A fault in one connection ends that connection and nothing else.
  #guard(socket: Socket, work: Promise<void>): void {
    work.catch((cause: unknown) => {
      this.#deps.log.error('a connection failed', { cause: String(cause), from: socket.remoteAddress ?? '' })
      socket.destroy()
    })
  }

  #sweep(): void {
    const now = this.#deps.now()
    for (const waiting of this.#waiting) if (waiting.since < now - HEAD_MS) waiting.socket.destroy()
    for (const socket of this.#open) {
      if (!socket.writableEnded) continue
      const since = this.#ended.get(socket)
      // A client that reads its refusal and then keeps the line would hold its place for ever.
      if (since === undefined) this.#ended.set(socket, now)
      else if (since < now - GOODBYE_MS) socket.destroy()
    }
  }
}

const NOTHING = Buffer.alloc(0)

const looksLikeHttp = (bytes: Buffer): boolean =>
  /^[A-Z]+ \S+ (HTTP|ICE)\//.test(bytes.subarray(0, 1024).toString('latin1')) ||
  /^(GET|POST) \//.test(bytes.subarray(0, 6).toString('latin1'))
