import { closeHistory } from 'prosemirror-history'
import type { Node } from 'prosemirror-model'
import { TextSelection } from 'prosemirror-state'
import type { Command, EditorState } from 'prosemirror-state'
import { bodySchema } from '../../newsroom/body-schema.ts'

// Tables of the body: rows of cells, some of them headings; no cell spans others.

const { nodes } = bodySchema
const NEW = { rows: 3, columns: 3 }
const MOST_COLUMNS = 12
const MOST_ROWS = 200

/** Where the cursor stands in a table; `at` is the table's place in the document. */
type Place = { table: Node; at: number; row: number; column: number }

const placeOf = ({ selection: { $from } }: EditorState): Place | null => {
  for (let depth = $from.depth; depth > 1; depth--)
    if ($from.node(depth - 2).type === nodes.table)
      return {
        table: $from.node(depth - 2),
        at: $from.before(depth - 2),
        row: $from.index(depth - 2),
        column: $from.index(depth - 1),
      }
  return null
}

export const isInTable = (state: EditorState): boolean => placeOf(state) !== null

/** The place of a cell's first letter; a row that is too short has its last. */
const insideOf = ({ table, at }: Pick<Place, 'table' | 'at'>, row: number, column: number): number => {
  let pos = at + 1
  for (let n = 0; n < row; n++) pos += table.child(n).nodeSize
  const cells = table.child(row)
  pos++
  for (let n = 0; n < Math.min(column, cells.childCount - 1); n++) pos += cells.child(n).nodeSize
  return pos + 1
}

const isHeadings = (cells: readonly Node[]) => cells.every(({ type }) => type === nodes.table_header)

/** Every row as long as the longest. */
export const gridOf = (table: Node): Node[][] => {
  const columns = Math.max(...table.children.map(({ childCount }) => childCount))
  return table.children.map(({ children }) => [
    ...children,
    ...Array.from({ length: columns - children.length }, () => nodes.table_cell.create()),
  ])
}

type Grid = { grid: Node[][]; row: number; column: number }

/** Makes a table anew; null leaves it as it is, and no rows take it away. */
const remake =
  (fn: (grid: Node[][], place: Place) => Grid | null): Command =>
  (state, dispatch) => {
    const place = placeOf(state)
    const made = place && fn(gridOf(place.table), place)
    if (!place || !made) return false
    if (!dispatch) return true
    const { grid, row, column } = made
    const { at, table } = place
    // Taken back by itself, whatever was typed a moment before.
    const tr = closeHistory(state.tr)
    if (grid.length === 0 || grid[0]?.length === 0) {
      tr.replaceWith(at, at + table.nodeSize, nodes.paragraph.create())
      tr.setSelection(TextSelection.create(tr.doc, at + 1))
    } else {
      const remade = nodes.table.create(
        null,
        grid.map((cells) => nodes.table_row.create(null, cells)),
      )
      tr.replaceWith(at, at + table.nodeSize, remade)
      tr.setSelection(TextSelection.create(tr.doc, insideOf({ table: remade, at }, row, column)))
    }
    dispatch(tr.scrollIntoView())
    return true
  }

const insert: Command = (state, dispatch) => {
  if (isInTable(state)) return false
  const { $to } = state.selection
  const at = $to.depth === 0 ? $to.pos : $to.after(1)
  const table = nodes.table.create(
    null,
    Array.from({ length: NEW.rows }, (_, row) =>
      nodes.table_row.create(
        null,
        Array.from({ length: NEW.columns }, () => (row === 0 ? nodes.table_header : nodes.table_cell).create()),
      ),
    ),
  )
  if (dispatch) {
    const tr = closeHistory(state.tr).insert(at, table)
    dispatch(tr.setSelection(TextSelection.create(tr.doc, insideOf({ table, at }, 0, 0))).scrollIntoView())
  }
  return true
}

const rowBelow = remake((grid, { row, column }) => {
  const above = grid[row] ?? []
  const type = isHeadings(above) ? () => nodes.table_cell : (cell: Node) => cell.type
  const cells = above.map((cell) => type(cell).create())
  return grid.length >= MOST_ROWS ? null : { grid: grid.toSpliced(row + 1, 0, cells), row: row + 1, column }
})

const columnAfter = remake((grid, { row, column }) => {
  if ((grid[0]?.length ?? 0) >= MOST_COLUMNS) return null
  const wider = grid.map((cells) =>
    cells.toSpliced(column + 1, 0, (isHeadings(cells) ? nodes.table_header : nodes.table_cell).create()),
  )
  return { grid: wider, row, column: column + 1 }
})

const removeRow = remake((grid, { row, column }) => ({
  grid: grid.toSpliced(row, 1),
  row: Math.min(row, Math.max(0, grid.length - 2)),
  column,
}))

const removeColumn = remake((grid, { row, column }) => ({
  grid: grid.map((cells) => cells.toSpliced(column, 1)),
  row,
  column: Math.max(0, Math.min(column, (grid[0]?.length ?? 0) - 2)),
}))

const removeTable = remake(() => ({ grid: [], row: 0, column: 0 }))

/** To the cell after or before; after the last one a row is added. */
const step =
  (by: 1 | -1): Command =>
  (state, dispatch, view) => {
    const place = placeOf(state)
    if (!place) return false
    const { table, row, column } = place
    const cells = table.child(row).childCount
    const [toRow, toColumn] =
      column + by >= cells ? [row + 1, 0] : column + by < 0 ? [row - 1, MOST_COLUMNS] : [row, column + by]
    if (toRow < 0) return true
    if (toRow >= table.childCount) {
      const asked = dispatch && ((tr: typeof state.tr) => dispatch(toFirstCell(tr)))
      return rowBelow(state, asked, view)
    }
    if (dispatch) dispatch(goTo(state, place, toRow, toColumn))
    return true
  }

// What stands there is selected: who goes on typing writes it anew.
const goTo = (state: EditorState, place: Place, row: number, column: number) => {
  const from = insideOf(place, row, column)
  const to = from + state.doc.resolve(from).parent.content.size
  return state.tr.setSelection(TextSelection.create(state.doc, from, to)).scrollIntoView()
}

const toFirstCell = (tr: EditorState['tr']) => {
  const { $from } = tr.selection
  return tr.setSelection(TextSelection.create(tr.doc, $from.start($from.depth - 1) + 1))
}

/** To the cell below; from the last row out of the table, into the paragraph behind it. */
const down: Command = (state, dispatch) => {
  const place = placeOf(state)
  if (!place) return false
  const { table, at, row, column } = place
  if (!dispatch) return true
  if (row + 1 < table.childCount) {
    dispatch(goTo(state, place, row + 1, column))
    return true
  }
  const behind = at + table.nodeSize
  const tr = state.tr
  if (state.doc.resolve(behind).nodeAfter?.type !== nodes.paragraph) tr.insert(behind, nodes.paragraph.create())
  dispatch(tr.setSelection(TextSelection.create(tr.doc, behind + 1)).scrollIntoView())
  return true
}

/** What the toolbar does with tables, by name. */
export const tableCommands = {
  table: insert,
  'row-below': rowBelow,
  'column-after': columnAfter,
  'remove-row': removeRow,
  'remove-column': removeColumn,
  'remove-table': removeTable,
} satisfies Record<string, Command>

/** Keys that mean something else within a table. */
export const tableKeys: Record<string, Command> = { Tab: step(1), 'Shift-Tab': step(-1), Enter: down }
