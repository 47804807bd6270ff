import type { AiringConfig, ProgramConfig } from '../config/schema.ts'
import { createWallClock } from './wall-clock.ts'
import type { WallClock } from './wall-clock.ts'
import { weekOf } from './week.ts'
import type { Slot } from './week.ts'

/** A show as a lasting series. */
export type Program = ProgramConfig & { id: string }

/** One scheduled start–stop on one mount. */
export type Airing = {
  /** Mount name, for example `news`. */
  mount: string
  program: Program
  /** What this edition is about, '' when unknown. */
  episode: string
  /** Milliseconds since the Unix epoch; end is exclusive. */
  start: number
  end: number
}

/** The weekly schedule as instants, right on the days the clocks change. */
export type Schedule = {
  /** Airings of one mount that touch the station's calendar day `date` (YYYY-MM-DD), in order of start. */
  day(mount: string, date: string): Airing[]
  /** What is on at `at` and what follows (also after a gap); null where nothing is scheduled. */
  nowAndNext(mount: string, at: number): { now: Airing | null; next: Airing | null }
  /** The next instant after `at` at which any mount's programme changes, or null for an empty schedule. */
  nextChange(at: number): number | null
  programs(): Program[]
}

export type ScheduleDeps = {
  programs: Record<string, ProgramConfig>
  /** Weekly airings by mount name. */
  schedule: Record<string, AiringConfig[]>
  /** IANA zone whose clock the airings are written in. */
  zone: string
}

// Ours, the eve's and the days until a weekly programme comes round again, even where a zone once skipped its day.
const reach = 15

/** Throws CONFIG_INVALID for an airing of a programme that is not there. Airings must not overlap (config checks it). */
export const createSchedule = ({ programs, schedule, zone }: ScheduleDeps): Schedule => {
  const clock = createWallClock(zone)
  const known = new Map(Object.entries(programs).map(([id, program]) => [id, { ...program, id }]))
  const startingOn = new Map(
    Object.entries(schedule).map(([mount, airings]) => [mount, airingsByDay(mount, weekOf(airings, known), clock)]),
  )

  const day: Schedule['day'] = (mount, date) => {
    const on = Temporal.PlainDate.from(date)
    const [from, until] = [clock.instant(on, 0), clock.instant(on, 24 * 60)]
    const starting = startingOn.get(mount)
    if (!starting) return []
    return [...starting(on.subtract({ days: 1 })), ...starting(on)].filter(
      ({ start, end }) => start < until && end > from,
    )
  }

  const nowAndNext: Schedule['nowAndNext'] = (mount, at) => {
    const starting = startingOn.get(mount)
    if (!starting) return { now: null, next: null }
    const today = clock.date(at)
    let now: Airing | null = null
    for (let days = -1; days < reach; days++)
      for (const airing of starting(today.add({ days }))) {
        if (airing.start > at) return { now, next: airing }
        if (airing.end > at) now = airing
      }
    return { now, next: null }
  }

  return {
    day,
    nowAndNext,
    nextChange: (at) => {
      const changes = [...startingOn.keys()].flatMap((mount) => {
        const { now, next } = nowAndNext(mount, at)
        const change = now?.end ?? next?.start
        return change === undefined ? [] : [change]
      })
      return changes.length ? Math.min(...changes) : null
    },
    programs: () => [...known.values()],
  }
}

const daysKept = 64

/** The airings of one mount that start on a day, in order. The days asked for lately are kept. */
const airingsByDay = (mount: string, week: Slot[], clock: WallClock) => {
  const kept = new Map<string, Airing[]>()
  return (date: Temporal.PlainDate): Airing[] => {
    const key = date.toString()
    const found = kept.get(key)
    if (found) return found
    const airings = week
      .filter(({ weekday }) => weekday === date.dayOfWeek)
      .map(({ start, end, program, episode }) => ({
        mount,
        program,
        episode,
        start: clock.instant(date, start),
        end: clock.instant(date, end),
      }))
      // What lies wholly in the hour the clock skips is not aired.
      .filter(({ start, end }) => end > start)
    if (kept.size >= daysKept) kept.delete(kept.keys().next().value!)
    kept.set(key, airings)
    return airings
  }
}
