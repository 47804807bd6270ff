import type { Socket } from 'node:net'
import { BatchRing, makeBatch } from './batch.ts'
import type { AirFrame } from './epoch.ts'
import { sendBatch, sendBytes, type Listener } from './listener.ts'

/** A listener may lag this far before it is skipped forward, ms of media time (streaming practice: 10 s). */
const QUEUE_MS = 10_000

export type FanOutDeps = {
  now: () => number
  /** Told when a listener has gone, whatever the reason. */
  onLeave?: (listener: Listener, reason: LeaveReason) => void
  queueMs?: number
}

export type LeaveReason = 'left' | 'too slow' | 'stream ended'

export type JoinOrder = {
  socket: Socket
  head: Buffer
  /** Seconds of the past that fill the player's buffer at once, in ms. */
  burstMs: number
  /** Bytes between metadata blocks, or 0 for none. */
  metaint: number
  address: string
  agent: string
  id: number
}

/**
 * Sends a mount to its listeners. Per tick one shared buffer goes to every socket; a socket that still has
 * unsent bytes is left alone and catches up from the ring, is skipped forward once, and let go the next time.
 */
export class FanOut {
  readonly #now: () => number
  readonly #onLeave: (listener: Listener, reason: LeaveReason) => void
  readonly #ring: BatchRing
  readonly #listeners: Listener[] = []
  readonly #places = new Map<Listener, number>()
  #pending: AirFrame[] = []
  #pendingHeaders: Buffer | null = null
  #pendingTitle: string | null = null
  #headers: Buffer | null = null
  #nextNumber = 0
  #burst: { number: number; from: number; bytes: Buffer } | null = null
  bytesSent = 0
  dropped = 0
  skipped = 0
  peak = 0

  constructor({ now, onLeave = () => {}, queueMs = QUEUE_MS }: FanOutDeps) {
    this.#now = now
    this.#onLeave = onLeave
    this.#ring = new BatchRing({ keepMs: queueMs })
  }

  get count(): number {
    return this.#listeners.length
  }

  listeners(): readonly Listener[] {
    return this.#listeners
  }

  /** Whether somebody who joined now would get sound at once. */
  get ready(): boolean {
    return this.#ring.latest !== null
  }

  /** A new epoch: what joiners need first, and a cut so that no batch spans two epochs. */
  begin(headers: Buffer | null): void {
    this.#cut()
    this.#headers = headers
    if (headers) this.#ring.push(this.#batchOfHeaders(headers))
  }

  /** Queues frames for the next tick. */
  push(frames: AirFrame[], title: string | null): void {
    if (frames.length === 0) return
    if (this.#pending.length === 0) this.#pendingTitle = title
    else if (title !== this.#pendingTitle) {
      this.#cut()
      this.#pendingTitle = title
    }
    if (this.#pending.length === 0) this.#pendingHeaders = this.#headers
    this.#pending.push(...frames)
    // The very first sound need not wait for a tick: somebody may be asking for it.
    if (!this.ready) this.#cut()
  }

  /** Writes what has come since the last tick to everybody. */
  tick(): void {
    this.#cut()
    const latest = this.#ring.latest
    if (!latest) return
    // Backwards, because letting one go moves the last into its place.
    for (let i = this.#listeners.length - 1; i >= 0; i--) this.#serve(this.#listeners[i]!, latest.number)
  }

  /** Answers one joiner with head, headers and burst in one go, and keeps the socket. */
  join({ socket, head, burstMs, metaint, address, agent, id }: JoinOrder): Listener {
    const start = this.#ring.joinPoint(burstMs)
    const listener: Listener = {
      id,
      socket,
      next: this.#nextNumber,
      icy: metaint > 0 ? { metaint, untilBlock: metaint, told: undefined } : null,
      skipped: 0,
      since: this.#now(),
      bytes: 0,
      address,
      agent,
    }
    this.#places.set(listener, this.#listeners.push(listener) - 1)
    this.peak = Math.max(this.peak, this.count)
    socket.once('close', () => this.#leave(listener, 'left'))
    socket.cork()
    socket.write(head)
    if (start) {
      if (start.headers) sendBytes(listener, start.headers, start.title)
      this.#sendBurst(listener, start.number)
    }
    socket.uncork()
    return listener
  }

  /** Ends every listener's stream cleanly, after what is queued has gone out. */
  end(): void {
    this.tick()
    for (const listener of this.#listeners.slice()) {
      listener.socket.end()
      this.#leave(listener, 'stream ended')
    }
  }

  #cut(): void {
    if (this.#pending.length === 0) return
    const batch = makeBatch(this.#pending, {
      number: this.#nextNumber++,
      headers: this.#pendingHeaders,
      title: this.#pendingTitle,
    })
    this.#pending = []
    this.#ring.push(batch)
  }

  #batchOfHeaders(headers: Buffer) {
    const wall = this.#now()
    const frame: AirFrame = { bytes: headers, samples: 0, header: true, joinable: true, position: 0, wall }
    return makeBatch([frame], { number: this.#nextNumber++, headers: null, title: this.#pendingTitle })
  }

  #sendBurst(listener: Listener, from: number): void {
    if (listener.icy) {
      for (const batch of this.#ring.since(from)) sendBatch(listener, batch)
      return
    }
    // Those who join within one tick share one burst buffer.
    if (this.#burst?.number !== this.#nextNumber || this.#burst.from !== from) {
      const bytes = Buffer.concat(this.#ring.since(from).map((batch) => batch.bytes))
      this.#burst = { number: this.#nextNumber, from, bytes }
    }
    sendBytes(listener, this.#burst.bytes, null)
    listener.next = this.#nextNumber
  }

  #serve(listener: Listener, latest: number): void {
    if (listener.next > latest) return
    // Bytes the kernel has not taken yet: never pile up more behind them.
    if (listener.socket.writableLength > 0) {
      if (!this.#ring.get(listener.next)) this.#tooSlow(listener)
      return
    }
    const before = listener.bytes
    for (let number = listener.next; number <= latest; number++) {
      const batch = this.#ring.get(number)
      if (!batch) {
        this.#tooSlow(listener)
        break
      }
      sendBatch(listener, batch)
      if (listener.socket.writableLength > 0) break
    }
    this.bytesSent += listener.bytes - before
  }

  // Skip to the newest joinable batch once; the second time the connection cannot carry the stream.
  #tooSlow(listener: Listener): void {
    if (listener.skipped > 0) {
      this.dropped++
      this.#leave(listener, 'too slow')
      listener.socket.destroy()
      return
    }
    listener.skipped++
    this.skipped++
    const start = this.#ring.joinPoint(0)
    listener.next = start?.number ?? this.#nextNumber
    // Ogg: what lies between may have been a new chain, so the headers go out again.
    if (start?.headers) sendBytes(listener, start.headers, start.title)
  }

  #leave(listener: Listener, reason: LeaveReason): void {
    const place = this.#places.get(listener)
    if (place === undefined) return
    this.#places.delete(listener)
    const last = this.#listeners.pop()!
    if (last !== listener) {
      this.#listeners[place] = last
      this.#places.set(last, place)
    }
    this.#onLeave(listener, reason)
  }
}
