import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { extname, resolve, sep } from 'node:path'
import { Readable } from 'node:stream'
import type { Context, Hono } from 'hono'
import { getCookie } from 'hono/cookie'
import type { Look } from '../look/look.ts'
import { mediaTypes } from './media-types.ts'
import { isSound } from '../library/sound-store.ts'
import { isLibraryFile, renditionName, USUAL } from '../library/rendition.ts'
import { encodingOf, isMatch } from './page-cache.ts'
import { parseRange } from './range.ts'
import type { SiteDeps } from './site-deps.ts'

type MediaDeps = Pick<SiteDeps, 'assets' | 'media' | 'look'> & { newsroom: Pick<SiteDeps['newsroom'], 'shows'> }

/** Pictures, audio, and the built files of the browser. */
export const mediaRoutes = (app: Hono, { assets, look, media, newsroom }: MediaDeps): void => {
  // What belongs to a story goes with it: what was killed, or is under an embargo, is not to be had by its address
  // either. The staff sees it, to write with.
  const mayShow = async (context: Context, name: string) => {
    if (newsroom.shows(name)) return true
    const token = media.people && getCookie(context, media.people.cookieName)
    return token !== undefined && (await media.people?.session(token)) !== null
  }

  app.get('/pictures/:file{.+}', async (context, next) => {
    const [name = '', rendition = renditionName(USUAL)] = (context.req.param('file') ?? '').split('/', 2)
    if (!isLibraryFile(name)) return fileResponse(context, media.pictures) ?? next()
    if (!(await mayShow(context, name))) return context.notFound()
    const file = await media.renditions?.find(name, rendition)
    // Whoever made it may have taken its time: a story that was killed meanwhile has no photo any more.
    if (!file || !(await mayShow(context, name))) return context.notFound()
    return keptResponse(context, file, (start, end) => media.renditions!.read(file, start, end))
  })
  app.get('/audio/:file{.+}', async (context, next) => {
    const name = context.req.param('file') ?? ''
    const { copies, sounds } = media
    const sound = isSound(name) ? await sounds?.find(name) : null
    if (sounds && sound)
      return (await mayShow(context, name))
        ? keptResponse(context, sound, (start, end) => sounds.read(sound, start, end))
        : context.notFound()
    const file = copies?.find(name) ?? null
    if (!copies || !file) return fileResponse(context, media.audio) ?? next()
    if (file === 'missing' || !(await mayShow(context, name))) return context.notFound()
    return keptResponse(context, file, (start, end) => copies.read(file, start, end))
  })
  app.get('/favicon.svg', async (context) => {
    const { logo } = look.current()
    if (!logo) return fileAt(context, resolve(import.meta.dirname, 'static/favicon.svg'))
    return context.body(iconOf(logo), 200, { 'content-type': 'image/svg+xml', 'cache-control': 'public, max-age=3600' })
  })
  app.get('/theme/:name', (context, next) => {
    const sheet = look.sheet()
    if (sheet?.name !== context.req.param('name')) return next()
    // The hash of the content is in the name.
    const cache = 'public, max-age=31536000, immutable'
    return context.body(sheet.css, 200, { 'content-type': 'text/css; charset=utf-8', 'cache-control': cache })
  })
  app.get('/assets/:file', (context, next) => {
    const file = assets.file(context.req.param('file'))
    if (!file) return next()
    const encoding = encodingOf(context.req.header('accept-encoding'))
    const coded = encoding === 'identity' ? null : file[encoding]
    return new Response(new Uint8Array(coded ?? file.bytes), {
      headers: {
        'content-type': file.type,
        // The hash of the content is in the name.
        'cache-control': 'public, max-age=31536000, immutable',
        vary: 'Accept-Encoding',
        ...(coded && { 'content-encoding': encoding }),
      },
    })
  })
}

/** The station's logo as a drawing of its own, in an ink that a tab of either colour shows. */
const iconOf = ({ viewBox, shapes }: NonNullable<Look['logo']>) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${viewBox}"><style>svg{color:#222}@media (prefers-color-scheme:dark){svg{color:#eee}}</style>${shapes}</svg>`

/** What lies among the blobs. It is asked for again each time: it must be able to go with its story. */
const keptResponse = (
  context: Context,
  { blob, type, bytes: size }: { blob: string; type: string; bytes: number },
  read: Source['read'],
): Promise<Response> =>
  partOf(context, { size, type, etag: `"${blob.slice(0, 32)}"`, cache: 'public, max-age=0, must-revalidate', read })

const fileResponse = (context: Context, folder: string) => {
  const path = resolve(folder, context.req.param('file') ?? '')
  // A name from outside must not lead out of the folder.
  if (!path.startsWith(resolve(folder) + sep)) return null
  return fileAt(context, path)
}

const fileAt = async (context: Context, path: string): Promise<Response> => {
  const found = await stat(path).catch(() => null)
  if (!found?.isFile()) return context.notFound()
  const type = mediaTypes[extname(path).toLowerCase()] ?? 'application/octet-stream'
  const etag = `"${found.size.toString(36)}-${Math.floor(found.mtimeMs).toString(36)}"`
  const read = async (start: number, end: number) => createReadStream(path, { start, end })
  return partOf(context, { size: found.size, type, etag, read })
}

type Source = {
  size: number
  type: string
  etag: string
  cache?: string
  read: (start: number, end: number) => Promise<Readable | null>
}

/** The whole, or the part asked for (RFC 9110 §14). */
const partOf = async (
  context: Context,
  { size, type, etag, cache = 'public, max-age=3600', read }: Source,
): Promise<Response> => {
  const headers: Record<string, string> = {
    'content-type': type,
    etag,
    'cache-control': cache,
    'accept-ranges': 'bytes',
    'x-content-type-options': 'nosniff',
    // A drawing opened by itself must not run what is written in it.
    ...(type === 'image/svg+xml' && {
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    }),
  }
  if (isMatch(context.req.header('if-none-match'), etag)) return new Response(null, { status: 304, headers })
  const asked = context.req.header('if-range') ?? etag
  const range = asked === etag ? parseRange(context.req.header('range'), size) : 'whole'
  if (range === 'none')
    return new Response(null, { status: 416, headers: { ...headers, 'content-range': `bytes */${size}` } })
  const [start, end] = range === 'whole' ? [0, size - 1] : [range.start, range.end]
  headers['content-length'] = String(end - start + 1)
  if (range !== 'whole') headers['content-range'] = `bytes ${start}-${end}/${size}`
  const status = range === 'whole' ? 200 : 206
  if (context.req.method === 'HEAD' || size === 0) return new Response(null, { status, headers })
  const stream = await read(start, end)
  if (!stream) return context.notFound()
  return new Response(Readable.toWeb(stream) as ReadableStream, { status, headers })
}
