import { runsToMarkup } from '../newsroom/body-markup.ts'
import type { BodyBlock, Story, StoryCard } from '../newsroom/newsroom.ts'
import type { Airing } from '../schedule/schedule.ts'
import { sentence, withHost } from '../player/words.ts'
import { byOf } from './card.ts'
import type { Frame } from './frame.ts'
import { inFrontOrder } from './front.ts'
import type { SiteDeps } from './site-deps.ts'
import { canonicalOf } from './story-facts.ts'
import { textPages } from './text-pages.ts'

type Line = { iso: string; time: string; text: string }

export type TextFront = { frame: Frame; news: { href: string; headline: string; about: string }[]; today: Line[] }
export type TextStory = {
  frame: Frame
  story: Story
  byline: string
  stamps: string
  corrections: { iso: string; when: string; text: string }[]
  /** What stands on this page of it, the number of the page, and how many there are. */
  body: BodyBlock[]
  number: number
  pages: number
  canonical: string
}
export type TextSchedule = { frame: Frame; day: string; streams: { title: string; rows: Line[] }[] }

/** So many headlines with their summaries stay well below 20 KB. */
const MOST = 20

const lineOf = ({ start, program, episode }: Airing, { times }: Frame): Line => ({
  iso: times.iso(start),
  time: times.clock(start),
  text: episode ? `${program.name}: ${episode}` : [program.name, withHost(program.host)].filter(Boolean).join(' '),
})

export const presentTextFront = (deps: SiteDeps, frame: Frame): TextFront => {
  const { schedule } = deps
  const { times, at, now } = frame
  const stream = now.streams[0]
  return {
    frame,
    news: inFrontOrder(deps, MOST).map((story, index) => ({
      href: `/text${story.path}`,
      headline: story.headline,
      about: aboutOf(story, index === 0),
    })),
    today: stream
      ? schedule
          .day(stream.name, times.date(at))
          .filter((airing) => airing.start > at)
          .map((airing) => lineOf(airing, frame))
      : [],
  }

  function aboutOf(story: StoryCard, isFirst: boolean) {
    const by = byOf(story)
    const at = Date.parse(story.updated ?? story.published)
    const when = times.date(at) === times.date(frame.at) ? times.clock(at) : times.ago(at, frame.at)
    const who = story.bylines.length ? `By ${by}, ${when}` : [by, when].filter(Boolean).join(', ')
    const isCorrected = story.corrections.length > 0
    return [isFirst && sentence(story.dek), isCorrected ? `${who}. Corrected.` : who].filter(Boolean).join(' ')
  }
}

export const presentTextStory = async (
  { newsroom }: SiteDeps,
  frame: Frame,
  { path, number }: { path: string; number: number },
): Promise<TextStory | null> => {
  const story = await newsroom.read(path)
  if (!story) return null
  const pages = textPages([...story.body, ...transcriptOf(story)])
  const body = pages[number - 1]
  if (!body) return null
  const { times } = frame
  const by = byOf(story)
  const updated = story.updated ? ` Updated ${times.stamp(Date.parse(story.updated))}.` : ''
  return {
    frame,
    story,
    byline: by ? `By ${sentence(by)} ` : '',
    stamps: `Published ${times.stamp(Date.parse(story.published))}.${updated}`,
    corrections: story.corrections.map(({ at, text }) => ({
      iso: times.iso(Date.parse(at)),
      when: times.stamp(Date.parse(at)),
      text,
    })),
    body,
    number,
    pages: pages.length,
    canonical: canonicalOf(story, frame.origin),
  }
}

/** What is to be heard, for those who read. */
const transcriptOf = ({ audio }: Story): BodyBlock[] =>
  audio?.transcript
    ? [
        { type: 'heading', text: 'Transcript' },
        ...audio.transcript
          .split(/\n{2,}/)
          .map((text): BodyBlock => ({ type: 'paragraph', text: runsToMarkup([{ text }]) })),
      ]
    : []

export const presentTextSchedule = ({ schedule }: SiteDeps, frame: Frame): TextSchedule => {
  const { times, at, streams } = frame
  const date = times.date(at)
  return {
    frame,
    day: times.dayDate(at),
    streams: streams.map(({ name, title }) => ({
      title,
      rows: schedule
        .day(name, date)
        .filter((airing) => airing.end > at)
        .map((airing) => lineOf(airing, frame)),
    })),
  }
}
