import type { StoryCard } from '../newsroom/newsroom.ts'
import { cardOf, pictureOf } from './card.ts'
import type { Frame } from './frame.ts'
import type { SectionProps } from './section.view.ts'

/** Stories on one page: more is a second page. */
const MOST = 60
const FEW = 3

/** How many stories of a list must be known to make its n-th page: those up to its end, and whether there is one more. */
export const storiesUpTo = (number: number): number => number * MOST + 1

export type Listing = {
  /** The address of its first page. */
  path: string
  eyebrow: string
  name: string
  /** Newest first. */
  stories: readonly StoryCard[]
  feed?: SectionProps['feed']
  person?: SectionProps['person']
}

/** The n-th page of a section's, a topic's or an author's stories, counted from 1; null when there is no such page. */
export const presentSection = (frame: Frame, listing: Listing, number = 1): SectionProps | null => {
  const { times, at } = frame
  const { path, eyebrow, name, stories, feed, person } = listing
  const list = stories.slice((number - 1) * MOST, number * MOST)
  if (number > 1 && list.length === 0) return null
  const big = (number === 1 && list.find((story) => pictureOf(story.photo))) || null
  const rest = list.filter((story) => story !== big)
  // Too few for a column beside a large one: they stand side by side.
  if (big && list.length <= FEW)
    return { ...common(), top: { cards: list.map((story) => cardOf(story, frame)) }, days: [] }
  const second = (big && rest.slice(0, 6).findLast((story) => pictureOf(story.photo))) ?? null
  const beside = big ? rest.filter((story) => story !== second).slice(0, 4) : []
  const later = rest.filter((story) => story !== second && !beside.includes(story))
  const byDay = Map.groupBy(later, (story) => times.date(Date.parse(story.published)))
  return {
    ...common(),
    top: big && {
      big: cardOf(big, frame),
      list: beside.map((story) => cardOf(story, frame)),
      card: second && cardOf(second, frame),
    },
    days: [...byDay.values()].map((ofDay) => ({
      day: dayName(Date.parse(ofDay[0]?.published ?? '')),
      cards: ofDay.map((story) => cardOf(story, frame)),
    })),
  }

  function common() {
    return {
      frame,
      eyebrow,
      name,
      ...(feed && { feed }),
      ...(person && { person }),
      number,
      newer: number > 1 ? hrefOf(number - 1) : null,
      older: stories.length > number * MOST ? hrefOf(number + 1) : null,
      canonical: frame.origin && frame.origin + hrefOf(number),
    }
  }

  function hrefOf(page: number) {
    return page === 1 ? path : `${path}/page/${page}`
  }

  function dayName(when: number) {
    return times.date(when) === times.date(at) ? 'Today' : times.ago(when, Math.max(at, when + 3_600_000))
  }
}
