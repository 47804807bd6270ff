import type { ReadonlyKysely } from 'kysely/readonly'
import type { Database, Tx } from '../store/store.ts'

// All SQL of writing: copies, pens, visits. Revisions are in store.ts.

type Read = ReadonlyKysely<Database> | Tx

/** What one window has written of a story. Times in ms since the epoch. */
export type CopyRow = {
  window: string
  account: string
  base: number
  sequence: number
  keptSequence: number
  content: unknown
  savedAt: number
}

export type PenRow = { window: string; account: string; since: number; seenAt: number }

export type VisitRow = { window: string; account: string; seenAt: number }

export const copyOf = async (read: Read, id: string, window: string): Promise<CopyRow | null> => {
  const row = await copies(read, id).where('window_id', '=', window).executeTakeFirst()
  return row ? toCopy(row) : null
}

/** Copies with text that is in no revision, the latest first. */
export const looseCopies = async (read: Read, id: string): Promise<CopyRow[]> => {
  const rows = await copies(read, id)
    .whereRef('sequence', '>', 'kept_sequence')
    .orderBy('saved_at', 'desc')
    .orderBy('window_id')
    .execute()
  return rows.map(toCopy)
}

const copies = (read: Read, id: string) => read.selectFrom('story_copies').selectAll().where('story_id', '=', id)

type Row = Database['story_copies']
const toCopy = ({ window_id, account_id, base, sequence, kept_sequence, content, saved_at }: Row): CopyRow => ({
  window: window_id,
  account: account_id,
  base,
  sequence,
  keptSequence: kept_sequence,
  content: JSON.parse(content) as unknown,
  savedAt: saved_at,
})

export const putCopy = async (tx: Tx, id: string, copy: CopyRow): Promise<void> => {
  const values = {
    base: copy.base,
    sequence: copy.sequence,
    kept_sequence: copy.keptSequence,
    content: JSON.stringify(copy.content),
    saved_at: copy.savedAt,
  }
  await tx
    .insertInto('story_copies')
    .values({ story_id: id, window_id: copy.window, account_id: copy.account, ...values })
    .onConflict((c) => c.columns(['story_id', 'window_id']).doUpdateSet(values))
    .execute()
}

/** Its text up to `sequence` is in the revision `base`. */
export const markKept = async (
  tx: Tx,
  id: string,
  { window, base, sequence }: { window: string; base: number; sequence: number },
): Promise<void> => {
  await tx
    .updateTable('story_copies')
    .set({ base, kept_sequence: sequence })
    .where('story_id', '=', id)
    .where('window_id', '=', window)
    .execute()
}

export const penOf = async (read: Read, id: string): Promise<PenRow | null> => {
  const row = await read.selectFrom('story_pens').selectAll().where('story_id', '=', id).executeTakeFirst()
  return row ? { window: row.window_id, account: row.account_id, since: row.since, seenAt: row.seen_at } : null
}

export const putPen = async (tx: Tx, id: string, pen: PenRow): Promise<void> => {
  const values = { window_id: pen.window, account_id: pen.account, since: pen.since, seen_at: pen.seenAt }
  await tx
    .insertInto('story_pens')
    .values({ story_id: id, ...values })
    .onConflict((c) => c.column('story_id').doUpdateSet(values))
    .execute()
}

export const dropPen = async (tx: Tx, id: string, window: string): Promise<void> => {
  await tx.deleteFrom('story_pens').where('story_id', '=', id).where('window_id', '=', window).execute()
}

/** Pens of many stories, for the desk: who writes where. */
export const pensSince = async (read: Read, seenAfter: number): Promise<Map<string, PenRow>> => {
  const rows = await read.selectFrom('story_pens').selectAll().where('seen_at', '>', seenAfter).execute()
  return new Map(
    rows.map((row) => [
      row.story_id,
      { window: row.window_id, account: row.account_id, since: row.since, seenAt: row.seen_at },
    ]),
  )
}

/** Everybody seen at the story since. */
export const visitsOf = async (read: Read, id: string, seenAfter: number): Promise<VisitRow[]> => {
  const rows = await read
    .selectFrom('story_visits')
    .selectAll()
    .where('story_id', '=', id)
    .where('seen_at', '>', seenAfter)
    .orderBy('window_id')
    .execute()
  return rows.map((row) => ({ window: row.window_id, account: row.account_id, seenAt: row.seen_at }))
}

export const putVisit = async (tx: Tx, id: string, { window, account, seenAt }: VisitRow): Promise<void> => {
  await tx
    .insertInto('story_visits')
    .values({ story_id: id, window_id: window, account_id: account, seen_at: seenAt })
    .onConflict((c) => c.columns(['story_id', 'window_id']).doUpdateSet({ seen_at: seenAt }))
    .execute()
}

export const dropVisits = async (tx: Tx, id: string, which: { window: string } | { seenBefore: number }) => {
  const all = tx.deleteFrom('story_visits').where('story_id', '=', id)
  await (
    'window' in which ? all.where('window_id', '=', which.window) : all.where('seen_at', '<', which.seenBefore)
  ).execute()
}

export const insertReason = async (tx: Tx, id: string, { number, reason }: { number: number; reason: string }) => {
  await tx.insertInto('story_version_reasons').values({ story_id: id, number, reason }).execute()
}

export type VersionRow = { number: number; by: string; at: number; reason: string | null }

/** All revisions of a story, the newest first, without what they say. */
export const versionsOf = (read: Read, id: string): Promise<VersionRow[]> =>
  read
    .selectFrom('story_revisions as r')
    .leftJoin('story_version_reasons as w', (on) =>
      on.onRef('w.story_id', '=', 'r.story_id').onRef('w.number', '=', 'r.number'),
    )
    .select(['r.number', 'r.made_by as by', 'r.made_at as at', 'w.reason'])
    .where('r.story_id', '=', id)
    .orderBy('r.number', 'desc')
    .execute()
