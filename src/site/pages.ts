import type { Context, Hono } from 'hono'
import { textOf, type Html } from '../player/icon.view.ts'
import { loadFrame, type Frame } from './frame.ts'
import { keptResponse, pageKey } from './kept-response.ts'
import { originOf } from './origin.ts'
import type { Page, PageCache } from './page-cache.ts'
import { noted } from './page-tags.ts'
import type { SiteDeps } from './site-deps.ts'

/** A page before it is a response. */
export type Rendered = { html: Html; headers?: Record<string, string> }

/** Null is "there is no such page". */
type Presented = Rendered | null

/** What a page says, read from the `deps` that are handed in: what is read is what it depends on. */
export type Present = (frame: Frame, context: Context, deps: SiteDeps) => Presented | Promise<Presented>

/** Shows a page at a path. */
export type PageRoute = (
  path: string,
  present: Present,
  /** A page with whole addresses in it is kept for each host apart, unless the station has said which is its own. */
  options?: { perHost?: boolean },
) => void

const MINUTE = 60_000

/** A page says the time to the minute and what is on: it is true until one of them changes. */
export const trueUntil = ({ schedule, newsroom, config }: SiteDeps, at: number): number =>
  Math.min(
    newsroom.nextChange(),
    Math.floor(at / MINUTE) * MINUTE + MINUTE,
    schedule.nextChange(at) ?? Infinity,
    Date.parse(config.alert?.until ?? '') > at ? Date.parse(config.alert?.until ?? '') : Infinity,
  )

export class NoSuchPage extends Error {}

type PagesDeps = {
  app: Hono
  deps: SiteDeps
  cache: PageCache
  notFound: (context: Context) => Response | Promise<Response>
}

/** Ties pages to paths, through the cache: validate → load → present → render happens at most once a minute. */
export const pageRoutes =
  ({ app, deps, cache, notFound }: PagesDeps): PageRoute =>
  (path, present, { perHost = false } = {}) => {
    app.get(path, async (context) => {
      const render = async (): Promise<Page> => {
        const at = deps.clock.now()
        // Before anything is awaited: a moment that passes meanwhile must be among those it is true until.
        const until = trueUntil(deps, at)
        const read = noted(deps)
        const rendered = await present(
          { ...loadFrame(deps, context.req.path, at), ...(perHost && { origin: originOf(deps.config, context) }) },
          context,
          read.deps,
        )
        if (!rendered) throw new NoSuchPage()
        return {
          body: textOf(rendered.html),
          tags: ['air', 'schedule', 'look', ...read.tags],
          until,
          ...(rendered.headers && { headers: rendered.headers }),
        }
      }
      try {
        return keptResponse(context, await cache.page(pageKey(context, deps, perHost), render))
      } catch (error) {
        if (error instanceof NoSuchPage) return notFound(context)
        throw error
      }
    })
  }
