import { get } from 'node:http'
import type { Clock } from '../base/clock.ts'
import type { Log } from '../base/log.ts'
import { mountName } from '../config/mount-name.ts'
import type { AirView, MountView } from './air-view.ts'
import { CHANNEL_PATH, HEARTBEAT_MS } from './channel.ts'

/** How soon the house asks again when air is away, ms. */
const RETRY_MS = 500
/** How long a house that starts waits for the air, and how soon it asks again meanwhile, ms. */
const FIRST_MS = 1500
const FIRST_RETRY_MS = 40
/** After this the air does not just restart: its mounts are off, ms. */
const AWAY_MS = 10_000

export type NoticesDeps = {
  url: string
  key: string
  /** The configuration's: they are there, and off, until the air says otherwise. */
  mounts: { path: string }[]
  clock: Clock
  log: Log
}

/** The house's end of the channel: keeps the last picture of the air and says when it changes. */
export class Notices implements AirView {
  readonly #deps: NoticesDeps
  readonly #listeners = new Set<() => void>()
  #mounts: MountView[]
  #connected = false
  #stopped = false
  #starting = false
  #request: ReturnType<typeof get> | null = null
  #retry: NodeJS.Timeout | null = null
  #away: NodeJS.Timeout | undefined

  constructor(deps: NoticesDeps) {
    this.#deps = deps
    this.#mounts = deps.mounts.map(({ path }) => offView(path, deps.clock.now()))
  }

  /** Resolves with the first picture of the air, or without one when the air is away. */
  start(): Promise<void> {
    this.#starting = true
    this.#connect()
    return new Promise((resolve) => {
      const done = () => {
        this.#starting = false
        clearTimeout(timer)
        unsubscribe()
        resolve()
      }
      const timer = setTimeout(done, FIRST_MS)
      const unsubscribe = this.onChange(done)
    })
  }

  stop(): void {
    this.#stopped = true
    if (this.#retry) clearTimeout(this.#retry)
    clearTimeout(this.#away)
    this.#request?.destroy()
  }

  connected(): boolean {
    return this.#connected
  }

  mounts(): MountView[] {
    return this.#mounts
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #connect(): void {
    const { url, key } = this.#deps
    const request = get(`${url}${CHANNEL_PATH}`, { headers: { authorization: `Bearer ${key}` }, agent: false })
    this.#request = request
    request.setTimeout(HEARTBEAT_MS * 3, () => request.destroy(new Error('air is silent')))
    request.on('response', (response) => {
      if (response.statusCode !== 200) {
        this.#deps.log.error('air does not accept our key; do both use the same data folder?', {
          status: response.statusCode ?? 0,
        })
        this.#starting = false
        request.destroy()
        return
      }
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => {
        text += chunk
        const lines = text.split('\n')
        text = lines.pop() ?? ''
        const last = lines.findLast((line) => line !== '')
        if (last) this.#take(last)
      })
    })
    request.once('error', () => {})
    request.once('close', () => this.#lost())
  }

  #take(line: string): void {
    const { mounts } = JSON.parse(line) as { mounts: MountView[] }
    // A heartbeat that brings nothing but listener counts is no change anybody waits for.
    const before = picture(this.#mounts)
    this.#mounts = mounts
    const news = !this.#connected || picture(mounts) !== before
    this.#connected = true
    clearTimeout(this.#away)
    if (news) this.#tell()
  }

  #lost(): void {
    if (this.#stopped) return
    if (this.#connected) {
      this.#connected = false
      this.#deps.log.warn('air is away; its last picture stays for a moment')
      const since = this.#deps.clock.now()
      this.#away = setTimeout(() => this.#switchOff(since), AWAY_MS)
      this.#tell()
    }
    this.#retry = setTimeout(() => this.#connect(), this.#starting ? FIRST_RETRY_MS : RETRY_MS)
  }

  #switchOff(since: number): void {
    this.#mounts = this.#mounts.map((view) => offView(view.mount, view.up ? since : view.since))
    this.#tell()
  }

  #tell(): void {
    for (const listener of this.#listeners) listener()
  }
}

const offView = (path: string, since: number): MountView => ({
  mount: path,
  name: mountName(path),
  up: false,
  since,
  feed: 'off',
  title: null,
  titleAt: since,
  format: null,
  hls: false,
  listeners: 0,
})

const picture = (mounts: MountView[]): string =>
  JSON.stringify(mounts.map((mount) => ({ ...mount, listeners: 0, health: null, format: mount.format?.codec })))
