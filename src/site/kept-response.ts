import type { Context } from 'hono'
import { isMatch, perHostKey, type KeptPage } from './page-cache.ts'
import type { SiteDeps } from './site-deps.ts'

/** What a page is kept under. Of one with whole addresses in it there is one for each host, unless the station has told its own. */
export const pageKey = ({ req }: Context, { config }: Pick<SiteDeps, 'config'>, perHost: boolean): string =>
  perHost && !config.station.url ? perHostKey(req.path, req.header('host') ?? '') : req.path

/** A kept page as the answer to a request: whole, or 304 to a reader who has it (RFC 9110 §15.4.5). */
export const keptResponse = ({ req }: Context, page: KeptPage): Response => {
  const { etag, headers, notModified, body } = page.variant(req.header('accept-encoding'))
  if (isMatch(req.header('if-none-match'), etag))
    return new Response(null, { status: 304, headers: pairsOf(notModified) })
  return new Response(new Uint8Array(body), { headers: pairsOf(headers) })
}

const pairsOf = (flat: string[]) =>
  flat.flatMap((name, index): [string, string][] => (index % 2 ? [] : [[name, flat[index + 1] ?? '']]))
