import { randomBytes } from 'node:crypto'
import { systemClock } from '../base/clock.ts'
import { GroundwaveError } from '../base/errors.ts'
import { createIds } from '../base/ids.ts'
import { createLog } from '../base/log.ts'
import { loadConfig } from '../config/load.ts'
import type { LoadedConfig } from '../config/load.ts'
import { isRole, openPeople } from '../people/people.ts'
import type { Account, NewLink, People } from '../people/people.ts'
import { openStore } from '../store/store.ts'

const USAGE =
  '(user list | invite EMAIL ROLE | reset EMAIL | token EMAIL NAME | end-sessions EMAIL, with --station DIR)'
/** Who the record says it was. */
const BY = 'cli'

type Write = (text: string) => void
type Action = (people: People, words: string[], deps: { config: LoadedConfig; write: Write }) => Promise<void>

/**
 * `user …`: the station's accounts, for who sits at its machine; also while it runs. The station is the folder after
 * `--station`, else GROUNDWAVE_DATA, else the folder one stands in.
 */
export const user = async (args: string[], write: Write = (text) => process.stdout.write(text)): Promise<number> => {
  const { folder, words } = readArgs(args)
  const [name = '', ...rest] = words
  const action = Object.hasOwn(actions, name) ? actions[name] : undefined
  if (!action) throw new GroundwaveError('USAGE', USAGE)
  const config = loadConfig(folder, process.env)
  const clock = systemClock
  const deps = { clock, ids: createIds({ clock }), log: createLog({ clock, part: 'user' }) }
  const store = await openStore({
    ...deps,
    url: process.env['GROUNDWAVE_DATABASE'] || config.database,
    folder: config.folder,
  })
  try {
    const people = openPeople({ ...deps, store, random: randomBytes, secure: isSecure(config) })
    await action(people, rest, { config, write })
    return 0
  } finally {
    await store.stop()
  }
}

const readArgs = (args: string[]): { folder: string; words: string[] } => {
  const at = args.indexOf('--station')
  const folder = at < 0 ? (process.env['GROUNDWAVE_DATA'] ?? '.') : args[at + 1]
  if (!folder) throw new GroundwaveError('USAGE', USAGE)
  return { folder, words: at < 0 ? args : args.toSpliced(at, 2) }
}

const actions: Record<string, Action> = {
  async list(people, _, { write }) {
    const accounts = await people.list()
    if (accounts.length === 0)
      write('Nobody has an account yet. The link that the station prints at its start makes the first.\n')
    const width = Math.max(0, ...accounts.map(({ email }) => email.length))
    for (const { email, role, name, suspended } of accounts)
      write(`${email.padEnd(width)}  ${role.padEnd(8)}  ${name}${suspended ? ' (closed)' : ''}\n`)
  },

  async invite(people, [email, role = ''], { config, write }) {
    if (!email) throw new GroundwaveError('USAGE', USAGE)
    if (!isRole(role)) throw new GroundwaveError('ROLE_UNKNOWN', `("${role}")`)
    const link = await people.invite({ email, role, by: BY })
    write(`Give this to ${email}; it works once, for seven days:\n${addressOf(config, link)}\n`)
  },

  async reset(people, [email], { config, write }) {
    const account = await known(people, email)
    const link = await people.resetLink({ email: account.email, by: BY })
    write(`Give this to ${account.name}; it works once, for three days:\n${addressOf(config, link)}\n`)
  },

  async token(people, [email, ...words], { write }) {
    const account = await known(people, email)
    const { token } = await people.makeToken({ accountId: account.id, name: words.join(' '), by: BY })
    write(`${token}\n`)
  },

  async 'end-sessions'(people, [email], { write }) {
    const account = await known(people, email)
    const count = await people.endSessions({ accountId: account.id, by: BY })
    write(`${account.name} was signed in ${count === 1 ? 'once' : `${count} times`}, and is so no longer.\n`)
  },
}

const known = async (people: People, email: string | undefined): Promise<Account> => {
  if (!email) throw new GroundwaveError('USAGE', USAGE)
  const account = await people.byEmail(email)
  if (!account) throw new GroundwaveError('ACCOUNT_UNKNOWN', `("${email}")`)
  return account
}

const isSecure = (config: LoadedConfig): boolean => config.station.url?.startsWith('https:') ?? false

const addressOf = ({ station, house }: LoadedConfig, { path }: NewLink): string =>
  new URL(path, station.url ?? `http://localhost:${house.port}`).href
