/** One thing wrong in groundwave.yaml, told so that it can be mended without knowing the program. */
export type Problem = {
  /** Counted from 1; 0 for a problem that stands in no file (an environment variable). */
  line: number
  column: number
  /** `mounts[0].burst`, or '' for the file as a whole. */
  path: string
  message: string
  /** What to do about it, '' when the message says it. */
  hint: string
}

/** `groundwave.yaml:12:5 mounts[0].burst: needs a number and a unit (…)` */
export const formatProblem = ({ line, column, path, message, hint }: Problem, file = 'groundwave.yaml'): string => {
  const place = line > 0 ? `${file}:${line}:${column}` : ''
  const head = [place, path && `${path}:`].filter(Boolean).join(' ')
  return `${head} ${message}${hint && ` (${hint})`}`
}

/** `['mounts', 0, 'burst']` → `mounts[0].burst` */
export const formatPath = (path: readonly PropertyKey[]): string =>
  path.map((step, at) => (typeof step === 'number' ? `[${step}]` : `${at ? '.' : ''}${String(step)}`)).join('')

/** The known word nearest to `word`, or null when none is near enough to be what was meant. */
export const nearest = (word: string, known: readonly string[]): string | null => {
  const ranked = known
    .map((candidate) => ({ candidate, steps: distance(word.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.steps - b.steps)
  const best = ranked[0]
  return best && best.steps <= Math.max(1, Math.floor(word.length / 3)) ? best.candidate : null
}

/** `Did you mean "burst"?`, or else the list of what there is. */
export const suggest = (word: string, known: readonly string[]): string => {
  const near = nearest(word, known)
  if (near) return `Did you mean "${near}"?`
  return known.length ? `There is: ${known.join(', ')}.` : ''
}

// Letters added, lost, changed, or two neighbours swapped: the ways a hand slips.
const distance = (a: string, b: string): number => {
  const rows = Array.from({ length: a.length + 1 }, (_, i) => Array.from({ length: b.length + 1 }, (_, j) => i || j))
  const cell = (i: number, j: number) => rows[i]?.[j] ?? 0
  for (let i = 1; i <= a.length; i++)
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1
      let steps = Math.min(cell(i - 1, j) + 1, cell(i, j - 1) + 1, cell(i - 1, j - 1) + change)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        steps = Math.min(steps, cell(i - 2, j - 2) + 1)
      rows[i]![j] = steps
    }
  return cell(a.length, b.length)
}
