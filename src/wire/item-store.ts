import type { ReadonlyKysely } from 'kysely/readonly'
import type { Database, Tx } from '../store/store.ts'

// The SQL of what is known of a source: its items, updates that wait, documents others refer to.

type Read = ReadonlyKysely<Database> | Tx

type NewUpdate = ItemKey & {
  id: string
  version: number | null
  messageId: string
  storyId: string | null
  reason: string
  at: number
}

/** Lets an update wait for an editor, in the place of an earlier one. */
export const insertUpdate = async (tx: Tx, one: NewUpdate): Promise<void> => {
  await endUpdates(tx, one, one.at)
  const { id, provider, itemId, version, messageId, storyId, reason, at } = one
  await tx
    .insertInto('wire_updates')
    .values({
      id,
      provider,
      item_id: itemId,
      version,
      message_id: messageId,
      story_id: storyId,
      reason,
      at,
      state: 'waiting',
      decided_at: null,
      decided_by: null,
    })
    .execute()
}

/** What waited for an editor has been overtaken. */
export const endUpdates = async (tx: Tx, { provider, itemId }: ItemKey, at: number): Promise<void> => {
  await tx
    .updateTable('wire_updates')
    .set({ state: 'overtaken', decided_at: at })
    .where('item_id', '=', itemId)
    .where('provider', '=', provider)
    .where('state', '=', 'waiting')
    .execute()
}

type ItemKey = { provider: string; itemId: string }

/** What is known of an item from before. */
export type WireItem = {
  version: number | null
  canceled: boolean
  storyId: string | null
  messageId: string | null
  kind: string
  headline: string
  section: string
  words: number
  decision: string
  pubstatus: string
  embargo: string | null
  versions: number
  contentHash: string | null
}

export const findItem = async (read: Read, { provider, itemId }: ItemKey): Promise<WireItem | null> => {
  const row = await read
    .selectFrom('wire_items')
    .selectAll()
    .where('provider', '=', provider)
    .where('item_id', '=', itemId)
    .executeTakeFirst()
  if (!row) return null
  const { version, kind, headline, section, words, decision, pubstatus, embargo, versions } = row
  return {
    version,
    canceled: row.canceled === 1,
    storyId: row.story_id,
    messageId: row.message_id,
    kind,
    headline,
    section,
    words,
    decision,
    pubstatus,
    embargo,
    versions,
    contentHash: row.content_hash,
  }
}

export const saveItem = async (
  tx: Tx,
  { provider, itemId }: ItemKey,
  { item, at }: { item: WireItem; at: number },
): Promise<void> => {
  const { canceled, storyId, messageId, contentHash, ...same } = item
  const row = {
    ...same,
    canceled: canceled ? 1 : 0,
    story_id: storyId,
    message_id: messageId,
    content_hash: contentHash,
    at,
  }
  await tx
    .insertInto('wire_items')
    .values({ provider, item_id: itemId, ...row })
    .onConflict((c) => c.columns(['provider', 'item_id']).doUpdateSet(row))
    .execute()
}

/** One more version has been here, though it is not the newest. */
export const countVersion = async (tx: Tx, { provider, itemId }: ItemKey): Promise<void> => {
  await tx
    .updateTable('wire_items')
    .set((eb) => ({ versions: eb('versions', '+', 1) }))
    .where('provider', '=', provider)
    .where('item_id', '=', itemId)
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
