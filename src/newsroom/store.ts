import type { ReadonlyKysely } from 'kysely/readonly'
import type { Database, Tx } from '../store/store.ts'
import { insertPhotoUses } from './photo-uses-store.ts'
import type { StoryContent } from './story.ts'

// All SQL of the newsroom.

type Read = ReadonlyKysely<Database> | Tx

/** What a person or a wire must know of a story before changing it. */
export type StoryState = {
  id: string
  path: string | null
  revision: number
  /** Who filed it. */
  filedBy: string
  /** Who made the newest revision. */
  madeBy: string
  content: StoryContent
  /** The publication in force or planned last. */
  publication: { id: string; revision: number; from: number; published: number; updated: number | null } | null
  killed: boolean
  takenDownBy: string | null
  heldBy: string | null
  spikedBy: string | null
  /** null: none. `until` null: one without an end. */
  embargo: { until: number | null } | null
}

export const readState = async (tx: Read, id: string): Promise<StoryState | null> => {
  const row = await tx
    .selectFrom('stories as s')
    .innerJoin('story_revisions as r', 'r.story_id', 's.id')
    .leftJoin('story_kills as k', 'k.story_id', 's.id')
    .leftJoin('story_takedowns as t', 't.story_id', 's.id')
    .leftJoin('story_holds as h', 'h.story_id', 's.id')
    .leftJoin('story_spikes as x', 'x.story_id', 's.id')
    .leftJoin('story_embargoes as e', 'e.story_id', 's.id')
    .leftJoin('story_publications as p', (on) => on.onRef('p.story_id', '=', 's.id').on('p.ended_at', 'is', null))
    .select(['s.id', 's.path', 's.made_by as filed_by', 'k.at as killed', 't.by as taken_down_by', 'h.by as held_by'])
    .select(['x.by as spiked_by', 'e.story_id as embargoed', 'e.until_at as embargo_until'])
    .select(['r.number', 'r.section', 'r.headline', 'r.dek', 'r.body', 'r.parts', 'r.made_by'])
    .select(['p.id as publication', 'p.revision', 'p.from_at', 'p.published_at', 'p.updated_at'])
    .where('s.id', '=', id)
    .orderBy('r.number', 'desc')
    .orderBy('p.from_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!row) return null
  const { publication, revision, from_at: from, published_at: published, updated_at: updated } = row
  return {
    id: row.id,
    path: row.path,
    revision: row.number,
    filedBy: row.filed_by,
    madeBy: row.made_by,
    content: toContent(row),
    publication:
      publication === null || revision === null || from === null || published === null
        ? null
        : { id: publication, revision, from, published, updated },
    killed: row.killed !== null,
    takenDownBy: row.taken_down_by,
    heldBy: row.held_by,
    spikedBy: row.spiked_by,
    embargo: row.embargoed === null ? null : { until: row.embargo_until },
  }
}

/** What one revision says; null when there is none of this number. */
export const contentAt = async (read: Read, id: string, number: number): Promise<StoryContent | null> => {
  const row = await read
    .selectFrom('story_revisions')
    .select(['section', 'headline', 'dek', 'body', 'parts'])
    .where('story_id', '=', id)
    .where('number', '=', number)
    .executeTakeFirst()
  return row ? toContent(row) : null
}

/** Ids of all stories whose first revision came from `madeBy`. */
export const idsMadeBy = async (read: Read, madeBy: string): Promise<string[]> => {
  const rows = await read.selectFrom('stories').select('id').where('made_by', '=', madeBy).orderBy('id').execute()
  return rows.map(({ id }) => id)
}

export const pathIsTaken = async (tx: Read, path: string, except: string): Promise<boolean> => {
  const row = await tx.selectFrom('stories').select('id').where('path', '=', path).executeTakeFirst()
  return row !== undefined && row.id !== except
}

export const insertStory = async (tx: Tx, row: { id: string; madeAt: number; by: string }): Promise<void> => {
  await tx.insertInto('stories').values({ id: row.id, path: null, made_at: row.madeAt, made_by: row.by }).execute()
}

export const setPath = async (tx: Tx, id: string, path: string): Promise<void> => {
  await tx.updateTable('stories').set({ path }).where('id', '=', id).execute()
}

type NewRevision = { id: string; number: number; content: StoryContent; at: number; by: string }

export const insertRevision = async (tx: Tx, { id, number, content, at, by }: NewRevision): Promise<void> => {
  const { section, headline, dek, body, ...parts } = content
  await tx
    .insertInto('story_revisions')
    .values({
      story_id: id,
      number,
      section,
      headline,
      dek,
      body: JSON.stringify(body),
      parts: JSON.stringify(parts),
      made_at: at,
      made_by: by,
    })
    .execute()
  await insertPhotoUses(tx, { id, number, content })
}

type NewPublication = {
  id: string
  storyId: string
  revision: number
  from: number
  until: number | null
  published: number
  updated: number | null
  at: number
  by: string
}

/** Adds a publication. Those it takes the place of end; one in force goes on until a later one begins. */
export const insertPublication = async (tx: Tx, one: NewPublication): Promise<void> => {
  const replaced = tx
    .updateTable('story_publications')
    .set({ ended_at: one.at })
    .where('story_id', '=', one.storyId)
    .where('ended_at', 'is', null)
  await (one.from > one.at ? replaced.where('from_at', '>', one.at) : replaced).execute()
  await tx
    .insertInto('story_publications')
    .values({
      id: one.id,
      story_id: one.storyId,
      revision: one.revision,
      from_at: one.from,
      until_at: one.until,
      published_at: one.published,
      updated_at: one.updated,
      at: one.at,
      by: one.by,
      ended_at: null,
    })
    .execute()
}

type Stamps = { from: number; published: number; updated: number | null }

export const setPublicationTimes = async (tx: Tx, id: string, { from, published, updated }: Stamps): Promise<void> => {
  await tx
    .updateTable('story_publications')
    .set({ from_at: from, published_at: published, updated_at: updated })
    .where('id', '=', id)
    .execute()
}

export const correctionsOf = (read: Read, id: string) =>
  read.selectFrom('story_corrections').select(['id', 'at', 'text', 'by']).where('story_id', '=', id).execute()

type NewCorrection = { id: string; storyId: string; at: number; text: string; madeAt: number; by: string }

export const insertCorrection = async (tx: Tx, { id, storyId, at, text, madeAt, by }: NewCorrection): Promise<void> => {
  await tx.insertInto('story_corrections').values({ id, story_id: storyId, at, text, made_at: madeAt, by }).execute()
}

export const deleteCorrection = async (tx: Tx, id: string): Promise<void> => {
  await tx.deleteFrom('story_corrections').where('id', '=', id).execute()
}

type NewKill = { id: string; at: number; by: string; reason: string; note: string }

/** @returns false when there is no such story, or when it was killed before: two at the same moment are one. */
export const insertKill = async (tx: Tx, { id, at, by, reason, note }: NewKill): Promise<boolean> => {
  const made = await tx
    .insertInto('story_kills')
    .columns(['story_id', 'at', 'by', 'reason', 'note'])
    .expression((eb) =>
      eb
        .selectFrom('stories')
        .select(['id', eb.val(at).as('at'), eb.val(by).as('by'), eb.val(reason).as('reason'), eb.val(note).as('note')])
        .where('id', '=', id),
    )
    .onConflict((c) => c.column('story_id').doNothing())
    .executeTakeFirst()
  return (made.numInsertedOrUpdatedRows ?? 0n) > 0n
}

type Stop = { id: string; at: number; by: string; reason: string }

/** Holds a story, takes it down or spikes it; a second row for the same changes nothing. @returns whether it was made. */
export const insertStop = async (tx: Tx, table: StopTable, { id, ...stop }: Stop): Promise<boolean> => {
  const made = await tx
    .insertInto(table)
    .values({ story_id: id, ...stop })
    .onConflict((c) => c.column('story_id').doNothing())
    .executeTakeFirst()
  return (made.numInsertedOrUpdatedRows ?? 0n) > 0n
}

export type StopTable = 'story_holds' | 'story_takedowns' | 'story_spikes'

export const deleteStop = async (tx: Tx, table: StopTable, id: string): Promise<boolean> => {
  const gone = await tx.deleteFrom(table).where('story_id', '=', id).executeTakeFirst()
  return gone.numDeletedRows > 0n
}

type Embargo = { id: string; until: number | null; at: number; by: string }

export const setEmbargo = async (tx: Tx, { id, until, at, by }: Embargo): Promise<void> => {
  await tx.deleteFrom('story_embargoes').where('story_id', '=', id).execute()
  await tx.insertInto('story_embargoes').values({ story_id: id, until_at: until, at, by }).execute()
}

export const deleteEmbargo = async (tx: Tx, id: string): Promise<boolean> => {
  const gone = await tx.deleteFrom('story_embargoes').where('story_id', '=', id).executeTakeFirst()
  return gone.numDeletedRows > 0n
}

export type RevisionText = { section: string; headline: string; dek: string; body: string; parts: string }

export const toContent = ({ section, headline, dek, body, parts }: RevisionText): StoryContent => ({
  section,
  headline,
  dek,
  body: JSON.parse(body) as StoryContent['body'],
  ...(JSON.parse(parts) as Omit<StoryContent, 'section' | 'headline' | 'dek' | 'body'>),
})
