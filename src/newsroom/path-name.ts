const LONGEST = 70

/** `Flood wall: council says “yes”` → `flood-wall-council-says-yes`; `story` where no letter can be written so. */
export const pathNameOf = (headline: string): string => {
  const words = headline
    .normalize('NFKD')
    .replaceAll(/['’\p{M}]/gu, '')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean)
  let name = ''
  for (const word of words) {
    if (name && name.length + word.length >= LONGEST) break
    name = name ? `${name}-${word}` : word.slice(0, LONGEST)
  }
  return name || 'story'
}

/** The address of a story published at this moment, by the calendar of the station's zone. `at` in ms since the epoch. */
export const pathOf = ({ section, at, zone, name }: { section: string; at: number; zone: string; name: string }) => {
  const day = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate().toString()
  return `/${section}/${day}/${name}`
}
