import type { Airing, Schedule } from '../schedule/schedule.ts'
import type { StudioTimes } from './times.ts'

const DAY_MINUTES = 24 * 60

/** One programme, or a hole, in one day's column: minutes of the wall clock. */
export type WeekCell = {
  from: number
  to: number
  airing: Airing | null
  isOn: boolean
}

export type WeekDay = { date: string; name: string; isToday: boolean; cells: WeekCell[] }

export type WeekPlan = {
  title: string
  days: WeekDay[]
  /** Where a row of the table begins, minutes; the last is where it ends. */
  marks: number[]
  before: string
  after: string
  isThisWeek: boolean
  /** `Friday, 6:30 pm (30 min)` */
  holes: string[]
}

export type WeekDeps = { schedule: Pick<Schedule, 'day'>; times: StudioTimes; now: number }

/** A stream's week from Monday on, by the station's wall clock. `date` is any day in it. */
export const weekPlan = (mount: string, date: string, { schedule, times, now }: WeekDeps): WeekPlan => {
  const monday = mondayOf(date)
  const today = Temporal.PlainDate.from(times.date(now))
  const dates = Array.from({ length: 7 }, (_, days) => monday.add({ days }))
  const days = dates.map((one): WeekDay => {
    const airings = schedule.day(mount, one.toString())
    return {
      date: one.toString(),
      name: one.toLocaleString('en-US', { weekday: 'short', day: 'numeric' }).split(' ').toReversed().join(' '),
      isToday: one.equals(today),
      cells: airings.map((airing) => ({
        from: minuteOf(airing.start, { on: one, zone: times.zone }),
        to: minuteOf(airing.end, { on: one, zone: times.zone }),
        airing,
        isOn: airing.start <= now && airing.end > now,
      })),
    }
  })
  const cells = days.flatMap((day) => day.cells)
  const [first, last] = [Math.min(...cells.map(({ from }) => from)), Math.max(...cells.map(({ to }) => to))]
  const filled = days.map((day) => ({ ...day, cells: withHoles(day.cells, { first, last }) }))
  return {
    title: `Week of ${monday.toLocaleString('en-US', { month: 'long', day: 'numeric' })}`,
    days: cells.length ? filled : days,
    marks: [...new Set(filled.flatMap((day) => day.cells.flatMap(({ from, to }) => [from, to])))].toSorted(
      (a, b) => a - b,
    ),
    before: monday.subtract({ days: 7 }).toString(),
    after: monday.add({ days: 7 }).toString(),
    isThisWeek: monday.equals(mondayOf(today.toString())),
    holes: cells.length
      ? filled.flatMap((day) =>
          day.cells
            .filter(({ airing }) => airing === null)
            .map(({ from, to }) => `${weekdayOf(day.date)} ${clockOf(from)} (${lengthOf(to - from)})`),
        )
      : [],
  }
}

const mondayOf = (date: string): Temporal.PlainDate => {
  const day = Temporal.PlainDate.from(date)
  return day.subtract({ days: day.dayOfWeek - 1 })
}

/** Minutes since that day's midnight on the wall; what began before is 0, what goes on after is 1440. */
const minuteOf = (at: number, { on, zone }: { on: Temporal.PlainDate; zone: string }): number => {
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone)
  const days = on.until(local.toPlainDate()).days
  if (days < 0) return 0
  return days > 0 ? DAY_MINUTES : local.hour * 60 + local.minute
}

const withHoles = (cells: WeekCell[], { first, last }: { first: number; last: number }): WeekCell[] => {
  const filled: WeekCell[] = []
  let at = first
  for (const cell of cells.filter(({ from, to }) => to > from)) {
    if (cell.from > at) filled.push({ from: at, to: cell.from, airing: null, isOn: false })
    filled.push(cell)
    at = Math.max(at, cell.to)
  }
  return at < last ? [...filled, { from: at, to: last, airing: null, isOn: false }] : filled
}

const weekdayOf = (date: string) => Temporal.PlainDate.from(date).toLocaleString('en-US', { weekday: 'long' })

/** `6 am`, `6:30 pm`, `Noon`, `Midnight` */
export const clockOf = (minutes: number): string => {
  if (minutes % DAY_MINUTES === 0) return 'midnight'
  if (minutes === DAY_MINUTES / 2) return 'noon'
  const [hour, minute] = [Math.floor(minutes / 60), minutes % 60]
  return `${hour % 12 || 12}${minute ? `:${String(minute).padStart(2, '0')}` : ''} ${hour < 12 ? 'am' : 'pm'}`
}

export const lengthOf = (minutes: number): string => {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  return [hours && `${hours} h`, rest && `${rest} min`].filter(Boolean).join(' ')
}
