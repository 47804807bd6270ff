import type { AudioFormat, Framer } from './frame.ts'
import { createSelfFramedFramer } from './self-framed.ts'

/** One ADTS header (ISO/IEC 13818-7 §6.2, 14496-3 §1.A.2.2). */
export type AdtsHeader = {
  /** Bytes of the whole frame. */
  byteLength: number
  /** Bytes before the coded sound: 7, or 9 with a CRC. */
  headerBytes: number
  /** Samples per channel of the core codec. */
  samples: number
  /**
   * Samples per second of the core codec. HE-AAC does not show in the header: its decoder gives out twice as many
   * samples at twice this rate, so durations counted here stay right.
   */
  rate: number
  channels: number
  /** MPEG-4 audio object type: 2 is LC, also beneath HE-AAC. */
  objectType: number
  /** ADTS does not say: always 0. */
  kbps: 0
  /** The 28 bits that never change within a stream. */
  fixed: number
}

const ADTS_HEADER_BYTES = 7

const RATES = [96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350]
// Configuration 0 puts the channels into the coded sound; no radio encoder sends it.
const CHANNELS = [0, 1, 2, 3, 4, 5, 6, 8]

/** The ADTS header at `offset`; null if none is there. */
export const readAdtsHeader = (bytes: Buffer, offset = 0): AdtsHeader | null => {
  if (bytes.length - offset < ADTS_HEADER_BYTES || bytes[offset] !== 0xff) return null
  const word = bytes.readUInt32BE(offset)
  // Syncword, and layer 0: with layer 1 the same bits are MPEG Layer III.
  if (word >>> 20 !== 0xfff || ((word >>> 17) & 3) !== 0) return null
  const rate = RATES[(word >>> 10) & 15]
  const channels = CHANNELS[(word >>> 6) & 7] ?? 0
  const headerBytes = ((word >>> 16) & 1) === 1 ? 7 : 9
  const byteLength = ((word & 3) << 11) | (bytes.readUInt16BE(offset + 4) >>> 5)
  if (rate === undefined || channels === 0 || byteLength <= headerBytes) return null
  return {
    byteLength,
    headerBytes,
    samples: 1024 * (((bytes[offset + 6] ?? 0) & 3) + 1),
    rate,
    channels,
    objectType: ((word >>> 14) & 3) + 1,
    kbps: 0,
    fixed: word >>> 4,
  }
}

/** Cuts AAC in ADTS; drops ID3 tags between frames. */
export const createAdtsFramer = (): Framer =>
  createSelfFramedFramer<AdtsHeader>({
    codec: 'aac',
    headerBytes: ADTS_HEADER_BYTES,
    readHeader: readAdtsHeader,
    agree: (one, other) => one.fixed === other.fixed,
    isInfoFrame: () => false,
  })

// Elements of raw_data_block() with max_sfb = 0, so no spectrum: ISO/IEC 14496-3 tables 4.3 to 4.6 and 4.50.
// single: id, tag 0, global_gain 0, ics_info (reserved, window 0, shape, max_sfb 0, no prediction), no pulse/TNS/gain.
const single = (id: string): string => `${id}0000${'0'.repeat(8 + 11 + 3)}`
// pair: common window, ics_info, no M/S, then gain and flags of both channels.
const PAIR = `00100001${'0'.repeat(11 + 2 + 2 * (8 + 3))}`
const MIDDLE = single('000')
const LOW = single('011')
const END = '111'
const SILENCE: Record<number, string[]> = {
  1: [MIDDLE],
  2: [PAIR],
  3: [MIDDLE, PAIR],
  4: [MIDDLE, PAIR, MIDDLE],
  5: [MIDDLE, PAIR, PAIR],
  6: [MIDDLE, PAIR, PAIR, LOW],
  8: [MIDDLE, PAIR, PAIR, PAIR, LOW],
}

/** A whole AAC-LC frame that decodes to silence; throws for a rate or channel count ADTS lacks. */
export const silentAdtsFrame = ({ rate, channels }: Pick<AudioFormat, 'rate' | 'channels'>): Buffer => {
  const elements = SILENCE[channels]
  const rateIndex = RATES.indexOf(rate)
  if (elements === undefined || rateIndex === -1) throw new Error(`ADTS has no ${channels} channels at ${rate} Hz.`)
  const bits = elements.join('') + END
  const body = bits.padEnd(Math.ceil(bits.length / 8) * 8, '0').match(/.{8}/g) ?? []
  const length = ADTS_HEADER_BYTES + body.length
  const config = CHANNELS.indexOf(channels)
  return Buffer.from([
    0xff,
    0xf1,
    (1 << 6) | (rateIndex << 2) | (config >> 2),
    ((config & 3) << 6) | (length >> 11),
    (length >> 3) & 0xff,
    // Buffer fullness 0x7FF: variable rate.
    ((length & 7) << 5) | 0x1f,
    0xfc,
    ...body.map((byte) => Number.parseInt(byte, 2)),
  ])
}
