// A second reading of the bare frame formats, from their specifications and apart from src/formats: what the server
// sends is judged by it.

export type Family = 'mp3' | 'aac' | 'ogg'
export type Walk = {
  frames: Buffer[]
  /** Bytes before the first frame. */
  lead: number
  /** Bytes between frames that belong to none. */
  junk: number
  /** Bytes of a last frame that has not come whole. */
  rest: number
}

/** Cuts bytes into MPEG or ADTS frames, or Ogg pages. */
export const walk = (bytes: Buffer, family: Family): Walk => {
  const lengthAt = { mp3: mpegLength, aac: adtsLength, ogg: pageLength }[family]
  const frames: Buffer[] = []
  let lead = 0
  let junk = 0
  let at = 0
  while (at < bytes.length) {
    const length = lengthAt(bytes, at)
    if (length === INCOMPLETE || (length !== null && at + length > bytes.length))
      return { frames, lead, junk, rest: bytes.length - at }
    if (length === null) {
      if (frames.length === 0) lead++
      else junk++
      at++
      continue
    }
    frames.push(bytes.subarray(at, at + length))
    at += length
  }
  return { frames, lead, junk, rest: 0 }
}

/** The part that ends with a whole frame. */
export const wholeFrames = (bytes: Buffer, family: Family): Buffer =>
  bytes.subarray(0, bytes.length - walk(bytes, family).rest)

/** Pages that carry sound, without those of headers (their granule position is 0). */
export const soundPages = (pages: Buffer[]): Buffer[] => pages.filter((page) => page.readBigUInt64LE(6) !== 0n)

const INCOMPLETE = -1

const KBPS: Record<string, number[]> = {
  // ISO 11172-3 and 13818-3, layer III.
  1: [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  2: [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
}

const mpegLength = (bytes: Buffer, at: number): number | null => {
  if (bytes[at] !== 0xff) return null
  if (at + 4 > bytes.length) return INCOMPLETE
  const [, b1 = 0, b2 = 0] = bytes.subarray(at, at + 3)
  const version = (b1 >> 3) & 3
  if ((b1 & 0xe0) !== 0xe0 || version === 1 || ((b1 >> 1) & 3) !== 1) return null
  const kbps = KBPS[version === 3 ? 1 : 2]?.[b2 >> 4] ?? 0
  const rate = [44_100, 48_000, 32_000][(b2 >> 2) & 3]
  if (kbps === 0 || rate === undefined) return null
  const real = version === 3 ? rate : version === 2 ? rate / 2 : rate / 4
  return Math.floor(((version === 3 ? 144 : 72) * kbps * 1000) / real) + ((b2 >> 1) & 1)
}

const adtsLength = (bytes: Buffer, at: number): number | null => {
  if (bytes[at] !== 0xff) return null
  if (at + 7 > bytes.length) return INCOMPLETE
  if ((bytes[at + 1]! & 0xf6) !== 0xf0) return null
  const length = ((bytes[at + 3]! & 3) << 11) | (bytes[at + 4]! << 3) | (bytes[at + 5]! >> 5)
  return length > 7 ? length : null
}

const pageLength = (bytes: Buffer, at: number): number | null => {
  if (bytes[at] !== 0x4f) return null
  if (at + 27 > bytes.length) return INCOMPLETE
  if (bytes.toString('latin1', at, at + 4) !== 'OggS') return null
  const segments = bytes[at + 26]!
  if (at + 27 + segments > bytes.length) return INCOMPLETE
  return 27 + segments + bytes.subarray(at + 27, at + 27 + segments).reduce((sum, size) => sum + size, 0)
}
