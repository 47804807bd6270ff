import { readAudio, readPhoto, canonicalOf } from './cds-assets.ts'
import { followAsset, followDocument, type CdsAsset, type CdsReading } from './cds-document.ts'
import { documentIdOf, field, linksField, pointerTo, readLink, textField, type Json } from './cds-json.ts'
import { isEmbed } from './embed.ts'
import { htmlToProse } from './html-prose.ts'
import type { NewsAudio, NewsPhoto } from './news-item.ts'
import { plainText } from './plain-text.ts'
import { evenHeadings, type Prose } from './prose.ts'
import { safeLink } from './safe-link.ts'

/** Containers in containers beyond this are cut; a container inside itself is cut at once. */
const deepest = 8
/** A layout of more assets than this is no story. */
const mostAssets = 5_000

type Layout = {
  reading: CdsReading
  photos: Map<string, NewsPhoto>
  audio: Map<string, NewsAudio>
  /** Containers we are in. */
  path: string[]
  left: { assets: number }
}

/** The body in layout order (profiles buildout, container; schema has-layout), with the photos and sounds it shows. */
export const readLayout = (reading: CdsReading) => {
  const layout: Layout = { reading, photos: new Map(), audio: new Map(), path: [], left: { assets: mostAssets } }
  const body = readLinks(reading.document, reading.pointer, layout)
  return { body: evenHeadings(body), photos: layout.photos, audio: layout.audio }
}

const readLinks = (json: Json, pointer: string, layout: Layout): Prose[] =>
  linksField(json, 'layout', pointer).flatMap((link): Prose[] => {
    const { reading, left } = layout
    // rail, subnav, footer, alt, zone-…: beside the text, not of it (schema has-layout, layout-link).
    if (link.rels.length > 0) {
      reading.notes.push({
        pointer: link.pointer,
        text: `Stands beside the text (${link.rels.join(', ').slice(0, 80)}); skipped.`,
      })
      return []
    }
    if (left.assets-- <= 0) {
      if (left.assets === -1)
        reading.notes.push({ pointer, text: `More than ${mostAssets} assets; the rest is skipped.` })
      return []
    }
    const asset = followAsset(link, reading)
    return asset ? readAsset(asset, layout) : []
  })

const readAsset = (asset: CdsAsset, layout: Layout): Prose[] => {
  const { json, type } = asset
  const { reading } = layout
  switch (type) {
    case 'text':
    case 'transcript':
      return fromHtml(textField(json, 'text'), asset, reading)
    case 'html-block':
    case 'static-html':
      return fromHtml(textField(json, 'html'), asset, reading)
    case 'image':
      return photoBlocks(asset, layout)
    case 'audio':
      return audioBlocks(asset, layout)
    case 'pull-quote':
      return pullQuote(json)
    case 'youtube-video':
      return embed(asset, { provider: 'youtube', key: 'videoId', title: 'headline' }, reading)
    case 'tweet':
      return embed(asset, { provider: 'twitter', key: 'tweetId' }, reading)
    case 'player-video':
    case 'stream-player-video':
      return videoCard(asset, reading)
    case 'external-link':
      return externalCard(asset, reading)
    case 'internal-link':
    case 'promo-card':
    case 'audio-card':
    case 'card':
      return documentCard(asset, reading)
    case 'book-ecommerce':
      return bookLine(json)
    case 'list':
      return inside(asset, layout, (blocks) => [...heading(json, 'title'), ...listOf(blocks), ...line(json, 'caption')])
    case 'image-gallery':
    case 'resource-container':
      return inside(asset, layout, (blocks) => [...heading(json, 'title'), ...line(json, 'introText'), ...blocks])
    case 'container':
    case 'inset':
    case 'area':
      return inside(asset, layout, (blocks) => [...heading(json, 'title'), ...blocks])
    default:
      reading.notes.push({
        pointer: asset.pointer,
        text: `An asset of type ${type || 'unknown'}, which has no place in a story here; skipped.`,
      })
      return []
  }
}

const fromHtml = (html: string, { pointer }: CdsAsset, { notes }: CdsReading): Prose[] => {
  const { blocks, notes: told } = htmlToProse(html, { part: true })
  notes.push(...told.map((text) => ({ pointer, text })))
  return blocks
}

const photoBlocks = (asset: CdsAsset, { photos, reading }: Layout): Prose[] => {
  const photo = photos.get(asset.id) ?? readPhoto(asset, reading)
  if (!photo) return []
  photos.set(photo.id, photo)
  return [{ type: 'photo', photo: photo.id }]
}

const audioBlocks = (asset: CdsAsset, { audio, reading }: Layout): Prose[] => {
  const sound = audio.get(asset.id) ?? readAudio(asset, reading)
  if (!sound) return []
  audio.set(sound.id, sound)
  return [{ type: 'audio', audio: sound.id }]
}

const pullQuote = (json: Json): Prose[] => {
  const text = plainText(textField(json, 'quote'))
  const party = ['attributionParty', 'attributionContext'].map((key) => plainText(textField(json, key)))
  return text ? [{ type: 'pull-quote', runs: [{ text }], speaker: party.filter(Boolean).join(', ') }] : []
}

const embed = (
  { json, pointer }: CdsAsset,
  { provider, key, title }: { provider: string; key: string; title?: string },
  { notes }: CdsReading,
): Prose[] => {
  const id = textField(json, key)
  if (isEmbed({ provider, id }))
    return [{ type: 'embed', provider, id, title: title ? plainText(textField(json, title)) : '' }]
  notes.push({ pointer, text: `Not an id of ${provider}; skipped.` })
  return []
}

/** A film is shown where it is at home: its file and its player are the source's. */
const videoCard = ({ json, pointer }: CdsAsset, { document, notes }: CdsReading): Prose[] => {
  const href = canonicalOf(document)
  const title = plainText(textField(json, 'title')) || plainText(textField(json, 'caption'))
  if (href) return [{ type: 'card', eyebrow: 'Video', title: title || 'Watch the video', href, itemId: null }]
  notes.push({ pointer, text: 'A video, and no page of the source where it could be watched; skipped.' })
  return []
}

const externalCard = ({ json, pointer }: CdsAsset, { notes }: CdsReading): Prose[] => {
  const link = readLink(field(json, 'externalLink'), pointerTo(pointer, 'externalLink'))
  const href = link && safeLink(link.href)
  if (!href) {
    notes.push({ pointer, text: 'A link without a web address; skipped.' })
    return []
  }
  return [
    {
      type: 'card',
      eyebrow: '',
      title: plainText(textField(json, 'linkText')) || new URL(href).host,
      href,
      itemId: null,
    },
  ]
}

/** A pointer to another document; its address is the document's own page, known once the document is at hand. */
const documentCard = ({ json, pointer }: CdsAsset, reading: CdsReading): Prose[] => {
  const link = readLink(field(json, 'documentLink'), pointerTo(pointer, 'documentLink'))
  const external = readLink(field(json, 'externalLink'), pointer)
  const target = link && followDocument(link, reading)
  const href = (target && canonicalOf(target.json)) ?? (external && safeLink(external.href))
  const title =
    plainText(textField(json, 'linkText')) ||
    (target ? plainText(textField(target.json, 'title')) : '') ||
    plainText(textField(json, 'title'))
  const itemId = link && documentIdOf(link)
  if (title && (href || itemId)) {
    return [{ type: 'card', eyebrow: plainText(textField(json, 'eyebrowText')), title, href, itemId }]
  }
  reading.notes.push({ pointer, text: 'A card that leads nowhere; skipped.' })
  return []
}

const bookLine = (json: Json): Prose[] => {
  const [title, author] = ['title', 'author'].map((key) => plainText(textField(json, key)))
  if (!title) return []
  return [{ type: 'paragraph', runs: [{ text: title, emphasis: true }, ...(author ? [{ text: `, ${author}` }] : [])] }]
}

const inside = (asset: CdsAsset, layout: Layout, show: (blocks: Prose[]) => Prose[]): Prose[] => {
  const { path, reading } = layout
  if (path.includes(asset.id) || path.length >= deepest) {
    reading.notes.push({ pointer: asset.pointer, text: 'A container inside itself or too deep; skipped.' })
    return []
  }
  const blocks = readLinks(asset.json, asset.pointer, { ...layout, path: [...path, asset.id] })
  return blocks.length > 0 ? show(blocks) : []
}

/** A list of texts is a list; one of other things stands as it is. */
const listOf = (blocks: Prose[]): Prose[] =>
  blocks.every(({ type }) => type === 'paragraph')
    ? [{ type: 'list', ordered: false, items: blocks.map((block) => [block]) }]
    : blocks

const heading = (json: Json, key: string): Prose[] => {
  const text = plainText(textField(json, key))
  return text ? [{ type: 'heading', level: 3, runs: [{ text }] }] : []
}

const line = (json: Json, key: string): Prose[] => {
  const text = plainText(textField(json, key))
  return text ? [{ type: 'paragraph', runs: [{ text }] }] : []
}
