import { clockTime, shortTime } from '../player/words.ts'

/** Times as the staff reads them, in the station's zone. All `at` are milliseconds since the Unix epoch. */
export type StudioTimes = {
  zone: string
  /** `4:42 pm`, `noon` */
  clock(at: number): string
  /** `7 pm` */
  short(at: number): string
  /** `4:42:08`, for what runs and for proofs */
  seconds(at: number): string
  /** `Thursday, March 12` */
  day(at: number): string
  /** `March 12, 2026, 2:05 pm` */
  stamp(at: number): string
  /** Where there is little room: `4:20 pm` today, `Wed 9:14 pm` within a week, `Mar 12`, `Mar 12, 2025`. */
  brief(at: number, now: number): string
  /** `2026-03-12`, the station's calendar day. */
  date(at: number): string
  /** With the zone's offset, for `datetime`. */
  iso(at: number): string
}

export const createStudioTimes = (zone: string): StudioTimes => {
  const format = (options: Intl.DateTimeFormatOptions) => {
    const made = new Intl.DateTimeFormat('en-US', { timeZone: zone, ...options })
    return (at: number) => made.format(at)
  }
  const zoned = (at: number) => Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone)
  const clock = (at: number) => clockTime(at, zone)
  const running = format({ hour: 'numeric', minute: '2-digit', second: '2-digit', hour12: true })
  const weekday = format({ weekday: 'short' })
  const shortDate = format({ month: 'short', day: 'numeric' })
  const shortYear = format({ month: 'short', day: 'numeric', year: 'numeric' })
  const fullDate = format({ month: 'long', day: 'numeric', year: 'numeric' })
  return {
    zone,
    clock,
    short: (at) => shortTime(at, zone),
    seconds: (at) => running(at).replace(/\s*[AP]M$/i, ''),
    day: format({ weekday: 'long', month: 'long', day: 'numeric' }),
    stamp: (at) => `${fullDate(at)}, ${clock(at)}`,
    brief(at, now) {
      const [then, today] = [zoned(at).toPlainDate(), zoned(now).toPlainDate()]
      const days = Math.abs(then.until(today).days)
      if (days === 0) return clock(at)
      if (days < 7) return `${weekday(at)} ${clock(at)}`
      return then.year === today.year ? shortDate(at) : shortYear(at)
    },
    date: (at) => zoned(at).toPlainDate().toString(),
    iso: (at) => zoned(at).toString({ timeZoneName: 'never', smallestUnit: 'second' }),
  }
}
