import { createHash } from 'node:crypto'
import type { Clock } from '../base/clock.ts'
import { GroundwaveError } from '../base/errors.ts'
import type { Ids } from '../base/ids.ts'
import type { Log } from '../base/log.ts'
import { verifyPassword } from '../config/password.ts'
import type { WireConfig } from '../config/schema.ts'
import type { Copies } from '../library/copies.ts'
import type { OpenNewsroom } from '../newsroom/newsroom.ts'
import type { Store } from '../store/store.ts'
import type { Decision } from './decide.ts'
import { openInbox } from './inbox.ts'
import { takeIn } from './intake.ts'
import { findMessage, quarantinedIds, readyMessages, unreadMessages } from './message-store.ts'
import type { Via } from './message-store.ts'

export type { Decision } from './decide.ts'

export type WireDeps = {
  store: Store
  newsroom: Pick<OpenNewsroom, 'change'>
  copies: Pick<Copies, 'want'>
  sources: Record<string, WireConfig>
  clock: Clock
  ids: Ids
  log: Log
}

/** What became of one item of a message. */
export type Receipt = {
  item: { provider: string; id: string; version: number | null } | null
  decision: Decision
  storyId: string | null
  /** Path of the story's page, once it is published. */
  path: string | null
  /** Sentences for whoever sent it, and for the desk. */
  reasons: string[]
}

export type Wire = {
  /** Reads what came and was not read, because the house ended in between. */
  start(): Promise<void>
  stop(): Promise<void>
  /** Whether the token is this source's. Throws WIRE_UNKNOWN. */
  admits(source: string, token: string): Promise<boolean>
  /**
   * Takes a message as it came. When the promise is kept it is in the database, and its stories are where they go.
   * @returns one receipt for each item, at least one. Throws WIRE_UNKNOWN.
   */
  receive(source: string, bytes: Uint8Array, via?: Via): Promise<Receipt[]>
  /** Reads again what has been waiting for a biography or a name that is here by now: its stories are made whole. */
  reread(): Promise<void>
  /**
   * Reads again one message, or all that could not be read: the program may have learned since.
   * @returns how many were read and how many still cannot be.
   */
  reparse(messageId?: string): Promise<{ read: number; still: number }>
}

const AT_ONCE = 50

/** The door for what agencies and networks send. */
export const openWire = (deps: WireDeps): Wire => {
  const { store, sources, log } = deps
  const admitted = new Map<string, string>()
  let stopping = false
  let reading: Promise<void> = Promise.resolve()

  // One after the other: on PostgreSQL transactions side by side would only keep sending each other back to the start.
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(fn: () => Promise<T>): Promise<T> => {
    const turn = last.then(fn)
    last = turn.catch(() => {})
    return turn
  }

  const inbox = openInbox({ ...deps, inTurn })

  const sourceOf = (name: string): WireConfig => {
    const source = Object.hasOwn(sources, name) ? sources[name] : undefined
    if (!source) throw new GroundwaveError('WIRE_UNKNOWN')
    return source
  }

  const readWaiting = async () => {
    for (;;) {
      const waiting = await unreadMessages(store.read, AT_ONCE)
      let taken = 0
      let stuck = 0
      for (const message of waiting) {
        if (stopping) return
        // A source that is no longer configured: its messages wait until it is again.
        if (!Object.hasOwn(sources, message.source)) continue
        taken++
        try {
          await inTurn(() => takeIn(deps, [{ message, source: sourceOf(message.source) }]))
        } catch (error) {
          // It stays unread and is tried again at the next start; the house goes on.
          log.error('A message that had waited could not be taken in.', { message: message.id, cause: String(error) })
          stuck++
        }
      }
      if (taken > 0) log.info('Messages that had waited were read.', { messages: taken })
      // Those that are stuck would be found first again, and again.
      if (taken < AT_ONCE || stuck > 0) return
    }
  }

  /** @returns null for a message that is not there, or whose source is no longer configured. */
  const again = async (id: string): Promise<Receipt[] | null> => {
    const message = await findMessage(store.read, id)
    if (!message || !Object.hasOwn(sources, message.source)) return null
    const taken = await inTurn(() => takeIn(deps, [{ message, source: sourceOf(message.source) }], { again: true }))
    return taken[0]?.receipts ?? []
  }

  const reread = async () => {
    const tried = new Set<string>()
    for (;;) {
      const ready = (await readyMessages(store.read, AT_ONCE)).filter((id) => !tried.has(id))
      if (ready.length === 0) return
      for (const id of ready) {
        if (stopping) return
        tried.add(id)
        await again(id)
      }
    }
  }

  return {
    async start() {
      reading = readWaiting().then(reread)
      await reading
    },
    async stop() {
      stopping = true
      await Promise.all([reading.catch(() => {}), last])
    },
    async admits(source, token) {
      const { token: stored } = sourceOf(source)
      if (stored === undefined) return false
      const shown = createHash('sha256').update(token).digest('hex')
      // A scrypt hash is dear to check on purpose; a sender comes with the same token many times a second.
      if (admitted.get(source) === shown) return true
      const isRight = await verifyPassword(token, stored)
      if (isRight) admitted.set(source, shown)
      return isRight
    },
    reread,
    async reparse(messageId) {
      const result = { read: 0, still: 0 }
      for (const id of messageId === undefined ? await quarantinedIds(store.read) : [messageId]) {
        const receipts = await again(id)
        if (receipts?.some(({ decision }) => decision === 'quarantined') ?? true) result.still++
        else result.read++
      }
      return result
    },
    async receive(source, bytes, via = 'push') {
      const { receipts, references } = await inbox({ source, bytes, via, config: sourceOf(source) })
      if (references) await reread()
      return receipts
    },
  }
}
