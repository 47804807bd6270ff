import { slugOf } from '../newsroom/newsroom.ts'
import type { Newsroom, StoryCard } from '../newsroom/newsroom.ts'

export type Author = {
  name: string
  role: string
  /** File name of the portrait. */
  picture: string | null
  /** A biography elsewhere. */
  url: string | null
}

export const authorHref = (name: string): string => `/authors/${encodeURIComponent(slugOf(name))}`

/** What is known of somebody stands in their newest stories. */
const LOOKED_AT = 200

/** Who signs by this name, as the newest stories know them, and their newest stories; null when nobody does. */
export const findAuthor = (
  { stories }: Pick<Newsroom, 'stories'>,
  slug: string,
  count: number,
): { author: Author; stories: readonly StoryCard[] } | null => {
  const found = stories(`author:${slug}`, Math.max(count, LOOKED_AT))
  let author = null as Author | null
  for (const story of found.slice(0, LOOKED_AT)) {
    const byline = story.bylines.find(({ name }) => slugOf(name) === slug)
    if (!byline) continue
    const { name, role, picture, url } = byline
    author = {
      name: author?.name ?? name,
      role: author?.role || role,
      picture: author?.picture ?? picture ?? null,
      url: author?.url ?? url ?? null,
    }
  }
  return author && { author, stories: found }
}
