import { closeHistory } from 'prosemirror-history'
import type { Node } from 'prosemirror-model'
import { Plugin, TextSelection } from 'prosemirror-state'
import type { Command, EditorState, Transaction } from 'prosemirror-state'
import { bodySchema } from '../../newsroom/body-schema.ts'
import { gridOf } from './table.ts'

// What is selected over several cells, and what is left of a table when something else took cells away.

const { nodes } = bodySchema
const isCell = (node: Node) => node.type === nodes.table_cell || node.type === nodes.table_header

/** Empties the cells the selection reaches over, as far as it does, and leaves them where they are; null within one cell. */
const emptied = ({ selection, doc, tr }: EditorState): Transaction | null => {
  const { $from, $to, from, to } = selection
  if (!isCell($from.parent) || !isCell($to.parent) || $from.sameParent($to) || $from.node(-2) !== $to.node(-2))
    return null
  const parts: { start: number; end: number }[] = []
  doc.nodesBetween(from, to, (node, at) => {
    if (!isCell(node)) return true
    parts.push({ start: Math.max(from, at + 1), end: Math.min(to, at + 1 + node.content.size) })
    return false
  })
  for (const { start, end } of parts.toReversed()) if (start < end) tr.delete(start, end)
  // Taken back by itself, whatever was typed a moment before.
  return closeHistory(tr.setSelection(TextSelection.create(tr.doc, from)))
}

/** For Backspace and Delete. */
export const emptyCells: Command = (state, dispatch) => {
  const tr = emptied(state)
  if (tr) dispatch?.(tr.scrollIntoView())
  return tr !== null
}

/** Every table of a document with its place. */
const tablesOf = (doc: Node): Map<Node, number> => {
  const tables = new Map<Node, number>()
  doc.descendants((node, at) => {
    if (node.type === nodes.table) tables.set(node, at)
    return node.type !== nodes.table && !node.isTextblock
  })
  return tables
}

/** Rows that have become shorter than others are filled up again. */
const filledUp = (state: EditorState, before: EditorState): Transaction | null => {
  const tables = tablesOf(state.doc)
  if (tables.size === 0) return null
  // One that was so before somebody wrote elsewhere is left alone.
  const known = tablesOf(before.doc)
  const { tr } = state
  for (const [table, at] of tables) {
    if (known.has(table)) continue
    const grid = gridOf(table)
    table.forEach((row, offset, index) => {
      const more = grid[index]?.slice(row.childCount) ?? []
      if (more.length > 0) tr.insert(tr.mapping.map(at + 1 + offset + row.nodeSize - 1), more)
    })
  }
  return tr.docChanged ? tr : null
}

/** Keeps the rows of a table that is being written in of one length, whatever is typed over, cut or pasted. */
export const wholeTables = (): Plugin =>
  new Plugin({
    props: {
      handleTextInput(view, _from, _to, text) {
        const tr = emptied(view.state)
        if (tr) view.dispatch(tr.insertText(text))
        return tr !== null
      },
    },
    appendTransaction: (transactions, before, state) =>
      transactions.some(({ docChanged }) => docChanged) ? filledUp(state, before) : null,
  })
