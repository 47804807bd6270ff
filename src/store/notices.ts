import type { Log } from '../base/log.ts'
import type { Tx } from './dialect.ts'
import { PostgresListener } from './postgres-listener.ts'
import type { Transactions } from './transactions.ts'

export type NoticeHandler = {
  onNotice(payload: string): void
  /** Notices may have been missed, because the connection was lost for a while: look at everything afresh. */
  onGap?(): void
}

export type NoticesDeps = { transactions: Transactions; url: string | null; log: Log }

/** PostgreSQL refuses 8000 bytes and more. */
const LONGEST = 7_900

/**
 * Word from whoever changed something to whoever shows it: within this process on SQLite, in every house on PostgreSQL.
 * A notice is a hint to look and is not kept; the record is the events.
 */
export class Notices {
  readonly #deps: NoticesDeps
  readonly #handlers = new Map<string, Set<NoticeHandler>>()
  readonly #listener: PostgresListener | null

  constructor(deps: NoticesDeps) {
    this.#deps = deps
    this.#listener = deps.url
      ? new PostgresListener({
          url: deps.url,
          log: deps.log,
          onNotice: (text) => this.#deliver(JSON.parse(text) as [string, string]),
          onGap: () => this.#gap(),
        })
      : null
  }

  /** Tells everybody who listens on `channel`, when and only when the transaction is committed. */
  notify(tx: Tx, channel: string, payload: string): void {
    const { transactions } = this.#deps
    if (!this.#listener) {
      transactions.afterCommit(tx, () => this.#deliver([channel, payload]))
      return
    }
    const text = JSON.stringify([channel, payload])
    if (Buffer.byteLength(text) > LONGEST) throw new Error(`a notice of more than ${LONGEST} bytes; send an id instead`)
    transactions.last(tx, { notices: [text] })
  }

  /** From the moment the promise is kept no notice is missed. @returns what ends it. */
  async listen(channel: string, handler: NoticeHandler): Promise<() => void> {
    const handlers = this.#handlers.get(channel) ?? new Set()
    this.#handlers.set(channel, handlers.add(handler))
    await this.#listener?.start()
    return () => handlers.delete(handler)
  }

  async stop(): Promise<void> {
    this.#handlers.clear()
    await this.#listener?.stop()
  }

  #deliver([channel, payload]: [string, string]): void {
    for (const handler of this.#handlers.get(channel) ?? []) this.#call(() => handler.onNotice(payload))
  }

  #gap(): void {
    for (const handlers of this.#handlers.values()) for (const handler of handlers) this.#call(() => handler.onGap?.())
  }

  // The change is made; that one who hears of it stumbles must not look to its maker as if it were not.
  #call(fn: () => void): void {
    try {
      fn()
    } catch (error) {
      this.#deps.log.error('a notice could not be taken', {
        cause: error instanceof Error ? error.stack : String(error),
      })
    }
  }
}
