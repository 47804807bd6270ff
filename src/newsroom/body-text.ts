import { Node } from 'prosemirror-model'
import { proseText } from '../formats/news/prose.ts'
import { bodyToProse } from './body-prose.ts'
import { bodySchema } from './body-schema.ts'
import type { BodyDocument } from './story.ts'

/** The words of a body as a person would read them out, one paragraph a line; speakers stand behind their words. */
export const bodyText = (doc: Node): string =>
  bodyToProse(doc)
    .map((block) => {
      const text = proseText([block])
      return 'speaker' in block && block.speaker ? `${text} (${block.speaker})` : text
    })
    .filter(Boolean)
    .join('\n')

/** The words of a revision's body, paragraph by paragraph. */
export const bodyLines = ({ body }: { body: BodyDocument }): string[] =>
  bodyText(Node.fromJSON(bodySchema, body)).split('\n').filter(Boolean)

/** Scripts written without spaces count by character: Han, Kana, Thai, Lao, Khmer, Burmese. */
const word =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])[\p{L}\p{N}\p{M}])+(?:['’.,-](?=[\p{L}\p{N}])[\p{L}\p{N}\p{M}]+)*/gu

/** Words of a text: `4,000`, `don't` and `eight-hour` are one each. */
export const countWords = (text: string): number => text.match(word)?.length ?? 0

/** Whole minutes somebody needs at `wordsPerMinute` (240 is usual for news on a screen); a text of any length needs one. */
export const readMinutes = (words: number, wordsPerMinute: number): number =>
  words > 0 ? Math.max(1, Math.round(words / wordsPerMinute)) : 0

/** The beginning, at most `longest` characters, cut at the end of a sentence or else between two words. */
export const excerpt = (text: string, longest: number): string => {
  const line = text.replace(/\s+/g, ' ').trim()
  if (line.length <= longest) return line
  const start = line.slice(0, longest + 1)
  const sentence = /^.*[.!?…]["”’)]?(?=\s)/u.exec(start)?.[0] ?? ''
  if (sentence.length >= longest / 2) return sentence
  const words = start.slice(0, longest).replace(/\s+\S*$/u, '')
  return `${(words || start.slice(0, longest - 1)).toWellFormed().replace(/[\s.,;:–—-]+$/u, '')}…`
}
