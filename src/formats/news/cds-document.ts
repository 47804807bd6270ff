import { assetIdOf, documentIdOf, field, isJson, textField, typeOf, type CdsLink, type Json } from './cds-json.ts'
import { restrictionOf } from './cds-rights.ts'
import type { NewsItem, NewsNote } from './news-item.ts'

/** One document being read, and what is gathered on the way. */
export type CdsReading = {
  document: Json
  /** Where the document is in the message. */
  pointer: string
  /** Documents that came along or are known from before, by id: biographies, transcripts, collections, promoted pieces. */
  documents: ReadonlyMap<string, Json>
  /** Names of organisations by service id (`s1`) or address. */
  organizations: ReadonlyMap<string, string>
  /** Service ids of this station. */
  ours: ReadonlySet<string>
  notes: NewsNote[]
  restricted: NewsItem['restricted']
  /** Documents and organisations that would make the item more complete. */
  wanted: { documents: Set<string>; organizations: Set<string> }
}

export type CdsAsset = { id: string; type: string; json: Json; pointer: string }

/** The asset a link means; null, with a note or a restriction, when there is none that may be shown. */
export const followAsset = (link: CdsLink, reading: CdsReading): CdsAsset | null => {
  const { document, pointer, notes, restricted, ours } = reading
  const id = assetIdOf(link)
  const assets = field(document, 'assets')
  const json = id !== null && isJson(assets) ? field(assets, id) : undefined
  if (id === null) {
    notes.push({ pointer: link.pointer, text: `The link ${link.href.slice(0, 200)} is none to an asset; skipped.` })
    return null
  }
  if (!isJson(json)) {
    notes.push({ pointer: link.pointer, text: `There is no asset ${id.slice(0, 200)}; skipped.` })
    return null
  }
  const type = typeOf(json) || guessType(json)
  const reason = restrictionOf(json, { document, ours })
  if (reason) {
    if (!restricted.some((one) => one.id === id)) restricted.push({ id, what: type || 'asset', reason })
    return null
  }
  return { id, type, json, pointer: `${pointer}/assets/${id.replaceAll('~', '~0').replaceAll('/', '~1')}` }
}

/** Assets of trimmed messages claim no profile; their fields tell what they are. */
const guessType = (json: Json): string => {
  const has = (key: string) => Object.hasOwn(json, key)
  if (has('text')) return has('dateTime') ? 'correction' : 'text'
  if (has('html')) return 'html-block'
  if (has('bylineDocuments')) return 'reference-byline'
  if (has('name')) return 'byline'
  if (has('quote')) return 'pull-quote'
  if (has('isStreamable') || (has('duration') && has('enclosures'))) return 'audio'
  return has('enclosures') ? 'image' : ''
}

/** The document a link means: transcluded in it, come along, or known; else it is asked for. Restricted ones are not told. */
export const followDocument = (link: CdsLink, reading: CdsReading): { id: string; json: Json } | null => {
  const id = documentIdOf(link)
  if (id === null) return null
  const json = isJson(link.embed) ? link.embed : reading.documents.get(id)
  if (!json) {
    reading.wanted.documents.add(id)
    return null
  }
  const reason = restrictionOf(json, { ours: reading.ours })
  if (!reason) return { id, json }
  reading.restricted.push({ id, what: typeOf(json) || 'document', reason })
  return null
}

/** Name of the organisation a link means (Organization Service v4), '' while it is not known. */
export const organizationName = ({ href }: CdsLink, { organizations, wanted }: CdsReading): string => {
  const id = /\/v4\/services\/([a-z0-9]+)$/.exec(href)?.[1]
  const name = organizations.get(href) ?? (id && organizations.get(id))
  if (!name) wanted.organizations.add(href)
  return name || ''
}

/** Documents that are read as items; other types come along to be referred to, or are not for readers at all. */
export const itemKinds = new Map<string, NewsItem['type']>([
  ['story', 'text'],
  ['podcast-episode', 'audio'],
  ['program-episode', 'composite'],
  ['newscast', 'audio'],
])

/** Documents that items refer to. */
export const referenceKinds = new Set(
  `biography transcript topic tag series program podcast-channel podcast-category blog blog-category category
  collection music-artist music-genre network-aggregation homepage`.split(/\s+/),
)

/** Kind of a whole document; one that claims no type but has a title is taken for a story, with a note. */
export const kindOf = (document: Json): string =>
  typeOf(document) || (textField(document, 'title') && !Array.isArray(field(document, 'profiles')) ? 'story' : '')
