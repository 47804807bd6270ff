import { html } from 'hono/html'
import type { Run } from '../formats/news/prose.ts'
import { markupToRuns } from '../newsroom/body-markup.ts'
import type { Html } from '../player/icon.view.ts'
import { safeUrl } from './safe-url.ts'

/** Text of a block as newsroom/body-markup.ts writes it: `[words](https://…)`, `*emphasis*`, `**strong**`, escapes. */
export const richText = (text: string): Html => {
  const runs = markupToRuns(text)
  const parts: (string | Html)[] = []
  for (let at = 0; at < runs.length;) {
    const { href } = runs[at]!
    const end = href === undefined ? at + 1 : endOfLink(runs, at)
    const words = runs.slice(at, end).map(wordsView)
    parts.push(href === undefined ? html`${words}` : html`<a href="${safeUrl(href)}">${words}</a>`)
    at = end
  }
  return html`${parts}`
}

/** Words of one link may be several runs: some in emphasis, with spaces between that belong to none. */
const endOfLink = (runs: readonly Run[], from: number): number => {
  const { href } = runs[from]!
  let end = from + 1
  for (let at = end; at < runs.length; at++) {
    const run = runs[at]!
    if (run.href === href) end = at + 1
    else if (run.href !== undefined || run.text.trim() !== '') break
  }
  return end
}

const wordsView = ({ text, strong, emphasis }: Run): string | Html => {
  const words = emphasis ? html`<em>${text}</em>` : text
  return strong ? html`<strong>${words}</strong>` : words
}

const address = /https?:\/\/[^\s<>()]*[^\s<>().,;:]/g

/** A line with addresses in it: each a link that is read without its scheme. */
export const linkedText = (text: string): Html => {
  const parts: (string | Html)[] = []
  let from = 0
  for (const match of text.matchAll(address)) {
    parts.push(text.slice(from, match.index))
    parts.push(html`<a class="under" href="${match[0]}">${match[0].replace(/^https?:\/\//, '')}</a>`)
    from = match.index + match[0].length
  }
  return html`${[...parts, text.slice(from)]}`
}
