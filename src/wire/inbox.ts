import { createHash } from 'node:crypto'
import type { WireConfig } from '../config/schema.ts'
import { takeIn } from './intake.ts'
import type { Taken } from './intake.ts'
import { insertMessage } from './message-store.ts'
import type { Via, WireMessage } from './message-store.ts'
import type { WireDeps } from './wire.ts'

/** Most messages of one commit. */
const AT_ONCE = 40

type Waiting = {
  message: WireMessage
  source: WireConfig
  via: Via
  done: (taken: Taken) => void
  fail: (error: unknown) => void
}

export type InboxDeps = WireDeps & {
  /** Runs one after the other. */
  inTurn: <T>(fn: () => Promise<T>) => Promise<T>
}

/**
 * Takes what comes: what comes while others are being taken goes with one commit, for a commit is what takes the time.
 * @returns the function that takes one message. Its promise is kept when the message is in the database and read.
 */
export const openInbox = (deps: InboxDeps) => {
  const { store, clock, ids, inTurn } = deps
  const waiting: Waiting[] = []

  /** Everything that waits, first written down as it came, then read: two commits, so that a message is kept whatever becomes of it. */
  const takeBatch = async () => {
    const batch = waiting.splice(0, AT_ONCE)
    if (batch.length === 0) return
    try {
      const receivedAt = clock.now()
      await store.tx(async (tx) => {
        for (const { message, via } of batch) {
          const hash = createHash('sha256').update(message.bytes).digest('hex')
          await insertMessage(tx, { ...message, hash, receivedAt, via })
        }
      })
    } catch (error) {
      for (const { fail } of batch) fail(error)
      return
    }
    await readBatch(batch)
  }

  const readBatch = async (batch: Waiting[]): Promise<void> => {
    try {
      const taken = await takeIn(deps, batch)
      for (const [at, one] of batch.entries()) one.done(taken[at] ?? { receipts: [], references: false })
    } catch (error) {
      // One that breaks the program must not take the others with it.
      if (batch.length > 1) for (const one of batch) await readBatch([one])
      else for (const { fail } of batch) fail(error)
    }
  }

  return ({ source, bytes, via, config }: { source: string; bytes: Uint8Array; via: Via; config: WireConfig }) =>
    new Promise<Taken>((done, fail) => {
      waiting.push({ message: { id: ids.next(), source, bytes }, source: config, via, done, fail })
      void inTurn(takeBatch)
    })
}
