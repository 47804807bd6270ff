import type { ReadonlyKysely } from 'kysely/readonly'
import type { Database, Tx } from '../store/store.ts'
import type {
  AccountsTable,
  ApiTokensTable,
  LinksTable,
  LoginTriesTable,
  SessionsTable,
} from '../store/tables-people.ts'
import type { Role } from './permissions.ts'

/** Both the store's `read` and a running transaction. */
export type Reader = ReadonlyKysely<Database> | Tx

export type Account = {
  id: string
  name: string
  email: string
  role: Role
  madeAt: number
  /** Since when, by whom and why it may not sign in; null when it may. */
  suspended: { at: number; by: string; reason: string } | null
}

const on = (reader: Reader) => reader as ReadonlyKysely<Database>

const accounts = (reader: Reader) =>
  on(reader)
    .selectFrom('accounts as a')
    .leftJoin('suspensions as s', 's.account_id', 'a.id')
    .select(['a.id', 'a.name', 'a.email', 'a.role', 'a.made_at', 'a.password'])
    .select(['s.at as s_at', 's.by as s_by', 's.reason as s_reason'])

type AccountRow = Awaited<ReturnType<ReturnType<typeof accounts>['execute']>>[number]

const toAccount = ({ id, name, email, role, made_at, s_at, s_by, s_reason }: AccountRow): Account => ({
  id,
  name,
  email,
  role: role as Role,
  madeAt: made_at,
  suspended: s_at === null ? null : { at: s_at, by: s_by ?? '', reason: s_reason ?? '' },
})

export const allAccounts = async (reader: Reader): Promise<Account[]> =>
  (await accounts(reader).orderBy('a.name').orderBy('a.id').execute()).map(toAccount)

export const accountById = async (reader: Reader, id: string): Promise<Account | null> => {
  const row = await accounts(reader).where('a.id', '=', id).executeTakeFirst()
  return row ? toAccount(row) : null
}

/** With the hash of its password, which goes no further than this folder. */
export const accountByEmail = async (
  reader: Reader,
  email: string,
): Promise<(Account & { password: string }) | null> => {
  const row = await accounts(reader).where('a.email', '=', email).executeTakeFirst()
  return row ? { ...toAccount(row), password: row.password } : null
}

export const passwordOf = async (reader: Reader, id: string): Promise<string | null> =>
  (await on(reader).selectFrom('accounts').select('password').where('id', '=', id).executeTakeFirst())?.password ?? null

/** How many admins can sign in, apart from one. */
export const otherAdmins = async (tx: Tx, id: string): Promise<number> => {
  const rows = await accounts(tx)
    .where('a.role', '=', 'admin')
    .where('a.id', '!=', id)
    .where('s.at', 'is', null)
    .execute()
  return rows.length
}

/** Whether anybody keeps the keys, able to sign in or not. */
export const hasAdmin = async (tx: Tx): Promise<boolean> =>
  (await tx.selectFrom('accounts').select('id').where('role', '=', 'admin').limit(1).executeTakeFirst()) !== undefined

export const insertAccount = (tx: Tx, row: AccountsTable) => tx.insertInto('accounts').values(row).execute()

export const updateAccount = (tx: Tx, id: string, row: Partial<Pick<AccountsTable, 'name' | 'role' | 'password'>>) =>
  tx.updateTable('accounts').set(row).where('id', '=', id).execute()

export const insertSuspension = (tx: Tx, row: { account_id: string; at: number; by: string; reason: string }) =>
  tx
    .insertInto('suspensions')
    .values(row)
    .onConflict((c) => c.column('account_id').doNothing())
    .execute()

export const deleteSuspension = async (tx: Tx, accountId: string): Promise<boolean> =>
  (await tx.deleteFrom('suspensions').where('account_id', '=', accountId).executeTakeFirst()).numDeletedRows > 0n

// Links

export const insertLink = (tx: Tx, row: LinksTable) => tx.insertInto('links').values(row).execute()

/** The link of this token, if it can still be used. */
export const liveLink = (reader: Reader, tokenHash: string, now: number): Promise<LinksTable | undefined> =>
  on(reader)
    .selectFrom('links')
    .selectAll()
    .where('token_hash', '=', tokenHash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst()

export const liveInvitations = (reader: Reader, now: number): Promise<LinksTable[]> =>
  on(reader)
    .selectFrom('links')
    .selectAll()
    .where('kind', '=', 'invitation')
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .orderBy('id')
    .execute()

/** @returns false when somebody else has used it meanwhile. */
export const useLink = async (tx: Tx, id: string, now: number): Promise<boolean> => {
  const done = await tx
    .updateTable('links')
    .set({ used_at: now })
    .where('id', '=', id)
    .where('used_at', 'is', null)
    .executeTakeFirst()
  return done.numUpdatedRows > 0n
}

/** Takes unused links back: of a kind, for an address or an account. */
export const deleteLinks = async (
  tx: Tx,
  where: Partial<Pick<LinksTable, 'id' | 'kind' | 'email' | 'account_id'>>,
): Promise<boolean> => {
  let query = tx.deleteFrom('links').where('used_at', 'is', null)
  for (const column of ['id', 'kind', 'email', 'account_id'] as const) {
    const value = where[column]
    if (value !== undefined) query = query.where(column, '=', value)
  }
  return (await query.executeTakeFirst()).numDeletedRows > 0n
}

// Sessions

export const insertSession = (tx: Tx, row: SessionsTable) => tx.insertInto('sessions').values(row).execute()

export const sessionByHash = (reader: Reader, tokenHash: string, now: number): Promise<SessionsTable | undefined> =>
  on(reader)
    .selectFrom('sessions')
    .selectAll()
    .where('token_hash', '=', tokenHash)
    .where('expires_at', '>', now)
    .executeTakeFirst()

export const sessionsOf = (reader: Reader, accountId: string, now: number): Promise<SessionsTable[]> =>
  on(reader)
    .selectFrom('sessions')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('expires_at', '>', now)
    .orderBy('seen_at', 'desc')
    .orderBy('id')
    .execute()

export const touchSession = (tx: Tx, id: string, row: Pick<SessionsTable, 'seen_at' | 'expires_at'>) =>
  tx.updateTable('sessions').set(row).where('id', '=', id).execute()

export type WhichSessions = { accountId: string; only?: string; except?: string }

/** @returns how many there were. */
export const deleteSessions = async (tx: Tx, { accountId, only, except }: WhichSessions): Promise<number> => {
  let query = tx.deleteFrom('sessions').where('account_id', '=', accountId)
  if (only !== undefined) query = query.where('id', '=', only)
  if (except !== undefined) query = query.where('id', '!=', except)
  return Number((await query.executeTakeFirst()).numDeletedRows)
}

export const deleteOldSessions = (tx: Tx, now: number) =>
  tx.deleteFrom('sessions').where('expires_at', '<=', now).execute()

// Programs' keys

export const insertApiToken = (tx: Tx, row: ApiTokensTable) => tx.insertInto('api_tokens').values(row).execute()

/** A living key and whose it is, in one question. */
export const apiTokenByHash = async (
  reader: Reader,
  tokenHash: string,
): Promise<{ id: string; usedAt: number | null; account: Account } | null> => {
  const row = await accounts(reader)
    .innerJoin('api_tokens as k', 'k.account_id', 'a.id')
    .select(['k.id as token_id', 'k.used_at'])
    .where('k.token_hash', '=', tokenHash)
    .where('k.revoked_at', 'is', null)
    .executeTakeFirst()
  return row ? { id: row.token_id, usedAt: row.used_at, account: toAccount(row) } : null
}

export const apiTokensOf = (reader: Reader, accountId: string): Promise<ApiTokensTable[]> =>
  on(reader)
    .selectFrom('api_tokens')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('revoked_at', 'is', null)
    .orderBy('id')
    .execute()

export const touchApiToken = (tx: Tx, id: string, now: number) =>
  tx.updateTable('api_tokens').set({ used_at: now }).where('id', '=', id).execute()

export const revokeApiToken = async (
  tx: Tx,
  { id, accountId, now }: { id: string; accountId: string; now: number },
) => {
  const done = await tx
    .updateTable('api_tokens')
    .set({ revoked_at: now })
    .where('id', '=', id)
    .where('account_id', '=', accountId)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return done.numUpdatedRows > 0n
}

// Log-in limits

/** The day's salt, made by whoever asks first; those of days gone by are thrown away. */
export const saltOf = async (tx: Tx, { day, fresh }: { day: string; fresh: string }): Promise<string> => {
  const known = await tx.selectFrom('login_salts').select('salt').where('day', '=', day).executeTakeFirst()
  if (known) return known.salt
  await tx.deleteFrom('login_salts').where('day', '<', day).execute()
  await tx.insertInto('login_salts').values({ day, salt: fresh }).execute()
  return fresh
}

/** Times of the tries by one name or from one network since a moment, oldest first. */
export const triesSince = async (
  tx: Tx,
  where: Partial<Pick<LoginTriesTable, 'account_hash' | 'address_hash'>>,
  since: number,
): Promise<number[]> => {
  let query = tx.selectFrom('login_tries').select('at').where('at', '>', since)
  if (where.account_hash !== undefined) query = query.where('account_hash', '=', where.account_hash)
  if (where.address_hash !== undefined) query = query.where('address_hash', '=', where.address_hash)
  return (await query.orderBy('at').execute()).map(({ at }) => at)
}

export const insertTry = (tx: Tx, row: LoginTriesTable) => tx.insertInto('login_tries').values(row).execute()

export const deleteTries = async (tx: Tx, { accountHash, before }: { accountHash: string; before: number }) => {
  await tx.deleteFrom('login_tries').where('account_hash', '=', accountHash).execute()
  await tx.deleteFrom('login_tries').where('at', '<', before).execute()
}

export const deleteTry = (tx: Tx, id: string) => tx.deleteFrom('login_tries').where('id', '=', id).execute()
