/** What can be done to the front's order. */
export const frontDeeds = ['lead', 'place', 'up', 'down', 'take-out'] as const
export type FrontDeed = (typeof frontDeeds)[number]

/** The front has room for a lead and four seconds; what is placed beyond waits. */
export const MOST_PLACES = 12

/** The order after a deed; the same when it changes nothing. */
export const arranged = (order: readonly string[], deed: FrontDeed, id: string): string[] => {
  const at = order.indexOf(id)
  const others = order.filter((one) => one !== id)
  if (deed === 'lead') return [id, ...others].slice(0, MOST_PLACES)
  if (deed === 'place') return at < 0 ? [...order, id].slice(0, MOST_PLACES) : [...order]
  if (deed === 'take-out') return others
  if (at < 0) return [...order]
  const to = deed === 'up' ? Math.max(0, at - 1) : at + 1
  return [...others.slice(0, to), id, ...others.slice(to)]
}
