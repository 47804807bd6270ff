/** Where listeners reach the air, without a slash at the end, for a request that came with this Host header. */
export type AirAddress = (hostHeader: string | undefined) => string

export type AirAddressDeps = {
  /** `air.url` of the configuration: wins where it is set, as behind a proxy with TLS. */
  url?: string | undefined
  /** The port air really listens on; asked each time, for it is known only once air has started. */
  port: () => number
}

// The name comes back in addresses and in a security header: only what can be a host name is taken from a stranger.
const hostName = /^(\[[0-9a-f:.]{2,45}\]|[a-z0-9](?:[a-z0-9._-]{0,252}))(?::\d{1,5})?$/i

/** Without `air.url`, the air is on the same host as the house, on its own port, over http. */
export const createAirAddress = ({ url, port }: AirAddressDeps): AirAddress => {
  if (url) {
    const fixed = url.replace(/\/+$/, '')
    return () => fixed
  }
  return (hostHeader) => `http://${hostName.exec(hostHeader ?? '')?.[1]?.toLowerCase() ?? 'localhost'}:${port()}`
}
