import type { ReadonlyKysely } from 'kysely/readonly'
import { wireRuleSchema } from '../config/schema.ts'
import type { WireRule } from '../config/schema.ts'
import type { Database, Tx } from '../store/store.ts'

// All SQL of what people do with what came.

type Read = ReadonlyKysely<Database> | Tx

/** Whether somebody has written something at a story that is in no revision yet. */
export const isBeingWritten = async (read: Read, storyId: string): Promise<boolean> => {
  const row = await read
    .selectFrom('story_copies')
    .select('window_id')
    .where('story_id', '=', storyId)
    .whereRef('sequence', '>', 'kept_sequence')
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Rules of a source that were made in the studio, in their order. One that a later program wrote is passed over. */
export const rulesOf = async (read: Read, source: string): Promise<WireRule[]> =>
  (await listRules(read, source)).map(({ rule }) => rule)

export type MadeRule = { id: string; rule: WireRule; by: string; at: number }

export const listRules = async (read: Read, source: string): Promise<MadeRule[]> => {
  const rows = await read
    .selectFrom('wire_rules')
    .selectAll()
    .where('source', '=', source)
    .orderBy('position')
    .orderBy('id')
    .execute()
  return rows.flatMap(({ id, rule, made_by, made_at }) => {
    const { expire, ...rest } = JSON.parse(rule) as WireRule
    // Kept in ms; the schema reads spans of text.
    const read = wireRuleSchema.safeParse({ ...rest, ...(expire !== undefined && { expire: `${expire}ms` }) })
    return read.success ? [{ id, rule: read.data, by: made_by, at: made_at }] : []
  })
}

type NewRule = { id: string; source: string; rule: WireRule; by: string; at: number }

/** A rule made later comes first: it is the exception to those before. */
export const insertRule = async (tx: Tx, { id, source, rule, by, at }: NewRule): Promise<void> => {
  const first = await tx
    .selectFrom('wire_rules')
    .select(({ fn }) => fn.min('position').as('at'))
    .where('source', '=', source)
    .executeTakeFirst()
  const row = { id, source, position: (first?.at ?? 0) - 1, rule: JSON.stringify(rule), made_at: at, made_by: by }
  await tx.insertInto('wire_rules').values(row).execute()
}

export const deleteRule = async (tx: Tx, id: string): Promise<boolean> => {
  const gone = await tx.deleteFrom('wire_rules').where('id', '=', id).executeTakeFirst()
  return gone.numDeletedRows > 0n
}

type ItemKey = { provider: string; itemId: string }

/** An editor passes an item over, or takes that back (`by` null). */
export const setPassed = async (
  tx: Tx,
  { provider, itemId }: ItemKey,
  { by, at }: { by: string | null; at: number },
): Promise<void> => {
  await tx
    .updateTable('wire_items')
    .set({ passed_by: by, passed_at: by === null ? null : at })
    .where('provider', '=', provider)
    .where('item_id', '=', itemId)
    .execute()
}

/** An editor has put an item where it is now. */
export const setPlace = async (
  tx: Tx,
  { provider, itemId }: ItemKey,
  { storyId, section, decision }: { storyId: string; section: string; decision: string },
): Promise<void> => {
  await tx
    .updateTable('wire_items')
    .set({ story_id: storyId, section, decision, canceled: 0, passed_at: null, passed_by: null })
    .where('provider', '=', provider)
    .where('item_id', '=', itemId)
    .execute()
}

export type UpdateRow = {
  id: string
  provider: string
  itemId: string
  version: number | null
  messageId: string
  storyId: string | null
  reason: string
  at: number
  state: 'waiting' | 'taken' | 'left' | 'overtaken'
}

const updates = (read: Read) =>
  read
    .selectFrom('wire_updates')
    .select(['id', 'provider', 'item_id as itemId', 'version', 'message_id as messageId'])
    .select(['story_id as storyId', 'reason', 'at', 'state'])

/** An update that waits for an editor, or has been decided. */
export const findUpdate = async (read: Read, id: string): Promise<UpdateRow | null> =>
  (await updates(read).where('id', '=', id).executeTakeFirst()) ?? null

/** What waits for a decision about this story; at most one does. */
export const waitingUpdate = async (read: Read, which: { storyId: string } | ItemKey): Promise<UpdateRow | null> => {
  const waiting = updates(read).where('state', '=', 'waiting').orderBy('id', 'desc').limit(1)
  const row =
    'storyId' in which
      ? await waiting.where('story_id', '=', which.storyId).executeTakeFirst()
      : await waiting.where('item_id', '=', which.itemId).where('provider', '=', which.provider).executeTakeFirst()
  return row ?? null
}

/** @returns false when it had been decided before. */
export const decideUpdate = async (
  tx: Tx,
  id: string,
  { state, by, at }: { state: 'taken' | 'left'; by: string; at: number },
): Promise<boolean> => {
  const done = await tx
    .updateTable('wire_updates')
    .set({ state, decided_at: at, decided_by: by })
    .where('id', '=', id)
    .where('state', '=', 'waiting')
    .executeTakeFirst()
  return done.numUpdatedRows > 0n
}
