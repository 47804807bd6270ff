import { get } from 'node:http'
import type { ReaderAnswer } from '../studio/kill-check.ts'

const PATIENCE_MS = 5_000
/** A full part of a sitemap has about a million bytes. */
const MOST_BYTES = 16 * 2 ** 20

/**
 * Asks a house for a path as a reader of `host` does, over the network and through everything that keeps pages. Rejects
 * when no whole answer comes within 5 s.
 */
export const askAsReader = async (
  at: { hostname: string; port: number },
  { host, path }: { host: string; path: string },
): Promise<ReaderAnswer> => {
  const { promise, resolve, reject } = Promise.withResolvers<ReaderAnswer>()
  const request = get({ ...at, path, headers: { host }, timeout: PATIENCE_MS, agent: false }, (response) => {
    const parts: Buffer[] = []
    let bytes = 0
    response.on('data', (part: Buffer) => {
      parts.push(part)
      if ((bytes += part.length) > MOST_BYTES) request.destroy(new Error('the answer is too long'))
    })
    response.on('end', () => resolve({ status: response.statusCode ?? 0, body: Buffer.concat(parts).toString() }))
    response.on('error', reject)
  })
  request.on('timeout', () => request.destroy(new Error(`no answer within ${PATIENCE_MS} ms`)))
  request.on('error', reject)
  return promise
}
