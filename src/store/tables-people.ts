export type PeopleTables = {
  accounts: AccountsTable
  suspensions: SuspensionsTable
  links: LinksTable
  sessions: SessionsTable
  api_tokens: ApiTokensTable
  login_tries: LoginTriesTable
  login_salts: LoginSaltsTable
}

export type AccountsTable = {
  id: string
  name: string
  /** Trimmed, in small letters; unique. */
  email: string
  role: string
  /** `$argon2id$v=19$m=…,t=…,p=…$salt$hash` */
  password: string
  made_at: number
  made_by: string
}

/** An account that must not sign in has a row here. */
export type SuspensionsTable = { account_id: string; at: number; by: string; reason: string }

/** Invitations, first-admin links and password resets: used once, or dead when their time is over. */
export type LinksTable = {
  id: string
  kind: 'invitation' | 'first-admin' | 'reset'
  /** SHA-256 of the token, hex. */
  token_hash: string
  email: string | null
  role: string | null
  /** Whose password a reset changes. */
  account_id: string | null
  made_at: number
  made_by: string
  expires_at: number
  used_at: number | null
}

export type SessionsTable = {
  id: string
  account_id: string
  token_hash: string
  /** What the browser calls itself, cut to 300 characters. */
  agent: string
  made_at: number
  seen_at: number
  expires_at: number
}

export type ApiTokensTable = {
  id: string
  account_id: string
  name: string
  token_hash: string
  made_at: number
  made_by: string
  used_at: number | null
  revoked_at: number | null
}

/** One row for each log-in that was begun and did not succeed. */
export type LoginTriesTable = {
  id: string
  /** Keyed hashes with the salt of the day; neither name nor address can be read from them once it is gone. */
  account_hash: string
  address_hash: string
  at: number
}

/** `day` as yyyy-mm-dd, UTC. */
export type LoginSaltsTable = { day: string; salt: string }
