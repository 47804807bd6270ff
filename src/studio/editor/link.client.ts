import type { EditorView } from 'prosemirror-view'
import { bodyLink, bodySchema } from '../../newsroom/body-schema.ts'

const { link } = bodySchema.marks

/** Where a link begins and ends around the cursor, and where it leads. */
const linkAt = ({ state }: EditorView): { from: number; to: number; href: string } | null => {
  const { $from, from, to, empty } = state.selection
  if (!empty) {
    let href = ''
    state.doc.nodesBetween(from, to, (node) => {
      href ||= String(link.isInSet(node.marks)?.attrs['href'] ?? '')
    })
    return { from, to, href }
  }
  const mark = link.isInSet($from.marks())
  if (!mark) return null
  const start = $from.start()
  let [low, high] = [-1, -1]
  $from.parent.forEach((node, offset) => {
    if (!mark.isInSet(node.marks)) return
    const [begins, ends] = [start + offset, start + offset + node.nodeSize]
    if (begins > from || ends < from) return
    low = low < 0 ? begins : low
    high = ends
  })
  return low < 0 ? null : { from: low, to: high, href: String(mark.attrs['href']) }
}

/** The page's form for a link: an address to add, change, or take off. */
export const askForLink = (view: EditorView): void => {
  const dialog = document.querySelector<HTMLDialogElement>('#link-form')
  const field = dialog?.querySelector<HTMLInputElement>('input')
  const hint = dialog?.querySelector<HTMLElement>('.hint')
  const place = linkAt(view)
  if (!dialog || !field || !hint) return
  hint.textContent = place ? '' : 'Select the words that should lead somewhere first.'
  field.value = place?.href ?? ''
  field.disabled = !place
  dialog.returnValue = ''
  const asked = new AbortController()
  const { signal } = asked
  dialog.addEventListener(
    'close',
    () => {
      asked.abort()
      view.focus()
      if (!place || !['set', 'off'].includes(dialog.returnValue)) return
      const tr = view.state.tr.removeMark(place.from, place.to, link)
      const href = dialog.returnValue === 'set' ? bodyLink(withScheme(field.value.trim())) : null
      if (href) tr.addMark(place.from, place.to, link.create({ href }))
      view.dispatch(tr)
    },
    { signal },
  )
  dialog.addEventListener(
    'submit',
    (event) => {
      const isSet = (event.submitter as HTMLButtonElement | null)?.value === 'set'
      if (!isSet || !place || bodyLink(withScheme(field.value.trim()))) return
      event.preventDefault()
      hint.textContent = 'That is no address; it looks like https://station.example/page.'
      field.focus()
    },
    { signal },
  )
  dialog.showModal()
}

/** People write `station.example/page`. */
const withScheme = (text: string): string => (/^[\w-]+(\.[\w-]+)+([/?#]|$)/.test(text) ? `https://${text}` : text)
