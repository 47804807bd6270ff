import type { Socket } from 'node:net'
import type { Log } from '../base/log.ts'
import { errorRegistry } from '../base/errors.ts'
import { familyOf, type CodecFamily } from '../formats/audio/framer.ts'
import { decodePath, readBasicAuth, type RequestHead } from '../formats/stream/request-head.ts'
import { decodeText } from '../formats/stream/text.ts'
import type { Journal } from './journal.ts'
import { refusalHead, type SourceFacts } from './listener-head.ts'
import type { Mount } from './mount.ts'
import type { Mounts } from './mounts.ts'
import type { Passwords } from './passwords.ts'
import { Source } from './source.ts'

/** libshout reads this list and then sends PUT instead of SOURCE. */
export const ALLOW = 'Allow: GET, PUT, OPTIONS, SOURCE'
export const CHALLENGE = 'WWW-Authenticate: Basic realm="Icecast2 Server"'

export type LoginDeps = { mounts: Mounts; passwords: Passwords; now: () => number; log: Log; journal: Journal }

/** Logs in a SOURCE or PUT and turns its connection into a {@link Source}. */
export const logInSource = async (
  deps: LoginDeps,
  socket: Socket,
  request: RequestHead,
  rest: Buffer,
): Promise<void> => {
  const address = socket.remoteAddress ?? ''
  const agent = readable(request.headers.get('user-agent'))
  const path = decodePath(`/${request.path.replace(/^\/+/, '')}`)
  const refuse = (status: number, text: string, why: string, extra: string[] = []) => {
    deps.log.warn(`refused a source for ${path}: ${why}`, { from: address, agent })
    socket.end(refusalHead(status, text, [ALLOW, ...extra]))
  }

  if (deps.passwords.lockedOut(address)) {
    return refuse(403, errorRegistry.SOURCE_LOCKED_OUT.message, 'too many wrong passwords from this address')
  }
  const auth = readBasicAuth(request.headers.get('authorization'))
  const mount = deps.mounts.get(path)
  // libshout asks once without a password to learn what we allow; that is no failure.
  if (!auth) return refuseQuietly(socket)
  if (!mount) {
    return refuse(
      404,
      errorRegistry.MOUNT_UNKNOWN.message,
      `there is no such mount; there are ${deps.mounts.paths().join(', ')}`,
    )
  }
  const { user, password } = mount.config.source
  if (!(await deps.passwords.check(auth.password, password, address)) || auth.user !== user) {
    return refuse(
      401,
      errorRegistry.SOURCE_UNAUTHORIZED.message,
      `wrong user or password (user given: "${auth.user}", expected: "${user}")`,
      [CHALLENGE],
    )
  }
  const type = request.headers.get('content-type') ?? (request.method === 'SOURCE' ? 'audio/mpeg' : null)
  if (!type) return refuse(403, errorRegistry.CONTENT_TYPE_MISSING.message, 'it names no content type')
  const family = familyOf(type)
  const wanted = mountFamily(path)
  if (family !== wanted) {
    return refuse(
      415,
      `This mount carries ${wanted}; the source declares ${type}.`,
      `it declares ${type}, the mount carries ${wanted}`,
    )
  }
  const taken = inUse(mount, address)
  if (taken) return refuse(403, errorRegistry.MOUNT_IN_USE.message, taken)

  const expects = /100-continue/i.test(request.headers.get('expect') ?? '')
  socket.write(acceptance(request.method, expects))
  mount.facts = sourceFacts(request.headers)
  const chunked = /chunked/i.test(request.headers.get('transfer-encoding') ?? '')
  const farewell = expects ? Buffer.from('HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n') : null
  startSource(deps, {
    socket,
    mount,
    family: wanted,
    agent,
    chunked,
    farewell,
    metaint: Number(request.headers.get('icy-metaint') ?? 0) || 0,
    rest,
  })
}

export type StartOrder = {
  socket: Socket
  mount: Mount
  family: CodecFamily
  agent: string
  chunked: boolean
  farewell: Buffer | null
  metaint: number
  rest: Buffer
}

/** Gives an accepted connection its mount. */
export const startSource = (deps: LoginDeps, order: StartOrder): void => {
  const { socket, mount, rest } = order
  socket.setTimeout(0)
  new Source({
    ...order,
    address: socket.remoteAddress ?? '',
    now: deps.now,
    log: deps.log,
    journal: deps.journal,
    onTitle: (title) => mount.source.setTitle(title || null),
  }).start(rest)
}

/** Why the mount's place cannot be had, or null. The same sender may take over, anybody may if it is stalled. */
export const inUse = (mount: Mount, address: string): string | null => {
  const holder = mount.source.holder
  if (!holder || holder.address === address || mount.stalled) return null
  return `another source (${holder.agent || holder.address}) is sending to it`
}

/** What a mount's extension says of the bytes it carries. */
export const mountFamily = (path: string): CodecFamily =>
  path.endsWith('.mp3') ? 'mp3' : path.endsWith('.aac') ? 'aac' : 'ogg'

const refuseQuietly = (socket: Socket) => {
  socket.end(refusalHead(401, errorRegistry.SOURCE_UNAUTHORIZED.message, [ALLOW, CHALLENGE]))
}

// PUT that expects 100 gets it, and its 200 at the end; older clients wait for a 200 before they send.
const acceptance = (method: string, expects: boolean): string =>
  method === 'PUT' && expects ? 'HTTP/1.1 100 Continue\r\n\r\n' : 'HTTP/1.0 200 OK\r\n\r\n'

/** Reads the `ice-*` (and Shoutcast's `icy-*`) headers of a source. */
export const sourceFacts = (headers: Map<string, string>): SourceFacts => {
  const pick = (name: string) => readable(headers.get(`ice-${name}`) ?? headers.get(`icy-${name}`))
  const info = headers.get('ice-audio-info') ?? ''
  const kbps = pick('bitrate') || headers.get('icy-br') || /(?:ice-)?bitrate=(\d+)/.exec(info)?.[1] || ''
  const facts = { name: pick('name'), genre: pick('genre'), description: pick('description'), url: pick('url'), kbps }
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== ''))
}

/** Header text as its sender meant it: UTF-8 where it is that, else Latin-1. */
export const readable = (value: string | undefined): string => decodeText(Buffer.from(value ?? '', 'latin1'))
