import type { Context } from 'hono'
import { GroundwaveError } from '../base/errors.ts'

/** The token of `Authorization: Bearer …` (RFC 6750 §2.1). Throws TOKEN_WRONG when there is none. */
export const bearerOf = (c: Context): string => {
  const token = /^Bearer +([\w.~+/=-]+) *$/i.exec(c.req.header('authorization') ?? '')?.[1]
  if (!token) throw new GroundwaveError('TOKEN_WRONG')
  return token
}

/** Who sends more than this beyond what is taken is not waited for, bytes. */
const MOST_DISCARDED = 64 * 2 ** 20

/** The request's body as it came. Throws TOO_LARGE. */
export const bodyBytes = async (c: Context, limit: number): Promise<Uint8Array> => {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of c.req.raw.body ?? []) {
    length += chunk.byteLength
    // What is too much is read on for a while and thrown away: a sender who still writes would not see the answer.
    if (length <= limit) chunks.push(chunk)
    else if (length > limit + MOST_DISCARDED) break
  }
  if (length > limit) throw new GroundwaveError('TOO_LARGE')
  return Buffer.concat(chunks)
}

/** Reads the body away, so that whoever is refused sees why. */
export const discardBody = (c: Context): Promise<unknown> => bodyBytes(c, 0).catch(() => {})

/** Where readers reach a path of the site: at the station's address, else at the one this request came by. */
export const publicUrl = (c: Context, { url, path }: { url: string | undefined; path: string }): string =>
  new URL(path, url ?? new URL(c.req.url).origin).href
