import type { Node } from 'prosemirror-model'
import type { EditorView, NodeView, NodeViewConstructor } from 'prosemirror-view'
import { embedProviders } from '../../formats/news/embed.ts'
import { make } from './make.client.ts'
import { photoFields } from './photo-fields.client.ts'
import type { Draft, Photo } from './shapes.ts'

export type PartsDeps = {
  content: () => Draft
  /** Where a picture of this story can be seen by the staff. */
  thumb: (photo: Photo) => string
  onChange: () => void
  /** The story is no other house's: its photos need all of their credit. */
  isOurs: () => boolean
}

/** What stands in the body without being text: each with what can be said of it, and a way to take it out. */
export const partViews = (deps: PartsDeps): Record<string, NodeViewConstructor> => ({
  photo: (node, view, getPos) => {
    const id = String(node.attrs['photo'])
    const photo = deps.content().photos[id]
    const src = photo ? deps.thumb(photo) : ''
    const options = { src, ours: deps.isOurs(), writes: view.editable, onChange: deps.onChange }
    const actions = [takeOut(view, getPos, 'Take the photo out')]
    return own(
      make(
        'figure',
        { class: 'body-photo', 'data-photo': id, tabindex: '-1' },
        ...(photo
          ? photoFields(photo, { ...options, actions })
          : [
              make('p', { class: 'hint care' }, 'This photo is not in the library; its place stays empty.'),
              ...actions,
            ]),
      ),
    )
  },
  audio: (node, view, getPos) => {
    const id = String(node.attrs['audio'])
    const sound = deps.content().sounds[id]
    const words = sound
      ? `Audio: ${sound.title || sound.file}`
      : 'This audio is not in the library; its place stays empty.'
    return own(figure({ 'data-audio': id }, words, takeOut(view, getPos, 'Take the audio out')))
  },
  embed: (node, view, getPos) => {
    const { provider, id, title } = node.attrs as { provider: string; id: string; title: string }
    const name = embedProviders[provider]?.name ?? provider
    return own(
      figure(
        { 'data-provider': provider, 'data-id': id },
        `${name}: ${title || id}`,
        takeOut(view, getPos, 'Take it out'),
      ),
    )
  },
})

const figure = (given: Record<string, string>, words: string, action: HTMLElement) =>
  make(
    'figure',
    { class: 'body-part', ...given, tabindex: '-1' },
    make('p', {}, words),
    make('p', { class: 'row' }, action),
  )

const takeOut = (view: EditorView, getPos: () => number | undefined, words: string) =>
  make(
    'button',
    {
      class: 'button small',
      type: 'button',
      onclick: () => {
        const at = getPos()
        const node = at === undefined ? null : view.state.doc.nodeAt(at)
        if (at === undefined || !node) return
        view.dispatch(view.state.tr.delete(at, at + node.nodeSize))
        view.focus()
      },
    },
    words,
  )

/** Its fields are its own: ProseMirror neither takes their keys nor mends what changes in them. */
const own = (dom: HTMLElement): NodeView => {
  dom.contentEditable = 'false'
  return {
    dom,
    stopEvent: (event) => /^(INPUT|TEXTAREA|BUTTON|LABEL)$/.test((event.target as Element).tagName),
    ignoreMutation: () => true,
    // Another node in its place is drawn anew.
    update: (node: Node) =>
      ['photo', 'audio', 'id', 'provider'].every(
        (name) => node.attrs[name] === undefined || node.attrs[name] === dom.dataset[name],
      ),
  }
}
