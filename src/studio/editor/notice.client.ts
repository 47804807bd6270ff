import { make, part, sign } from './make.client.ts'
import { Refusal } from './talk.client.ts'

/** What is said over the text: one thing at a time, with one way out of it. */
export type Notice = {
  words: string
  tone: 'info' | 'care'
  way?: { words: string } & ({ href: string } | { run: () => void })
  /** It is about text that is not saved, and goes when that is. */
  isUnsaved?: boolean
}

/** Says it, in the place of what was said before; null takes it away. */
export const showNotice = (root: HTMLElement, said: Notice | null): void => {
  const place = part(root, 'notice')
  delete place.dataset['why']
  place.hidden = said === null
  if (!said) return place.replaceChildren()
  const { words, way, tone, isUnsaved } = said
  if (isUnsaved) place.dataset['why'] = 'unsaved'
  place.className = tone === 'info' ? 'say' : `say ${tone}`
  place.setAttribute('role', 'alert')
  const run = way && 'run' in way ? way.run : null
  place.replaceChildren(
    sign('warn'),
    make('p', {}, words),
    way && 'href' in way ? make('a', { class: 'button small', href: way.href }, way.words) : '',
    run ? make('button', { class: 'button small', type: 'button', onclick: run }, way!.words) : '',
  )
}

export const endUnsavedNotice = (root: HTMLElement): void => {
  if (part(root, 'notice').dataset['why']) showNotice(root, null)
}

/** A refusal in the house's own words; all else is a house that does not answer. */
export const wordsOf = (error: unknown, silent = 'The house does not answer; try again in a moment.'): string =>
  error instanceof Refusal ? `${error.message} ${error.hint}` : silent
