/** One Ogg page (RFC 3533 §6), read from bytes whose checksum was right. */
export type OggPage = {
  /** The whole page as it came. */
  bytes: Buffer
  /** The page begins inside a packet of the page before it. */
  continued: boolean
  /** First page of a logical stream. */
  bos: boolean
  /** Last page of a logical stream. */
  eos: boolean
  /** Codec time at the end of the last packet that ends here; -1 if none does. */
  granule: number
  serial: number
  sequence: number
  /** Segment table: packet lengths in steps of 255. */
  lacing: Buffer
  body: Buffer
}

/** What a page is made of when we write one. */
export type OggPageParts = {
  serial: number
  sequence: number
  granule: number
  bos?: boolean
  eos?: boolean
  /** Whole packets. */
  packets: readonly Buffer[]
}

/** A packet as it comes out of pages. */
export type OggPacket = { bytes: Buffer; page: OggPage }

const HEAD_BYTES = 27
const CRC_AT = 22
const CONTINUED = 1
const BOS = 2
const EOS = 4
// Longer packets than this are no audio; a lost page must not make the reader gather for ever.
const MAX_PACKET_BYTES = 192 * 1024

// RFC 3533 §6: polynomial 0x04c11db7, most significant bit first, nothing inverted; so not zlib's.
const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index << 24
  for (let bit = 0; bit < 8; bit += 1) value = value < 0 ? (value << 1) ^ 0x04c11db7 : value << 1
  return value
})

/** The checksum of a whole page, its checksum field taken as zero. */
export const oggCrc = (page: Buffer): number => {
  let crc = 0
  for (let at = 0; at < page.length; at += 1) {
    const byte = at >= CRC_AT && at < CRC_AT + 4 ? 0 : (page[at] ?? 0)
    crc = (crc << 8) ^ (CRC_TABLE[(crc >>> 24) ^ byte] ?? 0)
  }
  return crc >>> 0
}

/** Bytes of the page that begins at `offset`; 0 if more input is needed to tell, -1 if no page begins there. */
export const oggPageBytes = (bytes: Buffer, offset = 0): number => {
  const left = bytes.length - offset
  if (!'OggS\0'.startsWith(bytes.toString('latin1', offset, offset + 5))) return -1
  if (left < HEAD_BYTES) return 0
  const segments = bytes[offset + 26] ?? 0
  if (left < HEAD_BYTES + segments) return 0
  let total = HEAD_BYTES + segments
  for (let index = 0; index < segments; index += 1) total += bytes[offset + HEAD_BYTES + index] ?? 0
  return total
}

/** The page at `offset`; null if it is not whole, not a page, or damaged. */
export const readOggPage = (bytes: Buffer, offset = 0): OggPage | null => {
  const total = oggPageBytes(bytes, offset)
  if (total <= 0 || bytes.length - offset < total) return null
  const page = bytes.subarray(offset, offset + total)
  if (page.readUInt32LE(CRC_AT) !== oggCrc(page)) return null
  const flags = page[5] ?? 0
  const bodyAt = HEAD_BYTES + (page[26] ?? 0)
  return {
    bytes: page,
    continued: (flags & CONTINUED) !== 0,
    bos: (flags & BOS) !== 0,
    eos: (flags & EOS) !== 0,
    granule: Number(page.readBigInt64LE(6)),
    serial: page.readUInt32LE(14),
    sequence: page.readUInt32LE(18),
    lacing: page.subarray(HEAD_BYTES, bodyAt),
    body: page.subarray(bodyAt),
  }
}

// RFC 3533 §5: a packet ends with a segment shorter than 255, if need be an empty one.
const lacingOf = (packet: Buffer): number[] => [
  ...Array.from({ length: Math.floor(packet.length / 255) }, () => 255),
  packet.length % 255,
]

/** Writes one page of whole packets; throws if they do not fit. */
export const writeOggPage = ({ serial, sequence, granule, bos, eos, packets }: OggPageParts): Buffer => {
  const lacing = packets.flatMap(lacingOf)
  if (lacing.length > 255) throw new Error(`${packets.length} packets do not fit into one Ogg page.`)
  const head = Buffer.alloc(HEAD_BYTES)
  head.write('OggS', 'latin1')
  head[5] = (bos === true ? BOS : 0) | (eos === true ? EOS : 0)
  head.writeBigInt64LE(BigInt(granule), 6)
  head.writeUInt32LE(serial >>> 0, 14)
  head.writeUInt32LE(sequence >>> 0, 18)
  head[26] = lacing.length
  const page = Buffer.concat([head, Buffer.from(lacing), ...packets])
  page.writeUInt32LE(oggCrc(page), CRC_AT)
  return page
}

/**
 * Puts the packets of one logical stream together again, page by page in order. The pieces of a packet around a
 * missing page are dropped.
 */
export const createOggPacketReader = (): { push(page: OggPage): OggPacket[]; midPacket(): boolean } => {
  let pieces: Buffer[] = []
  let gathered = 0
  let expected = -1
  let dropping = false

  const forget = (): void => {
    pieces = []
    gathered = 0
  }

  return {
    push(page) {
      const unbroken = page.sequence === expected
      expected = (page.sequence + 1) >>> 0
      // A start without its rest, or a rest without its start.
      if (!unbroken || !page.continued) forget()
      dropping = page.continued && (dropping || !unbroken || gathered === 0)
      const packets: OggPacket[] = []
      let from = 0
      let to = 0
      for (const size of page.lacing) {
        to += size
        if (size === 255) continue
        if (!dropping) packets.push({ bytes: Buffer.concat([...pieces, page.body.subarray(from, to)]), page })
        dropping = false
        forget()
        from = to
      }
      if (to > from) {
        if (!dropping) pieces.push(page.body.subarray(from, to))
        gathered += to - from
        if (gathered > MAX_PACKET_BYTES) {
          dropping = true
          forget()
        }
      }
      return packets
    },
    /** The last page ended inside a packet. */
    midPacket: () => gathered > 0 || dropping,
  }
}
