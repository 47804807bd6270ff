import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Log } from '../base/log.ts'
import { answerOutOfTouch, tellsOfStories } from './out-of-touch.ts'
import { setHeaders, type SecurityHeaders } from './security-headers.ts'
import type { Vitals } from './vitals.ts'

type Answer = (req: IncomingMessage, res: ServerResponse) => void

export type HandleDeps = {
  securityHeaders: SecurityHeaders
  vitals: Vitals
  log: Log
  /** True once the server takes no more connections. */
  closing: () => boolean
  /** Whether this house knows of every story that has been recalled. */
  inTouch: () => boolean
  cachedPage: (req: IncomingMessage, res: ServerResponse) => boolean
  api: Answer
  site: Answer
  /** The staff's pages; absent where there are none. */
  studio?: Answer
}

/** What can be written to; each asks for a key. */
const WRITABLE = /^\/api\/v1\/(wire|stories)(\/|$)/

/** One request's way through the house, the short ways first. */
export const createHandler =
  ({ securityHeaders, vitals, log, closing, inTouch, cachedPage, api, site, studio }: HandleDeps): Answer =>
  (req, res) => {
    const path = pathOf(req)
    res.once('close', () => {
      if (!res.headersSent) return // the client went before there was an answer
      vitals.count(res)
      // 503 is said on purpose, and its cause is in the log once.
      if (res.statusCode >= 500 && res.statusCode !== 503)
        log.error('A request failed.', { method: req.method, path, status: res.statusCode })
    })
    const isStudio = studio !== undefined && (path === '/studio' || path.startsWith('/studio/'))
    setHeaders(res, securityHeaders(req.headers.host, { studio: isStudio }))
    if (closing()) res.setHeader('connection', 'close')
    // Who asks there has a session, and each route says how much it takes.
    if (isStudio) return studio(req, res)
    const isApi = path === '/api' || path.startsWith('/api/')

    const isWrite = req.method === 'POST' && WRITABLE.test(path)
    if (req.method !== 'GET' && req.method !== 'HEAD' && !(req.method === 'OPTIONS' && isApi) && !isWrite)
      return refuse(req, res)
    // Before anything that was kept or is in memory is looked at.
    if (!inTouch() && tellsOfStories(req.method, path)) return answerOutOfTouch(req, res, isApi)
    if (cachedPage(req, res)) return vitals.countCached()
    if (path === '/healthz') return send(res, 'application/json', vitals.health())
    if (path === '/metrics') return send(res, 'text/plain; version=0.0.4; charset=utf-8', vitals.metrics())
    return isApi ? api(req, res) : site(req, res)
  }

const pathOf = (req: IncomingMessage) => (req.url ?? '/').split('?', 1)[0] ?? '/'

const send = (res: ServerResponse, type: string, body: string) => {
  res.writeHead(200, { 'content-type': type, 'content-length': Buffer.byteLength(body), 'cache-control': 'no-store' })
  res.end(body)
}

const refuse = (req: IncomingMessage, res: ServerResponse) => {
  const allow = 'GET, HEAD, OPTIONS'
  if (req.method === 'OPTIONS') return res.writeHead(204, { allow }).end()
  // What else comes with this request is not read, so the connection cannot be used again.
  const body = `This address can be read, not written to. Allowed are ${allow}.\n`
  res.writeHead(405, { allow, 'content-type': 'text/plain; charset=utf-8', connection: 'close' })
  return res.end(body)
}
