import { rulerOf, playedOf, type Ruler } from '../player/ruler.ts'
import type { Frame } from './frame.ts'
import type { SiteDeps } from './site-deps.ts'

export type StripItem = {
  iso: string
  time: string
  title: string
  /** Half hours it grows by. */
  halves: number
  state: 'past' | 'on' | 'to come'
}

export type Strip = { heading: string; from: number; ruler: Ruler; played: number; items: StripItem[] }

const HOUR = 3_600_000
const HALF = HOUR / 2
/** The strip shows seventeen hours, from six in the morning unless the night is on. */
const LENGTH = 17 * HOUR

/** Today on the first stream: an hour is always the same length. */
export const stripOf = ({ schedule }: SiteDeps, { now, times, at }: Frame): Strip | null => {
  const stream = now.streams[0]
  if (!stream) return null
  const hour = times.zoned(at).hour
  const begins = hour < 6 ? 0 : hour < 23 ? 6 : 7
  const from = times.zoned(at).with({ hour: begins, minute: 0, second: 0, millisecond: 0 }).epochMilliseconds
  const until = from + LENGTH
  const items = schedule
    .day(stream.name, times.date(at))
    .filter((airing) => airing.end > from && airing.start < until)
    .map((airing): StripItem => {
      const start = Math.max(airing.start, from)
      const length = Math.min(airing.end, until) - start
      return {
        iso: times.iso(airing.start),
        time: stripTime(airing.start),
        title: airing.program.name,
        halves: Math.min(34, Math.max(1, Math.round(length / HALF))),
        state: airing.end <= at ? 'past' : airing.start <= at ? 'on' : 'to come',
      }
    })
  if (items.length === 0) return null
  const ruler = rulerOf(LENGTH)
  return { heading: `Today on ${stream.title}`, from, ruler, played: playedOf(ruler, at - from), items }

  function stripTime(start: number) {
    const { hour, minute } = times.zoned(start)
    if (hour === 12 && minute === 0) return 'Noon'
    // Half hours get half the room: no am or pm.
    return minute === 0 ? times.short(start) : times.clock(start).replace(/ [ap]m$/, '')
  }
}
