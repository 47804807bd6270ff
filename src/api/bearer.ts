import type { Context } from 'hono'
import { GroundwaveError } from '../base/errors.ts'

/** The token of `Authorization: Bearer …` (RFC 6750 §2.1). Throws TOKEN_WRONG when there is none. */
export const bearerOf = (c: Context): string => {
  const token = /^Bearer +([\w.~+/=-]+) *$/i.exec(c.req.header('authorization') ?? '')?.[1]
  if (!token) throw new GroundwaveError('TOKEN_WRONG')
  return token
}

/** The request's body as it came. Throws TOO_LARGE, having read no more than `limit` bytes. */
export const bodyBytes = async (c: Context, limit: number): Promise<Uint8Array> => {
  const tooLarge = () => {
    // What else comes is not read, so the connection cannot be used again.
    c.header('connection', 'close')
    return new GroundwaveError('TOO_LARGE')
  }
  if (Number(c.req.header('content-length') ?? 0) > limit) throw tooLarge()
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of c.req.raw.body ?? []) {
    length += chunk.byteLength
    if (length > limit) throw tooLarge()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** Where readers reach a path of the site: at the station's address, else at the one this request came by. */
export const publicUrl = (c: Context, { url, path }: { url: string | undefined; path: string }): string =>
  new URL(path, url ?? new URL(c.req.url).origin).href
