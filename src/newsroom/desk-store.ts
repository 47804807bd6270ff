import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import type { ReadonlyKysely } from 'kysely/readonly'
import type { DerivedDeskTable } from '../store/tables-desk.ts'
import type { Database, Store, Tx } from '../store/store.ts'
import { FOLDER } from './importer.ts'
import type { Photo, StoryContent } from './story.ts'

// All SQL of the desk.

type Read = ReadonlyKysely<Database> | Tx

/** What a story is, of those in the order in which one overrules the next. */
export type DeskState = 'killed' | 'spiked' | 'held' | 'draft' | 'scheduled' | 'public'

/** Writes the desk's rows of these stories anew, at the end of the transaction that changed them. */
export const putDeskRows = async (tx: Tx, store: Pick<Store, 'last'>, ids: readonly string[]): Promise<void> => {
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const rows = await sourceRows(tx, ids.slice(from, from + AT_ONCE))
    const inserts = rows.map(({ story_id, ...values }) =>
      tx
        .insertInto('derived_desk')
        .values({ story_id, ...values })
        .onConflict((c) => c.column('story_id').doUpdateSet(values)),
    )
    store.last(tx, inserts)
  }
}

/** Ids named in one query. */
const AT_ONCE = 200

/** Stories that the desk has no row of: after a restore, or when this table is new. */
export const idsWithoutDeskRow = async (read: Read, limit: number): Promise<string[]> => {
  const rows = await read
    .selectFrom('stories as s')
    .leftJoin('derived_desk as d', 'd.story_id', 's.id')
    .select('s.id')
    .where('d.story_id', 'is', null)
    .limit(limit)
    .execute()
  return rows.map(({ id }) => id)
}

type Source = Awaited<ReturnType<ReturnType<typeof sources>['execute']>>[number]

const sourceRows = async (tx: Tx, ids: readonly string[]): Promise<DerivedDeskTable[]> => {
  if (ids.length === 0) return []
  return (await sources(tx, ids).execute()).map(toRow)
}

const sources = (tx: Tx, ids: readonly string[]) =>
  tx
    .selectFrom('stories as s')
    .innerJoin('story_revisions as r', 'r.story_id', 's.id')
    .leftJoin('story_kills as k', 'k.story_id', 's.id')
    .leftJoin('story_takedowns as t', 't.story_id', 's.id')
    .leftJoin('story_holds as h', 'h.story_id', 's.id')
    .leftJoin('story_spikes as x', 'x.story_id', 's.id')
    .leftJoin('story_embargoes as e', 'e.story_id', 's.id')
    .select(['s.id', 's.path', 's.made_by as filed_by'])
    .select(['r.section', 'r.headline', 'r.parts', 'r.made_by', 'r.made_at'])
    .select(['k.by as killed_by', 'k.at as killed_at', 't.by as taken_down_by', 't.at as taken_down_at'])
    .select(['h.by as held_by', 'h.at as held_at', 'x.by as spiked_by', 'x.at as spiked_at'])
    .select(['e.story_id as embargoed', 'e.until_at as embargo_until', 'e.at as embargoed_at'])
    .select((eb) => [
      eb
        .selectFrom('story_publications as p')
        .select(({ fn }) => fn.min('p.from_at').as('at'))
        .whereRef('p.story_id', '=', 's.id')
        .where('p.ended_at', 'is', null)
        .as('shown_from'),
      eb
        .selectFrom('story_publications as p')
        .select('p.until_at')
        .whereRef('p.story_id', '=', 's.id')
        .where('p.ended_at', 'is', null)
        .orderBy('p.from_at', 'desc')
        .limit(1)
        .as('shown_until'),
      eb
        .selectFrom('story_publications as p')
        .select(({ fn }) => fn.max('p.at').as('at'))
        .whereRef('p.story_id', '=', 's.id')
        .as('published_at'),
      // What readers are told, for stories that came as files: those were not written when they were read.
      eb
        .selectFrom('story_publications as p')
        .select(({ fn }) => fn.max(fn.coalesce('p.updated_at', 'p.published_at')).as('at'))
        .whereRef('p.story_id', '=', 's.id')
        .where('p.ended_at', 'is', null)
        .as('told_at'),
      eb
        .selectFrom('story_corrections as c')
        .select(({ fn }) => fn.max('c.made_at').as('at'))
        .whereRef('c.story_id', '=', 's.id')
        .as('corrected_at'),
    ])
    .where('s.id', 'in', ids)
    .where('r.number', '=', (eb) =>
      eb
        .selectFrom('story_revisions as n')
        .select(({ fn }) => fn.max('n.number').as('number'))
        .whereRef('n.story_id', '=', 's.id'),
    )

const toRow = (row: Source): DerivedDeskTable => {
  const { slug, bylines, photo, photos, audio, sounds, source } = JSON.parse(row.parts) as Partial<StoryContent>
  const names = (bylines ?? []).map(({ name }) => name)
  const shown = [photo, ...Object.values(photos ?? {})].filter((one): one is Photo => Boolean(one))
  const owner = source ? source.owner || source.agency : null
  const stops = [row.killed_at, row.taken_down_at, row.held_at, row.spiked_at, row.embargoed_at]
  const isFile = row.made_by === FOLDER && row.told_at !== null
  const changes = isFile ? [row.told_at] : [row.made_at, row.published_at, row.corrected_at]
  return {
    story_id: row.id,
    changed_at: Math.max(...[...changes, ...stops].map((at) => at ?? 0)),
    section: row.section,
    slug: slug || (row.path?.split('/').at(-1) ?? ''),
    headline: row.headline,
    bylines: JSON.stringify(names),
    owner,
    words: [slug ?? '', row.path ?? '', row.headline, ...names, owner ?? ''].join(' ').toLowerCase(),
    filed_by: row.filed_by,
    made_by: row.made_by,
    photo: shown.length === 0 ? 0 : shown.every(({ photographer }) => photographer) ? 1 : 2,
    audio: audio || Object.keys(sounds ?? {}).length ? 1 : 0,
    path: row.path,
    corrected: row.corrected_at === null ? 0 : 1,
    shown_from: row.shown_from,
    shown_until: row.shown_until,
    killed_by: row.killed_by,
    spiked_by: row.spiked_by,
    held_by: row.held_by,
    taken_down_by: row.taken_down_by,
    embargoed: row.embargoed === null ? 0 : 1,
    embargo_until: row.embargo_until,
  }
}

/** The state at a moment: what is planned becomes public by the clock alone. */
const stateAt = (now: number): RawBuilder<DeskState> => sql`case
  when killed_by is not null then 'killed'
  when spiked_by is not null then 'spiked'
  when held_by is not null or (embargoed = 1 and (embargo_until is null or embargo_until > ${now})) then 'held'
  when shown_from is null or taken_down_by is not null or shown_until <= ${now} then 'draft'
  when shown_from > ${now} then 'scheduled'
  else 'public' end`

export type DeskOrder = {
  now: number
  state: DeskState | null
  /** Only what this account has filed or changed last. */
  mine: string | null
  /** Words in small letters, all of which must be there. */
  words: readonly string[]
  /** Only what comes after this row. */
  after: { changedAt: number; id: string } | null
  limit: number
}

export type DeskSourceRow = DerivedDeskTable & { state: DeskState }

/** What changed last comes first. Without a state everything but what was spiked. */
export const deskRows = (
  { now, state, mine, words, after, limit }: DeskOrder,
  read: Read,
): Promise<DeskSourceRow[]> => {
  const wanted = sql<DeskState>`(${stateAt(now)})`
  let query = read.selectFrom('derived_desk').selectAll().select(wanted.as('state'))
  query = state === null ? query.where('spiked_by', 'is', null) : query.where(wanted, '=', state)
  if (mine !== null) query = query.where((eb) => eb.or([eb('filed_by', '=', mine), eb('made_by', '=', mine)]))
  for (const word of words) query = query.where(sql<boolean>`words like ${likeOf(word)} escape '!'`)
  if (after)
    query = query.where((eb) =>
      eb.or([
        eb('changed_at', '<', after.changedAt),
        eb.and([eb('changed_at', '=', after.changedAt), eb('story_id', '<', after.id)]),
      ]),
    )
  return query.orderBy('changed_at', 'desc').orderBy('story_id', 'desc').limit(limit).execute()
}

const likeOf = (word: string): string => `%${word.replace(/[!%_]/g, '!$&')}%`

/** How many there are of each state, and how many of them are one's own. */
export const deskCounts = async (
  read: Read,
  { now, mine }: { now: number; mine: string },
): Promise<{ state: DeskState; all: number; own: number }[]> => {
  const own = sql<number>`sum(case when filed_by = ${mine} or made_by = ${mine} then 1 else 0 end)`
  // Named in an inner query: PostgreSQL takes two parameters of the same value for two expressions.
  return read
    .selectFrom((eb) =>
      eb
        .selectFrom('derived_desk')
        .select(['filed_by', 'made_by', stateAt(now).as('state')])
        .as('d'),
    )
    .select(['state', own.as('own'), ({ fn }) => fn.countAll<number>().as('all')])
    .groupBy('state')
    .execute()
}

export const sectionCounts = async (read: Read): Promise<Map<string, number>> => {
  const rows = await read
    .selectFrom('derived_desk')
    .select(['section', (eb) => eb.fn.countAll<number>().as('count')])
    .where('spiked_by', 'is', null)
    .groupBy('section')
    .execute()
  return new Map(rows.map(({ section, count }) => [section, count]))
}

/** Who has the pen of these stories, of pens seen since `seenAfter`; a story without one is left out. */
export const pensOf = async (read: Read, ids: readonly string[], seenAfter: number): Promise<Map<string, string>> => {
  if (ids.length === 0) return new Map()
  const rows = await read
    .selectFrom('story_pens')
    .select(['story_id', 'account_id'])
    .where('story_id', 'in', ids)
    .where('seen_at', '>', seenAfter)
    .execute()
  return new Map(rows.map(({ story_id, account_id }) => [story_id, account_id]))
}

/** What is being written, of stories that have no headline yet: by story, the newest text. */
export const looseTexts = async (read: Read, ids: readonly string[]): Promise<Map<string, unknown>> => {
  if (ids.length === 0) return new Map()
  const rows = await read
    .selectFrom('story_copies')
    .select(['story_id', 'content'])
    .where('story_id', 'in', ids)
    .whereRef('sequence', '>', 'kept_sequence')
    .orderBy('saved_at')
    .execute()
  return new Map(rows.map(({ story_id, content }) => [story_id, JSON.parse(content) as unknown]))
}
