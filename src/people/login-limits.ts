import { GroundwaveError } from '../base/errors.ts'
import type { PeopleDeps } from './people-deps.ts'
import { hashWithSalt, networkOf, newSecret } from './secret.ts'
import { deleteTries, deleteTry, insertTry, saltOf, triesSince } from './store.ts'
import type { Tx } from '../store/store.ts'

/** Wrong passwords within the window, for one name and from one network. */
export const TRIES_BY_ACCOUNT = 5
export const TRIES_BY_ADDRESS = 20
export const WINDOW_MS = 15 * 60_000
const DAY_MS = 86_400_000

/** A try that has been counted; it is taken back when the password was right. */
export type Try = { id: string; accountHash: string; left: number; again: number }

export type LoginLimits = ReturnType<typeof createLoginLimits>

/** Counts in the database, so that all houses count together and a restart forgets nothing. */
export const createLoginLimits = ({ store, clock, ids, random }: PeopleDeps) => {
  const accountHash = async (tx: Tx, email: string) => hashWithSalt(`account ${email}`, await salt(tx))
  const salt = (tx: Tx) => {
    const day = new Date(clock.now()).toISOString().slice(0, 10)
    return saltOf(tx, { day, fresh: newSecret(random) })
  }
  return {
    /**
     * Counts a try before the password is looked at, so that a hundred at once are a hundred. Throws SIGN_IN_LOCKED when
     * there have been too many; those that are refused do not count.
     */
    begin: ({ email, address }: { email: string; address: string }): Promise<Try> =>
      store.tx(async (tx) => {
        const now = clock.now()
        const since = now - WINDOW_MS
        const byAccount = { account_hash: await accountHash(tx, email) }
        const byAddress = { address_hash: hashWithSalt(`address ${networkOf(address)}`, await salt(tx)) }
        const ofAccount = await triesSince(tx, byAccount, since)
        const ofAddress = await triesSince(tx, byAddress, since)
        const left = Math.min(TRIES_BY_ACCOUNT - ofAccount.length, TRIES_BY_ADDRESS - ofAddress.length)
        // The lock opens when the oldest of the tries that closed it leaves the window.
        const opens = Math.max(
          opensAt(ofAccount, TRIES_BY_ACCOUNT - (left > 0 ? 1 : 0), now),
          opensAt(ofAddress, TRIES_BY_ADDRESS - (left > 0 ? 1 : 0), now),
        )
        if (left <= 0) throw new GroundwaveError('SIGN_IN_LOCKED', tryAgain(opens - now))
        const id = ids.next()
        await insertTry(tx, { id, ...byAccount, ...byAddress, at: now })
        return { id, accountHash: byAccount.account_hash, left: left - 1, again: opens - now }
      }),

    /** The password was right: the tries of this name are forgotten, those of the network stay. */
    async clear(tx: Tx, { id, accountHash }: Pick<Try, 'id' | 'accountHash'>): Promise<void> {
      await deleteTry(tx, id)
      await deleteTries(tx, { accountHash, before: clock.now() - DAY_MS })
    },

    /** Somebody who may has vouched for this name. */
    async forgive(tx: Tx, email: string): Promise<void> {
      await deleteTries(tx, { accountHash: await accountHash(tx, email), before: clock.now() - DAY_MS })
    },
  }
}

const opensAt = (tries: number[], limit: number, now: number): number => {
  const opener = tries[tries.length - limit]
  return opener === undefined || tries.length < limit ? now : opener + WINDOW_MS
}

/** `Four tries left.`, or when to come back. */
export const triesLeft = ({ left, again }: Pick<Try, 'left' | 'again'>): string =>
  left > 0 ? `${words[left] ?? left} ${left === 1 ? 'try' : 'tries'} left.` : tryAgain(again || WINDOW_MS)

const tryAgain = (ms: number): string => {
  const minutes = Math.max(1, Math.ceil(ms / 60_000))
  return `Try again in ${minutes === 1 ? 'a minute' : `${minutes} minutes`}.`
}

const words = ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine', 'Ten']
