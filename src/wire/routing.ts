import type { WireConfig, WireRule } from '../config/schema.ts'
import type { NewsItem } from '../formats/news/news-item.ts'

/** Where an item goes and what it gets on the way. */
export type Routing = {
  route: WireConfig['route']
  section: string
  /** Added to those of the source. */
  topics: string[]
  /** How long after its publication it leaves the site, ms; null: it stays. */
  expire: number | null
  hold: boolean
}

type Defaults = Pick<WireConfig, 'route' | 'section' | 'topics' | 'expire' | 'hold' | 'rules'>

/** The first rule that holds decides, those made in the studio before those of the configuration. */
export const routeOf = (item: NewsItem, source: Defaults, made: readonly WireRule[] = []): Routing => {
  const rule = [...made, ...source.rules].find(({ when }) => holds(when, item))
  return {
    route: rule?.route ?? source.route,
    section: rule?.section ?? source.section,
    topics: [...source.topics, ...(rule?.topics ?? [])],
    expire: rule?.expire ?? source.expire ?? null,
    hold: source.hold || (rule?.hold ?? false),
  }
}

/** A rule without a condition holds for everything. */
const holds = ({ collection, topic, profile, genre }: WireRule['when'], { topics, kind }: NewsItem): boolean => {
  const named = topics.map(({ name }) => name)
  const genres = topics.filter(({ role }) => role === 'genre').map(({ name }) => name)
  return (
    isAny(collection, [...topics.map(({ id }) => id), ...named]) &&
    isAny(topic, named) &&
    isAny(profile, [kind]) &&
    isAny(genre, genres)
  )
}

const isAny = (wanted: readonly string[], given: readonly string[]): boolean =>
  wanted.length === 0 ||
  wanted.some((one) => given.some((other) => other !== '' && other.toLowerCase() === one.toLowerCase()))
