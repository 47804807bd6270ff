import type { IncomingMessage, ServerResponse } from 'node:http'
import { gzipSync } from 'node:zlib'
import type { AirRoutesDeps } from './air-routes.ts'
import type { Mount } from './mount.ts'

const CORS = { 'Access-Control-Allow-Origin': '*', 'Access-Control-Expose-Headers': 'Date, Content-Length' }
const TYPES: Record<string, string> = { mp3: 'audio/mpeg', aac: 'audio/aac', m4s: 'audio/mp4', mp4: 'audio/mp4' }
/** Compressed playlists, as long as the window hands out the same buffer. */
const gzipped = new WeakMap<Buffer, Buffer>()

/** `/hls/<name>/live.m3u8`, and the segments it names: `/hls/<name>/<hour>-<epoch>/<seq>.<ext>`. */
export const answerHls = async (
  deps: AirRoutesDeps,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
): Promise<void> => {
  const [, , name = '', file = '', part] = path.split('/')
  const mount = deps.mounts.named(name)
  if (request.method !== 'GET' && request.method !== 'HEAD') return end(response, 405, 'max-age=60')
  if (!mount) return end(response, 404, 'max-age=5')
  if (file === 'live.m3u8' && part === undefined) return playlist(deps, request, response, mount)
  const wanted = /^(\d+|init)\.(mp3|aac|m4s|mp4)$/.exec(part ?? '')
  if (!wanted || !/^\d{10}-\d+$/.test(file)) return end(response, 404, 'max-age=60')
  const bytes =
    wanted[1] === 'init'
      ? await mount.recorder.hls.init(file)
      : await mount.recorder.hls.segment(file, Number(wanted[1]))
  // Not there yet, or gone: ask again soon, but not at once.
  if (!bytes) return end(response, 404, 'max-age=1')
  response.writeHead(200, {
    'Content-Type': TYPES[wanted[2]!] ?? 'application/octet-stream',
    'Content-Length': bytes.length,
    // Names are never used twice.
    'Cache-Control': 'public, max-age=31536000, immutable',
    ...CORS,
  })
  response.end(request.method === 'HEAD' ? undefined : bytes)
}

const playlist = (deps: AirRoutesDeps, request: IncomingMessage, response: ServerResponse, mount: Mount): void => {
  const { hls } = mount.recorder
  const text = hls.playlist()
  if (!text) return end(response, 404, 'max-age=1')
  const agent = request.headers['user-agent'] ?? ''
  hls.seen(deps.listeners.who(request.socket.remoteAddress ?? '', agent), agent)
  const gzip = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '')
  const body = gzip ? compressed(text) : text
  response.writeHead(200, {
    'Content-Type': 'application/vnd.apple.mpegurl',
    'Content-Length': body.length,
    ...(gzip ? { 'Content-Encoding': 'gzip' } : {}),
    Vary: 'Accept-Encoding',
    // Half a target duration: what a shared cache may hold without making players late.
    'Cache-Control': `public, max-age=${Math.floor(hls.targetDuration / 2)}`,
    ...CORS,
  })
  response.end(request.method === 'HEAD' ? undefined : body)
}

const compressed = (text: Buffer): Buffer => {
  const known = gzipped.get(text)
  if (known) return known
  const made = gzipSync(text)
  gzipped.set(text, made)
  return made
}

const end = (response: ServerResponse, status: number, cache: string): void => {
  response.writeHead(status, { 'Cache-Control': cache, 'Content-Length': 0, ...CORS }).end()
}
