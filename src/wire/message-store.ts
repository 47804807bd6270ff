import type { ReadonlyKysely } from 'kysely/readonly'
import type { Database, Tx } from '../store/store.ts'
import type { Receipt } from './wire.ts'

// The SQL of the inbox: messages as they came, and what became of what was in them.

type Read = ReadonlyKysely<Database> | Tx

export type WireMessage = { id: string; source: string; bytes: Uint8Array }

/** How a message came: sent to us, asked for, or found when looking up what is here. */
export type Via = 'push' | 'pull' | 'recheck'

type NewMessage = WireMessage & { hash: string; receivedAt: number; via: Via }

export const insertMessage = async (tx: Tx, one: NewMessage): Promise<void> => {
  const { id, source, bytes, hash, receivedAt, via } = one
  const body = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')
  await tx
    .insertInto('wire_messages')
    .values({ id, source, received_at: receivedAt, hash, body, via, read_at: null })
    .execute()
}

/** @returns false when it was read already. */
export const markRead = async (tx: Tx, id: string, at: number): Promise<boolean> => {
  const done = await tx
    .updateTable('wire_messages')
    .set({ read_at: at })
    .where('id', '=', id)
    .where('read_at', 'is', null)
    .executeTakeFirst()
  return done.numUpdatedRows > 0n
}

/** Marks a message as read once more, and whether some of it still cannot be. */
export const markReread = async (
  tx: Tx,
  id: string,
  { at, unreadable }: { at: number; unreadable: boolean },
): Promise<void> => {
  await tx.updateTable('wire_messages').set({ reread_at: at }).where('id', '=', id).execute()
  if (!unreadable) await setQuarantine(tx, id, null)
}

export const setQuarantine = async (tx: Tx, id: string, at: number | null): Promise<void> => {
  await tx.updateTable('wire_messages').set({ quarantined_at: at }).where('id', '=', id).execute()
}

export const findMessage = async (read: Read, id: string): Promise<WireMessage | null> => {
  const row = await read
    .selectFrom('wire_messages')
    .select(['id', 'source', 'body'])
    .where('id', '=', id)
    .executeTakeFirst()
  return row ? { id: row.id, source: row.source, bytes: Buffer.from(row.body, 'base64') } : null
}

/** Ids of messages of which some cannot be read, oldest first. */
export const quarantinedIds = async (read: Read): Promise<string[]> => {
  const rows = await read
    .selectFrom('wire_messages')
    .select('id')
    .where('quarantined_at', 'is not', null)
    .orderBy('id')
    .execute()
  return rows.map(({ id }) => id)
}

/** What a message would be more complete with. */
export const setWants = async (
  tx: Tx,
  { provider, messageId, wanted }: { provider: string; messageId: string; wanted: readonly string[] },
): Promise<void> => {
  await tx.deleteFrom('wire_wants').where('message_id', '=', messageId).execute()
  const rows = [...new Set(wanted)].filter((one) => one.length <= 500).slice(0, 200)
  if (rows.length === 0) return
  await tx
    .insertInto('wire_wants')
    .values(rows.map((wanted) => ({ provider, wanted, message_id: messageId })))
    .execute()
}

/** Messages that wait for something that is here by now. */
export const readyMessages = async (read: Read, limit: number): Promise<string[]> => {
  const rows = await read
    .selectFrom('wire_wants as w')
    .innerJoin('wire_references as r', (on) => on.onRef('r.provider', '=', 'w.provider').onRef('r.id', '=', 'w.wanted'))
    .select('w.message_id')
    .distinct()
    .orderBy('w.message_id')
    .limit(limit)
    .execute()
  return rows.map(({ message_id }) => message_id)
}

/** The oldest messages nobody has read: a house ended between taking and reading them. */
export const unreadMessages = async (read: Read, limit: number): Promise<WireMessage[]> => {
  const rows = await read
    .selectFrom('wire_messages')
    .select(['id', 'source', 'body'])
    .where('read_at', 'is', null)
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(({ id, source, body }) => ({ id, source, bytes: Buffer.from(body, 'base64') }))
}

type NewArrival = {
  id: string
  messageId: string
  provider: string
  itemId: string | null
  version: number | null
  decision: string
  storyId: string | null
  reasons: string[]
  at: number
}

export const insertArrival = async (tx: Tx, one: NewArrival): Promise<void> => {
  await tx
    .insertInto('wire_arrivals')
    .values({
      id: one.id,
      message_id: one.messageId,
      provider: one.provider,
      item_id: one.itemId,
      version: one.version,
      decision: one.decision,
      story_id: one.storyId,
      reasons: JSON.stringify(one.reasons),
      at: one.at,
    })
    .execute()
}

/** What became of a message's items, as it was told. */
export const arrivalsOf = async (read: Read, messageId: string): Promise<Receipt[]> => {
  const rows = await read
    .selectFrom('wire_arrivals as a')
    .leftJoin('stories as s', 's.id', 'a.story_id')
    .select(['a.provider', 'a.item_id', 'a.version', 'a.decision', 'a.story_id', 'a.reasons', 's.path'])
    .where('a.message_id', '=', messageId)
    .orderBy('a.id')
    .execute()
  return rows.map(({ provider, item_id, version, decision, story_id, reasons, path }) => ({
    item: item_id === null ? null : { provider, id: item_id, version },
    decision: decision as Receipt['decision'],
    storyId: story_id,
    path,
    reasons: JSON.parse(reasons) as string[],
  }))
}

/** Whether something of this message could not be read before, and for these very reasons. */
export const wasQuarantined = async (read: Read, messageId: string, reasons: readonly string[]): Promise<boolean> => {
  const row = await read
    .selectFrom('wire_arrivals')
    .select('id')
    .where('message_id', '=', messageId)
    .where('decision', '=', 'quarantined')
    .where('reasons', '=', JSON.stringify(reasons))
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
