import type { ReadonlyKysely } from 'kysely/readonly'
import type { Database, Tx } from '../store/store.ts'
import type { Receipt } from './wire.ts'

// All SQL of the wire.

type Read = ReadonlyKysely<Database> | Tx

export type WireMessage = { id: string; source: string; bytes: Uint8Array }

type NewMessage = WireMessage & { hash: string; receivedAt: number }

export const insertMessage = async (tx: Tx, { id, source, bytes, hash, receivedAt }: NewMessage): Promise<void> => {
  const body = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')
  await tx
    .insertInto('wire_messages')
    .values({ id, source, received_at: receivedAt, hash, body, read_at: null })
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

type ItemKey = { provider: string; itemId: string }
export type WireItem = { version: number | null; canceled: boolean; storyId: string | null }

export const findItem = async (read: Read, { provider, itemId }: ItemKey): Promise<WireItem | null> => {
  const row = await read
    .selectFrom('wire_items')
    .select(['version', 'canceled', 'story_id'])
    .where('provider', '=', provider)
    .where('item_id', '=', itemId)
    .executeTakeFirst()
  return row ? { version: row.version, canceled: row.canceled === 1, storyId: row.story_id } : null
}

export const saveItem = async (tx: Tx, { provider, itemId }: ItemKey, item: WireItem): Promise<void> => {
  const row = { version: item.version, canceled: item.canceled ? 1 : 0, story_id: item.storyId }
  await tx
    .insertInto('wire_items')
    .values({ provider, item_id: itemId, ...row })
    .onConflict((c) => c.columns(['provider', 'item_id']).doUpdateSet(row))
    .execute()
}

/** Whether this very version has been here, whatever came after it. */
export const wasHere = async (read: Read, { provider, itemId }: ItemKey, version: number | null): Promise<boolean> => {
  const row = await read
    .selectFrom('wire_arrivals')
    .select('id')
    .where('item_id', '=', itemId)
    .where('provider', '=', provider)
    .where('version', version === null ? 'is' : '=', version)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
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

type Reference = { provider: string; id: string; kind: string; document: unknown; at: number }

export const saveReference = async (tx: Tx, { provider, id, kind, document, at }: Reference): Promise<void> => {
  const row = { kind, document: JSON.stringify(document), at }
  await tx
    .insertInto('wire_references')
    .values({ provider, id, ...row })
    .onConflict((c) => c.columns(['provider', 'id']).doUpdateSet(row))
    .execute()
}

/** Documents of these ids, as they came. */
export const findReferences = async (
  read: Read,
  provider: string,
  ids: readonly string[],
): Promise<Map<string, unknown>> => {
  if (ids.length === 0) return new Map()
  const rows = await read
    .selectFrom('wire_references')
    .select(['id', 'document'])
    .where('provider', '=', provider)
    .where('id', 'in', ids.slice(0, 500))
    .execute()
  return new Map(rows.map(({ id, document }) => [id, JSON.parse(document) as unknown]))
}
