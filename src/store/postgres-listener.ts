import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { Log } from '../base/log.ts'
import { connection } from './postgres.ts'

const RETRY_MS = 100
const LONGEST_RETRY_MS = 5_000
/** A line that is cut without a word is found out by asking over it, ms. */
const ASK_EVERY_MS = 5_000
const ANSWER_WITHIN_MS = 5_000

export type ListenerDeps = { url: string; log: Log; onNotice(text: string): void; onGap(): void }

/** One connection that only listens, made anew for as long as it takes whenever it is lost. */
export class PostgresListener {
  static readonly channel = 'groundwave'
  readonly #deps: ListenerDeps
  #client: pg.Client | undefined
  #started: Promise<void> | undefined
  #stopped = false
  #asking: NodeJS.Timeout | undefined

  constructor(deps: ListenerDeps) {
    this.#deps = deps
  }

  /** Kept when it listens. May be called again. */
  start(): Promise<void> {
    this.#started ??= this.#connect().catch((error: unknown) => {
      this.#started = undefined
      throw error
    })
    return this.#started
  }

  async stop(): Promise<void> {
    this.#stopped = true
    clearInterval(this.#asking)
    await this.#client?.end().catch(() => {})
  }

  async #connect(): Promise<void> {
    const client = new pg.Client({
      ...connection(this.#deps.url),
      keepAlive: true,
      connectionTimeoutMillis: ANSWER_WITHIN_MS,
      query_timeout: ANSWER_WITHIN_MS,
    })
    let lost = false
    const onLost = (error?: Error) => {
      if (lost) return
      lost = true
      if (this.#client === client) void this.#again(error)
    }
    client.on('error', onLost)
    client.on('end', () => onLost())
    client.on('notification', ({ payload }) => this.#deps.onNotice(payload ?? ''))
    await client.connect()
    await client.query(`listen ${PostgresListener.channel}`)
    if (this.#stopped) return client.end()
    this.#client = client
    this.#asking = setInterval(() => void client.query('select 1').catch(onLost), ASK_EVERY_MS).unref()
    if (lost) void this.#again()
  }

  async #again(cause?: Error): Promise<void> {
    clearInterval(this.#asking)
    const old = this.#client
    this.#client = undefined
    if (this.#stopped) return
    this.#deps.log.warn('the line for notices from the database broke', { cause: cause?.message })
    old?.end().catch(() => {})
    for (let pause = RETRY_MS; !this.#stopped; pause = Math.min(pause * 2, LONGEST_RETRY_MS)) {
      await sleep(pause, undefined, { ref: false })
      try {
        await this.#connect()
        this.#deps.log.info('the line for notices stands again')
        this.#deps.onGap()
        return
      } catch {
        // Tried again until it stands; the log has the reason once.
      }
    }
  }
}
