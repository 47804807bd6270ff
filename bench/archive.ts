import { systemClock } from '../src/base/clock.ts'
import type { StoryContent } from '../src/newsroom/newsroom.ts'
import type { Store } from '../src/store/store.ts'

const AT_ONCE = 200
/** Stories a day, into the past. */
const A_DAY = 40

type Fill = { count: number; next: () => StoryContent; id: () => string }

/** Writes published stories straight into the tables: what is measured is the reading. @returns their paths. */
export const fillArchive = async (store: Store, { count, next, id }: Fill): Promise<string[]> => {
  const now = systemClock.now()
  const paths: string[] = []
  for (let from = 0; from < count; from += AT_ONCE) {
    const stories = Array.from({ length: Math.min(AT_ONCE, count - from) }, (_, n) => {
      const at = now - Math.floor(((count - from - n) * 86_400_000) / A_DAY)
      return {
        id: id(),
        publication: id(),
        at,
        path: `/news/${new Date(at).toISOString().slice(0, 10)}/s-${from + n}`,
        content: next(),
      }
    })
    paths.push(...stories.map(({ path }) => path))
    // oxlint-disable-next-line no-await-in-loop
    await store.tx(async (tx) => {
      const by = 'bench'
      await tx
        .insertInto('stories')
        .values(stories.map(({ id, path, at }) => ({ id, path, made_at: at, made_by: by })))
        .execute()
      await tx
        .insertInto('story_revisions')
        .values(
          stories.map(({ id, at, content: { section, headline, dek, body, ...parts } }) => ({
            story_id: id,
            number: 1,
            section,
            headline,
            dek,
            body: JSON.stringify(body),
            parts: JSON.stringify(parts),
            made_at: at,
            made_by: by,
          })),
        )
        .execute()
      await tx
        .insertInto('story_publications')
        .values(
          stories.map(({ id, publication, at }) => ({
            id: publication,
            story_id: id,
            revision: 1,
            from_at: at,
            until_at: null,
            published_at: at,
            updated_at: null,
            at,
            by,
            ended_at: null,
          })),
        )
        .execute()
    })
  }
  return paths
}
