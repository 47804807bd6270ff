import type { Tx } from '../store/store.ts'
import type { PeopleDeps } from './people-deps.ts'
import { hashSecret, newSecret } from './secret.ts'
import {
  accountById,
  deleteOldSessions,
  deleteSessions,
  insertSession,
  sessionByHash,
  sessionsOf,
  touchSession,
} from './store.ts'
import type { Account } from './store.ts'

const DAY_MS = 86_400_000
/** A session ends when it is not used for so long, and at the latest so long after it began. */
const IDLE_MS = 30 * DAY_MS
const LONGEST_MS = 180 * DAY_MS
/** Using a session is written down no more often than this: a page must not cost a write. */
const TOUCH_MS = 10 * 60_000
const AGENT = 300

/** A cookie as it is to be set, in the words of RFC 6265 §4.1. */
export type Cookie = {
  name: string
  value: string
  httpOnly: true
  secure: boolean
  sameSite: 'Lax'
  path: '/'
  /** Seconds. */
  maxAge: number
}

export type StartedSession = { account: Account; sessionId: string; cookie: Cookie }

export type CurrentSession = {
  account: Account
  sessionId: string
  /** To be set anew, when the session has been lengthened; else null. */
  cookie: Cookie | null
}

export type SessionView = { id: string; agent: string; madeAt: number; seenAt: number; expiresAt: number }

export type Sessions = ReturnType<typeof createSessions>

export const createSessions = ({ store, clock, ids, random, secure }: PeopleDeps) => {
  // With the prefix a browser takes it only over https and never from a sibling domain (RFC 6265bis §4.1.3.2).
  const cookieName = secure ? '__Host-groundwave' : 'groundwave'
  const cookie = (value: string, ms: number): Cookie => ({
    name: cookieName,
    value,
    httpOnly: true,
    secure,
    sameSite: 'Lax',
    path: '/',
    maxAge: Math.floor(ms / 1000),
  })
  const ended = (tx: Tx, accountId: string, by: string, data: Record<string, unknown>) =>
    store.events.append(tx, { type: 'session.ended', actor: by, subject: { kind: 'account', id: accountId }, data })

  return {
    cookieName,
    /** What takes the cookie away from the browser. */
    noCookie: (): Cookie => cookie('', 0),

    /** Begins a session within the transaction that found out who it is. */
    begin: async (tx: Tx, { account, agent }: { account: Account; agent: string }): Promise<StartedSession> => {
      const token = newSecret(random)
      const now = clock.now()
      const id = ids.next()
      await deleteOldSessions(tx, now)
      await insertSession(tx, {
        id,
        account_id: account.id,
        token_hash: hashSecret(token),
        agent: agent.slice(0, AGENT),
        made_at: now,
        seen_at: now,
        expires_at: now + IDLE_MS,
      })
      const subject = { kind: 'account', id: account.id }
      store.events.append(tx, { type: 'session.began', actor: account.id, subject, data: { session: id } })
      return { account, sessionId: id, cookie: cookie(token, IDLE_MS) }
    },

    /** Whose session the cookie's value is; null when it is nobody's any more. */
    async session(token: string): Promise<CurrentSession | null> {
      const now = clock.now()
      const row = await sessionByHash(store.read, hashSecret(token), now)
      const account = row ? await accountById(store.read, row.account_id) : null
      if (!row || !account || account.suspended) return null
      if (now - row.seen_at < TOUCH_MS) return { account, sessionId: row.id, cookie: null }
      const expires = Math.min(now + IDLE_MS, row.made_at + LONGEST_MS)
      await store.tx((tx) => touchSession(tx, row.id, { seen_at: now, expires_at: expires }))
      return { account, sessionId: row.id, cookie: cookie(token, expires - now) }
    },

    /** Ends the session of this cookie; nothing happens when it is none. */
    async signOut(token: string): Promise<void> {
      await store.tx(async (tx) => {
        const row = await sessionByHash(tx, hashSecret(token), clock.now())
        if (!row) return
        await deleteSessions(tx, { accountId: row.account_id, only: row.id })
        ended(tx, row.account_id, row.account_id, { session: row.id })
      })
    },

    /** Where somebody is signed in, the latest used first. */
    async sessionsOf(accountId: string): Promise<SessionView[]> {
      const rows = await sessionsOf(store.read, accountId, clock.now())
      return rows.map(({ id, agent, made_at, seen_at, expires_at }) => ({
        id,
        agent,
        madeAt: made_at,
        seenAt: seen_at,
        expiresAt: expires_at,
      }))
    },

    /** Ends one session, or all, or all but one, from the next request on. @returns how many. */
    endSessions: (which: { accountId: string; only?: string; except?: string; by: string }): Promise<number> =>
      store.tx(async (tx) => {
        const count = await deleteSessions(tx, which)
        if (count) ended(tx, which.accountId, which.by, { count })
        return count
      }),
  }
}
