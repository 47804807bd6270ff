import { createHash } from 'node:crypto'
import type { Context, Hono } from 'hono'
import { writeOembed, writeOembedXml } from '../formats/news/oembed.ts'
import { byOf } from './card.ts'
import { stationOf } from './frame.ts'
import { EMBED_SIZE, embedHref } from './embed.routes.ts'
import { imageFacts } from './media-facts.ts'
import { originOf } from './origin.ts'
import { isMatch } from './page-cache.ts'
import type { SiteDeps } from './site-deps.ts'

/**
 * `/oembed?url=…&format=json|xml&maxwidth=…&maxheight=…` (oEmbed 1.0 §2.2). 404 for what is no public story of ours,
 * whether it never was, is not yet, or is no more: the answer gives nothing away. 501 for a format there is not.
 * Never kept here: whoever asks after a kill is told of nothing.
 */
export const oembedRoutes = (app: Hono, deps: SiteDeps): void => {
  app.get('/oembed', (context) => {
    const { url, format = 'json', maxwidth, maxheight } = context.req.query()
    if (format !== 'json' && format !== 'xml') return plain(context, 501, 'There is JSON and XML.')
    if (!url) return plain(context, 400, 'Which page? Name its address in url.')
    const origin = originOf(deps.config, context)
    const asked = URL.parse(url)
    const isOurs = asked && (asked.origin === origin || asked.host === context.req.header('host'))
    const story = isOurs ? deps.newsroom.find(asked.pathname) : null
    if (!story) return plain(context, 404, 'No story is published at that address.')
    const image = imageFacts(story.photo, origin)
    const station = stationOf(deps)
    const answer = {
      url: origin + story.path,
      title: story.headline,
      author: byOf(story),
      provider: station.name,
      providerUrl: `${origin}/`,
      ...(image && { thumbnail: image }),
      ...(story.audio && { player: { ...EMBED_SIZE, url: origin + embedHref(story.path) } }),
    }
    const request = { ...sizeOf('maxWidth', maxwidth), ...sizeOf('maxHeight', maxheight) }
    return answerOf(
      context,
      format === 'json'
        ? { type: 'application/json; charset=utf-8', body: writeOembed(answer, request) }
        : { type: 'text/xml; charset=utf-8', body: writeOembedXml(answer, request) },
    )
  })
}

const sizeOf = (name: 'maxWidth' | 'maxHeight', text: string | undefined) =>
  text && /^\d{1,6}$/.test(text) ? { [name]: Number(text) } : {}

const answerOf = (context: Context, { type, body }: { type: string; body: string }) => {
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 16)}"`
  const headers = {
    etag,
    'content-type': type,
    'cache-control': 'public, max-age=0, must-revalidate',
    'access-control-allow-origin': '*',
  }
  return isMatch(context.req.header('if-none-match'), etag)
    ? new Response(null, { status: 304, headers })
    : new Response(body, { headers })
}

const plain = (context: Context, status: 400 | 404 | 501, text: string) =>
  context.text(`${text}\n`, status, { 'cache-control': 'no-store', 'access-control-allow-origin': '*' })
