import { lookup as resolve } from 'node:dns'
import type { LookupAddress } from 'node:dns'
import { request as overHttp } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { request as overHttps } from 'node:https'
import { BlockList, isIP } from 'node:net'
import type { LookupFunction } from 'node:net'
import { GroundwaveError } from './errors.ts'

export type FetchOptions = {
  /** `host:port` of servers that may be at a private address; what GROUNDWAVE_FETCH_ALLOW says. */
  allow?: ReadonlySet<string>
  /** Most bytes taken. */
  limit: number
  /** For everything together, ms; 30 s when it is left out. */
  timeout?: number
  headers?: Record<string, string>
  signal?: AbortSignal
}

export type Fetched = { url: string; status: number; headers: IncomingMessage['headers']; bytes: Buffer }

const MOST_REDIRECTS = 5
const TIMEOUT_MS = 30_000

/**
 * Gets what stands at an address that a stranger named. Never reaches into our own network: every address a name
 * resolves to is looked at when the connection is made, so that a name cannot change its mind in between.
 * @returns also answers that are errors. Throws FETCH_REFUSED, FETCH_FAILED.
 */
export const guardedFetch = async (address: string, options: FetchOptions): Promise<Fetched> => {
  const late = AbortSignal.timeout(options.timeout ?? TIMEOUT_MS)
  const signal = options.signal ? AbortSignal.any([late, options.signal]) : late
  let url = URL.parse(address)
  const home = url?.origin
  for (let redirects = 0; ; redirects++) {
    if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password)
      throw new GroundwaveError('FETCH_REFUSED', 'It is no web address.')
    // A token is for the server it was given for, not for one that server sends us to.
    const isHome: boolean = url.origin === home
    const answer = await getOnce(url, {
      ...options,
      ...(!isHome && { headers: withoutSecrets(options.headers) }),
      signal,
    })
    const to = answer.headers.location
    if (answer.status < 300 || answer.status > 399 || !to) return { ...answer, url: url.href }
    if (redirects >= MOST_REDIRECTS)
      throw new GroundwaveError('FETCH_FAILED', `It redirects more than ${redirects} times.`)
    url = URL.parse(to, url)
  }
}

const withoutSecrets = (headers: Record<string, string> = {}): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !/^(authorization|cookie)$/i.test(name)))

/** `GROUNDWAVE_FETCH_ALLOW=localhost:9000,10.0.0.5:80` → the set that `guardedFetch` takes. */
export const allowedHosts = (text: string | undefined): ReadonlySet<string> =>
  new Set(
    (text ?? '')
      .split(',')
      .map((one) => one.trim().toLowerCase())
      .filter(Boolean),
  )

type Once = FetchOptions & { signal: AbortSignal }

const getOnce = (url: URL, { allow, limit, headers, signal }: Once): Promise<Omit<Fetched, 'url'>> =>
  new Promise((done, fail) => {
    const port = url.port || (url.protocol === 'https:' ? '443' : '80')
    const host = url.hostname.replace(/^\[|\]$/g, '')
    const isAllowed = allow?.has(`${url.hostname}:${port}`.toLowerCase()) ?? false
    if (!isAllowed && isIP(host) !== 0 && isPrivate(host)) return fail(refused(host))
    const reject = (error: Error) =>
      fail(
        error instanceof GroundwaveError
          ? error
          : new GroundwaveError('FETCH_FAILED', textOf(error, signal), { cause: error }),
      )
    const request = (url.protocol === 'https:' ? overHttps : overHttp)(
      url,
      {
        agent: false,
        signal,
        headers: { 'user-agent': 'Groundwave', 'accept-encoding': 'identity', ...headers },
        ...(!isAllowed && { lookup: publicLookup }),
      },
      (response) => {
        const tooLarge = () => {
          reject(new GroundwaveError('FETCH_FAILED', `It is larger than ${limit} bytes.`))
          request.destroy()
        }
        if (Number(response.headers['content-length'] ?? 0) > limit) return tooLarge()
        const chunks: Buffer[] = []
        let length = 0
        response.on('data', (chunk: Buffer) => {
          length += chunk.length
          if (length > limit) return tooLarge()
          chunks.push(chunk)
        })
        response.on('error', reject)
        response.on('end', () =>
          done({ status: response.statusCode ?? 0, headers: response.headers, bytes: Buffer.concat(chunks) }),
        )
      },
    )
    request.on('error', reject)
    request.end()
  })

const textOf = (error: Error, signal: AbortSignal): string =>
  signal.aborted ? 'It took too long.' : `(${(error as NodeJS.ErrnoException).code ?? error.message})`

const refused = (host: string) => new GroundwaveError('FETCH_REFUSED', `${host} is a private address.`)

/** Resolves a name, and refuses it when any of its addresses is not of the public internet. */
const publicLookup: LookupFunction = (host, options, callback) =>
  resolve(host, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
    const bad = addresses?.find(({ address }) => isPrivate(address))
    const [first] = addresses ?? []
    if (error || !first) return callback(error ?? new Error('no address'), '', 0)
    if (bad) return callback(refused(bad.address), '', 0)
    if (options.all) return callback(null, addresses)
    callback(null, first.address, first.family)
  })

// IANA special-purpose address registries (RFC 6890 and later entries): all that is not globally reachable.
const special = new BlockList()
const v4 = `0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24
  192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4`
const v6 = `::/96 64:ff9b:1::/48 100::/64 2001::/23 2001:db8::/32 2002::/16 3fff::/20 5f00::/16 fc00::/7 fe80::/10 fec0::/10 ff00::/8`
for (const range of v4.split(/\s+/)) {
  const [net = '', bits = '0'] = range.split('/')
  special.addSubnet(net, Number(bits), 'ipv4')
  // The same through a translator of IPv6 networks (NAT64, RFC 6052 §2.1).
  special.addSubnet(`64:ff9b::${net}`, Number(bits) + 96, 'ipv6')
}
for (const range of v6.split(/\s+/)) {
  const [net = '', bits = '0'] = range.split('/')
  special.addSubnet(net, Number(bits), 'ipv6')
}

/** Whether an IP address is not one of the public internet. */
export const isPrivate = (address: string): boolean => {
  const plain = address.split('%', 1)[0] ?? ''
  const family = isIP(plain)
  if (family === 0) return true
  // BlockList itself compares addresses of IPv4 inside IPv6 (`::ffff:7f00:1`) with the ranges of IPv4.
  return special.check(plain, family === 4 ? 'ipv4' : 'ipv6')
}
