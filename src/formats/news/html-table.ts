import { attribute, isElement, type HtmlElement, type HtmlNode } from './html-tree.ts'
import { tidyRuns, withoutStrong } from './html-runs.ts'
import type { Prose, ProseCell, Run } from './prose.ts'

/** A table larger than this is data, not part of a story; its cells are then read as paragraphs. */
const mostRows = 300
const mostColumns = 20

type Row = { cells: HtmlElement[]; head: boolean }
type Found = { caption: HtmlNode[]; table: Extract<Prose, { type: 'table' }> | null; cells: Prose[] }

/**
 * A `<table>` as a table, or, where it only lays out a page or a mail (one column, `role=presentation`, blocks in
 * its cells), the blocks of its cells in reading order.
 */
export const tableOf = (element: HtmlElement, read: (nodes: HtmlNode[]) => Prose[]): Found => {
  const rows: Row[] = []
  const caption: HtmlNode[] = []
  gather(element, false, rows, caption)
  const contents = rows.map(({ cells, head }) => ({
    head,
    cells: cells.map((cell) => ({ element: cell, blocks: read(cell.childNodes) })),
  }))
  const blocks = contents.flatMap(({ cells }) => cells.flatMap((cell) => cell.blocks))
  const columns = Math.max(0, ...contents.map(({ cells }) => cells.reduce((sum, cell) => sum + span(cell.element), 0)))
  const forLayout =
    /^(presentation|none)$/.test(attribute(element, 'role')) ||
    columns < 2 ||
    columns > mostColumns ||
    rows.length > mostRows ||
    blocks.some(({ type }) => type !== 'paragraph')
  if (forLayout) return { caption, table: null, cells: blocks }

  const table = contents
    .map(({ cells, head }) => {
      const row = cells.flatMap((cell): ProseCell[] => {
        const runs = joined(cell.blocks)
        const header = head || cell.element.tagName === 'th'
        const padding = Array.from({ length: span(cell.element) - 1 }, () => ({ header, runs: [] as Run[] }))
        return [{ header, runs: header ? withoutStrong(runs) : runs }, ...padding]
      })
      while (row.length < columns) row.push({ header: head, runs: [] })
      return row
    })
    .filter((row) => row.some(({ runs }) => runs.length > 0))
  return { caption, table: table.length > 0 ? { type: 'table', rows: withHead(table) } : null, cells: [] }
}

/** Rows in the order they are shown; a table inside a cell is the cell's own affair. */
const gather = (element: HtmlElement, head: boolean, rows: Row[], caption: HtmlNode[]) => {
  for (const node of element.childNodes) {
    if (!isElement(node)) continue
    if (node.tagName === 'caption') caption.push(...node.childNodes)
    else if (/^t(head|body|foot)$/.test(node.tagName)) gather(node, node.tagName === 'thead', rows, caption)
    else if (node.tagName === 'tr') {
      const cells = node.childNodes.filter((cell) => isElement(cell) && /^t[dh]$/.test(cell.tagName)) as HtmlElement[]
      if (cells.length > 0) rows.push({ cells, head })
    }
  }
}

const span = (cell: HtmlElement): number =>
  Math.min(mostColumns, Math.max(1, Number.parseInt(attribute(cell, 'colspan')) || 1))

const joined = (blocks: Prose[]): Run[] =>
  tidyRuns(blocks.flatMap((block) => (block.type === 'paragraph' ? [...block.runs, { text: ' ' }] : [])))

/** Word and Google Docs know no header cells: a first row that is bold throughout, above one that is not, is one. */
const withHead = (rows: ProseCell[][]): ProseCell[][] => {
  const [first, second] = rows
  if (!first || !second || rows.flat().some(({ header }) => header) || !isStrong(first) || isStrong(second)) return rows
  return [first.map(({ runs }) => ({ header: true, runs: withoutStrong(runs) })), ...rows.slice(1)]
}

const isStrong = (row: ProseCell[]): boolean =>
  row.some(({ runs }) => runs.length > 0) &&
  row.every(({ runs }) => runs.every(({ strong, text }) => strong || text.trim() === ''))
