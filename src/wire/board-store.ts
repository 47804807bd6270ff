import { sql } from 'kysely'
import type { ReadonlyKysely } from 'kysely/readonly'
import type { Database } from '../store/store.ts'

// The SQL of what the wire's screen shows of items.

type Read = ReadonlyKysely<Database>

export const boardViews = ['new', 'updates', 'kills', 'embargoed', 'all'] as const
export type BoardView = (typeof boardViews)[number]

/** One item of a source, and how its story stands. Times in ms since the epoch. */
export type BoardRow = {
  provider: string
  itemId: string
  version: number | null
  versions: number
  headline: string
  section: string
  words: number
  kind: string
  decision: string
  pubstatus: string
  at: number
  messageId: string | null
  passedAt: number | null
  passedBy: string | null
  canceled: boolean
  storyId: string | null
  killedAt: number | null
  killedBy: string | null
  heldBy: string | null
  takenDownAt: number | null
  spiked: boolean
  /** undefined: none; null: without an end. */
  embargo: number | null | undefined
  /** Of the publication in force or planned. */
  publicFrom: number | null
  publicUntil: number | null
  updateId: string | null
  updateReason: string | null
  madeBy: string | null
}

export type BoardFilter = {
  view: BoardView
  source?: string
  section?: string
  find?: string
  now: number
}

const rows = (read: Read) =>
  read
    .selectFrom('wire_items as i')
    .leftJoin('story_kills as k', 'k.story_id', 'i.story_id')
    .leftJoin('story_holds as h', 'h.story_id', 'i.story_id')
    .leftJoin('story_takedowns as t', 't.story_id', 'i.story_id')
    .leftJoin('story_spikes as x', 'x.story_id', 'i.story_id')
    .leftJoin('story_embargoes as e', 'e.story_id', 'i.story_id')
    .leftJoin('wire_updates as u', (on) =>
      on.onRef('u.provider', '=', 'i.provider').onRef('u.item_id', '=', 'i.item_id').on('u.state', '=', 'waiting'),
    )
    .leftJoin('story_publications as p', (on) => on.onRef('p.story_id', '=', 'i.story_id').on('p.ended_at', 'is', null))

type Rows = ReturnType<typeof rows>

/** What nobody has looked at for so long is no longer new, and a kill no longer to be told; All has both. */
const NEW_MS = 14 * 86_400_000
const KILLS_MS = 30 * 86_400_000

const filtered = (query: Rows, { view, source, section, find, now }: BoardFilter): Rows => {
  let q = query
  if (source) q = q.where('i.provider', '=', source)
  if (section) q = q.where('i.section', '=', section)
  if (find) {
    const text = `%${find.toLowerCase().replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`
    q = q.where((eb) =>
      eb.or([
        sql<boolean>`lower(${eb.ref('i.headline')}) like ${text} escape '\\'`,
        sql<boolean>`lower(${eb.ref('i.item_id')}) like ${text} escape '\\'`,
      ]),
    )
  }
  if (view === 'kills')
    q = q
      .where('i.at', '>', now - KILLS_MS)
      .where((eb) => eb.or([eb('i.canceled', '=', 1), eb('k.at', 'is not', null)]))
  if (view === 'updates') q = q.where('u.id', 'is not', null)
  if (view === 'embargoed')
    q = q
      .where('e.story_id', 'is not', null)
      .where('k.at', 'is', null)
      .where((eb) => eb.or([eb('e.until_at', 'is', null), eb('e.until_at', '>', now)]))
  if (view === 'new')
    q = q
      .where('i.at', '>', now - NEW_MS)
      .where('i.canceled', '=', 0)
      .where('i.passed_at', 'is', null)
      .where('i.decision', 'not in', ['restricted', 'quarantined'])
      .where('i.pubstatus', '=', 'usable')
      .where('u.id', 'is', null)
      .where('p.id', 'is', null)
      .where('k.at', 'is', null)
      .where('x.at', 'is', null)
      // A draft somebody has written at is no longer the wire's.
      .where((eb) =>
        eb.not(
          eb.exists(
            eb
              .selectFrom('story_revisions as r')
              .select('r.number')
              .whereRef('r.story_id', '=', 'i.story_id')
              .where('r.made_by', '<>', 'wire'),
          ),
        ),
      )
  return q
}

/** Where a page goes on: after this row. */
export type BoardPlace = { at: number; itemId: string }

/** Items, those that came last first. */
export const listItems = async (
  read: Read,
  filter: BoardFilter,
  { after, limit }: { after?: BoardPlace | undefined; limit: number },
): Promise<BoardRow[]> => {
  const found = filtered(rows(read), filter).$if(after !== undefined, (query) =>
    query.where((eb) =>
      eb.or([
        eb('i.at', '<', after?.at ?? 0),
        eb.and([eb('i.at', '=', after?.at ?? 0), eb('i.item_id', '<', after?.itemId ?? '')]),
      ]),
    ),
  )
  return select(found.orderBy('i.at', 'desc').orderBy('i.item_id', 'desc').limit(limit))
}

export const findRow = async (
  read: Read,
  { provider, itemId }: { provider: string; itemId: string },
): Promise<BoardRow | null> => {
  const query = rows(read).where('i.provider', '=', provider).where('i.item_id', '=', itemId).limit(1)
  return (await select(query))[0] ?? null
}

const select = async (query: Rows): Promise<BoardRow[]> => {
  const found = await query
    .select(['i.provider', 'i.item_id as itemId', 'i.version', 'i.versions', 'i.headline', 'i.section', 'i.words'])
    .select(['i.kind', 'i.decision', 'i.pubstatus', 'i.at', 'i.message_id as messageId', 'i.canceled'])
    .select(['i.passed_at as passedAt', 'i.passed_by as passedBy', 'i.story_id as storyId'])
    .select(['k.at as killedAt', 'k.by as killedBy', 'h.by as heldBy', 't.at as takenDownAt', 'x.at as spikedAt'])
    .select(['e.story_id as embargoed', 'e.until_at as embargoUntil'])
    .select(['p.from_at as publicFrom', 'p.until_at as publicUntil', 'u.id as updateId', 'u.reason as updateReason'])
    .select((eb) =>
      eb
        .selectFrom('story_revisions as r')
        .select('r.made_by')
        .whereRef('r.story_id', '=', 'i.story_id')
        .orderBy('r.number', 'desc')
        .limit(1)
        .as('madeBy'),
    )
    .execute()
  return found.map(({ canceled, spikedAt, embargoed, embargoUntil, ...row }) => ({
    ...row,
    canceled: canceled === 1,
    spiked: spikedAt !== null,
    embargo: embargoed === null ? undefined : embargoUntil,
  }))
}

export const countItems = async (read: Read, filter: BoardFilter): Promise<number> => {
  const row = await filtered(rows(read), filter)
    .select(({ fn }) => fn.count<number | string>('i.item_id').distinct().as('n'))
    .executeTakeFirst()
  return Number(row?.n ?? 0)
}

/** How many items there are of each source. */
export const countBySource = async (read: Read): Promise<Map<string, number>> => {
  const found = await read
    .selectFrom('wire_items')
    .select(['provider', ({ fn }) => fn.countAll<number | string>().as('n')])
    .groupBy('provider')
    .execute()
  return new Map(found.map(({ provider, n }) => [provider, Number(n)]))
}

/** How many items have come or changed since a moment. */
export const countSince = async (read: Read, since: number): Promise<number> => {
  const row = await read
    .selectFrom('wire_items')
    .select(({ fn }) => fn.countAll<number | string>().as('n'))
    .where('at', '>', since)
    .executeTakeFirst()
  return Number(row?.n ?? 0)
}

/** What was withdrawn last, by a source or a person, after `since`. */
export const lastKill = async (read: Read, since: number): Promise<BoardRow | null> => {
  const query = rows(read).where('k.at', '>', since).where('k.by', '=', 'wire').orderBy('k.at', 'desc').limit(1)
  return (await select(query))[0] ?? null
}
