/** Methods that change nothing (RFC 9110 §9.2.1). */
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

export type Origins = {
  method: string
  /** Fetch Metadata: said by the browser, and by nothing a page can set. */
  secFetchSite: string | undefined
  origin: string | undefined
  host: string | undefined
  /** The station's public address, where it has one: behind a proxy the Host may be another. */
  url: string | undefined
}

/**
 * Whether a request that changes something comes from our own pages. A browser says so in Sec-Fetch-Site, or in Origin
 * where it does not know our address as safe (plain http). One that says neither is refused: our pages need no others.
 */
export const isOurs = ({ method, secFetchSite, origin, host, url }: Origins): boolean => {
  if (SAFE.has(method)) return true
  if (secFetchSite !== undefined) return secFetchSite === 'same-origin' || secFetchSite === 'none'
  const from = hostOf(origin)
  return from !== null && (from === host?.toLowerCase() || from === hostOf(url))
}

const hostOf = (origin: string | undefined): string | null => {
  if (!origin || !URL.canParse(origin)) return null
  const { host } = new URL(origin)
  return host || null
}
