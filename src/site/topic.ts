import { slugOf } from '../newsroom/newsroom.ts'
import type { Newsroom, StoryCard } from '../newsroom/newsroom.ts'

export const topicHref = (name: string): string => `/topics/${encodeURIComponent(slugOf(name))}`

/** A topic's name as the newsroom writes it, and its newest stories; null when nobody has written about it. */
export const findTopic = (
  { stories }: Pick<Newsroom, 'stories'>,
  slug: string,
  count: number,
): { name: string; stories: readonly StoryCard[] } | null => {
  const found = stories(`topic:${slug}`, count)
  const name = found[0]?.topics.find((topic) => slugOf(topic) === slug)
  return name ? { name, stories: found } : null
}
