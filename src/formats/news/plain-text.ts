import { parseHtml, rawText } from './html-tree.ts'

/**
 * What no reader sees and some parsers choke on: C0 and C1 controls (but tab and line ends), non-characters, the
 * byte order mark, zero-width space, word joiner, soft hyphen and the bidirectional overrides. Joiners and
 * directional marks stay: Arabic, Persian and Indic scripts need them.
 */
const invisible = /(?![\t\n\r\f\u0085])\p{Cc}|[\u00AD\u200B\u2060\u202A-\u202E\u2066-\u2069\uFEFF\uFFFE\uFFFF]/gu

/** A no-break space where typography does not want one: it wants them for French punctuation and a number's unit. */
const unwanted = /(?!(?<=[«‹\d])\u00A0(?=\S))(?!(?<=\S)\u00A0(?=[»›:;!?%]))\u00A0/g

/** Text as it is kept: well-formed UTF-16, nothing invisible, every run of spaces one space. Ends are not cut. */
export const cleanText = (text: string): string =>
  text
    .toWellFormed()
    .replace(invisible, '')
    .replace(/[\t\n\r\f\u0085\u2028\u2029]/g, ' ')
    .replace(unwanted, ' ')
    .replace(/ {2,}/g, ' ')

/** A field that should be plain text but may hold entities and tags (CDS title and caption do) → its words. */
export const plainText = (text: string): string => {
  if (!/[<&]/.test(text)) return cleanText(text).trim()
  const parsed = parseHtml(text)
  return cleanText('nodes' in parsed ? rawText(parsed.nodes) : '').trim()
}
