import type { Server } from 'node:http'
import type { Socket } from 'node:net'

/** A kept page in the form asked for: its headers as name, value, name, value, and its bytes. */
export type ReadyPage = { headers: string[]; body: Buffer }

export type PageDoorDeps = {
  server: Server
  /** The kept page of a path, in a coding the reader accepts, for this host; null when it must be made. */
  find: (path: string, acceptEncoding: string | undefined, host: string) => ReadyPage | null
  /** Makes a page anew that was kept before; when the promise is kept, `find` is asked again. */
  remake: (path: string, host: string) => Promise<unknown>
  /** What every answer carries for a reader who came by this host name: name, value, name, value. */
  headersFor: (host: string) => string[]
  /** Counts an answer given here. */
  onAnswer: () => void
}

/** Longest head looked at here, bytes; longer ones are the HTTP server's. */
const HEAD_LIMIT = 4096
const HEADS_KEPT = 256
/** How often a page is made for one who waits. */
const REMADE = 3
/** Pages remembered to have been kept. */
const PATHS_KEPT = 4096
/** A reader who is idle for so long is let go, ms; longer than the minute that proxies keep theirs. */
const IDLE_MS = 65_000
/** One whole plain GET and nothing else. What makes a request more than that is left to the HTTP server. */
const PLAIN = /^GET (\/[^\s?#]*) HTTP\/1\.1\r\n/
const MORE =
  /\r\n(?:content-length|transfer-encoding|expect|upgrade|range|cookie|authorization|if-[a-z-]+|connection:(?! *keep-alive *\r))/i
const HOST = /\r\nhost: *([^\r\n]*)/i
const ACCEPT = /\r\naccept-encoding: *([^\r\n]*)/i

/**
 * Answers plain requests for kept pages from the bytes as they come, without an HTTP parser: one write each.
 * Anything else goes to the HTTP server, with the connection and the bytes already read, for good.
 */
export class PageDoor {
  readonly #deps: PageDoorDeps
  readonly #toHttp: (socket: Socket) => void
  readonly #open = new Set<Socket>()
  /** Pages that have been answered here: they will be kept again as soon as somebody asks. */
  readonly #paths = new Set<string>()
  /** Heads already read: a browser sends the same one for a page again and again. */
  readonly #read = new Map<string, PlainRequest | null>()
  /** Whole answers, with the second their Date header is of. */
  readonly #answers = new WeakMap<Buffer, Map<string, { second: number; bytes: Buffer }>>()

  constructor(deps: PageDoorDeps) {
    this.#deps = deps
    const { server } = deps
    const [first] = server.listeners('connection') as ((socket: Socket) => void)[]
    this.#toHttp = (socket) => first?.call(server, socket)
    server.removeAllListeners('connection')
    server.on('connection', (socket: Socket) => this.#accept(socket))
  }

  /** Lets go those who wait here; whoever is with the HTTP server is its own affair. */
  stop(): void {
    for (const socket of this.#open) socket.destroy()
  }

  #accept(socket: Socket): void {
    this.#open.add(socket)
    const answered = (chunk: Buffer): boolean => {
      const answer = this.#answer(chunk)
      if (!answer) return false
      socket.write(answer)
      this.#deps.onAnswer()
      return true
    }
    const onData = (chunk: Buffer) => {
      if (answered(chunk)) return
      const request = this.#keptBefore(chunk)
      if (request) void wait(chunk, request)
      else handOver(chunk)
    }
    // A page that was forgotten a moment ago: who has come by this door need not leave it for that. It may be forgotten
    // again while it is made, when several things it shows change together.
    const wait = async (chunk: Buffer, { path, host }: PlainRequest) => {
      socket.pause()
      for (let tries = 0; tries < REMADE; tries++) {
        // oxlint-disable-next-line no-await-in-loop -- it is asked for again only when that was in vain
        await this.#deps.remake(path, host).catch(() => {})
        if (socket.destroyed) return
        if (!answered(chunk)) continue
        socket.resume()
        return
      }
      handOver(chunk)
    }
    const onClose = () => this.#open.delete(socket)
    const onTimeout = () => socket.destroy()
    const handOver = (chunk: Buffer) => {
      socket.off('data', onData).off('close', onClose).off('timeout', onTimeout).off('error', ignore)
      this.#open.delete(socket)
      socket.setTimeout(0)
      socket.pause()
      socket.unshift(chunk)
      this.#toHttp(socket)
      socket.resume()
    }
    socket.setTimeout(IDLE_MS)
    socket.on('data', onData).on('close', onClose).on('timeout', onTimeout).on('error', ignore)
  }

  /** What this asks for, if that is a page that was kept once. */
  #keptBefore(chunk: Buffer): PlainRequest | null {
    const request = chunk.length > HEAD_LIMIT ? null : this.#read.get(chunk.toString('latin1'))
    return request && this.#paths.has(request.path) ? request : null
  }

  #answer(chunk: Buffer): Buffer | null {
    if (chunk.length > HEAD_LIMIT) return null
    const head = chunk.toString('latin1')
    let request = this.#read.get(head)
    if (request === undefined) {
      request = readPlain(head)
      if (this.#read.size >= HEADS_KEPT) this.#read.clear()
      this.#read.set(head, request)
    }
    const page = request && this.#deps.find(request.path, request.accept, request.host)
    if (!page) return null
    if (this.#paths.size >= PATHS_KEPT) this.#paths.clear()
    this.#paths.add(request!.path)
    return this.#whole(page, request!.host)
  }

  // Ready answers are remade once a second, for their Date (RFC 9110 §6.6.1).
  #whole(page: ReadyPage, host: string): Buffer {
    const second = Math.floor(Date.now() / 1000)
    let byHost = this.#answers.get(page.body)
    if (!byHost) this.#answers.set(page.body, (byHost = new Map()))
    const known = byHost.get(host)
    if (known?.second === second) return known.bytes
    const lines = [...this.#deps.headersFor(host), ...page.headers]
    let text = 'HTTP/1.1 200 OK\r\n'
    for (let i = 0; i + 1 < lines.length; i += 2) text += `${lines[i]}: ${lines[i + 1]}\r\n`
    text += `Date: ${new Date(second * 1000).toUTCString()}\r\nConnection: keep-alive\r\nKeep-Alive: timeout=${IDLE_MS / 1000}\r\n\r\n`
    const bytes = Buffer.concat([Buffer.from(text, 'latin1'), page.body])
    // Host names are the stranger's to choose.
    if (byHost.size >= 16) byHost.clear()
    byHost.set(host, { second, bytes })
    return bytes
  }
}

type PlainRequest = { path: string; host: string; accept: string | undefined }

const readPlain = (head: string): PlainRequest | null => {
  // The head's end is the end of what came: no half head, no body, no second request behind it.
  if (head.indexOf('\r\n\r\n') !== head.length - 4) return null
  const path = PLAIN.exec(head)?.[1]
  const host = HOST.exec(head)?.[1]
  return !path || host === undefined || MORE.test(head) ? null : { path, host, accept: ACCEPT.exec(head)?.[1] }
}

const ignore = () => {}
