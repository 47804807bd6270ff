import type { MountConfig } from '../config/schema.ts'
import type { AudioFormat } from '../formats/audio/frame.ts'
import { contentTypeOf } from '../formats/audio/framer.ts'

/** Bytes between ICY metadata blocks; what Icecast sends and every player knows. */
export const METAINT = 16_000

const EXPOSED = 'icy-br, icy-description, icy-genre, icy-metaint, icy-name, icy-pub, icy-url, Content-Range'

const CORS = [
  'Access-Control-Allow-Origin: *',
  'Access-Control-Allow-Headers: Origin, Accept, Content-Type, Icy-MetaData, Range, If-Range, Authorization',
  'Access-Control-Allow-Methods: GET, HEAD, OPTIONS',
  `Access-Control-Expose-Headers: ${EXPOSED}`,
]

/** What the source said about itself, as headers for listeners (Icecast's format.c: `ice-X` becomes `icy-X`). */
export type SourceFacts = { name?: string; genre?: string; description?: string; url?: string; kbps?: string }

export type HeadOrder = {
  config: MountConfig
  facts: SourceFacts
  format: AudioFormat
  icy: boolean
  stationUrl: string | undefined
}

/**
 * The head of an endless answer: HTTP/1.0, never chunked, no length and no ranges. Chunked heads are refused by
 * some directories and hardware radios, and `X-Accel-Buffering` keeps a proxy from holding the sound back.
 */
export const listenerHead = ({ config, facts, format, icy, stationUrl }: HeadOrder): Buffer => {
  const kbps = facts.kbps ?? (format.kbps > 0 ? String(Math.round(format.kbps)) : undefined)
  return head('HTTP/1.0 200 OK', [
    'Server: Groundwave',
    'Connection: Close',
    `Date: ${new Date().toUTCString()}`,
    `Content-Type: ${contentTypeOf(format.codec)}`,
    'Cache-Control: no-cache, no-store',
    'Expires: Mon, 26 Jul 1997 05:00:00 GMT',
    'Pragma: no-cache',
    'X-Accel-Buffering: no',
    'X-Content-Type-Options: nosniff',
    ...CORS,
    `icy-name: ${facts.name || config.name}`,
    line('icy-description', facts.description || config.description),
    line('icy-genre', facts.genre || config.genre),
    line('icy-url', facts.url || stationUrl),
    `icy-pub: ${config.public ? 1 : 0}`,
    line('icy-br', kbps),
    icy ? `icy-metaint: ${METAINT}` : null,
  ])
}

/** Answers a browser's question whether it may send `Icy-MetaData` (a preflight), and players' OPTIONS. */
export const optionsHead = (): Buffer =>
  head('HTTP/1.1 204 No Content', [
    'Server: Groundwave',
    'Allow: GET, HEAD, OPTIONS, PUT, SOURCE',
    ...CORS,
    'Access-Control-Max-Age: 86400',
    'Content-Length: 0',
    'Connection: close',
  ])

/** A refusal with its sentence as plain text. */
export const refusalHead = (status: number, text: string, extra: string[] = []): Buffer => {
  const body = Buffer.from(`${text}\n`)
  const start = head(`HTTP/1.0 ${status} ${REASONS[status] ?? 'Error'}`, [
    'Server: Groundwave',
    'Connection: Close',
    'Content-Type: text/plain; charset=utf-8',
    `Content-Length: ${body.length}`,
    'Cache-Control: no-store',
    'Access-Control-Allow-Origin: *',
    ...extra,
  ])
  return Buffer.concat([start, body])
}

const REASONS: Record<number, string> = {
  200: 'OK',
  400: 'Bad Request',
  401: 'Authentication Required',
  403: 'Forbidden',
  404: 'File Not Found',
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  415: 'Unsupported Media Type',
  431: 'Request Header Fields Too Large',
}

const line = (name: string, value: string | undefined) => (value ? `${name}: ${value}` : null)

// Text of strangers goes into these lines: a line break must not start a new header.
const head = (status: string, lines: (string | null)[]): Buffer =>
  Buffer.from(
    `${status}\r\n${lines
      .filter((text) => text !== null)
      .map((text) => `${text.replaceAll(/[\r\n\0]+/g, ' ')}\r\n`)
      .join('')}\r\n`,
    'utf8',
  )
