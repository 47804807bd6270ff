/** Bytes of an ID3v2 tag header. */
export const ID3_HEADER_BYTES = 10

const FOOTER_FLAG = 0x10
const UTF8 = 3
const PRIV_OWNER = Buffer.from('com.apple.streaming.transportStreamTimestamp\0', 'latin1')
const TIMESTAMP_MODULUS = 2 ** 33

// ID3v2.4 §6.2: 28 bits, seven to a byte, so that no size looks like a frame sync.
const syncsafe = (value: number): Buffer =>
  Buffer.from([(value >>> 21) & 0x7f, (value >>> 14) & 0x7f, (value >>> 7) & 0x7f, value & 0x7f])

const readSyncsafe = (bytes: Buffer, offset: number): number | null => {
  let value = 0
  for (let index = offset; index < offset + 4; index += 1) {
    const byte = bytes[index]
    if (byte === undefined || byte > 0x7f) return null
    value = value * 128 + byte
  }
  return value
}

const frame = (id: string, data: Buffer): Buffer =>
  Buffer.concat([Buffer.from(id, 'latin1'), syncsafe(data.length), Buffer.alloc(2), data])

const textFrame = (id: string, text: string): Buffer =>
  frame(id, Buffer.concat([Buffer.from([UTF8]), Buffer.from(text, 'utf8')]))

const tag = (frames: Buffer[]): Buffer => {
  const body = Buffer.concat(frames)
  return Buffer.concat([Buffer.from([0x49, 0x44, 0x33, 4, 0, 0]), syncsafe(body.length), body])
}

/** What a listener's screen shows; both may be missing. */
export type Id3Texts = { title?: string | undefined; artist?: string | undefined }

const textFrames = ({ title, artist }: Id3Texts): Buffer[] => [
  ...(title === undefined ? [] : [textFrame('TIT2', title)]),
  ...(artist === undefined ? [] : [textFrame('TPE1', artist)]),
]

/** An ID3v2.4 tag with title and artist only, as it travels in an `emsg` box. */
export const titleTag = (texts: Id3Texts): Buffer => tag(textFrames(texts))

/**
 * The ID3v2.4 tag that opens a packed-audio segment (RFC 8216 §3.4): the presentation time of its first sample in
 * 1/90000 s, cut to the 33 bits of an MPEG-2 time stamp, then title and artist.
 */
export const packedTimestampTag = ({ timestamp90k, ...texts }: { timestamp90k: number } & Id3Texts): Buffer => {
  const time = Buffer.alloc(8)
  const rounded = Math.round(timestamp90k) % TIMESTAMP_MODULUS
  time.writeBigUInt64BE(BigInt(rounded < 0 ? rounded + TIMESTAMP_MODULUS : rounded))
  return tag([frame('PRIV', Buffer.concat([PRIV_OWNER, time])), ...textFrames(texts)])
}

/** Bytes of the whole ID3v2 tag at `offset`, header and footer included; null if no tag begins there. */
export const readId3Size = (bytes: Buffer, offset = 0): number | null => {
  if (bytes.length - offset < ID3_HEADER_BYTES || bytes.toString('latin1', offset, offset + 3) !== 'ID3') return null
  const major = bytes[offset + 3] ?? 0xff
  const minor = bytes[offset + 4] ?? 0xff
  const flags = bytes[offset + 5] ?? 0
  if (major < 2 || major > 4 || minor === 0xff) return null
  const size = readSyncsafe(bytes, offset + 6)
  if (size === null) return null
  return ID3_HEADER_BYTES + size + (major === 4 && (flags & FOOTER_FLAG) !== 0 ? ID3_HEADER_BYTES : 0)
}

/** The frames of an ID3v2.4 tag in their order; empty if `bytes` does not begin with a whole one. */
export const readId3Frames = (bytes: Buffer): { id: string; data: Buffer }[] => {
  const size = readId3Size(bytes)
  if (size === null || size > bytes.length || bytes[3] !== 4) return []
  const frames: { id: string; data: Buffer }[] = []
  let at = ID3_HEADER_BYTES
  while (at + ID3_HEADER_BYTES <= size) {
    const length = readSyncsafe(bytes, at + 4)
    const id = bytes.toString('latin1', at, at + 4)
    const end = at + ID3_HEADER_BYTES + (length ?? 0)
    // Padding, or a broken length: what was read so far is good.
    if (length === null || !/^[A-Z0-9]{4}$/.test(id) || end > size) break
    frames.push({ id, data: bytes.subarray(at + ID3_HEADER_BYTES, end) })
    at = end
  }
  return frames
}
