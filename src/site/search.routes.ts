import type { Context, Hono } from 'hono'
import { GroundwaveError } from '../base/errors.ts'
import { textOf, type Html } from '../player/icon.view.ts'
import { loadFrame } from './frame.ts'
import { noticeResponse } from './notice.ts'
import { presentSearch, type SearchProps } from './search-page.ts'
import { searchView, textSearchView } from './search.view.ts'
import type { SiteDeps } from './site-deps.ts'

/** The search and its text twin. Never kept: there are as many of it as there are words, and what is killed leaves it at once. */
export const searchRoutes = (app: Hono, deps: SiteDeps): void => {
  const { search } = deps
  if (!search) return
  const answer = (path: string, view: (props: SearchProps) => Html) =>
    app.get(path, async (context: Context) => {
      const frame = loadFrame(deps, context.req.path, deps.clock.now())
      try {
        const props = await presentSearch({ ...deps, search }, frame, { query: context.req.query(), path })
        return new Response(textOf(view(props)), {
          headers: {
            'content-type': 'text/html; charset=utf-8',
            'cache-control': 'no-store',
            'x-robots-tag': 'noindex',
          },
        })
      } catch (error) {
        if (!(error instanceof GroundwaveError) || error.code !== 'SEARCH_SLOW') throw error
        deps.onError?.(error, context.req.path)
        return noticeResponse(frame, 503)
      }
    })
  answer('/search', searchView)
  answer('/text/search', textSearchView)
}
