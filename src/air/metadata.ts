import type { Socket } from 'node:net'
import type { Log } from '../base/log.ts'
import { errorRegistry } from '../base/errors.ts'
import { readBasicAuth, readQuery, type RequestHead } from '../formats/stream/request-head.ts'
import { refusalHead } from './listener-head.ts'
import type { Mount } from './mount.ts'
import type { Mounts } from './mounts.ts'
import type { Passwords } from './passwords.ts'
import { findMount } from './shoutcast.ts'
import { CHALLENGE } from './source-login.ts'

export type MetadataDeps = {
  mounts: Mounts
  passwords: Passwords
  admin: { user: string; password: string } | undefined
  log: Log
}

/** Longest title kept, characters: what an ICY block can carry with room for its frame. */
const TITLE_LIMIT = 1000

export const isMetadata = (path: string): boolean => path === '/admin/metadata' || path === '/admin.cgi'

/**
 * Icecast's `/admin/metadata` and Shoutcast's `/admin.cgi`: a new stream title. Encoders send raw UTF-8 or
 * Latin-1 in the address, or a form by POST, and some hang up before the answer: the order counts all the same.
 */
export const answerMetadata = async (
  deps: MetadataDeps,
  socket: Socket,
  request: RequestHead,
  rest: Buffer,
): Promise<void> => {
  const query = request.method === 'POST' ? await withForm(socket, request, rest) : readQuery(request.query)
  const answer = await update(deps, request, query, socket.remoteAddress ?? '')
  if (socket.writable) socket.end(answer)
}

const update = async (
  deps: MetadataDeps,
  request: RequestHead,
  query: Map<string, string>,
  address: string,
): Promise<Buffer> => {
  if (deps.passwords.lockedOut(address)) return refusalHead(403, errorRegistry.SOURCE_LOCKED_OUT.message)
  const { mount, refusal } =
    request.path === '/admin.cgi'
      ? await byPassword(deps, query, address)
      : await byMount(deps, request, query, address)
  if (refusal) return refusal
  if (query.get('mode') !== 'updinfo') return iceAnswer('Unknown mode: this server takes mode=updinfo', 0, 400)
  const title = titleOf(query)
  if (title === null) return iceAnswer('No song, and not both artist and title', 0, 400)
  mount.source.setTitle(title || null)
  deps.log.info(`${mount.path} plays "${title}"`)
  return iceAnswer('Metadata update successful', 1)
}

type Found = { mount: Mount; refusal: null } | { mount: null; refusal: Buffer }

const byMount = async (
  deps: MetadataDeps,
  request: RequestHead,
  query: Map<string, string>,
  address: string,
): Promise<Found> => {
  const auth = readBasicAuth(request.headers.get('authorization'))
  const mount = deps.mounts.get(`/${(query.get('mount') ?? '').replace(/^\/+/, '')}`)
  const refuse = (status: number, text: string, extra: string[] = []): Found => ({
    mount: null,
    refusal: refusalHead(status, text, extra),
  })
  if (!auth) return refuse(401, errorRegistry.SOURCE_UNAUTHORIZED.message, [CHALLENGE])
  const { source } = mount?.config ?? {}
  const isSource =
    source !== undefined && auth.user === source.user && (await deps.passwords.fits(auth.password, source.password))
  const isAdmin =
    !isSource &&
    deps.admin?.user === auth.user &&
    (await deps.passwords.check(auth.password, deps.admin.password, address))
  if (!isSource && !isAdmin) {
    deps.log.warn('refused a title: wrong user or password', { mount: query.get('mount') ?? '', from: address })
    return refuse(401, errorRegistry.SOURCE_UNAUTHORIZED.message, [CHALLENGE])
  }
  if (!mount?.source.holder) return refuse(400, 'Source does not exist')
  return { mount, refusal: null }
}

const byPassword = async (deps: MetadataDeps, query: Map<string, string>, address: string): Promise<Found> => {
  const given = query.get('pass') ?? ''
  const senders = deps.mounts.all().filter((mount) => mount.source.holder?.address === address)
  const fits = await Promise.all(senders.map((mount) => deps.passwords.fits(given, mount.config.source.password)))
  const mount = senders.find((_, i) => fits[i]) ?? (await findMount(deps, given, address))
  if (mount?.source.holder) return { mount, refusal: null }
  return { mount: null, refusal: refusalHead(401, errorRegistry.SOURCE_UNAUTHORIZED.message, [CHALLENGE]) }
}

// `song` wins; else artist and title together (Icecast 2.5).
const titleOf = (query: Map<string, string>): string | null => {
  const song = query.get('song')
  const title = query.get('title')
  const artist = query.get('artist')
  const text = song ?? (title !== undefined ? (artist ? `${artist} - ${title}` : title) : null)
  return text === null
    ? null
    : text
        .replaceAll(/[\r\n\0]+/g, ' ')
        .trim()
        .slice(0, TITLE_LIMIT)
}

// The form may come in pieces after the head; it is short, and we wait for it briefly.
const withForm = async (socket: Socket, request: RequestHead, rest: Buffer): Promise<Map<string, string>> => {
  const length = Math.min(Number(request.headers.get('content-length') ?? 0) || 0, 8192)
  let body = rest
  if (body.length < length) {
    body = await new Promise<Buffer>((resolve) => {
      let have = rest
      const done = () => resolve(have)
      const timer = setTimeout(done, 5000)
      socket.on('data', (chunk: Buffer) => {
        have = Buffer.concat([have, chunk])
        if (have.length >= length) {
          clearTimeout(timer)
          done()
        }
      })
      socket.once('close', done)
    })
  }
  return new Map([...readQuery(request.query), ...readQuery(body.subarray(0, length).toString('latin1'))])
}

const iceAnswer = (message: string, value: 0 | 1, status = 200): Buffer => {
  const body = `<?xml version="1.0"?>\n<iceresponse><message>${message}</message><return>${value}</return></iceresponse>\n`
  return Buffer.from(
    `HTTP/1.0 ${status} ${status === 200 ? 'OK' : 'Bad Request'}\r\nServer: Groundwave\r\nConnection: Close\r\nContent-Type: text/xml\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  )
}
