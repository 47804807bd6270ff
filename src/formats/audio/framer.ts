import { createAdtsFramer, readAdtsHeader } from './adts.ts'
import type { Codec, Framer } from './frame.ts'
import { readId3Size } from './id3.ts'
import { createMpegFramer, readMpegHeader } from './mpeg-frame.ts'
import { createOggFramer } from './ogg-framer.ts'
import { readOggPage } from './ogg.ts'
import type { SelfFramedHeader } from './self-framed.ts'

/** How a stream is framed, which is all a source's content type tells for sure. */
export type CodecFamily = 'mp3' | 'aac' | 'ogg'

const FRAMERS: Record<CodecFamily, () => Framer> = {
  mp3: createMpegFramer,
  aac: createAdtsFramer,
  ogg: createOggFramer,
}

// Registered and unregistered names that encoders send.
const CONTENT_TYPES: Record<CodecFamily, string[]> = {
  mp3: ['audio/mpeg', 'audio/mp3', 'audio/x-mpeg', 'audio/x-mp3', 'audio/mpeg3', 'audio/x-mpeg-3', 'audio/mpg'],
  aac: ['audio/aac', 'audio/aacp', 'audio/x-aac', 'audio/x-aacp', 'audio/x-hx-aac-adts', 'audio/vnd.dlna.adts'],
  ogg: [
    'audio/ogg',
    'application/ogg',
    'application/x-ogg',
    'audio/x-ogg',
    'audio/vorbis',
    'audio/x-vorbis+ogg',
    'audio/opus',
    'audio/x-opus+ogg',
    'audio/flac-in-ogg',
    'audio/x-flac+ogg',
    'audio/ogg-flac',
  ],
}

export const createFramer = (family: CodecFamily): Framer => FRAMERS[family]()

/** The family a content type names, its parameters aside; null if it is none of ours. Native FLAC is not Ogg: null. */
export const familyOf = (contentType: string): CodecFamily | null => {
  const type = contentType.split(';', 1)[0]?.trim().toLowerCase() ?? ''
  const families: CodecFamily[] = ['mp3', 'aac', 'ogg']
  return families.find((family) => CONTENT_TYPES[family].includes(type)) ?? null
}

/** The family a codec is framed in. */
export const familyOfCodec = (codec: Codec): CodecFamily => (codec === 'mp3' || codec === 'aac' ? codec : 'ogg')

/** The content type that listeners are sent (RFC 5334 §2 for Ogg). */
export const contentTypeOf = (codec: Codec): string =>
  ({ mp3: 'audio/mpeg', aac: 'audio/aac', ogg: 'audio/ogg' })[familyOfCodec(codec)]

// Two agreeing headers happen by chance once in a few megabytes of noise; three in a row do not.
const HEADERS_IN_A_ROW = 3

type HeaderReader = (bytes: Buffer, offset: number) => Pick<SelfFramedHeader, 'byteLength' | 'rate' | 'channels'> | null

const isRun = (read: HeaderReader, bytes: Buffer, offset: number): boolean => {
  let at = offset
  let first: ReturnType<HeaderReader> = null
  for (let seen = 0; seen < HEADERS_IN_A_ROW; seen += 1) {
    const header = read(bytes, at)
    if (header === null || (first !== null && (header.rate !== first.rate || header.channels !== first.channels)))
      return false
    first ??= header
    at += header.byteLength
  }
  return true
}

/**
 * What the bytes of a source really are, whatever it claims; null if that cannot be told (yet). It needs three headers
 * in a row, or one whole Ogg page: 4 KiB are enough for every codec but FLAC and large Ogg pages.
 */
export const sniffCodec = (bytes: Buffer): CodecFamily | null => {
  for (let at = readId3Size(bytes) ?? 0; at < bytes.length; at += 1) {
    if (bytes[at] === 0x4f && readOggPage(bytes, at) !== null) return 'ogg'
    if (bytes[at] !== 0xff) continue
    if (isRun(readMpegHeader, bytes, at)) return 'mp3'
    if (isRun(readAdtsHeader, bytes, at)) return 'aac'
  }
  return null
}
