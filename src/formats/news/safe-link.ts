const schemes = new Set(['http:', 'https:', 'mailto:', 'tel:'])

/** Longer addresses are no links that a person made. */
const longest = 4_000

/** Parameters that tell a third party who clicked; they are no part of the address. */
const trackers = /^(utm_\w+|fbclid|gclid|dclid|msclkid|mc_eid|mc_cid|igshid|yclid|_hsenc|_hsmi|mkt_tok)$/i

/**
 * An address from foreign text → one that may stand in `href`, or null.
 * http, https, mailto and tel only (WHATWG URL parsing, so `java\tscript:` is seen for what it is); no user or password;
 * the wrappers that mail gateways and search engines put around links are taken off, and with them click trackers.
 */
export const safeLink = (address: string, base?: string): string | null => {
  if (address.length > longest) return null
  let url = URL.parse(address.trim(), base)
  for (let layer = 0; url && layer < 4; layer++) {
    const inner = unwrap(url)
    if (!inner) break
    url = URL.parse(inner)
  }
  if (!url || !schemes.has(url.protocol) || url.username || url.password) return null
  if (url.protocol.startsWith('http')) {
    if (!url.hostname) return null
    const tracking = [...url.searchParams.keys()].filter((key) => trackers.test(key))
    for (const key of tracking) url.searchParams.delete(key)
  }
  return url.href.length > longest ? null : url.href
}

/** The address inside a wrapper, or null when there is none. */
const unwrap = (url: URL): string | null => {
  const { hostname, pathname, searchParams } = url
  if (hostname.endsWith('.safelinks.protection.outlook.com')) return searchParams.get('url')
  if (/^(www\.)?google(\.[a-z]{2,3}){1,2}$/.test(hostname) && pathname === '/url') {
    return searchParams.get('q') ?? searchParams.get('url')
  }
  if (/^lm?\.(facebook|instagram)\.com$/.test(hostname) || hostname === 'out.reddit.com') {
    return searchParams.get('u') ?? searchParams.get('url')
  }
  if (hostname === 'urldefense.com') return /^\/v3\/__(.+?)__;/.exec(pathname + url.search)?.[1] ?? null
  if (hostname === 'urldefense.proofpoint.com') return proofpoint(searchParams.get('u'))
  return null
}

/** Proofpoint's second form writes `_` for `/` and `-` for `%`. */
const proofpoint = (text: string | null): string | null => {
  if (!text) return null
  try {
    return decodeURIComponent(text.replaceAll('_', '/').replaceAll('-', '%'))
  } catch {
    return null
  }
}
