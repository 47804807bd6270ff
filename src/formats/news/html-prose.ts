import { embedOf } from './embed.ts'
import { foldWordItems, isBold, isItalic, isMailQuote, isNumbering, isOfficeClutter } from './html-office.ts'
import { supportListsMark, takeMark, wordBullet, wordListLevel, type WordItem } from './html-office.ts'
import { quoteOf } from './html-quote.ts'
import { noMarks, runOf, tidyRuns, withoutStrong, type Marks } from './html-runs.ts'
import { tableOf } from './html-table.ts'
import { attribute, findElement, hasClass, isElement, parseHtml, rawText, styleOf, unread } from './html-tree.ts'
import type { HtmlElement, HtmlNode } from './html-tree.ts'
import { evenHeadings, runsText, type Prose, type Run } from './prose.ts'
import { safeLink } from './safe-link.ts'

export type HtmlProseOptions = {
  /** Address that relative links are of; without one they lose their link and keep their words. */
  base?: string
  /** Leave headings at the level they have: for a part of a body whose whole is evened later. */
  part?: boolean
}

export type HtmlProse = {
  blocks: Prose[]
  /** What was left out or changed, in sentences for a person. */ notes: string[]
}

/**
 * HTML of strangers → neutral blocks, by allow-list: what is not named here leaves at most its words. Nothing of the
 * source's markup survives, so nothing can execute. Knows how Word, Outlook, Google Docs and web pages write.
 * Never throws; HTML that is refused gives no blocks and a note.
 */
export const htmlToProse = (html: string, { base, part = false }: HtmlProseOptions = {}): HtmlProse => {
  const parsed = parseHtml(html)
  if ('reason' in parsed) return { blocks: [], notes: [`The text was left out: ${parsed.reason}.`] }
  const notes = new Set<string>()
  const blocks = readFlow(parsed.nodes, { notes, base, listLevel: 0 }, noMarks)
  return { blocks: part ? blocks : evenHeadings(blocks), notes: [...notes] }
}

export type Reading = { notes: Set<string>; base: string | undefined; listLevel: number }

/** Nodes → the blocks they show. */
export const readFlow = (nodes: readonly HtmlNode[], reading: Reading, marks: Marks): Prose[] => {
  const drafts: (Prose | WordItem)[] = []
  let runs: Run[] = []
  const flush = () => {
    const tidy = tidyRuns(runs)
    runs = []
    if (tidy.length > 0) drafts.push({ type: 'paragraph', runs: tidy })
  }
  const block = (...more: (Prose | WordItem)[]) => {
    flush()
    drafts.push(...more)
  }
  const walkAll = (children: readonly HtmlNode[], at: Marks) => {
    let bullet = false
    for (const node of children) {
      const mark = supportListsMark(node)
      if (mark) bullet = mark === 'begin'
      if (node.nodeName === '#text' && 'value' in node) {
        if (!bullet) runs.push(runOf(node.value, at))
      } else if (isElement(node) && !bullet) walk(node, at)
    }
  }
  const walk = (element: HtmlElement, at: Marks): void => {
    const tag = element.tagName
    if (isLeftOut(element, reading.notes)) return
    const own = marksOf(element, at, reading)
    if (inline.has(tag)) return walkAll(element.childNodes, own)
    switch (tag) {
      case 'br':
        return flush()
      case 'hr':
        // Word's line above the footnotes.
        return attribute(element, 'width') === '33%' ? flush() : block({ type: 'rule' })
      case 'img':
      case 'picture':
        reading.notes.add('Pictures were left out; add them from the photo library.')
        return
      case 'iframe':
        return block(...embedBlock(element, attribute(element, 'src'), reading))
      case 'ul':
      case 'ol':
        return block(...listBlocks(element, reading, own))
      case 'blockquote':
      case 'aside':
      case 'figure':
        return block(...quoteBlocks(element, reading, own))
      case 'table':
        return block(...tableBlocks(element, reading, own))
      case 'pre':
        for (const line of rawText(element.childNodes).split(/\r?\n/)) {
          flush()
          runs.push(runOf(line, own))
        }
        return flush()
    }
    flush()
    const heading = /^h([1-6])$/.exec(tag)?.[1]
    if (heading) return block(...headingBlocks(element, Number(heading), reading, own))
    const level = wordListLevel(element)
    if (level !== null) return block(...wordItem(element, level, reading, own))
    walkAll(element.childNodes, own)
    flush()
  }
  walkAll(nodes, marks)
  flush()
  return foldWordItems(drafts)
}

/** Elements that stand in a line; everything else begins a new one. */
const inline = new Set(
  'a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark o:p q rp rt ruby s samp small span strike strong sub sup time tt u var wbr'.split(
    ' ',
  ),
)

const silent = new Set([
  ...unread,
  'meta',
  'link',
  'base',
  'colgroup',
  'col',
  'area',
  'map',
  'track',
  'source',
  'param',
  'w:sdtpr',
])
const clutter = new Set([
  'button',
  'input',
  'select',
  'textarea',
  'option',
  'nav',
  'dialog',
  'menu',
  'datalist',
  'progress',
  'meter',
])
const media = new Set([
  'object',
  'embed',
  'applet',
  'audio',
  'video',
  'canvas',
  'svg',
  'math',
  'frameset',
  'frame',
  'portal',
  'marquee',
])

const isLeftOut = (element: HtmlElement, notes: Set<string>): boolean => {
  const tag = element.tagName
  if (tag === 'script') notes.add('Script was left out.')
  if (silent.has(tag)) return true
  if (clutter.has(tag)) {
    notes.add('Buttons, forms and menus were left out.')
    return true
  }
  if (media.has(tag)) {
    notes.add(`Something that is not text was left out (${tag}).`)
    return true
  }
  if (tag === 'del' || hasClass(element, /^msoDel$/)) {
    notes.add('Text marked as deleted was left out.')
    return true
  }
  if (tag === 's' || tag === 'strike') notes.add('Struck-through text stands without its stroke; check it.')
  return isOfficeClutter(element) || isHidden(element)
}

const isHidden = (element: HtmlElement): boolean =>
  element.attrs.some(({ name }) => name === 'hidden') ||
  styleOf(element, 'display') === 'none' ||
  styleOf(element, 'visibility') === 'hidden' ||
  /^0(px|pt|em)?$/.test(styleOf(element, 'font-size'))

const marksOf = (element: HtmlElement, at: Marks, { base }: Reading): Marks => {
  const address = element.tagName === 'a' ? attribute(element, 'href') : ''
  return {
    strong: isBold(element, at.strong),
    emphasis: isItalic(element, at.emphasis),
    // A place within the source's own page (footnotes, "back to top") leads nowhere in ours.
    href: address && !address.trim().startsWith('#') ? safeLink(address, base) : at.href,
  }
}

const embedBlock = (element: HtmlElement, address: string, { notes }: Reading): Prose[] => {
  const embed = embedOf(address)
  if (!embed) {
    const host = URL.parse(address.replace(/^\/\//, 'https://'))?.hostname
    notes.add(`Something from ${host || 'elsewhere'} was left out: its provider is not on the list of embeds.`)
    return []
  }
  return [{ type: 'embed', ...embed, title: tidyRuns([{ text: attribute(element, 'title') }])[0]?.text ?? '' }]
}

const headingBlocks = (element: HtmlElement, level: number, reading: Reading, marks: Marks): Prose[] =>
  readFlow(element.childNodes, reading, marks).flatMap((block): Prose[] => {
    if (block.type !== 'paragraph') return [block]
    const runs = withoutStrong(block.runs)
    return runs.length > 0 ? [{ type: 'heading', level: level <= 2 ? 2 : 3, runs }] : []
  })

const wordItem = (element: HtmlElement, level: number, reading: Reading, marks: Marks): (Prose | WordItem)[] => {
  const bullet = wordBullet(element.childNodes)
  return readFlow(element.childNodes, reading, marks).map((block) => {
    if (block.type !== 'paragraph') return block
    const taken = bullet ? { mark: bullet, runs: block.runs } : takeMark(block.runs)
    return { type: 'word-item', level, ordered: isNumbering(taken.mark), runs: taken.runs }
  })
}

/** Lists deeper than this are no longer read as lists; their items join the item above them. */
const deepestList = 4

const listBlocks = (element: HtmlElement, reading: Reading, marks: Marks): Prose[] => {
  const items: Prose[][] = []
  const inside = { ...reading, listLevel: reading.listLevel + 1 }
  for (const node of element.childNodes) {
    const nested = isElement(node) && /^[uo]l$/.test(node.tagName)
    const isItem = isElement(node) && node.tagName === 'li'
    if (isItem && isLeftOut(node, reading.notes)) continue
    const blocks = readFlow(isItem ? node.childNodes : [node], inside, isItem ? marksOf(node, marks, reading) : marks)
    if (blocks.length === 0) continue
    const last = items.at(-1)
    // Google Docs and Word put an inner list beside its item instead of in it.
    if (nested && last) last.push(...itemBlocks(blocks))
    else items.push(itemBlocks(blocks))
  }
  if (items.length === 0) return []
  if (inside.listLevel > deepestList) return items.flat()
  return [{ type: 'list', ordered: element.tagName === 'ol', items }]
}

/** What may stand in an item: paragraphs and lists. The words of everything else become paragraphs. */
const itemBlocks = (blocks: Prose[]): Prose[] =>
  blocks.flatMap((block): Prose[] => {
    switch (block.type) {
      case 'paragraph':
      case 'list':
        return [block]
      case 'heading':
      case 'pull-quote':
        return [{ type: 'paragraph', runs: block.runs }]
      case 'quotation':
        return block.paragraphs.map((runs) => ({ type: 'paragraph', runs }))
      case 'table':
        return block.rows.map((row) => ({
          type: 'paragraph',
          runs: tidyRuns(row.flatMap(({ runs }) => [...runs, { text: ' ' }])),
        }))
      default:
        return []
    }
  })

const quoteBlocks = (element: HtmlElement, reading: Reading, marks: Marks): Prose[] => {
  if (hasClass(element, /^(twitter-(tweet|video)|bluesky-embed|instagram-media)$/)) {
    const link = attribute(element, 'data-instgrm-permalink') || lastLink(element)
    return embedBlock(element, link, reading)
  }
  const pull = hasClass(element, /^(wp-block-)?pull-?quote/i)
  if (!pull && (element.tagName !== 'blockquote' || isMailQuote(element))) {
    const picture = findElement(element.childNodes, ({ tagName }) => tagName === 'img' || tagName === 'picture')
    const caption = (node: HtmlNode) => isElement(node) && node.tagName === 'figcaption'
    const rest = picture ? element.childNodes.filter((node) => !caption(node)) : element.childNodes
    return readFlow(rest, reading, marks)
  }
  return quoteOf(element, pull, (nodes) => readFlow(nodes, reading, marks))
}

/** In the mark-up that social networks hand out, the last link is the post itself. */
const lastLink = (element: HtmlElement): string => {
  let address = ''
  findElement(element.childNodes, (one) => {
    if (one.tagName === 'a' && embedOf(attribute(one, 'href'))) address = attribute(one, 'href')
    return false
  })
  return address
}

const tableBlocks = (element: HtmlElement, reading: Reading, marks: Marks): Prose[] => {
  const { caption, table, cells } = tableOf(element, (nodes) => readFlow(nodes, reading, marks))
  const before = caption.flatMap((node) => readFlow([node], reading, marks))
  return table && runsText(table.rows.flat().flatMap(({ runs }) => runs)) ? [...before, table] : [...before, ...cells]
}
