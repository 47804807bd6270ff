import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { Clock } from '../base/clock.ts'

/** A page as it was rendered. */
export type Page = {
  body: string
  /** Everything it shows that can change: a change of one of them forgets the page. */
  tags: string[]
  /** The moment up to which it is true, in milliseconds since the Unix epoch. */
  until: number
  type?: string
  /** Sent with it, besides what every page has. */
  headers?: Record<string, string>
}

type Encoding = 'br' | 'gzip' | 'identity'
type Variant = { etag: string; body: Buffer; headers: string[]; notModified: string[] }

/** A page kept whole, with its compressed forms made when they are first asked for. */
export type KeptPage = { until: number; tags: string[]; variant(accepted: string | undefined): Variant }

export type PageCache = {
  /** The kept page of this path, else one rendering of it, however many ask at once. */
  page(path: string, render: () => Page | Promise<Page>): Promise<KeptPage>
  /** Forgets every page with one of these tags; a rendering of it that is under way will not be kept. */
  forget(tags: readonly string[]): void
  /** A kept page in a coding the reader accepts, ready to be written; null when there is none. */
  ready(path: string, acceptEncoding: string | undefined, host?: string): { headers: string[]; body: Buffer } | null
  /** Answers a request from memory before any router; false when it cannot. */
  answer(request: IncomingMessage, response: ServerResponse): boolean
  /** Bytes kept. */
  size(): number
}

/** The key of a page that names the host it was asked by: a path holds no space, so nobody else's. */
export const perHostKey = (path: string, host: string): string => `${path} ${host}`

export type PageCacheOptions = {
  clock: Clock
  /** Sent with every page, for example the content security policy. */
  headers?: Record<string, string>
  /** Most bytes of page text kept; the oldest go first. */
  limit?: number
}

export const createPageCache = ({ clock, headers = {}, limit = 64 * 2 ** 20 }: PageCacheOptions): PageCache => {
  const kept = new Map<string, KeptPage & { bytes: number }>()
  /** Which paths of those kept have a tag. */
  const tagged = new Map<string, Set<string>>()
  const rendering = new Map<string, Promise<KeptPage>>()
  /** When a tag was last forgotten while pages were being made, counted in changes. */
  const changedAt = new Map<string, number>()
  const fixed = Object.entries(headers).flat()
  let changes = 0
  let underWay = 0
  let bytes = 0

  const drop = (path: string) => {
    const page = kept.get(path)
    if (!page) return
    bytes -= page.bytes
    kept.delete(path)
    for (const tag of page.tags) {
      const paths = tagged.get(tag)
      paths?.delete(path)
      if (paths?.size === 0) tagged.delete(tag)
    }
  }

  const keep = (path: string, page: KeptPage, length: number) => {
    drop(path)
    kept.set(path, { ...page, bytes: length })
    for (const tag of page.tags) {
      const paths = tagged.get(tag)
      if (paths) paths.add(path)
      else tagged.set(tag, new Set([path]))
    }
    bytes += length
    if (bytes <= limit) return
    const now = clock.now()
    for (const [oldest, { until }] of kept) if (until <= now) drop(oldest)
    for (const oldest of kept.keys()) {
      if (bytes <= limit) break
      drop(oldest)
    }
  }

  const renderAndKeep = async (path: string, render: () => Page | Promise<Page>) => {
    const began = changes
    underWay += 1
    let page: Page
    try {
      page = await render()
    } finally {
      underWay -= 1
    }
    const result: KeptPage = { until: page.until, tags: page.tags, variant: variantsOf(page, fixed) }
    const isStale = page.tags.some((tag) => (changedAt.get(tag) ?? 0) > began)
    // Text and its compressed forms: at most half as much again.
    if (underWay === 0) changedAt.clear()
    if (!isStale && page.until > clock.now()) keep(path, result, Math.ceil(page.body.length * 1.5))
    return result
  }

  const find = (path: string, host?: string) => {
    const page = kept.get(path) ?? (host === undefined ? undefined : kept.get(perHostKey(path, host)))
    return page && page.until > clock.now() ? page : undefined
  }

  return {
    page(path, render) {
      const page = find(path)
      if (page) return Promise.resolve(page)
      const running = rendering.get(path)
      // Its time may run out while it is made: who asks after that moment must not be given it.
      if (running) return running.then((made) => (made.until > clock.now() ? made : this.page(path, render)))
      const started = renderAndKeep(path, render).finally(() => {
        if (rendering.get(path) === started) rendering.delete(path)
      })
      rendering.set(path, started)
      return started
    },
    forget(tags) {
      changes += 1
      for (const tag of tags) {
        if (underWay > 0) changedAt.set(tag, changes)
        for (const path of tagged.get(tag) ?? []) drop(path)
      }
      // Who asks from now on must not be given a rendering that began before the change.
      rendering.clear()
    },
    ready: (path, acceptEncoding, host) => find(path, host)?.variant(acceptEncoding) ?? null,
    answer(request, response) {
      if (request.method !== 'GET' && request.method !== 'HEAD') return false
      const page = find(request.url ?? '', request.headers.host)
      if (!page) return false
      const variant = page.variant(request.headers['accept-encoding'])
      if (isMatch(request.headers['if-none-match'], variant.etag)) {
        response.writeHead(304, variant.notModified).end()
        return true
      }
      response.writeHead(200, variant.headers)
      response.end(request.method === 'HEAD' ? undefined : variant.body)
      return true
    },
    size: () => bytes,
  }
}

/** True when the reader's copy is this one (RFC 9110 §13.1.2: weak comparison). */
export const isMatch = (header: string | undefined, etag: string): boolean =>
  header !== undefined &&
  (header === etag ||
    header === '*' ||
    header
      .replaceAll('W/', '')
      .split(/\s*,\s*/)
      .includes(etag))

const variantsOf = (page: Page, fixed: string[]) => {
  const text = Buffer.from(page.body)
  const hash = createHash('sha256').update(text).digest('base64url').slice(0, 16)
  const made = new Map<Encoding, Variant>()
  const all = [...fixed, ...Object.entries(page.headers ?? {}).flat()]
  return (accepted: string | undefined): Variant => {
    const encoding = encodingOf(accepted)
    let variant = made.get(encoding)
    if (!variant) {
      variant = variantOf(text, { encoding, hash, fixed: all, type: page.type ?? 'text/html; charset=utf-8' })
      made.set(encoding, variant)
    }
    return variant
  }
}

type VariantOptions = { encoding: Encoding; hash: string; fixed: string[]; type: string }

const variantOf = (text: Buffer, { encoding, hash, fixed, type }: VariantOptions): Variant => {
  const body = compressors[encoding](text)
  const etag = `"${hash}${encoding === 'identity' ? '' : `-${encoding}`}"`
  const shared = [
    'ETag',
    etag,
    'Cache-Control',
    'public, max-age=0, must-revalidate',
    'Vary',
    'Accept-Encoding',
    ...fixed,
  ]
  const coding = encoding === 'identity' ? [] : ['Content-Encoding', encoding]
  const headers = ['Content-Type', type, 'Content-Length', String(body.length), ...coding, ...shared]
  return { etag, body, headers, notModified: shared }
}

const compressors: Record<Encoding, (text: Buffer) => Buffer> = {
  br: (text) =>
    brotliCompressSync(text, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_SIZE_HINT]: text.length },
    }),
  gzip: (text) => gzipSync(text),
  identity: (text) => text,
}

/** Brotli, gzip or neither. A coding the reader weighs with `q=0` is refused (RFC 9110 §12.5.3). */
export const encodingOf = (accepted: string | undefined): Encoding => {
  if (!accepted) return 'identity'
  if (accepts(accepted, 'br')) return 'br'
  return accepts(accepted, 'gzip') ? 'gzip' : 'identity'
}

const refusal = /;\s*q=0(\.0*)?\s*(,|$)/
const accepts = (accepted: string, coding: string) => {
  const at = accepted.indexOf(coding)
  if (at < 0) return false
  return !accepted.includes('q=0') || !refusal.test(accepted.slice(at + coding.length).split(',', 1)[0] ?? '')
}
