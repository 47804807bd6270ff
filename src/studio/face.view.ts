import { html } from 'hono/html'
import type { Html } from '../player/icon.view.ts'

/** `Rosalind Achterberg` → `RA`. */
export const initials = (name: string): string => {
  const words = name.split(/\s+/).filter(Boolean)
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => [...(word ?? '')][0] ?? '')
  return letters.join('').toUpperCase() || '?'
}

/** A person as a round of two letters; the name stands beside it. */
export const faceView = (name: string, { writing = false } = {}): Html =>
  html`<span class="face${writing ? ' writing' : ''}" aria-hidden="true">${initials(name)}</span>`
