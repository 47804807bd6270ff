import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context, Hono } from 'hono'
import { GroundwaveError } from '../base/errors.ts'
import { SHORTEST_PASSWORD } from '../people/people.ts'
import { textOf } from '../player/icon.view.ts'
import type { Html } from '../player/icon.view.ts'
import { clientAddress } from './client-address.ts'
import type { StudioDoor } from './door.ts'
import { readForm } from './forms.ts'
import { stationOf } from './frame.ts'
import { doorPage } from './page.view.ts'
import { signInView } from './sign-in.view.ts'
import type { StudioDeps } from './studio-deps.ts'
import { welcomeTitle, welcomeView } from './welcome.view.ts'

const DESK = '/studio'

/** The only pages one gets to without a session: the sign-in, and what a link leads to. */
export const signInRoutes = (app: Hono, door: StudioDoor, deps: StudioDeps): void => {
  const { people, asset } = deps
  const show = (context: Context, title: string, main: Html, status = 200) =>
    context.html(textOf(doorPage({ station: stationOf(deps), asset }, { title }, main)), status as 200)
  const agentOf = (context: Context) => context.req.header('user-agent') ?? ''
  const signInPage = (context: Context, props: Parameters<typeof signInView>[0], status = 200) =>
    show(context, 'Sign in', signInView(props), status)

  app.get('/studio/sign-in', async (context) => {
    const next = safeNext(context.req.query('next') ?? '')
    if (await door.who(context)) return context.redirect(next, 303)
    return signInPage(context, { email: '', next, said: null })
  })

  app.post('/studio/sign-in', async (context) => {
    const form = await readForm(context)
    const [email, next] = [form.text('email'), safeNext(form.text('next'))]
    try {
      const password = form.raw('password')
      const { cookie } = await people.signIn({ email, password, address: addressOf(context), agent: agentOf(context) })
      door.begin(context, cookie)
      return context.redirect(next, 303)
    } catch (error) {
      if (!(error instanceof GroundwaveError)) throw error
      return signInPage(context, { email, next, said: error }, error.status)
    }
  })

  app.post('/studio/sign-out', async (context) => {
    await door.end(context)
    return context.redirect('/studio/sign-in', 303)
  })

  const welcome = async (
    context: Context,
    token: string,
    typed: { name: string; email: string },
    said?: GroundwaveError,
  ) => {
    const link = await people.link(token)
    const props = { link, station: stationOf(deps).name, shortest: SHORTEST_PASSWORD, typed, said: said ?? null }
    return show(context, welcomeTitle(link), welcomeView(props), said?.status)
  }

  app.get('/studio/welcome/:token', (context) => welcome(context, context.req.param('token'), { name: '', email: '' }))

  app.post('/studio/welcome/:token', async (context) => {
    const token = context.req.param('token')
    const form = await readForm(context)
    const [name, email] = [form.text('name'), form.text('email')]
    const [password, agent] = [form.raw('password'), agentOf(context)]
    try {
      const { kind } = await people.link(token)
      const { cookie } =
        kind === 'reset'
          ? await people.reset({ token, password, agent })
          : await people.join({ token, name, password, agent, email })
      door.begin(context, cookie)
      return context.redirect(DESK, 303)
    } catch (error) {
      if (!(error instanceof GroundwaveError) || error.code === 'LINK_DEAD') throw error
      return welcome(context, token, { name, email }, error)
    }
  })
}

/** Where to go on after the sign-in: within the studio, or to the desk. */
const safeNext = (next: string): string => (/^\/studio(?:[/?][^\\\s]*)?$/.test(next) ? next : DESK)

const addressOf = (context: Context): string =>
  clientAddress(getConnInfo(context).remote.address, context.req.header('x-forwarded-for'))
