import { Hono, type Context } from 'hono'
import { GroundwaveError } from '../base/errors.ts'
import { loadFrame } from './frame.ts'
import { embedRoutes } from './embed.routes.ts'
import { feedsRoutes } from './feeds.routes.ts'
import { listenView } from './listen.view.ts'
import { mediaRoutes } from './media.routes.ts'
import { newsRoutes } from './news.routes.ts'
import { brokenPage, noticeResponse, withdrawnResponse } from './notice.ts'
import { oembedRoutes } from './oembed.routes.ts'
import { outletRoutes } from './outlet.ts'
import { createPageCache } from './page-cache.ts'
import { pageRoutes } from './pages.ts'
import type { SiteDeps } from './site-deps.ts'
import { followAir } from './follow-air.ts'
import { scheduleRoutes } from './schedule.routes.ts'
import { searchRoutes } from './search.routes.ts'
import { sitemapsRoutes } from './sitemaps.routes.ts'
import { streamRoutes } from './streams.routes.ts'
import { storyOfTwin, textRoutes } from './text.routes.ts'

/**
 * The public pages. It answers every address that is left, so it is mounted last; its 404 is the station's.
 * With `deps.cache` handed in, a server answers known pages by `cache.answer(request, response)` before its router.
 */
export const createSite = (deps: SiteDeps): Hono => {
  const app = new Hono()
  const cache = deps.cache ?? createPageCache({ clock: deps.clock })
  followAir(deps, cache)

  const frame = (context: Context) => loadFrame(deps, context.req.path, deps.clock.now())
  const notFound = (context: Context) => {
    const withdrawal = deps.newsroom.withdrawn(storyOfTwin(context.req.path))
    return withdrawal ? withdrawnResponse(frame(context), withdrawal) : noticeResponse(frame(context), 404)
  }
  const page = pageRoutes({ app, deps, cache, notFound })
  const outlet = outletRoutes({ app, deps, cache, notFound })

  mediaRoutes(app, deps)
  streamRoutes(app, deps, page)
  scheduleRoutes(page)
  textRoutes(page)
  feedsRoutes(outlet)
  sitemapsRoutes(outlet)
  oembedRoutes(app, deps)
  embedRoutes(app, deps, notFound)
  searchRoutes(app, deps)
  page('/listen', (frame) => ({ html: listenView(frame) }))
  newsRoutes(page)

  app.get('*', notFound)
  app.notFound(notFound)
  app.onError((error, context) => {
    deps.onError?.(error, context.req.path)
    const isUnreadable = error instanceof GroundwaveError && error.code === 'STORY_UNREADABLE'
    return noticeResponse(frame(context), isUnreadable ? 503 : 500)
  })
  return app
}

/** The page for what broke outside the site's own routes, as HTML. */
export const errorPage = (deps: SiteDeps): string => brokenPage(loadFrame(deps, '/', deps.clock.now()))
