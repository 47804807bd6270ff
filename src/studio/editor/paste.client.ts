import { Fragment, Slice } from 'prosemirror-model'
import type { Node } from 'prosemirror-model'
import type { EditorView } from 'prosemirror-view'
import { embedOf } from '../../formats/news/embed.ts'
import { htmlToBody } from '../../newsroom/body-html.ts'
import { bodyLink, bodySchema } from '../../newsroom/body-schema.ts'

const { nodes, marks } = bodySchema

/** The clipboard's type for a piece of one of our bodies. */
const OURS = 'application/x-groundwave-body'

/**
 * Copies or cuts what is selected: for our own editor as it is, for others as HTML and as words. Ours is never read
 * back from HTML, because a browser that parses foreign HTML already asks the policy what of it may run.
 */
export const takeOut = (view: EditorView, event: ClipboardEvent, { cut }: { cut: boolean }): boolean => {
  const { selection, tr } = view.state
  if (selection.empty || !event.clipboardData) return false
  const slice = selection.content()
  const { dom, text } = view.serializeForClipboard(slice)
  event.preventDefault()
  event.clipboardData.setData(OURS, JSON.stringify(slice.toJSON()))
  event.clipboardData.setData('text/html', dom.innerHTML)
  event.clipboardData.setData('text/plain', text)
  if (cut && view.editable) view.dispatch(tr.deleteSelection().scrollIntoView().setMeta('uiEvent', 'cut'))
  return true
}

/** What `takeOut` wrote, or null for anything else: every part of it is checked. */
const ownSlice = (text: string): Slice | null => {
  if (!text) return null
  try {
    const slice = Slice.fromJSON(bodySchema, JSON.parse(text))
    slice.content.forEach((node) => node.check())
    return slice
  } catch {
    return null
  }
}

/** What stands at both ends of pasted text runs into the paragraph it is pasted into. */
const sliceOf = (content: readonly Node[]): Slice => {
  const isOpen = (node: Node | undefined) => (node?.type === nodes.paragraph ? 1 : 0)
  return new Slice(Fragment.fromArray([...content]), isOpen(content[0]), isOpen(content.at(-1)))
}

/** Text without markup: an empty line, or every line end, parts paragraphs. */
const plainContent = (text: string): Node[] =>
  text
    .split(/(?:\r\n?|\n)+/)
    .filter((line) => line.trim() !== '')
    .map((line) => nodes.paragraph.create(null, bodySchema.text(line)))

export type PasteOptions = {
  /** Pictures from the clipboard or dropped. */
  onFiles: (files: File[]) => void
  /** What was left out, in sentences. */
  onNotes: (notes: string[]) => void
}

/**
 * Puts in what somebody pasted or dropped. Foreign HTML is read by the parser the wire uses too, into our own parts;
 * the browser never makes elements of it. @returns whether it was ours to do.
 */
export const takeIn = (view: EditorView, data: DataTransfer | null, { onFiles, onNotes }: PasteOptions): boolean => {
  if (!data) return false
  const html = data.getData('text/html')
  const text = data.getData('text/plain')
  const files = [...data.files].filter(({ type }) => type.startsWith('image/'))
  if (files.length > 0 && !text.trim()) {
    onFiles(files)
    return true
  }
  const ours = ownSlice(data.getData(OURS))
  if (ours) {
    view.dispatch(view.state.tr.replaceSelection(ours).scrollIntoView().setMeta('paste', true))
    return true
  }
  if (!html && !text) return false
  const { selection } = view.state
  const link = bodyLink(text.trim())
  if (link && /^https?:/.test(link) && !selection.empty && !html.includes('<p')) {
    const { from, to } = selection
    view.dispatch(view.state.tr.addMark(from, to, marks.link.create({ href: link })).scrollIntoView())
    return true
  }
  const embed = link && selection.empty && selection.$from.parent.content.size === 0 ? embedOf(link) : null
  if (embed && selection.$from.parent.type === nodes.paragraph) {
    // An address alone on its line, of a provider on the list: its player, and nothing of it is loaded before it is asked for.
    view.dispatch(view.state.tr.replaceSelectionWith(nodes.embed.create({ ...embed, title: '' })).scrollIntoView())
    return true
  }
  const read = html ? htmlToBody(html) : { doc: nodes.doc.create(null, plainContent(text)), notes: [] }
  const slice = isInTextOnly(view) ? plainSlice(read.doc) : sliceOf(read.doc.children)
  view.dispatch(
    view.state.tr.replaceSelection(slice).scrollIntoView().setMeta('paste', true).setMeta('uiEvent', 'paste'),
  )
  if (read.notes.length > 0) onNotes(read.notes)
  return true
}

/** A heading, a cell or a pull quote takes words, no paragraphs. */
const isInTextOnly = ({ state }: EditorView): boolean => {
  const { parent } = state.selection.$from
  return parent.inlineContent && parent.type !== nodes.paragraph
}

const plainSlice = (doc: Node): Slice => {
  const text = doc.textBetween(0, doc.content.size, ' ', ' ').replace(/\s+/g, ' ').trim()
  return text ? new Slice(Fragment.from(bodySchema.text(text)), 0, 0) : Slice.empty
}
