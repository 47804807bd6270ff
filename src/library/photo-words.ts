import { readExifText } from '../formats/picture/exif-text.ts'
import { readIptc } from '../formats/picture/iptc.ts'

/** Blocks of a picture's file that say something about it, as they stand there. */
export type Metadata = { exif?: Buffer | undefined; iptc?: Buffer | undefined; xmp?: Buffer | undefined }

export type PhotoWords = {
  caption: string
  alt: string
  photographer: string
  agency: string
  terms: string
  /** Whose it is by the file's own word; '' when it says nothing. */
  copyright: string
  /** When it was taken, ms since the epoch; null when the file does not tell, or not in which zone. */
  takenAt: number | null
}

/**
 * What a picture's file says about it: XMP before IPTC-IIM before EXIF, as the IPTC Photo Metadata Standard 2024 §9 and
 * the Metadata Working Group order them, because the later ones hold more and cannot mistake their encoding.
 */
export const photoWords = async (metadata: Metadata): Promise<PhotoWords> => {
  const xmp = await readXmp(metadata.xmp)
  const iptc = metadata.iptc ? readIptc(metadata.iptc) : new Map<number, string[]>()
  const tiff = metadata.exif?.toString('latin1', 0, 4) === 'Exif' ? metadata.exif.subarray(6) : metadata.exif
  const exif = tiff ? readExifText(tiff) : new Map<number, string>()
  const of = (dataset: number) => iptc.get(dataset)?.join(', ') ?? ''
  const first = (...texts: string[]) => tidy(texts.find((text) => text.trim()) ?? '')
  const caption = first(xmp('dc', 'description'), of(120), exif.get(0x010e) ?? '', exif.get(0x9c9c) ?? '')
  const copyright = first(xmp('dc', 'rights'), of(116), exif.get(0x8298) ?? '')
  return {
    // What a camera writes there unasked says nothing.
    caption: /^(OLYMPUS DIGITAL CAMERA|SONY DSC|DCIM\b.*|Default|KODAK Digital Still Camera)$/i.test(caption)
      ? ''
      : caption,
    alt: first(xmp('Iptc4xmpCore', 'AltTextAccessibility')),
    photographer: first(xmp('dc', 'creator'), of(80), exif.get(0x013b) ?? '', exif.get(0x9c9d) ?? ''),
    agency: first(xmp('photoshop', 'Credit'), of(110), xmp('photoshop', 'Source'), of(115)),
    terms: first(xmp('xmpRights', 'UsageTerms'), xmp('photoshop', 'Instructions'), of(40)),
    copyright,
    takenAt: await takenAt(tiff, xmp('photoshop', 'DateCreated')),
  }
}

const tidy = (text: string): string => {
  // oxlint-disable-next-line no-control-regex -- cameras pad their fields with them
  const plain = text.replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, ' ').replace(/[ \t]+/g, ' ')
  return plain.trim().slice(0, 2_000).toWellFormed()
}

type ReadXmp = (namespace: string, name: string) => string

/** Reads of XMP what is asked for, `x-default` or the first language; nothing of what cannot be read. */
const readXmp = async (bytes: Buffer | undefined): Promise<ReadXmp> => {
  if (!bytes) return () => ''
  try {
    const { sidecar } = (await import('exifr')).default
    const read = (await sidecar(bytes, { mergeOutput: false }, 'xmp')) as
      | Record<string, Record<string, unknown>>
      | undefined
    return (namespace, name) => textOf(read?.[namespace]?.[name])
  } catch {
    return () => ''
  }
}

const textOf = (value: unknown): string => {
  if (typeof value === 'string') return fromXml(value)
  if (Array.isArray(value)) return isLanguages(value) ? textOf(value[0]) : value.map(textOf).filter(Boolean).join(', ')
  return typeof value === 'object' && value !== null && 'value' in value ? textOf(value.value) : ''
}

const isLanguages = (values: unknown[]) =>
  values.every((one) => typeof one === 'object' && one !== null && 'lang' in one)

const entities: Record<string, string> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' }

/** The reader leaves entities as they are (XML 1.0 §4.6). */
const fromXml = (text: string): string =>
  text.replace(/&(?:#x([\da-f]{1,6})|#(\d{1,7})|(lt|gt|quot|apos|amp));/gi, (all, hex, digits, name) => {
    if (name) return entities[String(name).toLowerCase()] ?? all
    const code = hex ? Number.parseInt(String(hex), 16) : Number(digits)
    return code > 0 && code < 0x110000 ? String.fromCodePoint(code) : ''
  })

/** EXIF tells the zone only in newer cameras (Exif 2.31 §4.6.5); a moment without one is none. */
const takenAt = async (tiff: Buffer | undefined, created: string): Promise<number | null> => {
  const xmp = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(created) ? Date.parse(created) : NaN
  if (!Number.isNaN(xmp)) return xmp
  if (!tiff) return null
  try {
    const { parse } = (await import('exifr')).default
    const options = { mergeOutput: true, reviveValues: false, pick: ['DateTimeOriginal', 'OffsetTimeOriginal'] }
    const read = (await parse(tiff, options)) as Record<string, unknown> | undefined
    const [, date, time] = /^(\d{4}:\d\d:\d\d) (\d\d:\d\d:\d\d)$/.exec(String(read?.['DateTimeOriginal'])) ?? []
    const at = Date.parse(`${date?.replaceAll(':', '-')}T${time}${String(read?.['OffsetTimeOriginal'])}`)
    return Number.isNaN(at) ? null : at
  } catch {
    return null
  }
}
