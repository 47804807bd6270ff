import { clockTime, shortTime } from '../player/words.ts'

/** Times as the station says them, in its zone. All `at` are milliseconds since the Unix epoch. */
export type Times = {
  zone: string
  /** `4:42 pm`, `noon` */
  clock(at: number): string
  /** `7 pm` */
  short(at: number): string
  /** `Thursday, March 12, 2026` */
  longDate(at: number): string
  /** `Thursday, March 12` */
  dayDate(at: number): string
  /** `March 12` */
  monthDay(at: number): string
  /** `March 12, 2026, 2:05 pm` */
  stamp(at: number): string
  /** `Mar 12`, where there is little room */
  shortDate(at: number): string
  /** `Thursday` */
  weekday(at: number): string
  /** `22 minutes ago` up to an hour, then the time, then the day, then the date. */
  ago(at: number, now: number): string
  /** `2026-03-12`, the station's calendar day. */
  date(at: number): string
  /** With the zone's offset, for `datetime`. */
  iso(at: number): string
  zoned(at: number): Temporal.ZonedDateTime
}

export const createTimes = (zone: string, language: string): Times => {
  const locale = language === 'en' ? 'en-US' : language
  const format = (options: Intl.DateTimeFormatOptions) => {
    const made = new Intl.DateTimeFormat(locale, { timeZone: zone, ...options })
    return (at: number) => made.format(at)
  }
  const zoned = (at: number) => Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone)
  const date = (at: number) => zoned(at).toPlainDate().toString()
  const clock = (at: number) => clockTime(at, zone)
  const fullDate = format({ month: 'long', day: 'numeric', year: 'numeric' })
  const monthDay = format({ month: 'long', day: 'numeric' })
  const weekday = format({ weekday: 'long' })
  return {
    zone,
    clock,
    short: (at) => shortTime(at, zone),
    longDate: format({ weekday: 'long', month: 'long', day: 'numeric', year: 'numeric' }),
    dayDate: format({ weekday: 'long', month: 'long', day: 'numeric' }),
    monthDay,
    shortDate: format({ month: 'short', day: 'numeric' }),
    stamp: (at) => `${fullDate(at)}, ${clock(at)}`,
    weekday,
    date,
    iso: (at) => zoned(at).toString({ timeZoneName: 'never', smallestUnit: 'second' }),
    zoned,
    ago(at, now) {
      const minutes = Math.floor((now - at) / 60_000)
      if (minutes < 1) return 'just now'
      if (minutes < 60) return minutes === 1 ? '1 minute ago' : `${minutes} minutes ago`
      const days = zoned(at).toPlainDate().until(zoned(now).toPlainDate()).days
      if (days === 0) return clock(at)
      if (days < 7) return weekday(at)
      return days < 300 ? monthDay(at) : fullDate(at)
    },
  }
}

/** Formatters are dear to make; a station has one zone. */
const timesOf = new Map<string, Times>()

export const stationTimes = ({ zone, language }: { zone: string; language: string }): Times => {
  const key = `${zone} ${language}`
  const times = timesOf.get(key) ?? createTimes(zone, language)
  timesOf.set(key, times)
  return times
}

/** The moment a calendar day begins (not midnight where the clocks change then). */
export const startOfDay = (date: string, zone: string): number =>
  Temporal.PlainDate.from(date).toZonedDateTime({ timeZone: zone }).epochMilliseconds

/** `2026-03-12` and true calendar days only: `2026-02-30` is none. */
export const isDate = (text: string): boolean => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  try {
    return Temporal.PlainDate.from(text).toString() === text
  } catch {
    return false
  }
}

export const addDays = (date: string, days: number): string => Temporal.PlainDate.from(date).add({ days }).toString()
