import { GroundwaveError } from '../base/errors.ts'
import type { Tx } from '../store/store.ts'
import { checkedEmail, checkedName, normalEmail } from './email.ts'
import type { LoginLimits } from './login-limits.ts'
import { passwordProblem } from './password-rules.ts'
import { COST, hashPassword } from './passwords.ts'
import type { PeopleDeps } from './people-deps.ts'
import type { Role } from './permissions.ts'
import { hashSecret, newSecret } from './secret.ts'
import type { Sessions, StartedSession } from './sessions.ts'
import {
  accountByEmail,
  accountById,
  deleteLinks,
  deleteSessions,
  hasAdmin,
  insertAccount,
  insertLink,
  liveInvitations,
  liveLink,
  updateAccount,
  useLink,
} from './store.ts'
import type { Account } from './store.ts'

const DAY_MS = 86_400_000
const LIVES_MS = { invitation: 7 * DAY_MS, 'first-admin': 7 * DAY_MS, reset: 3 * DAY_MS }

export type LinkKind = keyof typeof LIVES_MS

/** Shown once, to be handed to one person; the database keeps only a hash of the token. */
export type NewLink = {
  token: string
  /** Where it leads on the station's site. */
  path: string
  expiresAt: number
}

/** What somebody who follows a link is asked for. */
export type LinkView = {
  kind: LinkKind
  email: string | null
  role: Role | null
  name: string | null
  expiresAt: number
}

export type Invitation = { id: string; email: string; role: Role; by: string; madeAt: number; expiresAt: number }

export type Join = {
  token: string
  name: string
  password: string
  agent: string
  /** Asked for where the link names none: of the first admin. */ email?: string
}

export const linkPath = (token: string): string => `/studio/welcome/${token}`

type Deps = PeopleDeps & { limits: LoginLimits; sessions: Sessions }

export const createLinks = ({ store, clock, ids, random, cost = COST, limits, sessions }: Deps) => {
  type For = { kind: LinkKind; email?: string; role?: Role; accountId?: string; by: string }
  const make = async (tx: Tx, { kind, email, role, accountId, by }: For): Promise<NewLink> => {
    const token = newSecret(random)
    const now = clock.now()
    const expiresAt = now + LIVES_MS[kind]
    await insertLink(tx, {
      id: ids.next(),
      kind,
      token_hash: hashSecret(token),
      email: email ?? null,
      role: role ?? null,
      account_id: accountId ?? null,
      made_at: now,
      made_by: by,
      expires_at: expiresAt,
      used_at: null,
    })
    return { token, path: linkPath(token), expiresAt }
  }
  const live = async (token: string, kinds: readonly LinkKind[], tx?: Tx) => {
    const row = await liveLink(tx ?? store.read, hashSecret(token), clock.now())
    if (!row || !kinds.includes(row.kind)) throw new GroundwaveError('LINK_DEAD')
    return row
  }
  const hash = async (password: string, about: { name: string; email: string }) => {
    const problem = passwordProblem(password, about)
    if (problem) throw new GroundwaveError('PASSWORD_WEAK', problem)
    return hashPassword(password, { random, cost })
  }
  const event = (tx: Tx, type: string, actor: string, id: string, data: Record<string, unknown> = {}) =>
    store.events.append(tx, { type, actor, subject: { kind: 'account', id }, data })

  return {
    hash,

    /** A link by which one person joins; an earlier one for the same address is dead. Throws EMAIL_INVALID, EMAIL_TAKEN. */
    async invite({ email: typed, role, by }: { email: string; role: Role; by: string }): Promise<NewLink> {
      const email = checkedEmail(typed)
      return store.tx(async (tx) => {
        if (await accountByEmail(tx, email)) throw new GroundwaveError('EMAIL_TAKEN')
        await deleteLinks(tx, { kind: 'invitation', email })
        event(tx, 'person.invited', by, email, { role })
        return make(tx, { kind: 'invitation', email, role, by })
      })
    },

    /** Those that nobody has followed yet. */
    async invitations(): Promise<Invitation[]> {
      const rows = await liveInvitations(store.read, clock.now())
      return rows.map(({ id, email, role, made_by, made_at, expires_at }) => ({
        id,
        email: email ?? '',
        role: role as Role,
        by: made_by,
        madeAt: made_at,
        expiresAt: expires_at,
      }))
    },

    /** @returns whether there was one to take back. */
    withdraw: ({ id, by }: { id: string; by: string }): Promise<boolean> =>
      store.tx(async (tx) => {
        const gone = await deleteLinks(tx, { id, kind: 'invitation' })
        if (gone) event(tx, 'person.uninvited', by, id)
        return gone
      }),

    /** A link for whoever comes first, as long as the station has no admin; the first that is used kills the others. Else null. */
    firstAdminLink: (): Promise<NewLink | null> =>
      store.tx(async (tx) =>
        (await hasAdmin(tx)) ? null : make(tx, { kind: 'first-admin', role: 'admin', by: 'system' }),
      ),

    /** What a link is for. Throws LINK_DEAD. */
    async link(token: string): Promise<LinkView> {
      const row = await live(token, ['invitation', 'first-admin', 'reset'])
      const account = row.account_id ? await accountById(store.read, row.account_id) : null
      const { kind, role, expires_at } = row
      const email = account?.email ?? row.email
      return { kind, email, role: role as Role | null, name: account?.name ?? null, expiresAt: expires_at }
    },

    /** Makes the account and signs it in. Throws LINK_DEAD, NAME_MISSING, EMAIL_INVALID, EMAIL_TAKEN, PASSWORD_WEAK. */
    async join({ token, name: typed, password, agent, email: given = '' }: Join): Promise<StartedSession> {
      const kinds = ['invitation', 'first-admin'] as const
      const first = await live(token, kinds)
      const name = checkedName(typed)
      const email = checkedEmail(first.email ?? given)
      const hashed = await hash(password, { name, email })
      return store.tx(async (tx) => {
        const row = await live(token, kinds, tx)
        if (row.kind === 'first-admin' && (await hasAdmin(tx))) throw new GroundwaveError('LINK_DEAD')
        if (await accountByEmail(tx, email)) throw new GroundwaveError('EMAIL_TAKEN')
        const now = clock.now()
        if (!(await useLink(tx, row.id, now))) throw new GroundwaveError('LINK_DEAD')
        const account: Account = { id: ids.next(), name, email, role: row.role as Role, madeAt: now, suspended: null }
        const { id, role } = account
        await insertAccount(tx, { id, name, email, role, password: hashed, made_at: now, made_by: row.made_by })
        event(tx, 'person.joined', id, id, { role, by: row.made_by })
        return sessions.begin(tx, { account, agent })
      })
    },

    /** A link by which somebody sets a new password; nothing changes until it is used. Throws ACCOUNT_UNKNOWN. */
    resetLink: ({ email, by }: { email: string; by: string }): Promise<NewLink> =>
      store.tx(async (tx) => {
        const account = await accountByEmail(tx, normalEmail(email))
        if (!account) throw new GroundwaveError('ACCOUNT_UNKNOWN')
        await deleteLinks(tx, { kind: 'reset', account_id: account.id })
        event(tx, 'password.reset-offered', by, account.id)
        return make(tx, { kind: 'reset', accountId: account.id, by })
      }),

    /** Sets the password, ends every session, opens the lock, and signs in. Throws LINK_DEAD, PASSWORD_WEAK, SIGN_IN_SUSPENDED. */
    async reset({
      token,
      password,
      agent,
    }: {
      token: string
      password: string
      agent: string
    }): Promise<StartedSession> {
      const first = await live(token, ['reset'])
      const known = await accountById(store.read, first.account_id ?? '')
      const hashed = await hash(password, known ?? { name: '', email: '' })
      return store.tx(async (tx) => {
        const row = await live(token, ['reset'], tx)
        const account = await accountById(tx, row.account_id ?? '')
        if (!account || !(await useLink(tx, row.id, clock.now()))) throw new GroundwaveError('LINK_DEAD')
        if (account.suspended) throw new GroundwaveError('SIGN_IN_SUSPENDED')
        await updateAccount(tx, account.id, { password: hashed })
        await deleteSessions(tx, { accountId: account.id })
        await limits.forgive(tx, account.email)
        event(tx, 'password.changed', account.id, account.id, { by: 'link' })
        return sessions.begin(tx, { account, agent })
      })
    },
  }
}
