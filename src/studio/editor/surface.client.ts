import { Node } from 'prosemirror-model'
import { EditorState, Selection } from 'prosemirror-state'
import type { Command } from 'prosemirror-state'
import { EditorView } from 'prosemirror-view'
import type { NodeViewConstructor } from 'prosemirror-view'
import { bodySchema } from '../../newsroom/body-schema.ts'
import type { BodyDocument } from '../../newsroom/story.ts'
import { commands, isOn, writingPlugins } from './keys.client.ts'
import type { CommandName } from './keys.client.ts'
import { askForLink } from './link.client.ts'
import { takeIn, takeOut } from './paste.client.ts'
import type { PasteOptions } from './paste.client.ts'

export type SurfaceDeps = PasteOptions & {
  place: HTMLElement
  nodeViews: Record<string, NodeViewConstructor>
  /** The text changed by somebody's hand. */
  onChange: () => void
  /** The cursor moved or the text changed: the toolbar shows where it is. */
  onMove: () => void
  onSave: () => void
}

/** The body of the story, written at. */
export class Surface {
  readonly view: EditorView
  readonly #deps: SurfaceDeps
  #writes = false

  constructor(deps: SurfaceDeps) {
    this.#deps = deps
    const { place, nodeViews, onChange, onMove } = deps
    this.view = new EditorView(
      { mount: place },
      {
        state: this.#stateOf({ type: 'doc', content: [{ type: 'paragraph' }] }),
        editable: () => this.#writes,
        nodeViews,
        attributes: { class: 'body', role: 'textbox', 'aria-multiline': 'true', 'aria-label': 'Story' },
        // Before ProseMirror sees them: it would let the browser parse foreign HTML.
        handleDOMEvents: {
          keydown: (_view, event) => void (event.isComposing || readSelection()),
          copy: (view, event) => takeOut(view, event, { cut: false }),
          cut: (view, event) => takeOut(view, event, { cut: true }),
          paste: (view, event) => this.#takeIn(view, event, event.clipboardData),
          drop: (view, event) => {
            // What is moved within the text is ProseMirror's.
            if (view.dragging) return false
            const at = view.posAtCoords({ left: event.clientX, top: event.clientY })
            if (at && this.#writes)
              view.dispatch(view.state.tr.setSelection(Selection.near(view.state.doc.resolve(at.pos))))
            return this.#takeIn(view, event, event.dataTransfer)
          },
        },
        dispatchTransaction: (transaction) => {
          this.view.updateState(this.view.state.apply(transaction))
          if (transaction.docChanged) onChange()
          onMove()
        },
      },
    )
  }

  /** The body as it stands. */
  document(): BodyDocument {
    return this.view.state.doc.toJSON() as BodyDocument
  }

  doc(): Node {
    return this.view.state.doc
  }

  /** Shows another text; what could be undone before cannot any more. */
  show(body: BodyDocument): void {
    this.view.updateState(this.#stateOf(body))
    this.#deps.onMove()
  }

  /** Whether one may write here now. */
  allow(writes: boolean): void {
    this.#writes = writes
    // Other node views too: what is said of a photo has fields only for who writes.
    this.view.setProps({ editable: () => writes, nodeViews: { ...this.#deps.nodeViews } })
    this.view.dom.setAttribute('aria-readonly', String(!writes))
  }

  run(name: CommandName): void {
    commands[name](this.view.state, this.view.dispatch, this.view)
    this.view.focus()
  }

  can(name: CommandName): boolean {
    const command: Command = commands[name]
    return this.#writes && command(this.view.state)
  }

  is(name: CommandName): boolean {
    return isOn(name, this.view.state)
  }

  link(): void {
    askForLink(this.view)
  }

  /** Who is quoted where the cursor stands; null outside of quotations. */
  speaker(): string | null {
    const place = this.#quotation()
    return place && String(place.node.attrs['speaker'])
  }

  setSpeaker(speaker: string): void {
    const place = this.#quotation()
    if (!place || !this.#writes) return
    this.view.dispatch(this.view.state.tr.setNodeAttribute(place.at, 'speaker', speaker.slice(0, 300)))
  }

  #quotation(): { node: Node; at: number } | null {
    const { $from } = this.view.state.selection
    for (let depth = $from.depth; depth > 0; depth--) {
      const node = $from.node(depth)
      if (node.attrs['speaker'] !== undefined) return { node, at: $from.before(depth) }
    }
    return null
  }

  /** Puts a part of its own behind the paragraph of the cursor, and goes on after it. */
  insert(node: Node): void {
    const { state } = this.view
    const { $to } = state.selection
    const at = $to.depth === 0 ? $to.pos : $to.after(1)
    this.view.dispatch(state.tr.insert(at, node).scrollIntoView())
  }

  #takeIn(view: EditorView, event: Event, data: DataTransfer | null): boolean {
    // The fields of a photo take their own pastes.
    if (/^(INPUT|TEXTAREA)$/.test((event.target as Element).tagName)) return false
    event.preventDefault()
    if (this.#writes) takeIn(view, data, this.#deps)
    return true
  }

  #stateOf(body: BodyDocument): EditorState {
    const plugins = writingPlugins({
      onLink: (_state, dispatch) => {
        if (dispatch) this.link()
        return true
      },
      onSave: (_state, dispatch) => {
        if (dispatch) this.#deps.onSave()
        return true
      },
    })
    return EditorState.create({ doc: Node.fromJSON(bodySchema, body), plugins })
  }
}

/**
 * Browsers tell of a cursor that a key has moved with the next frame only. The key after it would still be meant for
 * where the cursor was: End and Enter in quick succession would put a new line in the place of all that was selected.
 */
const readSelection = (): void => void document.dispatchEvent(new Event('selectionchange'))
