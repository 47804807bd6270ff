import type { ReadonlyKysely } from 'kysely/readonly'
import type { Database, Tx } from '../store/store.ts'
import type { StoryContent } from './story.ts'

// All SQL of which story shows which photo.

type Read = ReadonlyKysely<Database> | Tx

/** A story whose newest revision, or the one that is public or will be, shows a photo. */
export type PhotoUse = {
  id: string
  slug: string
  headline: string
  path: string | null
  isPublic: boolean
  killed: boolean
}

export const insertPhotoUses = async (
  tx: Tx,
  { id, number, content }: { id: string; number: number; content: StoryContent },
): Promise<void> => {
  const shown = [...(content.photo ? [content.photo] : []), ...Object.values(content.photos)]
  const rows = [...new Set(shown.map(({ file }) => file))].map((photo_id) => ({
    photo_id,
    story_id: id,
    revision: number,
  }))
  if (rows.length > 0) await tx.insertInto('story_photos').values(rows).execute()
}

/** Newest story first. By an index, whatever the number of stories. */
export const photoUses = async (read: Read, photoId: string): Promise<PhotoUse[]> => {
  const rows = await read
    .selectFrom('story_photos as u')
    .innerJoin('stories as s', 's.id', 'u.story_id')
    .innerJoin('story_revisions as r', (on) =>
      on.onRef('r.story_id', '=', 'u.story_id').onRef('r.number', '=', 'u.revision'),
    )
    .leftJoin('story_publications as p', (on) =>
      on.onRef('p.story_id', '=', 'u.story_id').onRef('p.revision', '=', 'u.revision').on('p.ended_at', 'is', null),
    )
    .leftJoin('story_kills as k', 'k.story_id', 'u.story_id')
    .select(['s.id', 's.path', 'r.headline', 'r.parts', 'r.number', 'p.id as publication', 'k.at as killed'])
    .where('u.photo_id', '=', photoId)
    .where((eb) => {
      const newest = eb
        .selectFrom('story_revisions as n')
        .select(({ fn }) => fn.max('n.number').as('number'))
        .whereRef('n.story_id', '=', 'u.story_id')
      return eb.or([eb('p.id', 'is not', null), eb('u.revision', '=', newest)])
    })
    .orderBy('s.id', 'desc')
    .orderBy('r.number')
    .execute()
  const uses = new Map<string, PhotoUse>()
  for (const { id, path, headline, parts, publication, killed } of rows) {
    const { slug = '' } = JSON.parse(parts) as { slug?: string }
    const isPublic = publication !== null || (uses.get(id)?.isPublic ?? false)
    uses.set(id, { id, path, headline, slug, isPublic, killed: killed !== null })
  }
  return [...uses.values()]
}

/** Copies of others' pictures that only killed stories have ever shown, at most `limit`. */
export const photosOfKilled = async (read: Read, limit: number): Promise<string[]> => {
  const rows = await read
    .selectFrom('copies as c')
    .select('c.name')
    .where((eb) =>
      eb.and([
        eb.exists(eb.selectFrom('story_photos as u').select('u.photo_id').whereRef('u.photo_id', '=', 'c.name')),
        eb.not(
          eb.exists(
            eb
              .selectFrom('story_photos as u')
              .leftJoin('story_kills as k', 'k.story_id', 'u.story_id')
              .select('u.photo_id')
              .whereRef('u.photo_id', '=', 'c.name')
              .where('k.story_id', 'is', null),
          ),
        ),
      ]),
    )
    .orderBy('c.name')
    .limit(limit)
    .execute()
  return rows.map(({ name }) => name)
}
