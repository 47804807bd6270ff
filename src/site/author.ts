import type { Story } from '../newsroom/newsroom.ts'
import { topicSlug } from './topic.ts'

export type Author = {
  name: string
  role: string
  /** File name of the portrait. */
  picture: string | null
  /** A biography elsewhere. */
  url: string | null
}

export const authorHref = (name: string): string => `/authors/${encodeURIComponent(topicSlug(name))}`

/** Who signs by this name, as the newest stories know them, and all their stories; null when nobody does. */
export const findAuthor = (stories: readonly Story[], slug: string): { author: Author; stories: Story[] } | null => {
  const found: Story[] = []
  let author = null as Author | null
  for (const story of stories) {
    const byline = story.bylines.find(({ name }) => topicSlug(name) === slug)
    if (!byline) continue
    found.push(story)
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
