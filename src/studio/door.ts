import type { Context, Env, Hono } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { GroundwaveError } from '../base/errors.ts'
import type { Html } from '../player/icon.view.ts'
import { textOf } from '../player/icon.view.ts'
import { may, mayOn } from '../people/people.ts'
import type { Account, Cookie, OwnedVerb, People, Role, Verb } from '../people/people.ts'
import { wantsJson } from './answers.ts'
import { loadFrame } from './frame.ts'
import { createNavCounts } from './nav-counts.ts'
import { studioPage } from './page.view.ts'
import type { PageProps } from './page.view.ts'
import type { StudioDeps } from './studio-deps.ts'

/** Who asks: the account behind the session's cookie. */
export type Person = { account: Account; sessionId: string }
/** One right, or the base of a pair that is told apart by whose thing it is. */
export type StudioVerb = Verb | OwnedVerb
export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'
export type StudioRoute = { method: Method; path: string; verb: StudioVerb }

type Handler<P extends string> = (person: Person, context: Context<Env, P>) => Response | Promise<Response>
type Register = <P extends string>(path: P, verb: StudioVerb, handler: Handler<P>) => void

/**
 * Where the staff's screens are registered: every route with what one must be allowed to do. Nobody gets to a handler
 * without a session, or without that right.
 */
export type StudioDoor = {
  get: Register
  post: Register
  put: Register
  delete: Register
  /** For owned things: `verb` was the base of a pair, and now it is known whose thing it is. Throws NOT_ALLOWED. */
  allow(person: Person, verb: OwnedVerb, whose: { own: boolean }): void
  /** The frame with `main` in it, as this person sees it. */
  page(person: Person, context: Context, props: PageProps, main: Html): Response
  /** Everything that has been registered, in its order. */
  routes: readonly StudioRoute[]
  /** Whose session the request's cookie is; null when it is nobody's. Lengthens it on the way. */
  who(context: Context): Promise<Person | null>
  begin(context: Context, cookie: Cookie): void
  end(context: Context): Promise<void>
}

type DoorDeps = { app: Hono; deps: StudioDeps }

export const createDoor = ({ app, deps }: DoorDeps): StudioDoor => {
  const { people } = deps
  const routes: StudioRoute[] = []
  const counts = createNavCounts(deps)

  const who = async (context: Context): Promise<Person | null> => {
    const token = getCookie(context, people.cookieName)
    const found = token ? await people.session(token) : null
    if (!found) return null
    if (found.cookie) begin(context, found.cookie)
    return { account: found.account, sessionId: found.sessionId }
  }
  const begin = (context: Context, cookie: Cookie) => writeCookie(context, people, cookie)

  const on =
    (method: Method): Register =>
    (path, verb, handler) => {
      routes.push({ method, path, verb })
      app.on(method, path, async (context) => {
        const person = await who(context)
        if (!person) return toSignIn(context)
        if (!lets(person.account.role, verb)) throw new GroundwaveError('NOT_ALLOWED')
        if (method === 'GET' && !wantsJson(context)) await counts.settle()
        if (method !== 'GET') counts.forget()
        return handler(person, context)
      })
    }

  return {
    get: on('GET'),
    post: on('POST'),
    put: on('PUT'),
    delete: on('DELETE'),
    allow(person, verb, whose) {
      if (!mayOn(person.account.role, verb, whose)) throw new GroundwaveError('NOT_ALLOWED')
    },
    page: (person, context, props, main) =>
      context.html(
        textOf(studioPage(loadFrame(deps, { person, routes, path: context.req.path, counts }), props, main)),
        (props.status ?? 200) as 200,
      ),
    routes,
    who,
    begin,
    async end(context) {
      const token = getCookie(context, people.cookieName)
      if (token) await people.signOut(token)
      begin(context, people.noCookie())
    },
  }
}

/** Whether a role gets to the handler: by the right itself, or by either half of a pair. */
export const lets = (role: Role, verb: StudioVerb): boolean =>
  isPair(verb) ? may(role, `${verb}-own`) || may(role, `${verb}-any`) : may(role, verb)

const PAIRS: Record<OwnedVerb, true> = {
  'story.write': true,
  'story.publish': true,
  'story.correct': true,
  'story.withdraw': true,
  'story.spike': true,
  'photo.edit': true,
}
const isPair = (verb: StudioVerb): verb is OwnedVerb => Object.hasOwn(PAIRS, verb)

/** To the sign-in and back again; a script, which cannot go there, is told. */
export const toSignIn = (context: Context): Response => {
  if (wantsJson(context)) throw new GroundwaveError('SIGN_IN_NEEDED')
  const { pathname, search } = new URL(context.req.url)
  const next =
    context.req.method === 'GET' && pathname !== '/studio' ? `?next=${encodeURIComponent(pathname + search)}` : ''
  return context.redirect(`/studio/sign-in${next}`, 303)
}

const writeCookie = (context: Context, people: People, { name, value, ...rest }: Cookie) => {
  if (value) setCookie(context, name, value, rest)
  else deleteCookie(context, people.cookieName, { path: rest.path, secure: rest.secure })
}
