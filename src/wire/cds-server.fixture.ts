import { once } from 'node:events'
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

type Json = Record<string, unknown>
type Document = Json & { id: string }
type Fault = (req: IncomingMessage, res: ServerResponse, body: string) => void

/** What can go wrong with an answer. */
export const faults = {
  status:
    (status: number, headers: Record<string, string> = {}): Fault =>
    (_req, res) =>
      void res.writeHead(status, headers).end(),
  /** A page of a proxy that knows nothing of CDS. */
  page:
    (status: number): Fault =>
    (_req, res) =>
      void res.writeHead(status, { 'content-type': 'text/html' }).end('<h1>Not found</h1>'),
  broken: (_req: IncomingMessage, res: ServerResponse) => void res.writeHead(200).end('{"resources": [{"id": "wx'),
  /** Says how long it is, and ends before. */
  truncated: (_req: IncomingMessage, res: ServerResponse, body: string) => {
    res.writeHead(200, { 'content-length': Buffer.byteLength(body) + 10 }).write(body.slice(0, -20))
    setImmediate(() => res.destroy())
  },
  /** The whole answer, in drops. */
  slow: (_req: IncomingMessage, res: ServerResponse, body: string) => {
    res.writeHead(200)
    const drops = body.match(/[^]{1,4000}/g) ?? []
    const drip = () => {
      const drop = drops.shift()
      if (drop === undefined) return void res.end()
      res.write(drop)
      setTimeout(drip, 5)
    }
    drip()
  },
} satisfies Record<string, unknown>

/** A service that answers questions as CDS does: filters, ranges, order, places, and the errors of each. */
export const startCdsServer = async () => {
  const documents = new Map<string, Document>()
  const organizations = new Map<string, Json>()
  const asked: string[] = []
  const waiting: (Fault | null)[] = []
  /** `most`: questions that were being answered at one time. */
  const state = { token: 'cds-token', ordered: true, most: 0 }
  let open = 0

  const answer = (req: IncomingMessage, res: ServerResponse) => {
    const url = new URL(req.url ?? '', 'http://service')
    asked.push(decodeURIComponent(url.pathname + url.search))
    state.most = Math.max(state.most, ++open)
    res.on('close', () => open--)
    const [status, body] = answerTo(url, req.headers.authorization)
    const text = JSON.stringify(body)
    const fault = waiting.shift()
    if (fault) fault(req, res, text)
    else setTimeout(() => res.writeHead(status, { 'content-type': 'application/json' }).end(text), 2)
  }

  const answerTo = (url: URL, authorization: string | undefined): [number, Json] => {
    const organization = /^\/v4\/services\/(\w+)$/.exec(url.pathname)?.[1]
    if (organization) {
      const found = organizations.get(organization)
      return found && !authorization ? [200, found] : [404, error('none')]
    }
    if (authorization !== `Bearer ${state.token}`) return [401, error('Unauthorized')]
    const id = /^\/v1\/documents\/(.+)$/.exec(url.pathname)?.[1]
    if (id) {
      const found = documents.get(decodeURIComponent(id))
      return found ? [200, { resources: [found] }] : [404, error(`Document ${id} not found`)]
    }
    return url.pathname === '/v1/documents' ? query(url.searchParams) : [404, error('no such page')]
  }

  const query = (params: URLSearchParams): [number, Json] => {
    const [limit, offset] = [Number(params.get('limit') ?? 20), Number(params.get('offset') ?? 0)]
    if (limit > 300 || offset + limit > 2000) return [400, error('offset + limit must not exceed 2000')]
    const range = params.get('editorialLastModifiedDateTime')?.split('...')
    const found = [...documents.values()].filter(
      (one) =>
        any(params, 'ids', [one.id]) &&
        any(params, 'profileIds', hrefs(one, 'profiles').map(last)) &&
        any(params, 'collectionIds', hrefs(one, 'collections').map(last)) &&
        any(params, 'ownerHrefs', hrefs(one, 'owners')) &&
        (!range || (time(one) >= Date.parse(range[0] ?? '') && (!range[1] || time(one) <= Date.parse(range[1])))),
    )
    if (params.get('sort') === 'editorialLastModifiedDateTime:asc' && state.ordered)
      found.sort((a, b) => time(a) - time(b))
    else found.sort((a, b) => time(b) - time(a))
    return [200, { resources: found.slice(offset, offset + limit) }]
  }

  const server = createServer(answer).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    host,
    url: `http://${host}`,
    /** Paths of the requests, oldest first. */
    asked,
    state,
    organizations,
    /** Takes the documents of a message in. */
    put(message: string) {
      for (const one of (JSON.parse(message) as { resources: Document[] }).resources) documents.set(one.id, one)
    },
    delete: (id: string) => documents.delete(id),
    /** What the next answers suffer; null: nothing. */
    suffer: (...next: (Fault | null)[]) => void waiting.push(...next),
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

const error = (message: string): Json => ({ meta: { messages: [message] } })
const last = (href: string) => href.split('/').at(-1) ?? ''
const time = (one: Json) =>
  Date.parse(typeof one['editorialLastModifiedDateTime'] === 'string' ? one['editorialLastModifiedDateTime'] : '')
const hrefs = (one: Json, key: string) => ((one[key] ?? []) as { href: string }[]).map(({ href }) => href)
const any = (params: URLSearchParams, name: string, values: string[]) => {
  const wanted = params.get(name)?.split(',')
  return !wanted || wanted.some((one) => values.includes(one))
}
