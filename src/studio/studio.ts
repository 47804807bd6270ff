import { Hono } from 'hono'
import type { Context } from 'hono'
import { GroundwaveError } from '../base/errors.ts'
import { textOf } from '../player/icon.view.ts'
import { jsonRefusal, wantsJson } from './answers.ts'
import { audioRoutes } from './audio.routes.ts'
import { accountRoutes } from './account.routes.ts'
import { airLineRoutes } from './air-line.routes.ts'
import { deskRoutes } from './desk.routes.ts'
import { boardRoutes } from './board.routes.ts'
import { createDoor, toSignIn } from './door.ts'
import type { StudioRoute } from './door.ts'
import { editorRoutes } from './editor.routes.ts'
import { stationOf } from './frame.ts'
import { frontRoutes } from './front.routes.ts'
import { killPageRoutes } from './kill-page.routes.ts'
import { lookRoutes } from './look.routes.ts'
import { noticeView } from './notice.view.ts'
import { photoUploadRoutes } from './photo-uploads.routes.ts'
import { photoRoutes } from './photos.routes.ts'
import { doorPage } from './page.view.ts'
import { previewRoutes } from './preview.routes.ts'
import { peopleRoutes } from './people.routes.ts'
import { isOurs } from './same-site.ts'
import { sectionRoutes } from './sections.routes.ts'
import { signInRoutes } from './sign-in.routes.ts'
import { storyActionRoutes } from './story-actions.routes.ts'
import type { StudioDeps } from './studio-deps.ts'
import { weekRoutes } from './week.routes.ts'
import { versionRoutes } from './versions.routes.ts'
import { wireActionRoutes } from './wire-actions.routes.ts'
import { wireRuleRoutes } from './wire-rules.routes.ts'
import { wireRoutes } from './wire.routes.ts'

export type Studio = {
  /** Answers everything under /studio. */
  app: Hono
  /** What there is for whom; a test walks it with every role. */
  routes: readonly StudioRoute[]
}

/** The staff's side: every screen behind a session and a right. */
export const createStudio = (deps: StudioDeps): Studio => {
  const app = new Hono()
  app.use(async (context, next) => {
    if (!isOurs(originsOf(context, deps.config.station.url))) throw new GroundwaveError('CROSS_SITE')
    await next()
    // What one person sees is not for another's cache.
    if (!context.res.headers.has('cache-control')) context.header('cache-control', 'no-store')
  })
  const door = createDoor({ app, deps })
  signInRoutes(app, door, deps)
  airLineRoutes(door, deps)
  audioRoutes(door, deps)
  photoUploadRoutes(door, deps)
  photoRoutes(door, deps)
  wireRoutes(door, deps)
  wireActionRoutes(door, deps)
  wireRuleRoutes(door, deps)
  lookRoutes(door, deps)
  deskRoutes(door, deps)
  editorRoutes(door, deps)
  storyActionRoutes(door, deps)
  killPageRoutes(door, deps)
  versionRoutes(door, deps)
  previewRoutes(door, deps)
  frontRoutes(door, deps)
  sectionRoutes(door, deps)
  boardRoutes(door, deps)
  weekRoutes(door, deps)
  peopleRoutes(door, deps)
  accountRoutes(door, deps)

  const refuse = async (context: Context, error: GroundwaveError): Promise<Response> => {
    context.header('cache-control', 'no-store')
    if (wantsJson(context)) return jsonRefusal(context, error)
    const person = error.code === 'CROSS_SITE' ? null : await door.who(context)
    const [title, main] = [error.message, noticeView(error)]
    if (person) return door.page(person, context, { title, status: error.status }, main)
    const around = { station: stationOf(deps), asset: deps.asset }
    return context.html(textOf(doorPage(around, { title }, main)), error.status as 400)
  }
  app.notFound(async (context) =>
    (await door.who(context)) ? refuse(context, new GroundwaveError('PAGE_NOT_FOUND')) : toSignIn(context),
  )
  app.onError((error, context) => {
    if (error instanceof GroundwaveError && error.status < 500) return refuse(context, error)
    deps.log.error('A studio page failed.', { path: context.req.path, cause: error.stack ?? String(error) })
    return refuse(context, new GroundwaveError('INTERNAL'))
  })
  return { app, routes: door.routes }
}

const originsOf = (context: Context, url: string | undefined) => ({
  method: context.req.method,
  secFetchSite: context.req.header('sec-fetch-site'),
  origin: context.req.header('origin'),
  host: context.req.header('host'),
  url,
})
