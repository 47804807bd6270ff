import type { Socket } from 'node:net'
import { readRequestHead } from '../formats/stream/request-head.ts'
import { familyOf } from '../formats/audio/framer.ts'
import type { Mount } from './mount.ts'
import { inUse, mountFamily, readable, sourceFacts, startSource, type LoginDeps } from './source-login.ts'

/** `OK2` and the capability line that v1 sources wait for. */
const WELCOME = 'OK2\r\nicy-caps:11\r\n\r\n'

/**
 * Shoutcast v1: the password on the first line, then `icy-*` headers, then audio. There is no mount in the
 * protocol, so the password says it: alone (the first MP3 or AAC mount whose password fits), or as `/mount:password`,
 * `user:password`.
 * @returns the mount to wait for headers on, or null when the line was refused (the socket is then closed).
 */
export const greetShoutcast = async (deps: LoginDeps, socket: Socket, line: string): Promise<Mount | null> => {
  const address = socket.remoteAddress ?? ''
  const mount = deps.passwords.lockedOut(address) ? null : await findMount(deps, line, address)
  const taken = mount && inUse(mount, address)
  if (!mount || taken) {
    deps.log.warn(`refused a Shoutcast source: ${taken ?? 'wrong password'}`, { from: address })
    socket.end('Invalid password\r\n')
    return null
  }
  socket.write(WELCOME)
  return mount
}

/** The headers after the password have come: the connection becomes the mount's source. */
export const startShoutcast = (deps: LoginDeps, socket: Socket, mount: Mount, head: Buffer, rest: Buffer): void => {
  // The lines are those of a request whose first line was the password.
  const headers =
    readRequestHead(Buffer.concat([Buffer.from('SOURCE / HTTP/1.0\r\n'), head]))?.headers ?? new Map<string, string>()
  const type = headers.get('content-type') ?? 'audio/mpeg'
  const family = mountFamily(mount.path)
  if (familyOf(type) !== family) {
    deps.log.warn(`refused a Shoutcast source for ${mount.path}: it declares ${type}`, {
      from: socket.remoteAddress ?? '',
    })
    socket.destroy()
    return
  }
  mount.facts = sourceFacts(headers)
  const agent = readable(headers.get('user-agent')) || 'Shoutcast source'
  startSource(deps, { socket, mount, family, agent, chunked: false, farewell: null, metaint: 0, rest })
}

/** Finds the mount whose password `given` carries; also used for `/admin.cgi?pass=`. */
export const findMount = async (
  deps: Pick<LoginDeps, 'mounts' | 'passwords'>,
  given: string,
  address: string,
): Promise<Mount | null> => {
  const colon = given.search(/[:;]/)
  const before = colon >= 0 ? given.slice(0, colon) : ''
  const named = deps.mounts.get(`/${before.replace(/^\//, '')}`)
  if (named)
    return (await deps.passwords.check(given.slice(colon + 1), named.config.source.password, address)) ? named : null
  const candidates = [given, ...(colon >= 0 ? [given.slice(colon + 1)] : [])]
  for (const password of candidates) {
    // oxlint-disable-next-line no-await-in-loop -- the first that fits wins; a wrong one must be counted once only
    const found = await firstWith(deps, password)
    if (found) return found
  }
  await deps.passwords.check(given, deps.mounts.all()[0]?.config.source.password ?? '', address)
  return null
}

const firstWith = async (deps: Pick<LoginDeps, 'mounts' | 'passwords'>, password: string): Promise<Mount | null> => {
  const mounts = deps.mounts.all().filter((mount) => mountFamily(mount.path) !== 'ogg')
  const fits = await Promise.all(mounts.map((mount) => deps.passwords.fits(password, mount.config.source.password)))
  const right = mounts.filter((_, i) => fits[i])
  return right.find((mount) => !mount.source.holder) ?? right[0] ?? null
}
