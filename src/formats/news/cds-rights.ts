import { field, listField, type Json } from './cds-json.ts'

/**
 * Why a document or asset may not be shown by a station, or null when it may.
 *
 * `isRestrictedToAuthorizedOrgServiceIds` (profile document): only organisations named in `authorizedOrgServiceIds`
 * may distribute it; the list of an asset without one is its document's. Anything but `false` restricts, and so does a
 * restriction of a name we do not know: what is not understood is not shown.
 */
export const restrictionOf = (
  thing: Json,
  { document = thing, ours }: { document?: Json; ours: ReadonlySet<string> },
): string | null => {
  for (const key of Object.keys(thing)) {
    if (!/^(is)?restrict|^embargo/i.test(key)) continue
    const value = thing[key]
    if (value === false || value === null || value === undefined) continue
    if (key !== 'isRestrictedToAuthorizedOrgServiceIds') return `it has a restriction we do not know (${key})`
    if (isAuthorized(thing, document, ours)) continue
    return value === true
      ? 'it is restricted to organisations of which this station is none (isRestrictedToAuthorizedOrgServiceIds)'
      : 'isRestrictedToAuthorizedOrgServiceIds is neither true nor false'
  }
  return null
}

const isAuthorized = (thing: Json, document: Json, ours: ReadonlySet<string>): boolean => {
  const own = field(thing, 'authorizedOrgServiceIds')
  const ids = Array.isArray(own) ? own : listField(document, 'authorizedOrgServiceIds')
  return ids.some((id) => typeof id === 'string' && ours.has(id))
}
