import { createBitReader } from './bits.ts'
import type { AudioFormat, Framer } from './frame.ts'
import { createSelfFramedFramer } from './self-framed.ts'

/** One header of MPEG audio Layer III (ISO/IEC 11172-3 §2.4.2.3; 13818-3; 2.5 is the common extension to low rates). */
export type MpegHeader = {
  version: 1 | 2 | 2.5
  /** Bytes of the whole frame. */
  byteLength: number
  /** Samples per channel: 1152 in version 1, else 576. */
  samples: number
  /** Samples per second. */
  rate: number
  channels: 1 | 2
  /** Kilobits per second of this frame. */
  kbps: number
  /** A 16-bit check follows the header. */
  crc: boolean
}

/** What one granule of one channel says about its sound. */
export type MpegGranule = { channel: number; bits: number; bigValues: number; globalGain: number }

const MPEG_HEADER_BYTES = 4

const KBPS_V1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320]
const KBPS_V2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160]
const RATES = { 1: [44100, 48000, 32000], 2: [22050, 24000, 16000], 2.5: [11025, 12000, 8000] } as const
const VERSION_BITS = { 1: 3, 2: 2, 2.5: 0 } as const
const VERSIONS = [2.5, null, 2, 1] as const
const LAYER_III = 1
const MONO = 3

/** The Layer III header at `offset`; null if none is there (other layers and free format are none to us). */
export const readMpegHeader = (bytes: Buffer, offset = 0): MpegHeader | null => {
  if (bytes.length - offset < MPEG_HEADER_BYTES || bytes[offset] !== 0xff) return null
  const word = bytes.readUInt32BE(offset)
  if (word >>> 21 !== 0x7ff || ((word >>> 17) & 3) !== LAYER_III) return null
  const version = VERSIONS[(word >>> 19) & 3] ?? null
  if (version === null) return null
  const kbps = (version === 1 ? KBPS_V1 : KBPS_V2)[(word >>> 12) & 15] ?? 0
  const rate = RATES[version][(word >>> 10) & 3]
  // Emphasis 2 is reserved; refusing it makes chance headers rarer.
  if (kbps === 0 || rate === undefined || (word & 3) === 2) return null
  const samples = version === 1 ? 1152 : 576
  return {
    version,
    byteLength: Math.floor((samples * kbps * 125) / rate) + ((word >>> 9) & 1),
    samples,
    rate,
    channels: ((word >>> 6) & 3) === MONO ? 1 : 2,
    kbps,
    crc: ((word >>> 16) & 1) === 0,
  }
}

const sideInfoBytes = ({ version, channels }: MpegHeader): number =>
  version === 1 ? (channels === 1 ? 17 : 32) : channels === 1 ? 9 : 17

// The encoder's note about the file (Xing, Info, VBRI). It decodes to silence, and its frame count and seek table are
// wrong for a stream. It stands where main data would begin; encoders differ on whether a CRC moves it.
const isInfoFrame = (frame: Buffer, header: MpegHeader): boolean => {
  const afterSideInfo = MPEG_HEADER_BYTES + sideInfoBytes(header)
  const marks: [number, string[]][] = [
    [afterSideInfo, ['Xing', 'Info']],
    [afterSideInfo + 2, ['Xing', 'Info']],
    [MPEG_HEADER_BYTES + 32, ['VBRI']],
  ]
  const mark = marks.find(([at, names]) => names.includes(frame.toString('latin1', at, at + 4)))
  // Real sound has side information; only such a note leaves it empty.
  return (
    mark !== undefined && frame.subarray(header.crc ? 6 : 4, Math.min(mark[0], afterSideInfo)).every((b) => b === 0)
  )
}

/** Cuts MPEG Layer III, constant or variable rate; drops ID3 tags and encoders' information frames. */
export const createMpegFramer = (): Framer =>
  createSelfFramedFramer<MpegHeader>({
    codec: 'mp3',
    headerBytes: MPEG_HEADER_BYTES,
    readHeader: readMpegHeader,
    agree: (one, other) => one.version === other.version && one.rate === other.rate && one.channels === other.channels,
    isInfoFrame,
  })

/** The granules of a frame in stream order (ISO/IEC 11172-3 §2.4.1.7); empty if `frame` is not a whole header and side information. */
export const readMpegGranules = (frame: Buffer): MpegGranule[] => {
  const header = readMpegHeader(frame)
  if (header === null) return []
  const start = MPEG_HEADER_BYTES + (header.crc ? 2 : 0)
  if (frame.length < start + sideInfoBytes(header)) return []
  const { version, channels } = header
  // main_data_begin, private bits and (version 1) scfsi come before the granules; each granule has a fixed length.
  const lead = version === 1 ? 9 + (channels === 1 ? 5 : 3) + 4 * channels : 8 + channels
  const granuleBits = version === 1 ? 59 : 63
  const count = (version === 1 ? 2 : 1) * channels
  const bits = createBitReader(frame, start)
  bits.skip(lead)
  return Array.from({ length: count }, (_, index) => {
    const granule = {
      channel: index % channels,
      bits: bits.read(12),
      bigValues: bits.read(9),
      globalGain: bits.read(8),
    }
    bits.skip(granuleBits - 29)
    return granule
  })
}

const isEmpty = (granule: MpegGranule): boolean => granule.bits === 0 && granule.bigValues === 0

/** The frame holds no coded sound at all: digital silence. */
export const isSilentMpegFrame = (frame: Buffer): boolean => {
  const granules = readMpegGranules(frame)
  return granules.length > 0 && granules.every(isEmpty)
}

/**
 * Mean global_gain, 1.5 dB a step, of the granules that hold sound (with mid/side coding one channel may be empty);
 * 0 for digital silence, null if `frame` is none. It is no loudness: compare it only with the same stream's recent past.
 */
export const mpegGlobalGain = (frame: Buffer): number | null => {
  const granules = readMpegGranules(frame)
  if (granules.length === 0) return null
  const heard = granules.filter((granule) => !isEmpty(granule))
  return heard.reduce((sum, { globalGain }) => sum + globalGain, 0) / Math.max(heard.length, 1)
}

/** A whole frame that decodes to silence, at the lowest bit rate its rate allows; throws for a rate Layer III lacks. */
export const silentMpegFrame = ({ rate, channels }: Pick<AudioFormat, 'rate' | 'channels'>): Buffer => {
  for (const version of [1, 2, 2.5] as const) {
    const rateIndex = (RATES[version] as readonly number[]).indexOf(rate)
    if (rateIndex === -1) continue
    // Bit rate index 1; no CRC; zero side information says "no bits, no reservoir".
    const head = [
      0xff,
      0xe3 | (VERSION_BITS[version] << 3),
      (1 << 4) | (rateIndex << 2),
      channels === 1 ? MONO << 6 : 0,
    ]
    const header = readMpegHeader(Buffer.from(head))
    if (header !== null) return Buffer.concat([Buffer.from(head)], header.byteLength)
  }
  throw new Error(`MPEG Layer III has no sample rate of ${rate} Hz.`)
}
