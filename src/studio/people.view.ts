import { html } from 'hono/html'
import { roles } from '../people/people.ts'
import type { Account, Invitation, Role, SessionView, TokenView } from '../people/people.ts'
import type { Html } from '../player/icon.view.ts'
import { faceView } from './face.view.ts'
import { icon } from './icons.ts'
import { browserWords, roleWords } from './people-words.ts'
import { sayView } from './say.view.ts'
import type { StudioTimes } from './times.ts'

/** A link or a key that is shown this once. */
export type Handed = { words: string; secret: string }
/** What is said at the head of a page after something was done, or refused. */
export type Said = { tone: 'info' | 'care'; message: string; hint?: string } | null

export type PeopleProps = {
  accounts: Account[]
  invitations: Invitation[]
  me: string
  mayInvite: boolean
  mayChange: boolean
  handed: Handed | null
  said: Said
  typed: { email: string; role: Role }
  names: (account: string) => string
  times: StudioTimes
  now: number
}

export const peopleView = (props: PeopleProps): Html => {
  const { accounts, mayInvite, handed, said } = props
  const [open, closed] = [accounts.filter((one) => !one.suspended), accounts.filter((one) => one.suspended)]
  return html`<div class="head"><h1>People</h1></div>
    ${saidView(said)} ${handed && handedView(handed)}
    <ul class="folk" aria-label="Everybody">
      ${[...open, ...closed].map((account) => personRow(account, props))}
    </ul>
    <p class="meta gap-above">
      That is everybody: ${accounts.length === 1 ? 'one person' : `${accounts.length} people`}.
    </p>
    ${mayInvite && html`${invitationsView(props)} ${inviteView(props.typed)}`}`
}

const personRow = (account: Account, { me, mayChange }: PeopleProps): Html =>
  html`<li class="${account.suspended ? 'closed' : ''}">
    ${faceView(account.name)}
    <p>
      <b>${mayChange ? html`<a class="under" href="/studio/people/${account.id}">${account.name}</a>` : account.name}</b
      >${account.id === me && html` <span class="meta">you</span>`}<br /><span class="meta">${account.email}</span>
    </p>
    <p>${account.role}${account.suspended && html`<br /><span class="meta">account closed</span>`}</p>
  </li>`

const invitationsView = ({ invitations, times, now, names }: PeopleProps): Html | '' =>
  invitations.length === 0
    ? ''
    : html`<section class="part" aria-labelledby="invited">
        <h2 class="h" id="invited">Invited, not here yet</h2>
        <ul class="folk">
          ${invitations.map(
            ({ id, email, role, by, expiresAt }) =>
              html`<li>
                <span class="face" aria-hidden="true">?</span>
                <p>
                  <b>${email}</b><br /><span class="meta">by ${names(by)}, until ${times.brief(expiresAt, now)}</span>
                </p>
                <p>${role}</p>
                <form method="post" action="/studio/people/invitations/${id}/withdraw">
                  <button class="button small" aria-label="Take back the invitation of ${email}">Take back</button>
                </form>
              </li>`,
          )}
        </ul>
      </section>`

const inviteView = ({ email, role }: { email: string; role: Role }): Html =>
  html`<section class="part narrow" aria-labelledby="invite">
    <h2 class="h" id="invite">Invite somebody</h2>
    <form method="post" action="/studio/people/invitations" class="stack">
      <div>
        <label class="label" for="email">E-mail</label>
        <input class="field" id="email" name="email" type="email" autocomplete="off" required value="${email}" />
        <p class="hint">You get a link to hand to them; Groundwave sends no mail.</p>
      </div>
      ${rolesView(role)}
      <div><button class="button strong">Make the link</button></div>
    </form>
  </section>`

const rolesView = (chosen: Role): Html =>
  html`<fieldset class="choices">
    <legend class="label">Role</legend>
    ${roles.map(
      (role) =>
        html`<label
          ><input type="radio" name="role" value="${role}" ${role === chosen ? 'checked' : ''} /><span
            ><b>${role}</b><br /><span class="meta">${roleWords[role]}</span></span
          ></label
        >`,
    )}
  </fieldset>`

export const saidView = (said: Said): Html | '' => (said ? sayView(said.tone, said.message, said.hint) : '')

/** Shown this once: the database keeps only a hash. */
export const handedView = ({ words, secret }: Handed): Html =>
  html`<div class="say handed" role="status">
    ${icon('link')}
    <div>
      <p><b>${words}</b> It is shown this once.</p>
      <copy-text><input class="field" readonly value="${secret}" aria-label="To copy" /></copy-text>
    </div>
  </div>`

export type PersonProps = {
  account: Account
  me: string
  sessions: SessionView[]
  tokens: TokenView[]
  handed: Handed | null
  said: Said
  names: (account: string) => string
  times: StudioTimes
  now: number
}

/** One person, for who may change what people are. */
export const personView = (props: PersonProps): Html => {
  const { account, handed, said, names, times, now } = props
  const at = `/studio/people/${account.id}`
  const { suspended } = account
  return html`<p class="meta"><a class="under" href="/studio/people">People</a></p>
    <div class="head"><h1>${account.name}</h1></div>
    ${saidView(said)} ${handed && handedView(handed)}
    <p class="meta">${account.email}, here since ${times.brief(account.madeAt, now)}</p>
    ${
      suspended &&
      html`<p class="gap-above">
        Closed by ${names(suspended.by)},
        ${times.stamp(suspended.at)}${suspended.reason && html`: ${suspended.reason}`}.
      </p>`
    }
    <section class="part narrow" aria-labelledby="role">
      <h2 class="h" id="role">Role</h2>
      <form method="post" action="${at}/role" class="stack">
        ${rolesView(account.role)}
        <div><button class="button strong">Change the role</button></div>
      </form>
    </section>
    <section class="part narrow" aria-labelledby="password">
      <h2 class="h" id="password">Password</h2>
      <p class="hint">A link by which ${account.name} sets a new one; the old one holds until then.</p>
      <form method="post" action="${at}/reset"><button class="button">Make a link for a new password</button></form>
    </section>
    ${sessionsView(props, at)} ${tokensView(props, at)}
    <section class="part narrow" aria-labelledby="account">
      <h2 class="h" id="account">Account</h2>
      ${
        suspended
          ? html`<form method="post" action="${at}/readmit">
              <button class="button">Open the account again</button>
            </form>`
          : html`<form method="post" action="${at}/suspend" class="stack">
              <div>
                <label class="label" for="reason">Why it is closed</label>
                <input class="field" id="reason" name="reason" maxlength="200" placeholder="has left" />
                <p class="hint">Signed out everywhere at once; what was written stays.</p>
              </div>
              <div><button class="button bad">Close the account</button></div>
            </form>`
      }
    </section>`
}

type Signed = Pick<PersonProps, 'sessions' | 'tokens' | 'times' | 'now' | 'names'> & { current?: string }

/** Where somebody is signed in. */
export const sessionsView = ({ sessions, times, now, current }: Signed, at: string): Html =>
  html`<section class="part" aria-labelledby="sessions">
    <h2 class="h" id="sessions">Signed in at</h2>
    ${
      sessions.length === 0
        ? html`<p class="meta">Nowhere.</p>`
        : html`<ul class="folk plain-rows">
            ${sessions.map(
              ({ id, agent, madeAt, seenAt }) =>
                html`<li>
                  <p>
                    <b>${browserWords(agent)}</b>${id === current && html` <span class="meta">here</span>`}<br /><span
                      class="meta"
                      >since ${times.brief(madeAt, now)}, last used ${times.brief(seenAt, now)}</span
                    >
                  </p>
                  ${
                    id !== current &&
                    html`<form method="post" action="${at}/sessions/${id}/end">
                      <button class="button small" aria-label="End the session in ${browserWords(agent)}">End</button>
                    </form>`
                  }
                </li>`,
            )}
          </ul>`
    }
    ${
      sessions.length > 1 &&
      html`<form method="post" action="${at}/sessions/end">
        <button class="button">${current ? 'End all others' : 'End all'}</button>
      </form>`
    }
  </section>`

/** Keys of programs that act in somebody's name. */
export const tokensView = ({ tokens, times, now, names }: Signed, at: string, make: Html | '' = ''): Html =>
  html`<section class="part" aria-labelledby="keys">
    <h2 class="h" id="keys">Keys for programs</h2>
    ${
      tokens.length === 0
        ? html`<p class="meta">None.</p>`
        : html`<ul class="folk plain-rows">
            ${tokens.map(
              ({ id, name, madeAt, by, usedAt }) =>
                html`<li>
                  <p>
                    <b>${name}</b><br /><span class="meta"
                      >made ${times.brief(madeAt, now)} by ${names(by)},
                      ${usedAt === null ? 'not used yet' : `last used ${times.brief(usedAt, now)}`}</span
                    >
                  </p>
                  <form method="post" action="${at}/tokens/${id}/revoke">
                    <button class="button small" aria-label="Revoke the key ${name}">Revoke</button>
                  </form>
                </li>`,
            )}
          </ul>`
    }
    ${make}
  </section>`
