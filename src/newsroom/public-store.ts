import type { ReadonlyKysely } from 'kysely/readonly'
import type { Database } from '../store/store.ts'
import { cardOf } from './card.ts'
import type { StoryCard } from './card.ts'
import { toContent } from './store.ts'
import type { StoryContent } from './story.ts'

// The SQL of what the public may see.

type Read = ReadonlyKysely<Database>

/** One publication of a story that may be shown, with its times in ms since the epoch. */
export type PublicRow = {
  revision: number
  from: number
  until: number | null
  /** undefined: none. null: one without an end. */
  embargo: number | null | undefined
  /** The story as it is announced while this publication is in force. */
  card: StoryCard
  /** Names of all files it shows. */
  files: readonly string[]
}

/** Ids of stories with a publication that has not been ended, in their order, behind `after`. */
export const publicIds = async (read: Read, { after, limit }: { after: string; limit: number }): Promise<string[]> => {
  const rows = await read
    .selectFrom('story_publications')
    .select('story_id')
    .distinct()
    .where('story_id', '>', after)
    .where('ended_at', 'is', null)
    .orderBy('story_id')
    .limit(limit)
    .execute()
  return rows.map(({ story_id }) => story_id)
}

/** What may be shown of these stories, now or later: nothing killed, held, taken down or spiked. */
export const readPublic = async (read: Read, ids: readonly string[]): Promise<PublicRow[]> => {
  const [wanted, corrections] = await Promise.all([publications(read, ids), correctionsOf(read, ids)])
  const ofStory = Map.groupBy(corrections, ({ story_id }) => story_id)
  const told = wanted.map((row) => ({ row, content: { ...row, ...(JSON.parse(row.parts) as Parts) } }))
  const bodies = await readBodies(
    read,
    told.filter(({ content }) => hasFiles(content)).map(({ row }) => row.id),
  )
  return told.map(({ row, content }) => {
    const { id, path, revision, published_at: published, updated_at: updated } = row
    return {
      revision,
      from: row.from_at,
      until: row.until_at,
      embargo: row.embargoed === null ? undefined : row.embargo_until,
      ...cardOf(
        { id, path: path ?? '', published, updated, corrections: ofStory.get(id) ?? [] },
        { ...content, body: bodies.get(`${id} ${revision}`) ?? null },
      ),
    }
  })
}

const publications = (read: Read, ids: readonly string[]) =>
  read
    .selectFrom('story_publications as p')
    .innerJoin('stories as s', 's.id', 'p.story_id')
    .innerJoin('story_revisions as r', (on) =>
      on.onRef('r.story_id', '=', 'p.story_id').onRef('r.number', '=', 'p.revision'),
    )
    .leftJoin('story_embargoes as e', 'e.story_id', 'p.story_id')
    .leftJoin('story_kills as k', 'k.story_id', 'p.story_id')
    .leftJoin('story_takedowns as t', 't.story_id', 'p.story_id')
    .leftJoin('story_holds as h', 'h.story_id', 'p.story_id')
    .leftJoin('story_spikes as x', 'x.story_id', 'p.story_id')
    .select(['s.id', 's.path', 'p.revision', 'p.from_at', 'p.until_at', 'p.published_at', 'p.updated_at'])
    .select(['e.story_id as embargoed', 'e.until_at as embargo_until'])
    .select(['r.section', 'r.headline', 'r.dek', 'r.parts'])
    .where('p.ended_at', 'is', null)
    .where('k.story_id', 'is', null)
    .where('t.story_id', 'is', null)
    .where('h.story_id', 'is', null)
    .where('x.story_id', 'is', null)
    .where('p.story_id', 'in', ids)
    .execute()

const correctionsOf = (read: Read, ids: readonly string[]) =>
  read
    .selectFrom('story_corrections')
    .select(['story_id', 'at', 'text'])
    .where('story_id', 'in', ids)
    .orderBy('at', 'desc')
    .orderBy('id')
    .execute()

type Parts = Omit<StoryContent, 'section' | 'headline' | 'dek' | 'body'>

const hasFiles = ({ photos, sounds }: Pick<Parts, 'photos' | 'sounds'>) =>
  Object.keys(photos).length > 0 || Object.keys(sounds).length > 0

/** Bodies that may show files; the others need not be read to know what their stories show. */
const readBodies = async (read: Read, ids: readonly string[]): Promise<Map<string, StoryContent['body']>> => {
  if (ids.length === 0) return new Map()
  const rows = await read
    .selectFrom('story_publications as p')
    .innerJoin('story_revisions as r', (on) =>
      on.onRef('r.story_id', '=', 'p.story_id').onRef('r.number', '=', 'p.revision'),
    )
    .select(['r.story_id', 'r.number', 'r.body'])
    .where('p.ended_at', 'is', null)
    .where('p.story_id', 'in', ids)
    .execute()
  return new Map(rows.map((row) => [`${row.story_id} ${row.number}`, JSON.parse(row.body) as StoryContent['body']]))
}

/** What a revision says, whole; null when there is no such revision. */
export const readRevision = async (read: Read, id: string, number: number): Promise<StoryContent | null> => {
  const row = await read
    .selectFrom('story_revisions')
    .select(['section', 'headline', 'dek', 'body', 'parts'])
    .where('story_id', '=', id)
    .where('number', '=', number)
    .executeTakeFirst()
  return row ? toContent(row) : null
}

export type KillRow = { id: string; path: string | null; at: number; note: string }

/** Of these stories, or of all. */
export const readKills = (read: Read, ids?: readonly string[]): Promise<KillRow[]> =>
  read
    .selectFrom('story_kills as k')
    .innerJoin('stories as s', 's.id', 'k.story_id')
    .select(['s.id', 's.path', 'k.at', 'k.note'])
    .$if(ids !== undefined, (query) => query.where('k.story_id', 'in', ids ?? []))
    .execute()
