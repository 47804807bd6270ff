import { rowsAtOnce } from '../store/rows-at-once.ts'
import type { ReadonlyKysely } from 'kysely/readonly'
import type { Database, House, Store, Tx } from '../store/store.ts'

// All SQL of recalls: what must be forgotten in every house, and who has forgotten it.

type Read = ReadonlyKysely<Database> | Tx

/** One event of the record, as far as a house that follows must know it. */
export type Change = { seq: number; event: string; story: string | null; isRecall: boolean }

/** What happened after the event numbered `seq`, oldest first. */
export const changesSince = async (read: Read, seq: number, limit: number): Promise<Change[]> => {
  const rows = await read
    .selectFrom('events as e')
    .leftJoin('story_recalls as r', 'r.event_id', 'e.id')
    .select(['e.seq', 'e.id', 'e.subject_kind', 'e.subject_id', 'r.event_id as recall'])
    .where('e.seq', '>', seq)
    .orderBy('e.seq')
    .limit(limit)
    .execute()
  return rows.map(({ seq, id, subject_kind, subject_id, recall }) => ({
    seq,
    event: id,
    story: subject_kind === 'story' ? subject_id : null,
    isRecall: recall !== null,
  }))
}

export type Recall = { event: string; story: string; type: string }

/** Part of the transaction that recalls. */
export const insertRecalls = (tx: Tx, store: Pick<Store, 'now' | 'last'>, recalls: readonly Recall[]): void => {
  const inserts = rowsAtOnce(recalls).map((some) =>
    tx
      .insertInto('story_recalls')
      .values(some.map(({ event, story, type }) => ({ event_id: event, story_id: story, type, at: store.now }))),
  )
  store.last(tx, inserts)
}

/** The event that recalled a story for this reason last; null when none did. */
export const lastRecall = async (read: Read, story: string, type: string): Promise<string | null> => {
  const row = await read
    .selectFrom('story_recalls')
    .select('event_id')
    .where('story_id', '=', story)
    .where('type', '=', type)
    .orderBy('event_id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.event_id ?? null
}

type Confirmation = { house: House; events: readonly string[]; how: 'forgotten' | 'lapsed' }

/** A second word of the same house changes nothing. */
export const insertConfirmations = (
  tx: Tx,
  store: Pick<Store, 'now' | 'last'>,
  { house, events, how }: Confirmation,
): void => {
  const inserts = rowsAtOnce(events).map((some) =>
    tx
      .insertInto('story_confirmations')
      .values(some.map((event) => ({ event_id: event, house_id: house.id, house: house.name, how, at: store.now })))
      .onConflict((c) => c.columns(['event_id', 'house_id']).doNothing()),
  )
  store.last(tx, inserts)
}

/** Houses that have confirmed every one of these. */
export const housesThatConfirmed = async (read: Read, events: readonly string[]): Promise<Set<string>> => {
  const rows = await read
    .selectFrom('story_confirmations')
    .select(['house_id', ({ fn }) => fn.countAll<number>().as('count')])
    .where('event_id', 'in', events)
    .groupBy('house_id')
    .execute()
  return new Set(rows.filter(({ count }) => count === events.length).map(({ house_id }) => house_id))
}

/** A recall and who has confirmed it; times in ms since the epoch, by the database's clock. */
export type RecallProof = {
  type: string
  at: number
  confirmations: { house: string; houseId: string; how: 'forgotten' | 'lapsed'; at: number }[]
}

/** All recalls of a story, the latest first. */
export const proofsOf = async (read: Read, story: string): Promise<RecallProof[]> => {
  const rows = await read
    .selectFrom('story_recalls as r')
    .leftJoin('story_confirmations as c', 'c.event_id', 'r.event_id')
    .select(['r.event_id', 'r.type', 'r.at', 'c.house', 'c.house_id', 'c.how', 'c.at as confirmed_at'])
    .where('r.story_id', '=', story)
    .orderBy('r.event_id', 'desc')
    .orderBy('c.at')
    .execute()
  return [...Map.groupBy(rows, ({ event_id }) => event_id).values()].map((ofEvent) => ({
    type: ofEvent[0]?.type ?? '',
    at: ofEvent[0]?.at ?? 0,
    confirmations: ofEvent.flatMap(({ house, house_id, how, confirmed_at }) =>
      house === null || house_id === null || how === null || confirmed_at === null
        ? []
        : [{ house, houseId: house_id, how, at: confirmed_at }],
    ),
  }))
}

export type KillRow = { at: number; by: string; reason: string; note: string }

export const readKill = async (read: Read, story: string): Promise<KillRow | null> =>
  (await read
    .selectFrom('story_kills')
    .select(['at', 'by', 'reason', 'note'])
    .where('story_id', '=', story)
    .executeTakeFirst()) ?? null
