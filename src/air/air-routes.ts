import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Log } from '../base/log.ts'
import { decodePath, readBasicAuth, readRequestHead, type RequestHead } from '../formats/stream/request-head.ts'
import { STREAM_PLAYLIST_TYPES, writeM3u, writePls, writeXspf } from '../formats/stream/playlists.ts'
import { CHANNEL_PATH, type Channel } from './channel.ts'
import type { HealthReport } from './health.ts'
import { answerHls } from './hls-routes.ts'
import { listClientsXml, listMountsXml, statsXml, statusJson, type StatusFacts } from './icecast-status.ts'
import type { ListenerDoor } from './listener-door.ts'
import { answerMetadata, isMetadata } from './metadata.ts'
import { ALLOW, CHALLENGE } from './source-login.ts'
import type { Mounts } from './mounts.ts'
import type { Passwords } from './passwords.ts'

export type AirRoutesDeps = {
  mounts: Mounts
  passwords: Passwords
  admin: { user: string; password: string } | undefined
  listeners: ListenerDoor
  channel: Channel
  health: () => HealthReport
  metrics: () => string
  now: () => number
  started: number
  station: { name: string; url: string | undefined }
  /** Where listeners reach air, if the configuration says so: behind a proxy with TLS. */
  url: string | undefined
  log: Log
}

const CORS = { 'Access-Control-Allow-Origin': '*' }

/** Everything on air's port that ordinary HTTP clients ask: HLS, status, playlists, admin, health. */
export const answerAirRequest = async (
  deps: AirRoutesDeps,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const url = URL.parse(request.url ?? '/', 'http://air')
  if (!url) return void response.writeHead(400).end()
  const path = url.pathname
  const send = (status: number, type: string, body: string | Buffer, headers: Record<string, string> = {}) => {
    response.writeHead(status, {
      'Content-Type': type,
      'Content-Length': Buffer.byteLength(body),
      'Cache-Control': 'no-store',
      ...CORS,
      ...headers,
    })
    response.end(request.method === 'HEAD' ? undefined : body)
  }

  if (path === CHANNEL_PATH) return deps.channel.answer(request, response)
  const mount = deps.mounts.get(decodePath(path))
  // A kept-alive connection is used for the stream, or for a title: the same answers as at the front door.
  if (mount && (request.method === 'GET' || request.method === 'HEAD')) {
    return takeOver(request, response, (socket, head) => deps.listeners.answer(socket, mount, head))
  }
  if (isMetadata(path)) {
    const form = request.method === 'POST' ? await formOf(request) : Buffer.alloc(0)
    return takeOver(request, response, (socket, head) => answerMetadata(deps, socket, head, form))
  }
  if (request.method === 'OPTIONS') {
    response
      .writeHead(204, {
        Allow: 'GET, HEAD, OPTIONS',
        'Access-Control-Allow-Methods': 'GET, HEAD, OPTIONS',
        'Access-Control-Allow-Headers': 'Range, Icy-MetaData',
        ...CORS,
      })
      .end()
    return
  }
  if (path.startsWith('/hls/')) return answerHls(deps, request, response, path)
  if (path === '/healthz') {
    const report = deps.health()
    return send(report.ok ? 200 : 503, 'application/json', `${JSON.stringify(report)}\n`)
  }
  if (path === '/metrics') return send(200, 'text/plain; version=0.0.4; charset=utf-8', deps.metrics())
  if (path === '/status-json.xsl') return send(200, 'application/json; charset=utf-8', statusJson(facts(deps, request)))
  const list = /^(\/.+)\.(m3u|pls|xspf)$/.exec(decodePath(path))
  if (list) return streamList(deps, request, send, list[1]!, list[2] as 'm3u' | 'pls' | 'xspf')
  if (path.startsWith('/admin/')) return admin(deps, request, url, send)
  // libshout reads Allow from any answer, also this one to its knock at /admin/!POKE.
  send(404, 'text/plain; charset=utf-8', 'There is nothing at this address. /status-json.xsl lists the streams.\n', {
    Allow: ALLOW.slice(7),
  })
}

type Send = (status: number, type: string, body: string | Buffer, headers?: Record<string, string>) => void

const facts = (deps: AirRoutesDeps, request: IncomingMessage): StatusFacts => ({
  mounts: deps.mounts.listed(),
  base: baseOf(deps, request),
  stationUrl: deps.station.url,
  started: deps.started,
  location: deps.station.name,
  admin: '',
})

const baseOf = (deps: AirRoutesDeps, request: IncomingMessage): string => {
  if (deps.url) return deps.url.replace(/\/+$/, '')
  const host = request.headers.host ?? `${request.socket.localAddress}:${request.socket.localPort}`
  const scheme = 'encrypted' in request.socket ? 'https' : 'http'
  return URL.canParse(`${scheme}://${host}`) ? `${scheme}://${host}` : 'http://localhost'
}

const streamList = (
  deps: AirRoutesDeps,
  request: IncomingMessage,
  send: Send,
  path: string,
  type: 'm3u' | 'pls' | 'xspf',
): void => {
  // Both /news.mp3.m3u (Icecast) and /news.m3u are in the wild.
  const mount = deps.mounts.get(path) ?? deps.mounts.named(path.slice(1))
  if (!mount) return send(404, 'text/plain; charset=utf-8', 'There is no such stream.\n')
  const entries = [{ url: `${baseOf(deps, request)}${mount.path}`, title: mount.config.name }]
  const text =
    type === 'm3u' ? writeM3u(entries) : type === 'pls' ? writePls(entries) : writeXspf(mount.config.name, entries)
  send(200, STREAM_PLAYLIST_TYPES[type], text, {
    'Content-Disposition': `attachment; filename="${mount.name}.${type}"`,
  })
}

const admin = async (deps: AirRoutesDeps, request: IncomingMessage, url: URL, send: Send): Promise<void> => {
  const address = request.socket.remoteAddress ?? ''
  const auth = readBasicAuth(request.headers.authorization)
  const right =
    auth &&
    deps.admin &&
    !deps.passwords.lockedOut(address) &&
    auth.user === deps.admin.user &&
    (await deps.passwords.check(auth.password, deps.admin.password, address))
  if (!right)
    return send(401, 'text/plain; charset=utf-8', 'You need to authenticate\n', {
      'WWW-Authenticate': CHALLENGE.slice(18),
      Allow: ALLOW.slice(7),
    })
  const all = { ...facts(deps, request), mounts: deps.mounts.all() }
  const wanted = url.searchParams.get('mount')
  const mount = wanted === null ? undefined : deps.mounts.get(wanted)
  switch (url.pathname) {
    case '/admin/stats':
    case '/admin/stats.xml':
      return send(200, 'text/xml; charset=utf-8', statsXml(mount ? { ...all, mounts: [mount] } : all))
    case '/admin/listmounts':
      return send(200, 'text/xml; charset=utf-8', listMountsXml(all, deps.now()))
    case '/admin/listclients':
      if (!mount)
        return send(
          400,
          'text/plain; charset=utf-8',
          wanted === null ? 'Missing parameter: mount\n' : 'Source does not exist\n',
        )
      return send(200, 'text/xml; charset=utf-8', listClientsXml(mount, deps.now()))
    default:
      return send(404, 'text/plain; charset=utf-8', 'There is no such command.\n')
  }
}

// Takes the socket out of the HTTP server's hands and gives it to those who answer at the front door.
const takeOver = (
  request: IncomingMessage,
  response: ServerResponse,
  answer: (socket: Socket, head: RequestHead) => void | Promise<void>,
): void | Promise<void> => {
  const { socket } = request
  const lines = [`${request.method} ${request.url} HTTP/1.1`]
  for (let i = 0; i + 1 < request.rawHeaders.length; i += 2)
    lines.push(`${request.rawHeaders[i]}: ${request.rawHeaders[i + 1]}`)
  const head = readRequestHead(Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'))
  response.detachSocket(socket)
  if (head) return answer(socket, head)
  socket.destroy()
}

// No form that sets a title is longer.
const FORM_LIMIT = 8192

const formOf = async (request: IncomingMessage): Promise<Buffer> => {
  const parts: Buffer[] = []
  let length = 0
  for await (const part of request as AsyncIterable<Buffer>) {
    parts.push(part)
    length += part.length
    if (length > FORM_LIMIT) break
  }
  return Buffer.concat(parts)
}
