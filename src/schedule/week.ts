import { GroundwaveError } from '../base/errors.ts'
import type { AiringConfig } from '../config/schema.ts'
import type { Program } from './schedule.ts'

/** One airing of the weekly pattern, in wall-clock minutes after midnight of its first day. */
export type Slot = {
  /** 1 is Monday, 7 Sunday, as in ISO 8601. */
  weekday: number
  start: number
  /** More than 1440 when it goes on after midnight. */
  end: number
  program: Program
  episode: string
}

const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
const minutesADay = 24 * 60

/** The configured airings of one mount as slots in order, those that go on after midnight made whole. */
export const weekOf = (airings: AiringConfig[], programs: Map<string, Program>): Slot[] => {
  const slots = airings
    .flatMap((airing) => airing.days.map((day) => toSlot(day, airing, programs)))
    .sort((a, b) => a.weekday - b.weekday || a.start - b.start)
  return joinOverMidnight(slots)
}

const toSlot = (day: string, airing: AiringConfig, programs: Map<string, Program>): Slot => {
  const program = programs.get(airing.program)
  if (!program) throw new GroundwaveError('CONFIG_INVALID', `There is no program "${airing.program}".`)
  const { start, end, episode = '' } = airing
  return { weekday: days.indexOf(day) + 1, start: minutes(start), end: minutes(end), program, episode }
}

const joinOverMidnight = (slots: Slot[]): Slot[] => {
  const morning = new Map(slots.filter(({ start }) => start === 0).map((slot) => [slot.weekday, slot]))
  const joined = new Set<Slot>()
  const whole = slots.map((slot) => {
    const rest = morning.get((slot.weekday % 7) + 1)
    if (!rest || !goesOnIn(slot, rest)) return slot
    joined.add(rest)
    return { ...slot, end: minutesADay + rest.end }
  })
  return whole.filter((_, at) => !joined.has(slots[at]!))
}

// A programme that fills the day from midnight to midnight is a new edition each day: else a station
// that plays one thing all week would have a single airing without beginning or end.
const goesOnIn = (evening: Slot, rest: Slot) =>
  evening.end === minutesADay &&
  evening.start > 0 &&
  rest.end < minutesADay &&
  evening.program.id === rest.program.id &&
  (rest.episode === '' || rest.episode === evening.episode)

/** `16:30` → 990, `24:00` → 1440. */
const minutes = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
