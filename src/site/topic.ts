import type { Story } from '../newsroom/newsroom.ts'

/** `Calder Street bridge` → `calder-street-bridge`. */
export const topicSlug = (name: string): string =>
  name
    .normalize('NFD')
    .toLowerCase()
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-|-$/g, '')

export const topicHref = (name: string): string => `/topics/${encodeURIComponent(topicSlug(name))}`

/** A topic's name as the newsroom writes it, and its stories; null when nobody has written about it. */
export const findTopic = (stories: Story[], slug: string): { name: string; stories: Story[] } | null => {
  const found = stories.filter((story) => story.topics.some((topic) => topicSlug(topic) === slug))
  const name = found[0]?.topics.find((topic) => topicSlug(topic) === slug)
  return name ? { name, stories: found } : null
}
