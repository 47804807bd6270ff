import { html } from 'hono/html'
import type { Words } from '../newsroom/difference.ts'
import type { Html } from '../player/icon.view.ts'

/** Words that went are struck, new ones underlined: colour comes on top of that. */
export const wordsView = (words: readonly Words[]): Html =>
  html`${words.map(({ text, is }) => {
    if (is === 'gone') return html`<del>${text}</del>`
    return is === 'new' ? html`<ins>${text}</ins>` : text
  })}`
