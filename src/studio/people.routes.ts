import type { Context } from 'hono'
import { GroundwaveError } from '../base/errors.ts'
import { isRole, may } from '../people/people.ts'
import type { NewLink } from '../people/people.ts'
import type { Person, StudioDoor } from './door.ts'
import { readForm } from './forms.ts'
import { stationTimes } from './frame.ts'
import { accountNames } from './names.ts'
import { peopleView, personView } from './people.view.ts'
import type { Handed, PeopleProps, Said } from './people.view.ts'
import type { StudioDeps } from './studio-deps.ts'

type Shown = { handed?: Handed; said?: Said; typed?: PeopleProps['typed'] }

/** Who works here, and, for admins, what each may do. */
export const peopleRoutes = (door: StudioDoor, deps: StudioDeps): void => {
  const { people, config, clock } = deps
  const times = stationTimes(config.station.zone)
  const address = (context: Context, { path }: NewLink) =>
    new URL(path, config.station.url ?? new URL(context.req.url).origin).href

  const everybody = async (person: Person, context: Context, { handed, said, typed }: Shown = {}) => {
    const mayInvite = may(person.account.role, 'people.invite')
    const [accounts, invitations, names] = await Promise.all([
      people.list(),
      mayInvite ? people.invitations() : [],
      accountNames(people),
    ])
    const main = peopleView({
      accounts,
      invitations,
      me: person.account.id,
      mayInvite,
      mayChange: may(person.account.role, 'people.change'),
      handed: handed ?? null,
      said: said ?? null,
      typed: typed ?? { email: '', role: 'reporter' },
      names,
      times,
      now: clock.now(),
    })
    return door.page(person, context, { title: 'People', status: statusOf(said) }, main)
  }

  door.get('/studio/people', 'people.see', (person, context) => everybody(person, context))

  door.post('/studio/people/invitations', 'people.invite', async (person, context) => {
    const form = await readForm(context)
    const [email, role] = [form.text('email'), form.text('role')]
    if (!isRole(role)) throw new GroundwaveError('ROLE_UNKNOWN')
    const typed = { email, role }
    return refusedOn(
      (said) => everybody(person, context, { said, typed }),
      async () => {
        const link = await people.invite({ email, role, by: person.account.id })
        const handed = {
          words: `Give this to ${email}; it works once, for seven days.`,
          secret: address(context, link),
        }
        return everybody(person, context, { handed })
      },
    )
  })

  door.post('/studio/people/invitations/:id/withdraw', 'people.invite', async (person, context) => {
    await people.withdraw({ id: context.req.param('id'), by: person.account.id })
    return context.redirect('/studio/people', 303)
  })

  const one = async (person: Person, context: Context, id: string, { handed, said }: Shown = {}) => {
    const account = await people.account(id)
    if (!account) throw new GroundwaveError('ACCOUNT_UNKNOWN')
    const [sessions, tokens, names] = await Promise.all([
      people.sessionsOf(id),
      people.tokensOf(id),
      accountNames(people),
    ])
    const shown = { handed: handed ?? null, said: said ?? null, me: person.account.id, names, times, now: clock.now() }
    const main = personView({ account, sessions, tokens, ...shown })
    return door.page(person, context, { title: account.name, status: statusOf(said) }, main)
  }

  door.get('/studio/people/:id', 'people.change', (person, context) => one(person, context, context.req.param('id')))

  /** What is done to one person; then the page says so, or why not. */
  const deed = (
    verb: string,
    said: string,
    act: (id: string, by: string, context: Context) => Promise<unknown>,
  ): void =>
    door.post(`/studio/people/:id/${verb}`, 'people.change', async (person, context) => {
      const id = context.req.param('id')
      return refusedOn(
        (refusal) => one(person, context, id, { said: refusal }),
        async () => {
          await act(id, person.account.id, context)
          return one(person, context, id, { said: { tone: 'info', message: said } })
        },
      )
    })

  deed('role', 'The role has changed; it holds from now on.', async (id, by, context) => {
    const role = (await readForm(context)).text('role')
    if (!isRole(role)) throw new GroundwaveError('ROLE_UNKNOWN')
    await people.changeRole({ id, role, by })
  })
  deed('suspend', 'The account is closed.', async (id, by, context) =>
    people.suspend({ id, by, reason: (await readForm(context)).text('reason').slice(0, 200) }),
  )
  deed('readmit', 'The account is open again.', (id, by) => people.readmit({ id, by }))
  deed('sessions/end', 'All sessions have ended.', (accountId, by) => people.endSessions({ accountId, by }))
  deed('sessions/:session/end', 'That session has ended.', (accountId, by, context) =>
    people.endSessions({ accountId, by, only: context.req.param('session') ?? '' }),
  )
  deed('tokens/:token/revoke', 'That key is dead.', (accountId, by, context) =>
    people.revokeToken({ accountId, by, id: context.req.param('token') ?? '' }),
  )

  door.post('/studio/people/:id/reset', 'people.change', async (person, context) => {
    const account = await people.account(context.req.param('id'))
    if (!account) throw new GroundwaveError('ACCOUNT_UNKNOWN')
    const link = await people.resetLink({ email: account.email, by: person.account.id })
    const words = `Give this to ${account.name}; it works once, for three days.`
    return one(person, context, account.id, { handed: { words, secret: address(context, link) } })
  })
}

/** Does it; what is refused for a reason in the registry is said on the page it was asked from. */
export const refusedOn = async (
  page: (said: Said) => Promise<Response>,
  fn: () => Promise<Response>,
): Promise<Response> => {
  try {
    return await fn()
  } catch (error) {
    if (!(error instanceof GroundwaveError) || error.status >= 500 || error.status === 404) throw error
    return page({ tone: 'care', message: error.message, hint: error.hint })
  }
}

export const statusOf = (said: Said | undefined): number => (said?.tone === 'care' ? 400 : 200)
