import { canonicalOf, readAudio, readBylines, readDatedTexts, readOrganizations, readPhoto } from './cds-assets.ts'
import { followAsset, followDocument, itemKinds, type CdsReading } from './cds-document.ts'
import { documentIdOf, field, linksField, textField } from './cds-json.ts'
import { readLayout } from './cds-layout.ts'
import { restrictionOf } from './cds-rights.ts'
import { readInstant } from './instant.ts'
import { emptyItem, type NewsItem, type NewsRelated, type NewsTopic } from './news-item.ts'
import { plainText } from './plain-text.ts'
import type { Prose } from './prose.ts'

/** A bare date in CDS is US Eastern standard time, all year (NPR's docs, Date values). */
const cdsZone = '-05:00'

/** A publishable document → the item. What is broken in it is left out and noted. */
export const readItem = (reading: CdsReading, { provider, kind }: { provider: string; kind: string }): NewsItem => {
  const { document, notes, pointer } = reading
  const plain = (key: string) => plainText(textField(document, key))
  const moment = (key: string) => {
    const value = field(document, key)
    const at = readInstant(value, cdsZone)
    if (value !== undefined && value !== null && !at)
      notes.push({ pointer: `${pointer}/${key}`, text: 'Not a date and time; ignored.' })
    return at
  }
  const published = moment('publishDateTime')
  const modified = moment('editorialLastModifiedDateTime')
  if (!modified)
    notes.push({ pointer, text: 'No editorialLastModifiedDateTime; the publication time stands for the version.' })
  const teaser = plain('teaser')
  const { body, photos, audio } = readLayout(reading)
  const lead = readImages(reading, photos)
  const mainAudio = readSounds(reading, audio)
  const owners = readOrganizations('owners', reading)
  const brandings = readOrganizations('brandings', reading)
  const canonicalUrl = canonicalOf(document)
  if (!canonicalUrl) notes.push({ pointer, text: 'No canonical web page.' })
  const owner = owners[0] ?? ''
  return {
    ...emptyItem({
      provider,
      itemId: textField(document, 'id'),
      version: Date.parse(modified ?? published ?? '') || 0,
      pubstatus: 'usable',
    }),
    type: itemKinds.get(kind) ?? 'text',
    kind,
    expires: kind === 'newscast' ? moment('expirationDateTime') : null,
    published,
    updated: moment('editorialMajorUpdateDateTime'),
    modified: modified ?? published,
    headline: plain('title'),
    dek: plain('subtitle') || teaser,
    teaser: plain('shortTeaser') || teaser,
    bylines: readBylines(reading),
    topics: readTopics(reading),
    body: body.filter((block) => !isShownAbove(block, lead, mainAudio)),
    photos: [...photos.values()],
    lead,
    audio: [...audio.values()],
    mainAudio,
    corrections: readDatedTexts('corrections', reading),
    editorNotes: readDatedTexts('notes', reading),
    related: readRelated(reading),
    canonicalUrl,
    noIndex: field(document, 'robotsNoIndex') === true,
    owner,
    copyright: { year: yearOf(textField(document, 'publishDateTime'), published), owner },
    agency: plain('contributionNotes') || brandings.filter((name) => !owners.includes(name)).join(', '),
    rights: { restriction: restrictionOf(document, { ours: reading.ours }), terms: '' },
    restricted: reading.restricted,
    notes,
  }
}

/** A page shows its lead photo and its main sound once, above the text, though the layout may hold them too. */
const isShownAbove = (block: Prose, lead: string | null, mainAudio: string | null): boolean =>
  (block.type === 'photo' && block.photo === lead) || (block.type === 'audio' && block.audio === mainAudio)

/** Reads images[] (profile has-images) into `photos`; gives the lead: rel primary, else one that the text does not show. */
const readImages = (reading: CdsReading, photos: Map<string, NewsItem['photos'][number]>): string | null => {
  const inText = new Set(photos.keys())
  const shown = linksField(reading.document, 'images', reading.pointer).flatMap((link) => {
    const asset = followAsset(link, reading)
    const photo = asset && (photos.get(asset.id) ?? readPhoto(asset, reading))
    if (!photo) return []
    photos.set(photo.id, photo)
    return [{ id: photo.id, rels: link.rels }]
  })
  const primary = shown.find(({ rels }) => rels.includes('primary'))
  return (primary ?? shown.find(({ id }) => !inText.has(id)))?.id ?? null
}

/** Reads audio[] (profile has-audio) into `audio`; gives the main one. premiumAudio may only be linked: not read. */
const readSounds = (reading: CdsReading, audio: Map<string, NewsItem['audio'][number]>): string | null => {
  const shown = linksField(reading.document, 'audio', reading.pointer).flatMap((link) => {
    const asset = followAsset(link, reading)
    const sound = asset && (audio.get(asset.id) ?? readAudio(asset, reading))
    if (!sound) return []
    audio.set(sound.id, sound)
    return [{ id: sound.id, rels: link.rels }]
  })
  if (linksField(reading.document, 'premiumAudio', reading.pointer).length > 0) {
    reading.notes.push({
      pointer: `${reading.pointer}/premiumAudio`,
      text: 'Premium audio may only be linked; skipped.',
    })
  }
  return (shown.find(({ rels }) => rels.includes('primary')) ?? shown[0])?.id ?? null
}

/** Roles a reader would look for, the word CDS uses for each. */
const topicRels = 'topic series superseries program podcast-channel blog category podcast-category genre theme'.split(
  ' ',
)

const readTopics = (reading: CdsReading): NewsTopic[] =>
  linksField(reading.document, 'collections', reading.pointer).flatMap((link): NewsTopic[] => {
    const id = documentIdOf(link)
    const role = topicRels.find((rel) => link.rels.includes(rel))
    if (!id || !role) return []
    const known = followDocument(link, reading)
    return [{ id, role, name: known ? plainText(textField(known.json, 'title')) : '' }]
  })

const readRelated = (reading: CdsReading): NewsRelated[] => {
  const of = (key: 'relatedItems' | 'items', role: string) =>
    linksField(reading.document, key, reading.pointer).flatMap((link): NewsRelated[] => {
      const itemId = documentIdOf(link)
      if (!itemId) return []
      const known = followDocument(link, reading)
      return [
        {
          role: link.rels[0] ?? role,
          title: known ? plainText(textField(known.json, 'title')) : '',
          url: known && canonicalOf(known.json),
          itemId,
        },
      ]
    })
  return [...of('relatedItems', 'related'), ...of('items', 'part')]
}

/** The year on the calendar of whoever published: the one written, not the one of UTC. */
const yearOf = (written: string, published: string | null): number | null =>
  published ? Number(/^\d{4}/.exec(written.trim())?.[0] ?? published.slice(0, 4)) : null
