import { headerPackets } from './ogg-track.ts'

/** What goes before the comments in each codec's packet of them (Vorbis I §5.2.1, RFC 7845 §5.2, RFC 9639 §8.6). */
const commentsOf = (packet: Buffer): Buffer | null => {
  if (packet.toString('latin1', 0, 7) === '\x03vorbis') return packet.subarray(7)
  if (packet.toString('latin1', 0, 8) === 'OpusTags') return packet.subarray(8)
  // FLAC's first packet begins with 0x7F, so that only a bare metadata block can be of type 4.
  if (packet.length > 4 && (packet[0]! & 0x7f) === 4) return packet.subarray(4)
  return null
}

/** A length and so many bytes at `at`; null when they are not all there. */
const readVector = (bytes: Buffer, at: number): Buffer | null => {
  if (at + 4 > bytes.length) return null
  const end = at + 4 + bytes.readUInt32LE(at)
  return end > bytes.length ? null : bytes.subarray(at + 4, end)
}

const readComments = (bytes: Buffer): Map<string, string[]> => {
  const comments = new Map<string, string[]>()
  const vendor = readVector(bytes, 0)
  if (!vendor || vendor.length + 8 > bytes.length) return comments
  let at = vendor.length + 8
  for (let left = bytes.readUInt32LE(vendor.length + 4); left > 0; left -= 1) {
    const comment = readVector(bytes, at)
    if (!comment) break
    at += 4 + comment.length
    const text = comment.toString('utf8')
    const equals = text.indexOf('=')
    const name = text.slice(0, Math.max(equals, 0)).toUpperCase()
    comments.set(name, [...(comments.get(name) ?? []), text.slice(equals + 1).trim()])
  }
  return comments
}

/** `Artist - Title`, or the title alone, as the header set of an Ogg stream tells it; null if it names no title. */
export const readOggTitle = (headers: Buffer): string | null => {
  for (const packet of headerPackets(headers)) {
    const bytes = commentsOf(packet)
    if (!bytes) continue
    const comments = readComments(bytes)
    const title = comments.get('TITLE')?.[0]
    if (!title) return null
    const artists = (comments.get('ARTIST') ?? []).filter((artist) => artist !== '')
    return artists.length > 0 ? `${artists.join(', ')} - ${title}` : title
  }
  return null
}
