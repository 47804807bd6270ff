import { createAccounts } from './accounts.ts'
import { createLinks } from './links.ts'
import { createLoginLimits } from './login-limits.ts'
import type { PeopleDeps } from './people-deps.ts'
import { createSessions } from './sessions.ts'
import { createSignIn } from './sign-in.ts'
import { createTokens } from './tokens.ts'

export type { Invitation, Join, LinkKind, LinkView, NewLink } from './links.ts'
export { linkPath } from './links.ts'
export { passwordProblem, SHORTEST as SHORTEST_PASSWORD } from './password-rules.ts'
export type { PeopleDeps } from './people-deps.ts'
export { isRole, may, mayOn, permissions, roles } from './permissions.ts'
export type { OwnedVerb, Role, Verb } from './permissions.ts'
export type { Cookie, CurrentSession, SessionView, StartedSession } from './sessions.ts'
export type { SignIn } from './sign-in.ts'
export type { Account } from './store.ts'
export type { TokenView } from './tokens.ts'

export type People = ReturnType<typeof openPeople>

/** Who works here, how they come in, and what each may do. Every change leaves an event; nobody is ever deleted. */
export const openPeople = (deps: PeopleDeps) => {
  const limits = createLoginLimits(deps)
  const sessions = createSessions(deps)
  // To begin a session is for those here who have found out who it is.
  const { begin: _, ...shown } = sessions
  const { hash, ...links } = createLinks({ ...deps, limits, sessions })
  return {
    ...shown,
    ...links,
    ...createTokens(deps),
    ...createAccounts({ ...deps, hash }),
    signIn: createSignIn({ ...deps, limits, sessions }),
  }
}
