import type { NewsArticle } from '../formats/news/json-ld.ts'
import type { Story, StoryCard } from '../newsroom/newsroom.ts'
import type { NowStream } from '../player/now.ts'
import { authorHref } from './author.ts'
import { cardOf, portraitUrl, type Card } from './card.ts'
import type { Frame } from './frame.ts'
import { cutOf, type Cut } from './rail.ts'
import type { SiteDeps } from './site-deps.ts'
import { canonicalOf } from './story-facts.ts'
import { articleOf } from './story-head.ts'
import { topicHref } from './topic.ts'

export type Stamp = { iso: string; text: string }

export type StoryProps = {
  frame: Frame
  story: Story
  section: { href: string; name: string }
  published: Stamp
  updated: Stamp | null
  bylines: {
    name: string
    role: string
    picture: string | null
    /** All they wrote; null for an agency. */
    href: string | null
    /** A biography elsewhere. */
    url: string | null
  }[]
  cut: Cut | null
  cutTitle: string
  cutMeta: string
  corrections: { id: string; iso: string; when: string; text: string }[]
  topics: { href: string; name: string }[]
  /** What else is new today, else what came last. */
  rail: { heading: string; lines: { href: string; headline: string; time: string; iso: string }[] }
  related: Card[]
  canonical: string
  article: NewsArticle
  stream: NowStream | null
}

/** Lines of what else is new. */
const MOST_NEW = 4

/** Validate → load → present: everything a story's page says; null when there is no such story. */
export const presentStory = async (deps: SiteDeps, frame: Frame, path: string): Promise<StoryProps | null> => {
  const { newsroom } = deps
  const story = await newsroom.read(path)
  if (!story) return null
  const { times, at, now, origin } = frame
  const published = Date.parse(story.published)
  const updated = story.updated ? Date.parse(story.updated) : null
  const related = newsroom.related(story.id, 4)
  const shown = new Set([story, ...related].map(({ id }) => id))
  return {
    frame,
    story,
    section: { href: `/${story.section}`, name: sectionName(frame, story) },
    published: { iso: times.iso(published), text: times.stamp(published) },
    updated: updated === null ? null : { iso: times.iso(updated), text: updatedText(updated, published) },
    bylines: bylinesOf(story),
    cut: story.audio && cutOf(story, story.audio),
    cutTitle: story.audio?.title || 'Hear this story',
    cutMeta: times.monthDay(published),
    corrections: story.corrections.map(({ at: when, text }, index) => ({
      id: index === 0 ? 'corr' : `corr-${index + 1}`,
      iso: times.iso(Date.parse(when)),
      when: `${times.monthDay(Date.parse(when))}, ${times.clock(Date.parse(when))}`,
      text,
    })),
    topics: story.topics.map((name) => ({ name, href: topicHref(name) })),
    rail: railOf(newsroom.stories('all', MOST_NEW + shown.size).filter(({ id }) => !shown.has(id))),
    related: related.map((other) => cardOf(other, frame)),
    canonical: canonicalOf(story, origin),
    article: await articleOf(deps, frame, story),
    stream: now.streams[0] ?? null,
  }

  function updatedText(when: number, first: number) {
    return times.date(when) === times.date(first) ? times.clock(when) : times.stamp(when)
  }

  function railOf(others: StoryCard[]) {
    const ofToday = others.filter((other) => times.date(Date.parse(other.published)) === times.date(at))
    const isToday = ofToday.length > 1
    const lines = (isToday ? ofToday : others).slice(0, MOST_NEW).map((other) => {
      const when = Date.parse(other.published)
      const time = isToday ? times.clock(when) : times.shortDate(when)
      return { href: other.path, headline: other.headline, time, iso: times.iso(when) }
    })
    return { heading: isToday ? 'More from today' : 'What came last', lines }
  }
}

const sectionName = ({ sections }: Frame, story: Story) =>
  sections.find((section) => section.id === story.section)?.name ?? story.section

const bylinesOf = ({ bylines, source }: Story) =>
  bylines.length
    ? bylines.map(({ name, role, picture, url = null }) => ({
        name,
        role,
        picture: picture ? portraitUrl(picture) : null,
        href: authorHref(name),
        url,
      }))
    : source
      ? [{ name: source.owner, role: '', picture: null, href: null, url: null }]
      : []
