import type { Story } from '../newsroom/newsroom.ts'
import { cardOf, pictureOf } from './card.ts'
import type { Frame } from './frame.ts'
import type { SectionProps } from './section.view.ts'

/** A list ends where nobody reads on; search will have the rest. */
const MOST = 60

type Listing = { eyebrow: string; name: string; stories: Story[] }

export const presentSection = (frame: Frame, { eyebrow, name, stories }: Listing): SectionProps => {
  const { times, at } = frame
  const list = stories.slice(0, MOST)
  const big = list.find((story) => pictureOf(story.photo)) ?? null
  const rest = list.filter((story) => story !== big)
  const second = rest.slice(0, 6).findLast((story) => pictureOf(story.photo)) ?? null
  const beside = rest.filter((story) => story !== second).slice(0, 4)
  const later = big ? rest.filter((story) => story !== second && !beside.includes(story)) : list
  const byDay = Map.groupBy(later, (story) => times.date(Date.parse(story.published)))
  return {
    frame,
    eyebrow,
    name,
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

  function dayName(when: number) {
    return times.date(when) === times.date(at) ? 'Today' : times.ago(when, Math.max(at, when + 3_600_000))
  }
}
