import { html } from 'hono/html'
import { SHORTEST_PASSWORD } from '../people/people.ts'
import type { Html } from '../player/icon.view.ts'
import { handedView, saidView, sessionsView, tokensView } from './people.view.ts'
import type { PersonProps } from './people.view.ts'

/** One's own account. */
export const accountView = (props: PersonProps & { current: string }): Html => {
  const { account, handed, said } = props
  const at = '/studio/account'
  return html`<div class="head"><h1>Your account</h1></div>
    ${saidView(said)} ${handed && handedView(handed)}
    <p class="meta">${account.email}, ${account.role}</p>
    <section class="part narrow" aria-labelledby="name-head">
      <h2 class="h" id="name-head">Name</h2>
      <form method="post" action="${at}/name" class="stack">
        <div>
          <label class="label" for="name">As it stands over what you write</label>
          <input
            class="field"
            id="name"
            name="name"
            autocomplete="name"
            required
            maxlength="120"
            value="${account.name}"
          />
          <p class="hint">Stories that are there keep the name they were written under.</p>
        </div>
        <div><button class="button">Change the name</button></div>
      </form>
    </section>
    <section class="part narrow" aria-labelledby="password-head">
      <h2 class="h" id="password-head">Password</h2>
      <form method="post" action="${at}/password" class="stack">
        <input type="hidden" name="username" autocomplete="username" value="${account.email}" />
        <div>
          <label class="label" for="old">The one of today</label>
          <input class="field" id="old" name="old" type="password" autocomplete="current-password" required />
        </div>
        <div>
          <label class="label" for="password">The new one</label>
          <input
            class="field"
            id="password"
            name="password"
            type="password"
            autocomplete="new-password"
            minlength="${SHORTEST_PASSWORD}"
            required
          />
          <p class="hint">${SHORTEST_PASSWORD} characters or more. You are signed out everywhere but here.</p>
        </div>
        <div><button class="button">Change the password</button></div>
      </form>
    </section>
    ${sessionsView(props, at)} ${tokensView(props, at, newTokenView(at))}`
}

const newTokenView = (at: string): Html =>
  html`<form method="post" action="${at}/tokens" class="stack narrow">
    <div>
      <label class="label" for="token-name">What the key is for</label>
      <input class="field" id="token-name" name="name" required maxlength="120" placeholder="the ticker in the lobby" />
      <p class="hint">A program with it may do what you may. Take it back when you do not know any more who has it.</p>
    </div>
    <div><button class="button">Make a key</button></div>
  </form>`
