import { html } from 'hono/html'
import { emailField } from './email-field.view.ts'
import type { Html } from '../player/icon.view.ts'
import { sayView } from './say.view.ts'

export type SignInProps = { email: string; next: string; said: { message: string; hint: string } | null }

export const signInView = ({ email, next, said }: SignInProps): Html =>
  html`<h1>Sign in</h1>
    ${said && sayView('care', said.message, said.hint)}
    <form method="post" action="/studio/sign-in" class="stack">
      <input type="hidden" name="next" value="${next}" />
      ${emailField(email, { focus: !email })}
      <div>
        <label class="label" for="password">Password</label>
        <input
          class="field"
          id="password"
          name="password"
          type="password"
          autocomplete="current-password"
          required
          ${email ? html`autofocus` : ''}
        />
      </div>
      <button class="button strong wide">Sign in</button>
    </form>
    <p class="hint">No account, or the password gone? An admin of the station can send you a link.</p>`
