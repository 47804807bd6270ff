import type { ServerResponse } from 'node:http'
import type { AirAddress } from '../config/air-address.ts'

/** The headers every answer has, for a reader who came by this host name: name, value, name, value. */
export type SecurityHeaders = (hostHeader: string | undefined, where?: { studio: boolean }) => string[]

const fixed = Object.entries({
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()',
  'cross-origin-opener-policy': 'same-origin',
}).flat()

// Host names are the stranger's to choose; this many are remembered.
const hostsKept = 64

export const createSecurityHeaders = (airAddress: AirAddress): SecurityHeaders => {
  const known = new Map<string, string[]>()
  return (hostHeader = '', { studio } = { studio: false }) => {
    const key = studio ? `studio ${hostHeader}` : hostHeader
    let headers = known.get(key)
    if (headers === undefined) {
      const policy = studio ? studioPolicy : contentPolicy
      headers = ['content-security-policy', policy(new URL(airAddress(hostHeader)).origin), ...fixed]
      if (known.size >= hostsKept) known.clear()
      known.set(key, headers)
    }
    return headers
  }
}

/** Puts them on an answer. A page that needs another policy sets its own over it. */
export const setHeaders = (res: ServerResponse, headers: string[]): void => {
  for (let i = 0; i + 1 < headers.length; i += 2) res.setHeader(headers[i]!, headers[i + 1]!)
}

// CSP Level 3. The air is another origin: the player fetches its playlists and plays its streams.
const contentPolicy = (air: string) => policyOf(air).join('; ')

// A photo is seen before it is sent, and a story's page is shown in a frame before it is public.
const studioPolicy = (air: string) =>
  [...policyOf(air).map((rule) => (rule.startsWith('img-src') ? `${rule} blob:` : rule)), "frame-src 'self'"].join('; ')

const policyOf = (air: string) => [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  `media-src 'self' ${air} blob:`,
  `connect-src 'self' ${air}`,
  "worker-src 'self' blob:",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'self'",
]
