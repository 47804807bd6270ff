import { html } from 'hono/html'
import type { Html } from '../player/icon.view.ts'
import { safeUrl } from './safe-url.ts'

const markup = /\[([^\]]+)\]\(([^)\s]+)\)|\*([^*]+)\*/g

/** Text of a block: plain but for `[words](https://…)` and `*emphasis*`. */
export const richText = (text: string): Html => {
  const parts: (string | Html)[] = []
  let from = 0
  for (const match of text.matchAll(markup)) {
    const [whole, words, url, emphasis] = match
    parts.push(text.slice(from, match.index))
    parts.push(emphasis ? html`<em>${emphasis}</em>` : html`<a href="${safeUrl(url ?? '')}">${words}</a>`)
    from = match.index + whole.length
  }
  return html`${[...parts, text.slice(from)]}`
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
