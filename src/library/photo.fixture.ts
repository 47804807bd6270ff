import { crc32, deflateSync } from 'node:zlib'
import sharp from 'sharp'

// Photos made for tests: drawn here, with what cameras and agencies write into their files.

export type MadePhoto = { width?: number; height?: number; colour?: string }

const drawing = ({ width = 1200, height = 800, colour = '#c84' }: MadePhoto) => {
  // Something to see at the left edge, so that a crop can be told from another.
  const mark = { create: { width: Math.max(1, width >> 3), height, channels: 3 as const, background: '#036' } }
  return sharp({ create: { width, height, channels: 3, background: colour } }).composite([
    { input: mark, left: 0, top: 0 },
  ])
}

export const jpeg = (made: MadePhoto = {}): Promise<Buffer> => drawing(made).jpeg().toBuffer()
export const png = (made: MadePhoto = {}): Promise<Buffer> => drawing(made).png().toBuffer()
export const webp = (made: MadePhoto = {}): Promise<Buffer> => drawing(made).webp().toBuffer()
export const avif = (made: MadePhoto = {}): Promise<Buffer> => drawing(made).avif({ effort: 0 }).toBuffer()

/** As a camera writes it: turned by a quarter, with the place where it was taken. */
export const fromCamera = (made: MadePhoto = {}): Promise<Buffer> =>
  drawing(made)
    .jpeg()
    .withExif({
      IFD0: { ImageDescription: 'Ferry at the quay', Artist: 'Ines Haldorsen' },
      IFD2: { DateTimeOriginal: '2026:03:04 05:06:07', OffsetTimeOriginal: '-05:00' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '51/1 30/1 0/1', GPSLongitudeRef: 'E', GPSLongitude: '7/1 0/1 0/1' },
    })
    .withMetadata({ orientation: 6 })
    .toBuffer()

/** As an agency sends it: XMP with entities and two photographers. */
export const fromAgency = async (): Promise<Buffer> =>
  drawing({})
    .jpeg()
    .withXmp(
      `<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/" xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/" photoshop:Credit="Lakes &amp; Rivers" photoshop:DateCreated="2026-03-04T05:06:07-05:00"><dc:description><rdf:Alt><rdf:li xml:lang="x-default">Tom &amp; Ine&#x73; \u2013 \u0416 at the gate</rdf:li></rdf:Alt></dc:description><dc:creator><rdf:Seq><rdf:li>Piet Marsh</rdf:li><rdf:li>Ada Quill</rdf:li></rdf:Seq></dc:creator><Iptc4xmpCore:AltTextAccessibility><rdf:Alt><rdf:li xml:lang="x-default">Two people at a small &lt;gate&gt;</rdf:li></rdf:Alt></Iptc4xmpCore:AltTextAccessibility><xmpRights:UsageTerms><rdf:Alt><rdf:li xml:lang="x-default">Web only</rdf:li></rdf:Alt></xmpRights:UsageTerms></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`,
    )
    .toBuffer()

const dataset = (record: number, number: number, value: Buffer) => {
  const head = Buffer.from([0x1c, record, number, 0, 0])
  head.writeUInt16BE(value.length, 3)
  return Buffer.concat([head, value])
}

/** An IPTC-IIM block in Photoshop's resources; text in Latin-1 unless `utf8`. */
export const iptcBlock = (values: Record<number, string[]>, { utf8 = false } = {}): Buffer => {
  const declared = utf8 ? [dataset(1, 90, Buffer.from('\x1b%G', 'latin1'))] : []
  const datasets = Object.entries(values).flatMap(([number, texts]) =>
    texts.map((text) => dataset(2, Number(number), Buffer.from(text, utf8 ? 'utf8' : 'latin1'))),
  )
  const block = Buffer.concat([...declared, ...datasets])
  const size = Buffer.alloc(4)
  size.writeUInt32BE(block.length)
  const resource = Buffer.concat([
    Buffer.from('8BIM\x04\x04\0\0', 'latin1'),
    size,
    block,
    Buffer.alloc(block.length % 2),
  ])
  return Buffer.concat([Buffer.from('Photoshop 3.0\0', 'latin1'), resource])
}

/** Puts a block into a JPEG as its segment APP13. */
export const withIptc = (photo: Buffer, block: Buffer): Buffer => {
  const head = Buffer.from([0xff, 0xed, 0, 0])
  head.writeUInt16BE(block.length + 2, 2)
  return Buffer.concat([photo.subarray(0, 2), head, block, photo.subarray(2)])
}

/** A few bytes that say they are a picture of this many pixels (PNG, third edition, §5). */
export const bomb = (width = 60_000, height = 60_000): Buffer => {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data])
    const ends = Buffer.alloc(8)
    ends.writeUInt32BE(data.length, 0)
    ends.writeUInt32BE(crc32(body), 4)
    return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)])
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([1, 0, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.alloc(2 ** 20))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

export const svg = Buffer.from(
  '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script><rect width="9" height="9"/></svg>',
)
