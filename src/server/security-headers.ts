import type { ServerResponse } from 'node:http'
import type { AirAddress } from '../api/air-address.ts'

export type SetSecurityHeaders = (res: ServerResponse, hostHeader: string | undefined) => void

const fixed: [name: string, value: string][] = [
  ['x-content-type-options', 'nosniff'],
  ['referrer-policy', 'strict-origin-when-cross-origin'],
  ['permissions-policy', 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()'],
  ['cross-origin-opener-policy', 'same-origin'],
]

// Host names are the stranger's to choose; this many are remembered.
const hostsKept = 64

/** Sets the headers every answer has. A page that needs another policy sets its own over it. */
export const createSecurityHeaders = (airAddress: AirAddress): SetSecurityHeaders => {
  const policies = new Map<string, string>()
  return (res, hostHeader = '') => {
    let policy = policies.get(hostHeader)
    if (policy === undefined) {
      policy = contentPolicy(new URL(airAddress(hostHeader)).origin)
      if (policies.size >= hostsKept) policies.clear()
      policies.set(hostHeader, policy)
    }
    res.setHeader('content-security-policy', policy)
    for (const [name, value] of fixed) res.setHeader(name, value)
  }
}

// CSP Level 3. The air is another origin: the player fetches its playlists and plays its streams.
const contentPolicy = (air: string) =>
  [
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
  ].join('; ')
