import { isIP } from 'node:net'

/**
 * Where a request comes from, for the log-in limits: the connection's other end, or, where that is a proxy on this
 * machine, whom the proxy names last in X-Forwarded-For. Anybody can write that header; only what our own proxy added is
 * believed.
 */
export const clientAddress = (remote: string | undefined, forwardedFor: string | undefined): string => {
  if (!remote || !isLoopback(remote)) return remote ?? ''
  const last = forwardedFor?.split(',').at(-1)?.trim() ?? ''
  return isIP(last) ? last : remote
}

const isLoopback = (address: string) => address === '::1' || /^(?:::ffff:)?127\./i.test(address)
