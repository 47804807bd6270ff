import { sql } from 'kysely'
import type { ReadonlyKysely } from 'kysely/readonly'
import type { Database, Tx } from '../store/store.ts'

// All SQL about asking services.

type Read = ReadonlyKysely<Database> | Tx

/** Where asking a source stands; times in ms since the epoch. */
export type PullState = {
  cursor: number | null
  asked: number | null
  answered: number | null
  next: number | null
  notBefore: number | null
  failures: number
  error: string | null
  errorSince: number | null
}

const UNASKED: PullState = {
  cursor: null,
  asked: null,
  answered: null,
  next: null,
  notBefore: null,
  failures: 0,
  error: null,
  errorSince: null,
}

export const readPull = async (read: Read, source: string): Promise<PullState> => {
  const row = await read.selectFrom('wire_pulls').selectAll().where('source', '=', source).executeTakeFirst()
  if (!row) return UNASKED
  return {
    cursor: row.cursor_at,
    asked: row.asked_at,
    answered: row.answered_at,
    next: row.next_at,
    notBefore: row.not_before,
    failures: row.failures,
    error: row.error,
    errorSince: row.error_since,
  }
}

export const savePull = async (tx: Tx, source: string, state: Partial<PullState>): Promise<void> => {
  const next = { ...(await readPull(tx, source)), ...state }
  const row = {
    cursor_at: next.cursor,
    asked_at: next.asked,
    answered_at: next.answered,
    next_at: next.next,
    not_before: next.notBefore,
    failures: next.failures,
    error: next.error,
    error_since: next.errorSince,
  }
  await tx
    .insertInto('wire_pulls')
    .values({ source, ...row })
    .onConflict((c) => c.column('source').doUpdateSet(row))
    .execute()
}

type Version = { id: string; version: number }

/** Which of these versions have been here, as `id version`. */
export const versionsHere = async (
  read: Read,
  provider: string,
  versions: readonly Version[],
): Promise<ReadonlySet<string>> => {
  if (versions.length === 0) return new Set()
  const rows = await read
    .selectFrom('wire_arrivals')
    .select(['item_id', 'version'])
    .where('provider', '=', provider)
    .where('item_id', 'in', [...new Set(versions.map(({ id }) => id))])
    .execute()
  return new Set(rows.map(({ item_id, version }) => `${item_id} ${version}`))
}

/** Which of these messages have been here, by the hash of their bytes. */
export const hashesHere = async (
  read: Read,
  source: string,
  hashes: readonly string[],
): Promise<ReadonlySet<string>> => {
  if (hashes.length === 0) return new Set()
  const rows = await read
    .selectFrom('wire_messages')
    .select('hash')
    .where('source', '=', source)
    .where('hash', 'in', hashes)
    .execute()
  return new Set(rows.map(({ hash }) => hash))
}

/** Items with a living story whose source was not asked about them since `before`, those asked longest ago first. */
export const itemsToCheck = async (
  read: Read,
  provider: string,
  { before, limit }: { before: number; limit: number },
): Promise<{ id: string; decision: string }[]> => {
  const rows = await read
    .selectFrom('wire_items as i')
    .leftJoin('story_kills as k', 'k.story_id', 'i.story_id')
    .select(['i.item_id', 'i.decision'])
    .where('i.provider', '=', provider)
    .where('i.canceled', '=', 0)
    .where('i.story_id', 'is not', null)
    .where('k.story_id', 'is', null)
    .where((eb) => eb.or([eb('i.checked_at', 'is', null), eb('i.checked_at', '<=', before)]))
    .orderBy(sql`coalesce(i.checked_at, 0)`)
    .orderBy('i.item_id')
    .limit(limit)
    .execute()
  return rows.map(({ item_id, decision }) => ({ id: item_id, decision }))
}

export const markChecked = async (tx: Tx, provider: string, ids: readonly string[], at: number): Promise<void> => {
  if (ids.length === 0) return
  await tx
    .updateTable('wire_items')
    .set({ checked_at: at })
    .where('provider', '=', provider)
    .where('item_id', 'in', ids)
    .execute()
}

/** Documents and organisations that messages of a source wait for and that are not here. */
export const wantsOf = async (read: Read, provider: string, limit: number): Promise<string[]> => {
  const rows = await read
    .selectFrom('wire_wants as w')
    .leftJoin('wire_references as r', (on) => on.onRef('r.provider', '=', 'w.provider').onRef('r.id', '=', 'w.wanted'))
    .select('w.wanted')
    .distinct()
    .where('w.provider', '=', provider)
    .where('r.id', 'is', null)
    .limit(limit)
    .execute()
  return rows.map(({ wanted }) => wanted)
}

/** Which of these are here, and not older than `since`. */
export const freshReferences = async (
  read: Read,
  provider: string,
  { ids, since }: { ids: readonly string[]; since: number },
): Promise<ReadonlySet<string>> => {
  if (ids.length === 0) return new Set()
  const rows = await read
    .selectFrom('wire_references')
    .select('id')
    .where('provider', '=', provider)
    .where('id', 'in', ids)
    .where('at', '>=', since)
    .execute()
  return new Set(rows.map(({ id }) => id))
}
