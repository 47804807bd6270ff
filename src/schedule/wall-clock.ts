/**
 * From what the clock on the studio wall shows to the instant when it shows it.
 * Where the clock is put forward, the times it skips become the instant of the change; where it is put back,
 * a time that comes twice means the first. So later wall times never give earlier instants.
 */
export type WallClock = {
  /** Milliseconds since the Unix epoch at `minutes` after midnight of `date`; more than a day's minutes count on. */
  instant(date: Temporal.PlainDate, minutes: number): number
  /** The calendar day it is at an instant. */
  date(at: number): Temporal.PlainDate
}

const minutesADay = 24 * 60

export const createWallClock = (zone: string): WallClock => ({
  instant: (date, minutes) => {
    const day = date.add({ days: Math.floor(minutes / minutesADay) })
    const shown = day.toPlainDateTime({ hour: Math.floor((minutes % minutesADay) / 60), minute: minutes % 60 })
    const read = shown.toZonedDateTime(zone, { disambiguation: 'compatible' })
    if (read.toPlainDateTime().equals(shown)) return read.epochMilliseconds
    const before = shown.toZonedDateTime(zone, { disambiguation: 'earlier' })
    return (before.getTimeZoneTransition('next') ?? read).epochMilliseconds
  },
  date: (at) => Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate(),
})
