import type { NowStream } from '../player/now.ts'
import { playedOf, rulerOf, type Ruler } from '../player/ruler.ts'
import { firstSentence, sentence, streamLines, withHost } from '../player/words.ts'
import type { StoryCard } from '../newsroom/newsroom.ts'
import type { Airing } from '../schedule/schedule.ts'
import { pictureUrl } from './card.ts'
import type { Frame } from './frame.ts'
import { cutOf, type Cut } from './rail.ts'
import type { SiteDeps } from './site-deps.ts'
import { startOfDay } from './times.ts'

export type NowBox = {
  stream: NowStream
  /** Name, host and matter of what is on. */
  title: string
  href: string
  meta: string
  picture: string | null
  ruler: { from: number; ruler: Ruler; played: number; start: string; now: string; end: string } | null
  /** What follows today, at most three. */
  follows: { iso: string; time: string; title: string; href: string; about: string }[]
  also: { name: string; title: string; plays: string }[]
  /** The lead, told. */
  cut: Cut | null
}

/** `with Mina Castellane. The bridge, live from both banks.` */
export const aboutAiring = ({ program, episode }: Airing): string =>
  [sentence(withHost(program.host)), sentence(episode || firstSentence(program.summary))].filter(Boolean).join(' ')

export const programHref = (id: string): string => `/programs/${id}`

const playsBeside = (stream: NowStream) => {
  const { plays } = streamLines(stream)
  return plays === stream.title ? '' : plays
}

/** What the first public stream carries, what follows it, and what the others play. */
export const nowBoxOf = (
  { schedule }: SiteDeps,
  { now, times, at }: Frame,
  lead: StoryCard | undefined,
): NowBox | null => {
  const [stream, ...others] = now.streams
  if (!stream) return null
  const { plays, who } = streamLines(stream)
  const current = stream.now
  const airing = schedule.nowAndNext(stream.name, at).now
  const endOfDay = startOfDay(times.zoned(at).add({ days: 1 }).toPlainDate().toString(), times.zone)
  const follows = schedule
    .day(stream.name, times.date(at))
    .filter((airing) => airing.start > at && airing.start < endOfDay)
    .slice(0, 3)
  return {
    stream,
    title: current?.title ?? plays,
    href: current ? programHref(current.program) : '/schedule',
    meta: airing ? aboutAiring(airing) : sentence(who),
    picture: current?.picture ? pictureUrl(current.picture) : null,
    ruler: current && rulerAt(Date.parse(current.start), Date.parse(current.end)),
    follows: follows.map(({ start, program, episode }) => ({
      iso: times.iso(start),
      time: times.clock(start),
      title: program.name,
      href: programHref(program.id),
      about: episode || firstSentence(program.summary).replace(/\.$/, ''),
    })),
    cut: lead?.audio ? { ...cutOf(lead, lead.audio), title: 'Hear the top story' } : null,
    also: others.map((other) => ({
      name: other.name,
      title: other.title,
      plays: other.up ? playsBeside(other) : `Silent since ${times.clock(Date.parse(other.since))}`,
    })),
  }

  function rulerAt(start: number, end: number) {
    const ruler = rulerOf(end - start)
    // The hour's half of the day is said once, at the end, unless the two differ.
    const half = (time: number) => (times.zoned(time).hour < 12 ? 'am' : 'pm')
    const bare = (time: number) =>
      half(time) === half(end) ? times.clock(time).replace(/ [ap]m$/, '') : times.clock(time)
    return {
      from: start,
      ruler,
      played: playedOf(ruler, at - start),
      start: bare(start),
      now: bare(at),
      end: times.clock(end),
    }
  }
}
