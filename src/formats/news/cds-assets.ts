import { followAsset, followDocument, organizationName, type CdsAsset, type CdsReading } from './cds-document.ts'
import { countField, documentIdOf, field, linksField, listField, pointerTo, readLink, textField } from './cds-json.ts'
import type { CdsLink, Json } from './cds-json.ts'
import { htmlToProse } from './html-prose.ts'
import { readInstant } from './instant.ts'
import type { NewsAudio, NewsByline, NewsCorrection, NewsCrop, NewsPhoto } from './news-item.ts'
import { plainText } from './plain-text.ts'
import { proseText } from './prose.ts'
import { safeLink } from './safe-link.ts'

const plain = (from: Json, key: string) => plainText(textField(from, key))

/** An image asset (profile image; crops: schema crop-link), null when it has no file. */
export const readPhoto = ({ id, json, pointer }: CdsAsset, { notes }: CdsReading): NewsPhoto | null => {
  const crops = listField(json, 'enclosures').flatMap((value, at): NewsCrop[] => {
    const link = readLink(value, pointerTo(pointer, 'enclosures', at))
    const url = link && webAddress(link.href)
    if (!link || !url) return []
    const from = value as Json
    const template = textField(from, 'hrefTemplate')
    return [
      {
        url,
        shape: link.rels.find((rel) => rel.startsWith('image-'))?.slice('image-'.length) ?? '',
        width: countField(from, 'width'),
        height: countField(from, 'height'),
        template: webAddress(template) ? template : null,
        primary: link.rels.includes('primary'),
      },
    ]
  })
  if (crops.length === 0) {
    notes.push({ pointer, text: 'An image without a file; skipped.' })
    return null
  }
  const credit = creditOf(plain(json, 'producer'), plain(json, 'provider'))
  const agencyLink = readLink(field(json, 'providerLink'), pointer)
  return {
    id,
    caption: plain(json, 'caption'),
    ...credit,
    agencyUrl: agencyLink && safeLink(agencyLink.href),
    copyright: '',
    alt: plain(json, 'altText'),
    title: plain(json, 'title'),
    crops,
    terms: '',
  }
}

/** Producer is the photographer, provider the agency; stations also write both into one of them. */
const creditOf = (producer: string, provider: string): { photographer: string; agency: string } => {
  const both = provider || producer
  const [, person, agency] = /^([^/|]+?)\s*[/|]\s*([^/|]+)$/.exec(both) ?? []
  if (person && agency && (!producer || !provider || producer === person)) return { photographer: person, agency }
  if (producer.toLowerCase() === provider.toLowerCase()) return { photographer: '', agency: provider }
  return { photographer: producer, agency: provider }
}

const webAddress = (address: string): string | null => {
  const url = address ? safeLink(address.replace(/[{}]/g, '')) : null
  return url && /^https?:/.test(url) ? (address.includes('{') ? url : address.trim()) : null
}

/** An audio asset (profile audio), null with a note when we may not play it. */
export const readAudio = ({ id, json, pointer }: CdsAsset, reading: CdsReading): NewsAudio | null => {
  const refuse = (text: string) => {
    reading.notes.push({ pointer, text })
    return null
  }
  if (field(json, 'isAvailable') !== true) {
    return refuse(`Audio that is not available; skipped. ${plain(json, 'availabilityMessage')}`.trim())
  }
  // A widespread station plugin says isStreamable: false of everything; then what may be downloaded may be played.
  if (field(json, 'isStreamable') !== true && field(json, 'isDownloadable') !== true) {
    return refuse('Audio that may be neither streamed nor downloaded; skipped.')
  }
  const links = linksField(json, 'enclosures', pointer)
  const free = links.find(({ href, rels }) => !rels.includes('premium') && webAddress(href))
  if (!free) {
    return refuse(links.length > 0 ? 'Premium audio may only be linked; skipped.' : 'Audio without a file; skipped.')
  }
  const file = listField(json, 'enclosures').find((one) => readLink(one, '')?.href === free.href) as Json
  return {
    id,
    title: plain(json, 'title'),
    url: free.href.trim(),
    mediaType: textField(file, 'type'),
    bytes: countField(file, 'fileSize'),
    duration: countField(json, 'duration'),
    downloadable: field(json, 'isDownloadable') === true,
    transcript: readTranscript(json, pointer, reading),
    terms: '',
  }
}

const readTranscript = (json: Json, pointer: string, reading: CdsReading): NewsAudio['transcript'] => {
  const link = readLink(field(json, 'transcriptLink'), pointerTo(pointer, 'transcriptLink'))
  const page = readLink(field(json, 'transcriptWebPageLink'), pointer)
  const document = link && followDocument(link, reading)
  return {
    itemId: link && documentIdOf(link),
    url: page && webAddress(page.href),
    text: document ? proseText(htmlToProse(textField(document.json, 'text')).blocks).replaceAll('\n', '\n\n') : '',
  }
}

/**
 * Bylines in order (profiles byline and reference-byline). The name of a reference is its biography's title; a
 * biography that is not at hand is asked for and, unless the asset tells the name itself, noted.
 */
export const readBylines = (reading: CdsReading): NewsByline[] =>
  linksField(reading.document, 'bylines', reading.pointer).flatMap((link): NewsByline[] => {
    if (documentIdOf(link)) return bylineOf('', link, reading)
    const asset = followAsset(link, reading)
    if (!asset) return []
    const links = linksField(asset.json, 'bylineDocuments', asset.pointer)
    const biography = links.find(({ rels }) => rels.includes('biography')) ?? links[0]
    return bylineOf(plain(asset.json, 'name'), biography, reading)
  })

const bylineOf = (written: string, link: CdsLink | undefined, reading: CdsReading): NewsByline[] => {
  const known = link ? followDocument(link, reading) : null
  const name = (known && plain(known.json, 'title')) || written
  const biography = link ? documentIdOf(link) : null
  if (name) return [{ name, role: '', biography, url: known && canonicalOf(known.json) }]
  reading.notes.push({
    pointer: link?.pointer ?? reading.pointer,
    text: biography
      ? `A byline refers to the biography ${biography}, which is not at hand yet.`
      : 'A byline without a name; skipped.',
  })
  return []
}

/** The page at which a document is at home. */
export const canonicalOf = (document: Json): string | null => {
  for (const { href, rels } of linksField(document, 'webPages', '')) {
    const url = rels.includes('canonical') ? safeLink(href) : null
    if (url && /^https?:/.test(url)) return url
  }
  return null
}

/** Corrections or editors' notes, newest first (profiles correction and note). */
export const readDatedTexts = (key: 'corrections' | 'notes', reading: CdsReading): NewsCorrection[] =>
  linksField(reading.document, key, reading.pointer)
    .flatMap((link): NewsCorrection[] => {
      const asset = followAsset(link, reading)
      if (!asset) return []
      const text = proseText(htmlToProse(textField(asset.json, 'text')).blocks).replaceAll('\n', ' ')
      const at = readInstant(field(asset.json, 'dateTime')) ?? readInstant(field(reading.document, modified))
      if (text && at) return [{ at, title: plain(asset.json, 'title'), text }]
      reading.notes.push({ pointer: asset.pointer, text: 'A correction or note without text or date; skipped.' })
      return []
    })
    .sort((a, b) => b.at.localeCompare(a.at))

const modified = 'editorialLastModifiedDateTime'

/** Names of the organisations of a field, in order. */
export const readOrganizations = (key: 'owners' | 'brandings', reading: CdsReading): string[] =>
  linksField(reading.document, key, reading.pointer)
    .map((link) => organizationName(link, reading))
    .filter(Boolean)
