import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { Node } from 'prosemirror-model'
import { EditorState, TextSelection } from 'prosemirror-state'
import type { Command } from 'prosemirror-state'
import { bodySchema } from '../../newsroom/body-schema.ts'
import { emptyCells, wholeTables } from './table-cells.ts'
import { isInTable, tableCommands, tableKeys } from './table.ts'

const write = (text: string): Command => {
  return (state, dispatch) => {
    dispatch?.(state.tr.insertText(text))
    return true
  }
}
const key = (name: 'Tab' | 'Shift-Tab' | 'Enter'): Command => tableKeys[name]!

/** A document with one paragraph, after these commands. */
const after = (...commands: Command[]): EditorState => {
  const doc = Node.fromJSON(bodySchema, {
    type: 'doc',
    content: [{ type: 'paragraph', content: [{ type: 'text', text: 'It rained.' }] }],
  })
  return then(EditorState.create({ doc, selection: TextSelection.create(doc, 3) }), ...commands)
}
const then = (state: EditorState, ...commands: Command[]): EditorState => {
  for (const command of commands)
    assert.equal(
      command(state, (tr) => (state = state.apply(tr))),
      true,
    )
  state.doc.check()
  return state
}
/** `[[A] B][c d]`: headings in brackets of their own. */
const told = ({ doc }: EditorState): string =>
  doc.children
    .map((block) =>
      block.type.name === 'table'
        ? block.children
            .map(
              (row) =>
                `[${row.children.map((cell) => (cell.type.name === 'table_header' ? `[${cell.textContent}]` : cell.textContent || '-')).join(' ')}]`,
            ) // prettier-ignore
            .join('')
        : block.textContent || '¶',
    )
    .join(' ')

suite('tables in the editor', () => {
  const { table } = tableCommands
  const [row, column] = [tableCommands['row-below'], tableCommands['column-after']]

  test('one comes behind the paragraph, with headings, and the cursor in its first cell', () => {
    const state = after(table, write('Town'))
    assert.equal(told(state), 'It rained. [[Town] [] []][- - -][- - -]')
    assert.equal(isInTable(state), true)
    assert.equal(table(state), false, 'there is no table within a table')
  })

  test('Tab writes from cell to cell and makes a row after the last one; Shift-Tab goes back', () => {
    const cells = ['Town', 'Rain', 'Hours', 'Tamsin Falls', '31', '6', 'Harl Junction', '9', '2', 'Calder']
    const state = after(table, ...cells.flatMap((text) => [write(text), key('Tab')]), key('Shift-Tab'), write('Tamsin'))
    assert.equal(told(state), 'It rained. [[Town] [Rain] [Hours]][Tamsin Falls 31 6][Harl Junction 9 2][Tamsin - -]')
    const first = after(table, key('Shift-Tab'), write('Town'))
    assert.match(told(first), /\[\[Town\]/, 'before the first cell there is nothing')
    const back = after(table, key('Tab'), key('Tab'), key('Tab'), key('Shift-Tab'), write('Hours'))
    assert.match(told(back), /\[\[\] \[\] \[Hours\]\]/)
  })

  test('Enter goes down, and from the last row out of the table', () => {
    const state = after(
      table,
      key('Enter'),
      write('a'),
      key('Enter'),
      write('b'),
      key('Enter'),
      write('Then it stopped.'),
    )
    assert.equal(told(state), 'It rained. [[] [] []][a - -][b - -] Then it stopped.')
    assert.equal(isInTable(state), false)
  })

  test('rows and columns are added beside the cursor and taken away; the last one takes the table with it', () => {
    assert.equal(told(after(table, row, write('x'))), 'It rained. [[] [] []][x - -][- - -][- - -]')
    assert.equal(told(after(table, column, write('x'))), 'It rained. [[] [x] [] []][- - - -][- - - -]')
    assert.equal(told(after(table, tableCommands['remove-row'], write('x'))), 'It rained. [x - -][- - -]')
    assert.equal(told(after(table, tableCommands['remove-column'], write('x'))), 'It rained. [[x] []][- -][- -]')
    const columns = Array.from({ length: 3 }, () => tableCommands['remove-column'])
    assert.equal(told(after(table, ...columns)), 'It rained. ¶')
    const rows = Array.from({ length: 3 }, () => tableCommands['remove-row'])
    assert.equal(told(after(table, ...rows)), 'It rained. ¶')
    assert.equal(told(after(table, tableCommands['remove-table'])), 'It rained. ¶')
  })

  test('what was pasted with rows of different lengths becomes whole when it is changed, and loses nothing', () => {
    const cell = (text: string) => ({ type: 'table_cell', content: [{ type: 'text', text }] })
    const rows = [[cell('a')], [cell('b'), cell('c')]].map((content) => ({ type: 'table_row', content }))
    const doc = Node.fromJSON(bodySchema, { type: 'doc', content: [{ type: 'table', content: rows }] })
    const state = EditorState.create({ doc, selection: TextSelection.create(doc, 4) })
    assert.equal(told(then(state, row, write('x'))), '[a -][x -][b c]')
    assert.equal(told(then(state, key('Tab'), key('Tab'), write('!'))), '[a][b !]')
  })

  const four = (from: number, to: number) => {
    const rows = ['ab', 'cd'].map((row) => ({
      type: 'table_row',
      content: [...row].map((letter) => ({ type: 'table_cell', content: [{ type: 'text', text: letter + letter }] })),
    }))
    const doc = Node.fromJSON(bodySchema, { type: 'doc', content: [{ type: 'table', content: rows }] })
    return EditorState.create({ doc, selection: TextSelection.create(doc, from, to), plugins: [wholeTables()] })
  }

  test('what is selected over several cells is emptied, and the cells stay', () => {
    assert.equal(told(then(four(3, 3))), '[aa bb][cc dd]')
    assert.equal(told(then(four(4, 8), emptyCells, write('x'))), '[ax b][cc dd]')
    assert.equal(told(then(four(4, 14), emptyCells)), '[a -][c dd]')
    assert.equal(emptyCells(four(3, 5)), false, 'within one cell nothing is special')
  })

  test('whatever takes cells out of a row, the row is filled up', () => {
    const remove: Command = (state, dispatch) => (dispatch?.(state.tr.deleteSelection()), true)
    assert.equal(told(then(four(4, 8), remove)), '[ab -][cc dd]')
    assert.equal(told(then(four(4, 14), remove)), '[ac dd]')
  })

  test('outside of a table these keys mean what they always do', () => {
    const state = after()
    for (const command of [...Object.values(tableKeys), row, column, tableCommands['remove-table']])
      assert.equal(command(state), false)
  })

  test('one table has an end', () => {
    const wide = after(table, ...Array.from({ length: 9 }, () => column))
    assert.equal(column(wide), false)
  })
})
