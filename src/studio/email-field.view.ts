import { html } from 'hono/html'
import type { Html } from '../player/icon.view.ts'

/** Where somebody says who they are; browsers fill it in. */
export const emailField = (email: string, { focus = false } = {}): Html =>
  html`<div>
    <label class="label" for="email">E-mail</label>
    <input
      class="field"
      id="email"
      name="email"
      type="email"
      autocomplete="username"
      autocapitalize="none"
      spellcheck="false"
      required
      value="${email}"
      ${focus ? html`autofocus` : ''}
    />
  </div>`
