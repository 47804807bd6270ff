import type { Node } from 'prosemirror-model'
import { htmlToProse } from '../formats/news/html-prose.ts'
import { proseToBody } from './body-prose.ts'

/**
 * HTML that somebody pasted (Word, Google Docs, Outlook, a web page) → a body of our schema and what was left out, in
 * sentences for the writer. `base` is the address relative links are of. Never throws; nothing of the source's markup
 * survives. The one parser for this is formats/news/html-prose.ts, which also reads the wire.
 */
export const htmlToBody = (html: string, { base }: { base?: string } = {}): { doc: Node; notes: string[] } => {
  const read = htmlToProse(html, base === undefined ? {} : { base })
  const { doc, notes } = proseToBody(read.blocks)
  return { doc, notes: [...read.notes, ...notes] }
}
