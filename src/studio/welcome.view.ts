import { emailField } from './email-field.view.ts'
import { html } from 'hono/html'
import type { Html } from '../player/icon.view.ts'
import type { LinkView } from '../people/people.ts'
import { sayView } from './say.view.ts'

export type WelcomeProps = {
  link: LinkView
  station: string
  shortest: number
  typed: { name: string; email: string }
  said: { message: string; hint: string } | null
}

const titles = { invitation: 'Welcome', 'first-admin': 'Your station’s first admin', reset: 'A new password' }

export const welcomeTitle = (link: LinkView): string => titles[link.kind]

/** What somebody who follows a link is asked for. */
export const welcomeView = ({ link, station, shortest, typed, said }: WelcomeProps): Html =>
  html`<h1>${welcomeTitle(link)}</h1>
    <p>${invitation(link, station)}</p>
    ${said && sayView('care', said.message, said.hint)}
    <form method="post" class="stack">
      ${link.kind !== 'reset' && nameField(typed.name)}
      ${
        link.email === null
          ? emailField(typed.email)
          : html`<input type="hidden" name="username" autocomplete="username" value="${link.email}" />`
      }
      <div>
        <label class="label" for="password">${link.kind === 'reset' ? 'New password' : 'Password'}</label>
        <input
          class="field"
          id="password"
          name="password"
          type="password"
          autocomplete="new-password"
          required
          minlength="${shortest}"
          aria-describedby="password-hint"
        />
        <p class="hint" id="password-hint">
          ${shortest} characters or more. Four or five words in a row are easy to remember and hard to guess.
        </p>
      </div>
      <button class="button strong wide">${link.kind === 'reset' ? 'Set it and sign in' : 'Begin'}</button>
    </form>`

const invitation = ({ kind, email, role, name }: LinkView, station: string): string => {
  if (kind === 'first-admin')
    return `Nobody keeps the keys of ${station} yet. Whoever fills this in is its admin and can invite the others.`
  if (kind === 'reset') return `${name ?? ''} (${email ?? ''}): choose the password you will sign in with from now on.`
  return `You are invited to ${station} as ${role ?? ''}. You will sign in as ${email ?? ''}.`
}

const nameField = (name: string): Html =>
  html`<div>
    <label class="label" for="name">Your name</label>
    <input
      class="field"
      id="name"
      name="name"
      autocomplete="name"
      required
      value="${name}"
      aria-describedby="name-hint"
    />
    <p class="hint" id="name-hint">As it stands over what you write.</p>
  </div>`
