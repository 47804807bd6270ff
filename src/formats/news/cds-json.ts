/** A JSON object of which nothing is known yet. */
export type Json = { readonly [key: string]: unknown }

export const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A field of its own, never one of Object.prototype: keys come from strangers. */
export const field = (from: Json, key: string): unknown => (Object.hasOwn(from, key) ? from[key] : undefined)

export const textField = (from: Json, key: string): string => {
  const value = field(from, key)
  return typeof value === 'string' ? value : ''
}

export const listField = (from: Json, key: string): unknown[] => {
  const value = field(from, key)
  return Array.isArray(value) ? value : []
}

/** A whole number above zero, or null. */
export const countField = (from: Json, key: string): number | null => {
  const value = field(from, key)
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? Math.round(value) : null
}

/** RFC 6901 §3. */
export const pointerTo = (pointer: string, ...keys: (string | number)[]): string =>
  [pointer, ...keys.map((key) => String(key).replaceAll('~', '~0').replaceAll('/', '~1'))].join('/')

/** A CDS link object (schema link.json). `pointer` is its place in the message. */
export type CdsLink = { href: string; rels: string[]; embed: unknown; pointer: string }

/** The links of a field, those that are none left out. */
export const linksField = (from: Json, key: string, pointer: string): CdsLink[] =>
  listField(from, key).flatMap((value, at) => {
    const link = readLink(value, pointerTo(pointer, key, at))
    return link ? [link] : []
  })

/** One link; some stations write its address as a bare string where the schema wants an object. */
export const readLink = (value: unknown, pointer: string): CdsLink | null => {
  if (typeof value === 'string') return { href: value, rels: [], embed: undefined, pointer }
  if (!isJson(value)) return null
  const href = textField(value, 'href')
  const rels = listField(value, 'rels').filter((rel) => typeof rel === 'string')
  return href ? { href, rels, embed: field(value, 'embed'), pointer } : null
}

/** `#/assets/<id>` → the id (RFC 6901 §6: percent-coded, then ~1 and ~0), else null. */
export const assetIdOf = ({ href }: CdsLink): string | null => {
  const coded = /^#\/assets\/([^/]+)$/.exec(href)?.[1]
  if (!coded) return null
  try {
    return decodeURIComponent(coded).replaceAll('~1', '/').replaceAll('~0', '~')
  } catch {
    return null
  }
}

/** `/v1/documents/<id>`, alone or as a whole address → the id, else null. */
export const documentIdOf = ({ href }: CdsLink): string | null =>
  /^(?:https:\/\/[^/]+)?\/v1\/documents\/([a-z0-9-]{1,200})$/.exec(href)?.[1] ?? null

/** The type profile's name: `story`, `image`. '' when the document claims none (schema type-link.json). */
export const typeOf = (document: Json): string => {
  const links = linksField(document, 'profiles', '')
  const type = links.find(({ rels }) => rels.includes('type'))
  return type ? profileName(type) : ''
}

const profileName = ({ href }: CdsLink): string => /([a-z0-9-]+)\/?$/.exec(href)?.[1] ?? ''
