import { html } from 'hono/html'
import type { GroundwaveError } from '../base/errors.ts'
import type { Html } from '../player/icon.view.ts'

/** A refusal in words: what it is, and what one can do. */
export const noticeView = ({ message, hint, status }: Pick<GroundwaveError, 'message' | 'hint' | 'status'>): Html =>
  html`<div class="notice">
    <p class="meta">${status}</p>
    <h1>${message}</h1>
    <p>${hint}</p>
    <p><a class="button" href="/studio">To the desk</a></p>
  </div>`
