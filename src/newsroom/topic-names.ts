import { GroundwaveError } from '../base/errors.ts'
import { slugOf } from './slug.ts'

/** What topics are called now, by the slug of what stories call them. Stories keep the words they were written with. */
export type TopicNames = Record<string, string>

const LONGEST = 80
/** Names that were renamed are followed so far. */
const FURTHEST = 20

/** Gives `from` the name `to`; where there is such a topic they become one. Throws NAME_MISSING. */
export const renamedTopic = (names: TopicNames, from: string, to: string): TopicNames => {
  const name = to.trim().replace(/\s+/g, ' ').slice(0, LONGEST)
  if (!slugOf(name) || !slugOf(from)) throw new GroundwaveError('NAME_MISSING')
  const { [slugOf(name)]: _, ...others } = names
  return { ...others, [slugOf(from)]: name }
}

/** What a story's topics are called now, each once. */
export const namedTopics = (names: TopicNames, topics: readonly string[]): string[] => {
  const seen = new Map<string, string>()
  for (const topic of topics) {
    const name = currentName(names, topic)
    if (!seen.has(slugOf(name))) seen.set(slugOf(name), name)
  }
  return [...seen.values()]
}

const currentName = (names: TopicNames, topic: string): string => {
  let name = topic
  for (let step = 0; step < FURTHEST; step++) {
    const slug = slugOf(name)
    const next = Object.hasOwn(names, slug) ? names[slug] : undefined
    if (next === undefined) return name
    name = next
    if (slugOf(next) === slug) return name
  }
  return name
}
