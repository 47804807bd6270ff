import { GroundwaveError } from '../base/errors.ts'
import { normalEmail } from './email.ts'
import { triesLeft } from './login-limits.ts'
import type { LoginLimits } from './login-limits.ts'
import { COST, hashPassword, verifyPassword } from './passwords.ts'
import type { PeopleDeps } from './people-deps.ts'
import type { Sessions, StartedSession } from './sessions.ts'
import { accountByEmail, passwordOf, updateAccount } from './store.ts'

export type SignIn = {
  email: string
  password: string
  /** Where from; only a keyed hash of it is kept, for a day. */
  address: string
  /** What the browser calls itself. */
  agent: string
}

type Deps = PeopleDeps & { limits: LoginLimits; sessions: Sessions }

/** Throws SIGN_IN_WRONG with the tries that are left, SIGN_IN_LOCKED with the time to wait, or SIGN_IN_SUSPENDED. */
export const createSignIn = ({ store, limits, sessions, random, cost = COST }: Deps) => {
  // Somebody we do not know costs as much time as somebody we do: nobody learns by the clock who works here.
  const nobody = hashPassword('nobody', { random, cost })
  return async ({ email: typed, password, address, agent }: SignIn): Promise<StartedSession> => {
    const email = normalEmail(typed)
    const attempt = await limits.begin({ email, address })
    const found = await accountByEmail(store.read, email)
    const { right, outdated } = await verifyPassword(password, found?.password ?? (await nobody), cost)
    if (!found || !right) {
      if (found) await store.tx(async (tx) => store.events.append(tx, refused(found.id)))
      throw new GroundwaveError('SIGN_IN_WRONG', triesLeft(attempt))
    }
    const fresh = outdated ? await hashPassword(password, { random, cost }) : null
    const { password: stored, ...account } = found
    return store.tx(async (tx) => {
      await limits.clear(tx, attempt)
      // Hashing took its time: meanwhile an admin may have closed the account, or the password been changed.
      const now = await accountByEmail(tx, email)
      if (!now || (await passwordOf(tx, account.id)) !== stored) throw new GroundwaveError('SIGN_IN_WRONG')
      if (now.suspended) throw new GroundwaveError('SIGN_IN_SUSPENDED')
      if (fresh) await updateAccount(tx, account.id, { password: fresh })
      return sessions.begin(tx, { account, agent })
    })
  }
}

const refused = (id: string) => ({ type: 'session.refused', actor: id, subject: { kind: 'account', id } })
