import type { Context, Hono } from 'hono'
import { textOf } from '../player/icon.view.ts'
import { embedView } from './embed.view.ts'
import { loadFrame } from './frame.ts'
import { originOf } from './origin.ts'
import type { SiteDeps } from './site-deps.ts'

/** Height and width of the frame that oEmbed offers, pixels. */
export const EMBED_SIZE = { width: 600, height: 160 }

export const embedHref = (path: string): string => `/embed${path}`

/** The one page that may stand in others' frames: nothing on it can be pressed but the sound and the way to us. */
const POLICY =
  "default-src 'none'; style-src 'self'; img-src 'self'; media-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *"

/** The sound of a story, to stand on the pages of others. Never kept: it goes with its story. */
export const embedRoutes = (
  app: Hono,
  deps: SiteDeps,
  notFound: (context: Context) => Response | Promise<Response>,
): void => {
  app.get('/embed/:section/:date/:name', (context) => {
    const story = deps.newsroom.find(context.req.path.slice('/embed'.length))
    if (!story?.audio) return notFound(context)
    const frame = { ...loadFrame(deps, context.req.path, deps.clock.now()), origin: originOf(deps.config, context) }
    return context.body(textOf(embedView(frame, story, story.audio)), 200, {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'public, max-age=0, must-revalidate',
      'content-security-policy': POLICY,
    })
  })
}
