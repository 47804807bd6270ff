import type { Socket } from 'node:net'
import { createHash } from 'node:crypto'
import { errorRegistry } from '../base/errors.ts'
import { readQuery, type RequestHead } from '../formats/stream/request-head.ts'
import type { Journal } from './journal.ts'
import { listenerHead, METAINT, refusalHead } from './listener-head.ts'
import type { Mount } from './mount.ts'
import { readable } from './source-login.ts'

export type ListenerDoorDeps = {
  journal: Journal
  stationUrl: string | undefined
  /** Makes a new salt; a day's salt is never written down. */
  random: (bytes: number) => Buffer
  nextId: () => number
  now: () => number
}

/** Longest burst a listener may ask for, ms. */
const BURST_LIMIT = 10_000

/** Answers GET and HEAD on a mount. */
export class ListenerDoor {
  readonly #deps: ListenerDoorDeps

  constructor(deps: ListenerDoorDeps) {
    this.#deps = deps
  }

  answer(socket: Socket, mount: Mount, request: RequestHead): void {
    const format = mount.epoch?.format
    if (!format || !mount.fanOut.ready) {
      socket.end(refusalHead(404, errorRegistry.MOUNT_OFF.message))
      return
    }
    const icy =
      format.codec === 'mp3' || format.codec === 'aac' ? request.headers.get('icy-metadata')?.trim() === '1' : false
    const head = listenerHead({
      config: mount.config,
      facts: mount.facts,
      format,
      icy,
      stationUrl: this.#deps.stationUrl,
    })
    // Safari asks for two bytes first; with a 200 it comes back and asks for titles. It is no listener yet.
    if (request.method === 'HEAD' || /^bytes=0-1$/.test(request.headers.get('range') ?? '')) {
      socket.end(head)
      return
    }
    this.#join(socket, mount, request, { head, icy })
  }

  #join(socket: Socket, mount: Mount, request: RequestHead, { head, icy }: { head: Buffer; icy: boolean }): void {
    const id = this.#deps.nextId()
    const agent = readable(request.headers.get('user-agent'))
    const address = socket.remoteAddress ?? ''
    // What a listener sends is not for us, but must be read so that its end is seen.
    socket.on('data', ignore)
    socket.setTimeout(0)
    mount.fanOut.join({
      socket,
      head,
      burstMs: burstOf(request, mount.config.burst),
      metaint: icy ? METAINT : 0,
      address,
      agent,
      id,
    })
    this.#deps.journal.write({
      type: 'session',
      id: String(id),
      mount: mount.path,
      protocol: 'icy',
      agent,
      who: this.who(address, agent),
    })
  }

  #salt: { day: string; bytes: Buffer } = { day: '', bytes: Buffer.alloc(0) }

  /** A listener without a name: address and player, hashed with the salt of the (UTC) day. */
  who(address: string, agent: string): string {
    const day = new Date(this.#deps.now()).toISOString().slice(0, 10)
    if (this.#salt.day !== day) this.#salt = { day, bytes: this.#deps.random(32) }
    return createHash('sha256').update(this.#salt.bytes).update(`${address}\n${agent}`).digest('base64url').slice(0, 16)
  }
}

const ignore = () => {}

const burstOf = (request: RequestHead, usual: number): number => {
  const asked = readQuery(request.query).get('burst') ?? request.headers.get('initial-burst')
  if (!asked || !/^\d+(\.\d+)?$/.test(asked)) return usual
  return Math.min(BURST_LIMIT, Number(asked) * 1000)
}
