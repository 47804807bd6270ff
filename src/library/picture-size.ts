export type PictureSize = { width: number; height: number }

/** Pixels of a JPEG, PNG, GIF or WebP as its head tells them; null when it tells none. */
export const pictureSize = (bytes: Buffer): PictureSize | null => {
  if (bytes.length < 30) return null
  if (bytes.readUInt32BE(0) === 0x89504e47) return sizeOf(bytes.readUInt32BE(16), bytes.readUInt32BE(20))
  const text = bytes.toString('latin1', 0, 16)
  if (text.startsWith('GIF8')) return sizeOf(bytes.readUInt16LE(6), bytes.readUInt16LE(8))
  if (text.startsWith('RIFF') && text.slice(8, 12) === 'WEBP') return webpSize(bytes, text.slice(12, 16))
  return bytes.readUInt16BE(0) === 0xffd8 ? jpegSize(bytes) : null
}

const sizeOf = (width: number, height: number): PictureSize | null =>
  width > 0 && height > 0 && width <= 65_535 && height <= 65_535 ? { width, height } : null

// developers.google.com/speed/webp/docs/riff_container; RFC 6386 §9.1 for VP8.
const webpSize = (bytes: Buffer, chunk: string): PictureSize | null => {
  if (chunk === 'VP8X') return sizeOf(bytes.readUIntLE(24, 3) + 1, bytes.readUIntLE(27, 3) + 1)
  if (chunk === 'VP8 ') return sizeOf(bytes.readUInt16LE(26) & 0x3fff, bytes.readUInt16LE(28) & 0x3fff)
  if (chunk !== 'VP8L') return null
  const bits = bytes.readUInt32LE(21)
  return sizeOf((bits & 0x3fff) + 1, ((bits >> 14) & 0x3fff) + 1)
}

/** Walks the markers to the frame header (ITU-T T.81 §B.2.2). */
const jpegSize = (bytes: Buffer): PictureSize | null => {
  for (let at = 2; at + 9 < bytes.length;) {
    if (bytes[at] !== 0xff) return null
    const marker = bytes[at + 1] ?? 0
    if (marker === 0xff) {
      at += 1
      continue
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (isFrame) return sizeOf(bytes.readUInt16BE(at + 7), bytes.readUInt16BE(at + 5))
    at += 2 + bytes.readUInt16BE(at + 2)
  }
  return null
}
