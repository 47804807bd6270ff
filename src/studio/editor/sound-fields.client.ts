import { make } from './make.client.ts'
import type { Audio } from './shapes.ts'

let made = 0

/** The audio of this story: to hear, with its title and its transcript. */
export const soundFields = (
  sound: Audio,
  { writes, onChange, actions }: { writes: boolean; onChange: () => void; actions: HTMLElement[] },
): HTMLElement[] => {
  const player = make('audio', {
    controls: true,
    preload: 'none',
    src: `/audio/${encodeURIComponent(sound.file)}`,
    'aria-label': sound.title || 'Audio of the story',
  })
  const row = (key: 'title' | 'transcript', label: string, hint: string) => {
    const id = `sf-${++made}`
    const field = make(key === 'transcript' ? 'textarea' : 'input', { class: 'field', id, autocomplete: 'off' })
    field.value = sound[key] ?? ''
    field.readOnly = !writes
    field.addEventListener('input', () => {
      sound[key] = field.value
      onChange()
    })
    return make(
      'div',
      {},
      make('label', { class: 'label', for: id }, label),
      field,
      hint ? make('p', { class: 'hint' }, hint) : '',
    )
  }
  return [
    player,
    row('title', 'Title', ''),
    row('transcript', 'Transcript', 'For those who cannot hear it, and for search.'),
    ...(writes ? [make('p', { class: 'row' }, ...actions)] : []),
  ]
}
