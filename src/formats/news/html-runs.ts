import { cleanText } from './plain-text.ts'
import type { Run } from './prose.ts'

/** Marks in force at a place of the text. */
export type Marks = { strong: boolean; emphasis: boolean; href: string | null }

export const noMarks: Marks = { strong: false, emphasis: false, href: null }

export const runOf = (text: string, { strong, emphasis, href }: Marks): Run => ({
  text,
  ...(strong && { strong }),
  ...(emphasis && { emphasis }),
  ...(href !== null && { href }),
})

export const sameMarks = (a: Run, b: Run): boolean =>
  a.strong === b.strong && a.emphasis === b.emphasis && a.href === b.href

/**
 * Runs as gathered → runs as kept: spaces collapsed across their borders and never inside the edge of a link or a
 * mark, equal neighbours joined, both ends of the paragraph cut. [] when nothing is left to read.
 */
export const tidyRuns = (gathered: readonly Run[]): Run[] => {
  const runs: Run[] = []
  let gap = false
  for (const run of gathered) {
    const text = cleanText(run.text)
    const words = text.replace(/^ | $/g, '')
    if (!words) {
      gap ||= text.length > 0
      continue
    }
    if ((gap || text.startsWith(' ')) && runs.length > 0) join(runs, ' ', run)
    const last = runs.at(-1)
    if (last && sameMarks(last, run)) last.text += words
    else runs.push({ ...run, text: words })
    gap = text.endsWith(' ')
  }
  return runs
}

/** A space between two runs is of the first one, but no link or emphasis ends in a space. */
const join = (runs: Run[], space: string, next: Run) => {
  const last = runs.at(-1)!
  if (sameMarks(last, next) || !(last.strong || last.emphasis || last.href)) last.text += space
  else runs.push({ text: space })
}

/** Runs of a heading: a heading is strong by itself. */
export const withoutStrong = (runs: readonly Run[]): Run[] =>
  tidyRuns(runs.map(({ text, emphasis, href }) => ({ text, ...(emphasis && { emphasis }), ...(href && { href }) })))
