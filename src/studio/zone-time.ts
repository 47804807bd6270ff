/** What a person typed into `datetime-local`, in the station's zone → ms since the epoch; null for what is no time there. */
export const momentIn = (text: string, zone: string): number | null => {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/.test(text)) return null
  try {
    // The hour that the clocks leave out is no time; of the one they pass twice the first is meant.
    const zoned = Temporal.PlainDateTime.from(text).toZonedDateTime(zone, { disambiguation: 'earlier' })
    return zoned.toPlainDateTime().equals(Temporal.PlainDateTime.from(text)) ? zoned.epochMilliseconds : null
  } catch {
    return null
  }
}

/** The value of a `datetime-local` for a moment, to the minute. */
export const localValue = (at: number, zone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(at)
    .toZonedDateTimeISO(zone)
    .toPlainDateTime()
    .toString({ smallestUnit: 'minute' })
