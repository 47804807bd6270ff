import { baseKeymap, chainCommands, exitCode, setBlockType, toggleMark, wrapIn } from 'prosemirror-commands'
import { dropCursor } from 'prosemirror-dropcursor'
import { gapCursor } from 'prosemirror-gapcursor'
import { history, redo, undo } from 'prosemirror-history'
import {
  ellipsis,
  emDash,
  inputRules,
  smartQuotes,
  textblockTypeInputRule,
  undoInputRule,
  wrappingInputRule,
} from 'prosemirror-inputrules'
import { keymap } from 'prosemirror-keymap'
import { liftListItem, sinkListItem, splitListItem, wrapInList } from 'prosemirror-schema-list'
import type { NodeType } from 'prosemirror-model'
import type { Command, Plugin } from 'prosemirror-state'
import { lift } from 'prosemirror-commands'
import { bodySchema } from '../../newsroom/body-schema.ts'
import { emptyCells, wholeTables } from './table-cells.ts'
import { isInTable, tableCommands, tableKeys } from './table.ts'

const { nodes, marks } = bodySchema

/** A kind of paragraph on, or off again when it is on. */
const toggleBlock =
  (type: NodeType, attrs?: Record<string, unknown>): Command =>
  (state, dispatch, view) => {
    const { parent } = state.selection.$from
    const isOn =
      parent.type === type && Object.entries(attrs ?? {}).every(([name, value]) => parent.attrs[name] === value)
    return setBlockType(isOn ? nodes.paragraph : type, isOn ? null : (attrs ?? null))(state, dispatch, view)
  }

const within = (state: Parameters<Command>[0], ...types: unknown[]): boolean => {
  const { $from } = state.selection
  for (let depth = $from.depth; depth > 0; depth--) if (types.includes($from.node(depth).type)) return true
  return false
}

/** What the toolbar and the keys do, by name. */
export const commands = {
  bold: toggleMark(marks.strong),
  italic: toggleMark(marks.emphasis),
  heading: toggleBlock(nodes.heading, { level: 2 }),
  subheading: toggleBlock(nodes.heading, { level: 3 }),
  quotation: (state, dispatch, view) =>
    within(state, nodes.quotation) ? lift(state, dispatch, view) : wrapIn(nodes.quotation)(state, dispatch, view),
  pull: toggleBlock(nodes.pull_quote),
  bullets: (state, dispatch, view) =>
    within(state, nodes.bullet_list)
      ? liftListItem(nodes.list_item)(state, dispatch, view)
      : wrapInList(nodes.bullet_list)(state, dispatch, view),
  numbers: (state, dispatch, view) =>
    within(state, nodes.ordered_list)
      ? liftListItem(nodes.list_item)(state, dispatch, view)
      : wrapInList(nodes.ordered_list)(state, dispatch, view),
  ...tableCommands,
  undo,
  redo,
} satisfies Record<string, Command>

export type CommandName = keyof typeof commands

/** Whether the place of the cursor is already what the command would make of it. */
export const isOn = (name: CommandName, state: Parameters<Command>[0]): boolean => {
  const { $from, from, to, empty } = state.selection
  const marked = (type: typeof marks.strong) =>
    empty ? type.isInSet(state.storedMarks ?? $from.marks()) !== undefined : state.doc.rangeHasMark(from, to, type)
  switch (name) {
    case 'bold':
      return marked(marks.strong)
    case 'italic':
      return marked(marks.emphasis)
    case 'heading':
      return $from.parent.type === nodes.heading && $from.parent.attrs['level'] === 2
    case 'subheading':
      return $from.parent.type === nodes.heading && $from.parent.attrs['level'] === 3
    case 'quotation':
      return within(state, nodes.quotation)
    case 'pull':
      return $from.parent.type === nodes.pull_quote
    case 'bullets':
      return within(state, nodes.bullet_list)
    case 'numbers':
      return within(state, nodes.ordered_list)
    case 'table':
      return isInTable(state)
    default:
      return false
  }
}

/** Keys, what they write by themselves, and what can be undone. `onLink` asks for an address, `onSave` makes a version. */
export const writingPlugins = ({ onLink, onSave }: { onLink: Command; onSave: Command }): Plugin[] => [
  inputRules({
    rules: [
      ...smartQuotes,
      ellipsis,
      emDash,
      wrappingInputRule(/^\s*>\s$/, nodes.quotation),
      wrappingInputRule(/^\s*[-*]\s$/, nodes.bullet_list),
      wrappingInputRule(/^1\.\s$/, nodes.ordered_list),
      textblockTypeInputRule(/^(##?#?)\s$/, nodes.heading, ([, signs]) => ({ level: signs === '###' ? 3 : 2 })),
    ],
  }),
  keymap(tableKeys),
  keymap({
    Backspace: chainCommands(undoInputRule, emptyCells),
    'Mod-Backspace': emptyCells,
    Delete: emptyCells,
    'Mod-Delete': emptyCells,
    'Mod-z': undo,
    'Mod-y': redo,
    'Shift-Mod-z': redo,
    'Mod-b': commands.bold,
    'Mod-i': commands.italic,
    'Mod-k': onLink,
    'Mod-s': onSave,
    'Mod-Alt-0': setBlockType(nodes.paragraph),
    'Mod-Alt-2': commands.heading,
    'Mod-Alt-3': commands.subheading,
    'Mod-Shift-7': commands.numbers,
    'Mod-Shift-8': commands.bullets,
    'Mod-Shift-9': commands.quotation,
    Enter: splitListItem(nodes.list_item),
    'Mod-]': sinkListItem(nodes.list_item),
    'Mod-[': liftListItem(nodes.list_item),
    'Shift-Enter': chainCommands(exitCode, baseKeymap['Enter'] ?? (() => false)),
  }),
  keymap(baseKeymap),
  wholeTables(),
  dropCursor({ class: 'drop-here' }),
  gapCursor(),
  history({ newGroupDelay: 700 }),
]
