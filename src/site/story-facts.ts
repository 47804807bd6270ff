import { createHash } from 'node:crypto'
import type { Story, StoryCard } from '../newsroom/newsroom.ts'

// What every outlet says of a story in the same way.

/** Where a story is at home: its source's page, else ours. '' when the station has not told where it is. */
export const canonicalOf = ({ source, path }: Pick<Story, 'source' | 'path'>, origin: string): string =>
  source?.url || (origin && origin + path)

/** Ours to be found by: at home here, and nobody asked search engines to stay away. */
export const isAtHome = ({ source }: Pick<Story, 'source'>): boolean => !source?.url && !source?.noIndex

/** The last time anything in it changed, ISO: corrections count. */
export const changedAt = ({ published, updated, corrections }: StoryCard): string =>
  [published, updated ?? '', ...corrections.map(({ at }) => at)].reduce((a, b) =>
    Date.parse(b) > Date.parse(a) ? b : a,
  )

/** `2 2026-03-12T20:20:00.000Z`: how many corrections, and the last change. A reader's page asks whether it is still this one. */
export const versionOf = (story: Story): string => `${story.corrections.length} ${changedAt(story)}`

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** A name for ever, whatever becomes of the address (RFC 9562 §5.8 for ids that are none by themselves). */
export const permanentId = ({ id }: Pick<Story, 'id'>, station: string): string => {
  if (uuid.test(id)) return `urn:uuid:${id}`
  const hash = createHash('sha256').update(`${station}\n${id}`).digest()
  hash[6] = (hash[6]! & 0x0f) | 0x80
  hash[8] = (hash[8]! & 0x3f) | 0x80
  const hex = hash.toString('hex', 0, 16)
  return `urn:uuid:${hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')}`
}
