import { GroundwaveError } from '../base/errors.ts'
import type { PeopleDeps } from './people-deps.ts'
import { hashSecret, newSecret } from './secret.ts'
import { accountById, apiTokenByHash, apiTokensOf, insertApiToken, revokeApiToken, touchApiToken } from './store.ts'
import type { Account } from './store.ts'
import { checkedName } from './email.ts'

/** Programs that look for secrets in public places know ours by this. */
const PREFIX = 'gw_'
const TOUCH_MS = 10 * 60_000

export type TokenView = { id: string; name: string; madeAt: number; by: string; usedAt: number | null }

/** Keys for programs that act in somebody's name, with that person's role, until they are revoked. */
export const createTokens = ({ store, clock, ids, random }: PeopleDeps) => ({
  /** @returns the key, this once. Throws ACCOUNT_UNKNOWN, NAME_MISSING. */
  makeToken: ({
    accountId,
    name,
    by,
  }: {
    accountId: string
    name: string
    by: string
  }): Promise<{ id: string; token: string }> =>
    store.tx(async (tx) => {
      const account = await accountById(tx, accountId)
      if (!account) throw new GroundwaveError('ACCOUNT_UNKNOWN')
      const token = `${PREFIX}${newSecret(random)}`
      const id = ids.next()
      await insertApiToken(tx, {
        id,
        account_id: accountId,
        name: checkedName(name),
        token_hash: hashSecret(token),
        made_at: clock.now(),
        made_by: by,
        used_at: null,
        revoked_at: null,
      })
      store.events.append(tx, {
        type: 'token.made',
        actor: by,
        subject: { kind: 'account', id: accountId },
        data: { token: id, name: checkedName(name) },
      })
      return { id, token }
    }),

  /** In whose name the bearer of this key acts; null when it is no key, or one no more. */
  async bearer(token: string): Promise<{ account: Account; tokenId: string } | null> {
    if (!token.startsWith(PREFIX)) return null
    const found = await apiTokenByHash(store.read, hashSecret(token))
    if (!found || found.account.suspended) return null
    const { id, usedAt, account } = found
    const now = clock.now()
    if (now - (usedAt ?? 0) > TOUCH_MS) await store.tx((tx) => touchApiToken(tx, id, now))
    return { account, tokenId: id }
  },

  async tokensOf(accountId: string): Promise<TokenView[]> {
    const rows = await apiTokensOf(store.read, accountId)
    return rows.map(({ id, name, made_at, made_by, used_at }) => ({
      id,
      name,
      madeAt: made_at,
      by: made_by,
      usedAt: used_at,
    }))
  },

  /** Dead from the next request on. @returns whether there was one of this account. */
  revokeToken: ({ id, accountId, by }: { id: string; accountId: string; by: string }): Promise<boolean> =>
    store.tx(async (tx) => {
      const revoked = await revokeApiToken(tx, { id, accountId, now: clock.now() })
      const subject = { kind: 'account', id: accountId }
      if (revoked) store.events.append(tx, { type: 'token.revoked', actor: by, subject, data: { token: id } })
      return revoked
    }),
})
