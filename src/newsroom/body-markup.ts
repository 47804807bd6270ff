import { tidyRuns } from '../formats/news/html-runs.ts'
import type { Run } from '../formats/news/prose.ts'
import { bodyLink } from './body-schema.ts'

/**
 * Runs as one line of text, the way story files and `Block` write it: `[words](https://…)`, `*emphasis*`,
 * `**strong**`; a backslash before `*`, `[`, `]` or `\` takes their meaning away.
 */
export const runsToMarkup = (runs: readonly Run[]): string => {
  let text = ''
  for (let at = 0; at < runs.length;) {
    const { href } = runs[at]!
    const end = href === undefined ? at + 1 : endOfLink(runs, at)
    const words = runs.slice(at, end).map(marked).join('')
    text += href === undefined ? words : `[${words}](${href.replace(/[()]/g, percent)})`
    at = end
  }
  return text
}

/** A link may hold several runs: words in emphasis among plain ones. */
const endOfLink = (runs: readonly Run[], from: number): number => {
  const end = runs.findIndex(({ href }, at) => at > from && href !== runs[from]!.href)
  return end < 0 ? runs.length : end
}

const percent = (one: string) => (one === '(' ? '%28' : '%29')

const marked = ({ text, strong, emphasis }: Run): string => {
  const stars = '*'.repeat((strong ? 2 : 0) + (emphasis ? 1 : 0))
  return stars + text.replace(/[\\*[\]]/g, String.raw`\$&`) + stars
}

const markup = /\\([\\*[\]])|\[((?:\\.|[^\]\\])+)\]\(([^)\s]+)\)|(\*{1,3})(?! )((?:\\.|[^*\\])+)(?<! )\4/g

/** One line of text → its runs. What is no mark is text; a link that is not safe keeps its words only. */
export const markupToRuns = (text: string): Run[] => tidyRuns(read(text, {}))

const read = (text: string, at: Omit<Run, 'text'>): Run[] => {
  const runs: Run[] = []
  let from = 0
  for (const match of text.matchAll(markup)) {
    const [whole, escaped, words, address, stars = '', starred] = match
    runs.push({ ...at, text: text.slice(from, match.index) })
    from = match.index + whole.length
    if (escaped) runs.push({ ...at, text: escaped })
    else if (words && address) {
      const href = bodyLink(address)
      runs.push(...read(words, href === null ? at : { ...at, href }))
    } else if (starred) {
      runs.push(
        ...read(starred, {
          ...at,
          ...(stars.length >= 2 && { strong: true }),
          ...(stars.length !== 2 && { emphasis: true }),
        }),
      )
    }
  }
  return [...runs, { ...at, text: text.slice(from) }]
}
