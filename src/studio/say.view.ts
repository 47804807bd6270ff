import { html } from 'hono/html'
import type { Html } from '../player/icon.view.ts'
import { icon } from './icons.ts'
import type { StudioIcon } from './icons.ts'

export type Tone = 'info' | 'care' | 'bad'

const signs: Record<Tone, StudioIcon> = { info: 'check', care: 'warn', bad: 'warn' }

/** Something to be said on a page: what it is, and what to do. Spoken when it is a trouble. */
export const sayView = (tone: Tone, message: string, hint = '', more: Html | '' = ''): Html =>
  html`<div class="say ${tone === 'info' ? '' : tone}" role="${tone === 'info' ? 'status' : 'alert'}">
    ${icon(signs[tone])}
    <p><b>${message}</b>${hint && html` ${hint}`}</p>
    ${more}
  </div>`
