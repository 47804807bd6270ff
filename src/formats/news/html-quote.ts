import { attribute, findElement, isElement, rawText, type HtmlElement, type HtmlNode } from './html-tree.ts'
import { cleanText } from './plain-text.ts'
import { runsText, type Prose, type Run } from './prose.ts'

/** A last line such as `— Rae Lund, forester`. */
const speakerLine = /^(?:[—–―]|--?)\s*(?=\p{L})/u

/** A blockquote or pull quote, its speaker out of `footer`, `cite` or a last line that begins with a dash. */
export const quoteOf = (element: HtmlElement, pull: boolean, read: (nodes: HtmlNode[]) => Prose[]): Prose[] => {
  const signature = findElement(element.childNodes, ({ tagName }) => tagName === 'footer' || tagName === 'figcaption')
  const cited = signature ?? lastCite(element)
  let speaker = cited ? cleanText(rawText(cited.childNodes)).trim() : ''
  const blocks = read(cited ? without(element.childNodes, cited) : element.childNodes)
  const paragraphs: Run[][] = []
  const others: Prose[] = []
  for (const block of blocks) {
    if (block.type === 'paragraph' || block.type === 'heading') paragraphs.push(block.runs)
    else if (block.type === 'quotation') paragraphs.push(...block.paragraphs)
    else if (block.type === 'pull-quote') paragraphs.push(block.runs)
    else others.push(block)
  }
  const last = paragraphs.length > 1 ? runsText(paragraphs.at(-1)!) : ''
  if (!speaker && last.length < 120 && speakerLine.test(last)) {
    speaker = last
    paragraphs.pop()
  }
  speaker = speaker.replace(speakerLine, '')
  if (paragraphs.length === 0) return others
  const quote: Prose = pull
    ? { type: 'pull-quote', runs: paragraphs.flatMap((runs, at) => (at ? [{ text: ' ' }, ...runs] : runs)), speaker }
    : { type: 'quotation', paragraphs, speaker }
  return [quote, ...others]
}

/** A `cite` that ends the quotation names the speaker; one in the middle is the title of a work. */
const lastCite = (element: HtmlElement): HtmlElement | undefined => {
  const last = element.childNodes.findLast((node) => isElement(node) || cleanText(rawText([node])).trim() !== '')
  if (!last || !isElement(last) || attribute(last, 'hidden')) return undefined
  if (last.tagName === 'cite') return last
  const alone = last.tagName === 'p' && cleanText(rawText(last.childNodes)).trim()
  const cite = last.childNodes.find((node) => isElement(node) && node.tagName === 'cite')
  return cite && isElement(cite) && alone === cleanText(rawText(cite.childNodes)).trim() ? last : undefined
}

/** The nodes with one element taken out, wherever it is. */
const without = (nodes: HtmlNode[], gone: HtmlElement): HtmlNode[] =>
  nodes
    .filter((node) => node !== gone)
    .map((node) => (isElement(node) ? { ...node, childNodes: without(node.childNodes, gone) } : node))
