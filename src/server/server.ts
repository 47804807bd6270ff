import { getRequestListener, RequestError } from '@hono/node-server'
import type { HttpBindings } from '@hono/node-server'
import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import type { AirAddress } from '../config/air-address.ts'
import type { Api } from '../api/api.ts'
import { errorRegistry, GroundwaveError } from '../base/errors.ts'
import type { Log } from '../base/log.ts'
import { createHandler } from './handle.ts'
import { PageDoor, type PageDoorDeps } from './page-door.ts'
import { createSecurityHeaders } from './security-headers.ts'
import { createVitals } from './vitals.ts'
import type { Vitals } from './vitals.ts'

type Fetch = (request: Request, env: HttpBindings) => Response | Promise<Response>

export type HouseServerDeps = {
  api: Api
  /** Answers everything that is not the API's; what breaks inside it is its own to log and to show. */
  site: { fetch: Fetch }
  /** Answers everything under /studio. */
  studio?: { fetch: Fetch }
  /** The page for what nobody else caught, as HTML. */
  errorPage: () => string
  /** Pages kept whole: `ready` is asked before HTTP is parsed, `answer` before any router. */
  cache?: {
    ready: PageDoorDeps['find']
    answer(req: IncomingMessage, res: ServerResponse): boolean
    size(): number
  }
  /** Whether stories may be shown: false while this house cannot know what others have recalled. */
  inTouch?: () => boolean
  airAddress: AirAddress
  airConnected: () => boolean
  version: string
  log: Log
}

const drainMs = 5000

// A page is asked for in one packet; only somebody who means ill sends a header for a quarter of a minute.
const limits = {
  maxHeaderSize: 16 * 1024,
  headersTimeout: 15_000,
  requestTimeout: 600_000, // a photo over a slow telephone; who says nothing for a minute is let go before
  keepAliveTimeout: 65_000, // longer than the minute that proxies keep theirs
  connectionsCheckingInterval: 5000,
}
// Without a byte either way. Event streams beat every 15 s.
const silenceMs = 60_000

export const createHouseServer = (deps: HouseServerDeps): HouseServer => new HouseServer(deps)

/** The house's HTTP server: security headers, cached pages, health, API, site. */
export class HouseServer {
  readonly #api: Api
  readonly #vitals: Vitals
  readonly #server: Server
  readonly #door: PageDoor
  #closing = false

  constructor({
    api,
    site,
    studio,
    errorPage,
    cache,
    inTouch = () => true,
    airAddress,
    airConnected,
    version,
    log,
  }: HouseServerDeps) {
    this.#api = api
    this.#vitals = createVitals({
      version,
      airConnected,
      inTouch,
      sseClients: () => api.clients(),
      cacheBytes: cache && (() => cache.size()),
    })
    const errorHandler = (error: unknown) => {
      if (error instanceof RequestError) return new Response(`${errorRegistry.BAD_REQUEST.message}\n`, { status: 400 })
      log.error('A request broke.', { cause: error instanceof Error ? (error.stack ?? error.message) : String(error) })
      return new Response(errorPage(), { status: 500, headers: { 'content-type': 'text/html; charset=utf-8' } })
    }
    const listener = (fetch: Fetch) => {
      // HTTP/1.0 knows no Host header, but a Request must have one.
      const answer = getRequestListener(fetch as Parameters<typeof getRequestListener>[0], {
        hostname: 'localhost',
        errorHandler,
      })
      return (req: IncomingMessage, res: ServerResponse) => void answer(req, res)
    }
    const securityHeaders = createSecurityHeaders(airAddress)
    const handle = createHandler({
      securityHeaders,
      vitals: this.#vitals,
      log,
      closing: () => this.#closing,
      inTouch,
      cachedPage: (req, res) => cache?.answer(req, res) ?? false,
      api: listener(api.app.fetch),
      site: listener(site.fetch),
      ...(studio && { studio: listener(studio.fetch) }),
    })
    this.#server = createServer(limits, handle)
    this.#server.timeout = silenceMs
    this.#door = new PageDoor({
      server: this.#server,
      find: (path, accept, host) => (inTouch() ? (cache?.ready(path, accept, host) ?? null) : null),
      // With its host, by which some pages are kept apart.
      remake: async (path, host) =>
        site.fetch(new Request(`http://${host}${path}`, { headers: { host } }), {} as HttpBindings),
      headersFor: securityHeaders,
      onAnswer: () => this.#vitals.countCached(),
    })
  }

  /** Begins to answer; gives the real port, also for port 0. Throws PORT_TAKEN. */
  async start({ host, port }: { host: string; port: number }): Promise<{ port: number }> {
    await this.#listen(host, port)
    this.#api.start()
    this.#vitals.start()
    return { port: (this.#server.address() as AddressInfo).port }
  }

  /** Takes no more connections, ends event streams, and lets what is under way finish for at most 5 seconds. */
  async stop(): Promise<void> {
    if (!this.#server.listening) return
    this.#closing = true
    this.#vitals.stop()
    const { promise: closed, resolve } = Promise.withResolvers<void>()
    this.#server.close(() => resolve())
    this.#door.stop()
    this.#api.stop()
    // A connection that is kept alive becomes idle only when its answer is out.
    const sweep = setInterval(() => this.#server.closeIdleConnections(), 50)
    const patience = new AbortController()
    await Promise.race([closed, wait(drainMs, undefined, { signal: patience.signal }).catch(() => {})])
    patience.abort()
    clearInterval(sweep)
    this.#server.closeAllConnections()
    await closed
  }

  async #listen(host: string, port: number): Promise<void> {
    try {
      await listen(this.#server, host, port)
    } catch (cause) {
      const code = (cause as NodeJS.ErrnoException).code
      if (code === 'EADDRINUSE') throw new GroundwaveError('PORT_TAKEN', `(${port})`, { cause })
      // A machine without IPv6: "everywhere" is then everywhere in IPv4.
      if (host !== '::' || (code !== 'EAFNOSUPPORT' && code !== 'EADDRNOTAVAIL')) throw cause
      await this.#listen('0.0.0.0', port)
    }
  }
}

const listen = (server: Server, host: string, port: number): Promise<void> => {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  server.once('error', reject)
  server.listen({ host, port }, () => {
    server.off('error', reject)
    resolve()
  })
  return promise
}
