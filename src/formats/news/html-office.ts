import { attribute, hasClass, isElement, rawText, styleOf, type HtmlElement, type HtmlNode } from './html-tree.ts'
import type { Prose, Run } from './prose.ts'

/** A paragraph that Word shows as an item of a list: it writes `mso-list:l0 level2 lfo1` and the bullet as text. */
export type WordItem = { type: 'word-item'; level: number; ordered: boolean; runs: Run[] }

const bullet = /^\s*(?:[·•◦▪‣§●○■\uF0B7\uF0A7-]|o(?=\s))\s+/
const number = /^\s*\(?(?:\d{1,3}|[a-z]|[ivxl]{1,6})[.)]\s+/i

/** The level of a list item that Word wrote as a paragraph, from 1; null when the paragraph is none. */
export const wordListLevel = (element: HtmlElement): number | null => {
  const list = styleOf(element, 'mso-list')
  const level = /level(\d+)/.exec(list)?.[1]
  if (level) return Number(level)
  // Outlook on the web strips mso- styles but leaves the classes and the bullet.
  if (hasClass(element, /^MsoListParagraph/) && list !== 'none' && startsWithMark(element)) return 1
  return null
}

const startsWithMark = (element: HtmlElement): boolean => {
  const text = rawText(element.childNodes)
  return bullet.test(text) || number.test(text)
}

/** Whether the mark that Word wrote as text counts: `1.`, `b)`, `iv.` do, `·` does not. */
export const isNumbering = (mark: string): boolean => number.test(`${mark.trim()} `)

/** The bullet of an item whose bullet was not marked as such, and the rest. */
export const takeMark = (runs: Run[]): { mark: string; runs: Run[] } => {
  const [first, ...rest] = runs
  const mark = first && (bullet.exec(first.text) ?? number.exec(first.text))?.[0]
  if (!first || !mark) return { mark: '', runs }
  return { mark, runs: [{ ...first, text: first.text.slice(mark.length) }, ...rest].filter(({ text }) => text) }
}

/** Consecutive items → lists, deeper levels inside the item before them. */
export const foldWordItems = (drafts: (Prose | WordItem)[]): Prose[] => {
  const blocks: Prose[] = []
  let at = 0
  while (at < drafts.length) {
    const draft = drafts[at]!
    if (draft.type !== 'word-item') {
      blocks.push(draft)
      at++
      continue
    }
    const items: WordItem[] = []
    for (let next = drafts[at]; next?.type === 'word-item'; next = drafts[++at]) items.push(next)
    blocks.push(...listsOf(items))
  }
  return blocks
}

const listsOf = (items: WordItem[]): Prose[] => {
  const lists: Extract<Prose, { type: 'list' }>[] = []
  const top = Math.min(...items.map(({ level }) => level))
  for (let at = 0; at < items.length;) {
    const { ordered, runs, level } = items[at++]!
    const below: WordItem[] = []
    while (items[at] && items[at]!.level > top) below.push(items[at++]!)
    const item: Prose[] = level === top ? [{ type: 'paragraph', runs }] : []
    if (below.length > 0) item.push(...listsOf(below))
    const last = lists.at(-1)
    if (last && last.ordered === ordered) last.items.push(item)
    else lists.push({ type: 'list', ordered, items: [item] })
  }
  return lists
}

/** Whether Word keeps this for itself: bullets written as text, comments, index marks, deleted and hidden text. */
export const isOfficeClutter = (element: HtmlElement): boolean =>
  styleOf(element, 'mso-list') === 'ignore' ||
  styleOf(element, 'mso-hide') === 'all' ||
  /^(comment|comment-list|field-begin|field-separator|field-end)$/.test(styleOf(element, 'mso-element')) ||
  hasClass(element, /^(msocomanchor|MsoCommentReference|msoDel)$/)

/** `<![if !supportLists]>` … `<![endif]>` reach the tree as comments (HTML Standard, bogus comment state). */
export const supportListsMark = (node: HtmlNode): 'begin' | 'end' | null => {
  if (node.nodeName !== '#comment' || !('data' in node)) return null
  if (/^\[if !support(Lists|Footnotes|EmptyParas|LineBreakNewLine)\]/i.test(node.data)) {
    return /Lists|EmptyParas/i.test(node.data) ? 'begin' : null
  }
  return /^\[endif\]/i.test(node.data) ? 'end' : null
}

/** The bullet Word wrote inside the paragraph, '' when it marked none. */
export const wordBullet = (nodes: readonly HtmlNode[]): string => {
  let inside = false
  for (const node of nodes) {
    const mark = supportListsMark(node)
    if (mark) inside = mark === 'begin'
    if (!isElement(node)) continue
    if (inside || styleOf(node, 'mso-list') === 'ignore') return rawText([node]).trim()
    const deeper = wordBullet(node.childNodes)
    if (deeper) return deeper
  }
  return ''
}

/** Google Docs wraps the whole clipboard in a `<b>` that is not bold. */
export const isBold = (element: HtmlElement, before: boolean): boolean => {
  const weight = styleOf(element, 'font-weight')
  if (weight) return /^(bold|bolder)$/.test(weight) || Number(weight) >= 600
  return before || element.tagName === 'b' || element.tagName === 'strong'
}

export const isItalic = (element: HtmlElement, before: boolean): boolean => {
  const style = styleOf(element, 'font-style')
  if (style) return /^(italic|oblique)/.test(style)
  return before || /^(i|em|cite|dfn|var)$/.test(element.tagName)
}

/** A mail that is answered below: its bars are no quotations. */
export const isMailQuote = (element: HtmlElement): boolean =>
  attribute(element, 'type') === 'cite' ||
  hasClass(element, /^(gmail_quote|protonmail_quote|yahoo_quoted|OutlookMessageHeader)$/)
