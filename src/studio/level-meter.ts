/** A side's level, dB below full scale, −60…0: what it is, and what it was at most lately. */
export type Level = { now: number; peak: number }

/** The meter's width in its own units. */
export const WIDTH = 600
/** Above these a meter is ochre, and plum. */
const HOT = -12
const OVER = -3

const xOf = (decibels: number) => ((Math.max(-60, Math.min(0, decibels)) + 60) / 60) * WIDTH

/** What the two rows of the meter show, as rectangles: class, x, width. */
export const barsOf = ({ now, peak }: Level): { is: string; x: number; width: number }[] => {
  const part = (is: string, from: number, to: number) => {
    const [x, end] = [xOf(from), xOf(Math.min(now, to))]
    return end > x ? [{ is, x, width: end - x }] : []
  }
  return [
    { is: 'bed', x: 0, width: WIDTH },
    ...part('ok', -60, HOT),
    ...part('hot', HOT, OVER),
    ...part('over', OVER, 0),
    ...(peak > -60 ? [{ is: 'peak', x: Math.min(xOf(peak), WIDTH - 4), width: 4 }] : []),
  ]
}

/** The reading in words. */
export const readingOf = ([left, right]: readonly [Level, Level]): string => {
  const words = ({ now }: Level) => (now <= -60 ? 'silent' : `${Math.round(now)} dB`)
  return `Level now: left ${words(left)}, right ${words(right)}`
}
