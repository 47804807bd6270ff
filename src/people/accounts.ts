import { GroundwaveError } from '../base/errors.ts'
import type { Tx } from '../store/store.ts'
import { checkedName, normalEmail } from './email.ts'
import { verifyPassword } from './passwords.ts'
import type { PeopleDeps } from './people-deps.ts'
import type { Role } from './permissions.ts'
import {
  accountByEmail,
  accountById,
  allAccounts,
  deleteLinks,
  deleteSessions,
  deleteSuspension,
  insertSuspension,
  otherAdmins,
  passwordOf,
  updateAccount,
} from './store.ts'
import type { Account } from './store.ts'

type Deps = PeopleDeps & { hash: (password: string, about: { name: string; email: string }) => Promise<string> }

export const createAccounts = ({ store, clock, hash }: Deps) => {
  const existing = async (tx: Tx, id: string): Promise<Account> => {
    const account = await accountById(tx, id)
    if (!account) throw new GroundwaveError('ACCOUNT_UNKNOWN')
    return account
  }
  const event = (tx: Tx, type: string, actor: string, id: string, data: Record<string, unknown> = {}) =>
    store.events.append(tx, { type, actor, subject: { kind: 'account', id }, data })
  const keepAnAdmin = async (tx: Tx, account: Account) => {
    if (account.role !== 'admin' || account.suspended) return
    if ((await otherAdmins(tx, account.id)) === 0) throw new GroundwaveError('LAST_ADMIN')
  }

  return {
    /** Everybody, by name. */
    list: (): Promise<Account[]> => allAccounts(store.read),
    account: (id: string): Promise<Account | null> => accountById(store.read, id),
    async byEmail(email: string): Promise<Account | null> {
      const found = await accountByEmail(store.read, normalEmail(email))
      if (!found) return null
      const { password: _, ...account } = found
      return account
    },

    /** Throws ACCOUNT_UNKNOWN, NAME_MISSING. */
    rename: ({ id, name, by }: { id: string; name: string; by: string }): Promise<void> =>
      store.tx(async (tx) => {
        const { name: from } = await existing(tx, id)
        const to = checkedName(name)
        await updateAccount(tx, id, { name: to })
        event(tx, 'person.renamed', by, id, { from, to })
      }),

    /** Holds from the next request on. Throws ACCOUNT_UNKNOWN, LAST_ADMIN. */
    changeRole: ({ id, role, by }: { id: string; role: Role; by: string }): Promise<void> =>
      store.tx(async (tx) => {
        const account = await existing(tx, id)
        if (account.role === role) return
        await keepAnAdmin(tx, account)
        await updateAccount(tx, id, { role })
        event(tx, 'person.role-changed', by, id, { from: account.role, to: role })
      }),

    /** Closes the account and ends its sessions; what it wrote stays, and its keys work again when it is opened. Throws LAST_ADMIN. */
    suspend: ({ id, reason, by }: { id: string; reason: string; by: string }): Promise<void> =>
      store.tx(async (tx) => {
        const account = await existing(tx, id)
        if (account.suspended) return
        await keepAnAdmin(tx, account)
        await insertSuspension(tx, { account_id: id, at: clock.now(), by, reason })
        await deleteSessions(tx, { accountId: id })
        await deleteLinks(tx, { kind: 'reset', account_id: id })
        event(tx, 'person.suspended', by, id, { reason })
      }),

    readmit: ({ id, by }: { id: string; by: string }): Promise<void> =>
      store.tx(async (tx) => {
        if (await deleteSuspension(tx, id)) event(tx, 'person.readmitted', by, id)
      }),

    /**
     * One's own password; all other sessions end. Throws PASSWORD_WRONG, PASSWORD_WEAK.
     * @param keep the session one does it from.
     */
    async changePassword({
      id,
      old,
      password,
      keep,
    }: {
      id: string
      old: string
      password: string
      keep: string
    }): Promise<void> {
      const stored = await passwordOf(store.read, id)
      if (!stored || !(await verifyPassword(old, stored)).right) throw new GroundwaveError('PASSWORD_WRONG')
      const account = await accountById(store.read, id)
      const hashed = await hash(password, account ?? { name: '', email: '' })
      await store.tx(async (tx) => {
        if ((await passwordOf(tx, id)) !== stored) throw new GroundwaveError('PASSWORD_WRONG')
        await updateAccount(tx, id, { password: hashed })
        await deleteSessions(tx, { accountId: id, except: keep })
        event(tx, 'password.changed', id, id)
      })
    },
  }
}
