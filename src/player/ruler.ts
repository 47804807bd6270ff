/** Geometry of a ruler, in minutes: wherever time is drawn it is this one. */
export type Ruler = { minutes: number; ticks: string }

/** Small ticks and large ones, in minutes, by the length of the whole. */
const steps = (minutes: number): [small: number, large: number] =>
  minutes <= 40 ? [1, 5] : minutes <= 240 ? [5, 30] : [15, 60]

/** The ruler of a time of this length (milliseconds), at least one minute. */
export const rulerOf = (length: number): Ruler => {
  const minutes = Math.max(1, Math.ceil(length / 60_000))
  const [small, large] = steps(minutes)
  let ticks = ''
  for (let at = 0; at <= minutes; at += small) ticks += at % large === 0 ? `M${at} 3V8` : `M${at} 6V8`
  return { minutes, ticks }
}

/** Minutes gone to a tenth, within the ruler. `gone` in milliseconds. */
export const playedOf = (ruler: Ruler, gone: number): number =>
  Math.min(ruler.minutes, Math.max(0, Math.round(gone / 6000) / 10))

/** How far a thumb moves at a time, in minutes: whole ones where there are many. */
export const stepOf = ({ minutes }: Ruler): number => (minutes > 10 ? 1 : 0.1)
