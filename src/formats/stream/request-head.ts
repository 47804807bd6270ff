import { decodeText } from './text.ts'

type RequestProtocol = 'HTTP/1.0' | 'HTTP/1.1' | 'ICE/1.0'

/** A request as encoders and players send it. Strings are Latin-1: one character a byte, nothing decoded. */
export type RequestHead = {
  method: string
  /** As it stood in the request line. */
  target: string
  /** The target up to `?`, with a leading slash (but `*` stays). */
  path: string
  /** The target after `?`; empty if there is none. */
  query: string
  protocol: RequestProtocol
  /** Names in lower case; values of a repeated name joined by `, `. */
  headers: Map<string, string>
}

const CR = 0x0d
const LF = 0x0a

/**
 * Where the head ends (the offset of the first byte after its blank line); -1 while it is not whole. A blank line is
 * an LF after an LF with nothing but CRs between, so every mixture of CRLF, LF and CRCRLF does. Blank lines before
 * the request line are passed over (RFC 9112 §2.2).
 */
export const findHeadEnd = (bytes: Buffer): number => {
  let at = 0
  while (bytes[at] === CR || bytes[at] === LF) at += 1
  for (let end = bytes.indexOf(LF, at); end !== -1; end = bytes.indexOf(LF, end + 1)) {
    let next = end + 1
    while (bytes[next] === CR) next += 1
    if (bytes[next] === LF) return next + 1
  }
  return -1
}

const readProtocol = (word: string): RequestProtocol | null => {
  if (/^ICE\/\d/i.test(word)) return 'ICE/1.0'
  if (!/^HTTP\/\d/i.test(word)) return null
  return /^HTTP\/(?:0|1\.0)/i.test(word) ? 'HTTP/1.0' : 'HTTP/1.1'
}

const isBlank = (char: string | undefined): boolean => char === ' ' || char === '\t' || char === '\r'

// Not `trim`: it would take 0xA0 for a space, which in these Latin-1 strings may be the last byte of "à" in UTF-8.
const trimBlanks = (text: string): string => {
  let from = 0
  let to = text.length
  while (from < to && isBlank(text[from])) from += 1
  while (to > from && isBlank(text[to - 1])) to -= 1
  return text.slice(from, to)
}

const readRequestLine = (line: string): Pick<RequestHead, 'method' | 'target' | 'protocol'> | null => {
  const method = /^[A-Z]{3,16}(?=[ \t])/.exec(line)?.[0]
  if (method === undefined) return null
  const rest = trimBlanks(line.slice(method.length))
  // The last word is the protocol, so that a target may hold spaces; without one it is as old as HTTP/1.0.
  const cut = Math.max(rest.lastIndexOf(' '), rest.lastIndexOf('\t')) + 1
  const protocol = readProtocol(rest.slice(cut))
  const target = protocol === null ? rest : trimBlanks(rest.slice(0, cut))
  return target === '' ? null : { method, target, protocol: protocol ?? 'HTTP/1.0' }
}

const readHeaders = (lines: string[]): Map<string, string> => {
  const headers = new Map<string, string>()
  let latest = ''
  for (const line of lines) {
    if (/^[ \t]/.test(line) && latest !== '') {
      // obs-fold, RFC 9112 §5.2: one space instead.
      headers.set(latest, `${headers.get(latest)} ${trimBlanks(line)}`)
      continue
    }
    const colon = line.indexOf(':')
    const name = trimBlanks(line.slice(0, Math.max(colon, 0))).toLowerCase()
    if (name === '') continue
    const value = trimBlanks(line.slice(colon + 1))
    const before = headers.get(name)
    headers.set(name, before === undefined ? value : `${before}, ${value}`)
    latest = name
  }
  return headers
}

/** Reads a head, tolerating what real encoders send; null if the first line is no request (a Shoutcast password, say). */
export const readRequestHead = (bytes: Buffer): RequestHead | null => {
  const end = findHeadEnd(bytes)
  const text = bytes.toString('latin1', 0, end === -1 ? bytes.length : end).replace(/^[\r\n]+/, '')
  const [first = '', ...lines] = text.split('\n')
  const request = readRequestLine(first)
  if (request === null) return null
  const local = request.target.replace(/^https?:\/\/[^/?]*/i, '')
  const mark = local.indexOf('?')
  const path = mark === -1 ? local : local.slice(0, mark)
  return {
    ...request,
    path: path.startsWith('/') || path === '*' ? path : `/${path}`,
    query: mark === -1 ? '' : local.slice(mark + 1),
    headers: readHeaders(lines),
  }
}

// Works on bytes: an encoder may send its title raw, percent-encoded, or half and half. A `%` that is no code stays.
const percentDecode = (raw: string): Buffer =>
  Buffer.from(
    raw.replaceAll(/%([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))),
    'latin1',
  )

/** A path as people write it: percent-decoded, then read as UTF-8 or else Latin-1. */
export const decodePath = (path: string): string => decodeText(percentDecode(path))

/**
 * The parameters of a raw query; the first of a name counts. Values are in `charset`, or else in the one the query's
 * own `charset` parameter names, or else in whatever they look like.
 */
export const readQuery = (raw: string, charset?: string): Map<string, string> => {
  const pairs = raw.split('&').flatMap((part) => {
    const equals = part.indexOf('=')
    const halves = equals === -1 ? [part, ''] : [part.slice(0, equals), part.slice(equals + 1)]
    const [name = Buffer.alloc(0), value = Buffer.alloc(0)] = halves.map((half) =>
      percentDecode(half.replaceAll('+', ' ')),
    )
    return name.length === 0 ? [] : [{ name: decodeText(name), value }]
  })
  const named = charset ?? pairs.find(({ name }) => name === 'charset')?.value.toString('latin1')
  const query = new Map<string, string>()
  for (const { name, value } of pairs) if (!query.has(name)) query.set(name, decodeText(value, named))
  return query
}

/** User and password of an `Authorization: Basic` header (RFC 7617); null if it holds none. */
export const readBasicAuth = (header: string | undefined): { user: string; password: string } | null => {
  const token = /^\s*basic\s+([A-Za-z0-9+/_-]+=*)/i.exec(header ?? '')?.[1]
  if (token === undefined) return null
  const pair = decodeText(Buffer.from(token, 'base64'))
  const colon = pair.indexOf(':')
  return colon === -1 ? null : { user: pair.slice(0, colon), password: pair.slice(colon + 1) }
}
