import type { Context, Hono } from 'hono'
import { keptResponse, pageKey } from './kept-response.ts'
import { originOf } from './origin.ts'
import type { Page, PageCache } from './page-cache.ts'
import { NoSuchPage } from './pages.ts'
import { noted } from './page-tags.ts'
import type { SiteDeps } from './site-deps.ts'

/** What programs read, before it is a response. */
export type Outlet = {
  body: string
  type: string
  /** It is true no longer than up to this moment, ms since the Unix epoch. */
  until?: number
}

/**
 * Shows something for programs at a path; null is "there is no such thing". `origin` is that of whole addresses in it.
 * What it tells of is read from the `deps` that are handed in.
 */
export type OutletRoute = (
  path: string,
  present: (origin: string, context: Context, deps: SiteDeps) => Outlet | null | Promise<Outlet | null>,
) => void

type OutletDeps = {
  app: Hono
  deps: SiteDeps
  cache: PageCache
  notFound: (context: Context) => Response | Promise<Response>
}

/** Ties feeds and sitemaps to paths through the cache of the pages: what forgets a story there forgets it here too. */
export const outletRoutes =
  ({ app, deps, cache, notFound }: OutletDeps): OutletRoute =>
  (path, present) => {
    app.get(path, async (context) => {
      const render = async (): Promise<Page> => {
        // Before anything is awaited: a moment that passes meanwhile must be among those it is true until.
        const next = deps.newsroom.nextChange()
        const read = noted(deps)
        const outlet = await present(originOf(deps.config, context), context, read.deps)
        if (!outlet) throw new NoSuchPage()
        const { body, type, until = Infinity } = outlet
        return {
          body,
          type,
          tags: ['look', ...read.tags],
          until: Math.min(until, next),
          // Any page of any site may read what is there for programs.
          headers: { 'Access-Control-Allow-Origin': '*' },
        }
      }
      try {
        return keptResponse(context, await cache.page(pageKey(context, deps, true), render))
      } catch (error) {
        if (error instanceof NoSuchPage) return notFound(context)
        throw error
      }
    })
  }
