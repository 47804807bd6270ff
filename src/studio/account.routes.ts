import type { Context } from 'hono'
import { GroundwaveError } from '../base/errors.ts'
import { accountView } from './account.view.ts'
import type { Person, StudioDoor } from './door.ts'
import { readForm } from './forms.ts'
import { stationTimes } from './frame.ts'
import { accountNames } from './names.ts'
import { refusedOn, statusOf } from './people.routes.ts'
import type { Handed, Said } from './people.view.ts'
import type { StudioDeps } from './studio-deps.ts'

/** One's own name, password, sessions and keys. */
export const accountRoutes = (door: StudioDoor, { people, config, clock }: StudioDeps): void => {
  const times = stationTimes(config.station.zone)

  const page = async (person: Person, context: Context, { handed, said }: { handed?: Handed; said?: Said } = {}) => {
    const { id } = person.account
    const [sessions, tokens, names, account] = await Promise.all([
      people.sessionsOf(id),
      people.tokensOf(id),
      accountNames(people),
      people.account(id),
    ])
    if (!account) throw new GroundwaveError('ACCOUNT_UNKNOWN')
    const shown = { handed: handed ?? null, said: said ?? null, me: id, names, times, now: clock.now() }
    const main = accountView({ account, sessions, tokens, current: person.sessionId, ...shown })
    return door.page({ ...person, account }, context, { title: 'Your account', status: statusOf(said) }, main)
  }

  door.get('/studio/account', 'account.change-own', (person, context) => page(person, context))

  const deed = (path: string, said: string, act: (person: Person, context: Context) => Promise<unknown>): void =>
    door.post(`/studio/account/${path}`, 'account.change-own', (person, context) =>
      refusedOn(
        (refusal) => page(person, context, { said: refusal }),
        async () => {
          await act(person, context)
          return page(person, context, { said: { tone: 'info', message: said } })
        },
      ),
    )

  deed('name', 'Your name has changed.', async ({ account: { id } }, context) =>
    people.rename({ id, name: (await readForm(context)).text('name'), by: id }),
  )
  deed(
    'password',
    'Your password has changed; you are signed in only here.',
    async ({ account, sessionId }, context) => {
      const form = await readForm(context)
      await people.changePassword({
        id: account.id,
        old: form.raw('old'),
        password: form.raw('password'),
        keep: sessionId,
      })
    },
  )
  deed('sessions/end', 'You are signed in only here.', ({ account: { id }, sessionId }) =>
    people.endSessions({ accountId: id, except: sessionId, by: id }),
  )
  deed('sessions/:session/end', 'That session has ended.', ({ account: { id } }, context) =>
    people.endSessions({ accountId: id, only: context.req.param('session') ?? '', by: id }),
  )
  deed('tokens/:token/revoke', 'That key is dead.', ({ account: { id } }, context) =>
    people.revokeToken({ id: context.req.param('token') ?? '', accountId: id, by: id }),
  )

  door.post('/studio/account/tokens', 'token.make-own', (person, context) =>
    refusedOn(
      (said) => page(person, context, { said }),
      async () => {
        const { id } = person.account
        const name = (await readForm(context)).text('name')
        const { token } = await people.makeToken({ accountId: id, name, by: id })
        return page(person, context, { handed: { words: `The key for “${name}”.`, secret: token } })
      },
    ),
  )
}
