import type { AudioFormat } from './frame.ts'
import type { OggTrack } from './ogg-track.ts'

/** Where STREAMINFO's block header stands in the first packet: after 0x7F "FLAC", version, count and "fLaC". */
const BLOCK_AT = 13
const STREAMINFO_BYTES = 34
const FIRST_PACKET_BYTES = BLOCK_AT + 4 + STREAMINFO_BYTES
const LAST_BLOCK = 0x80

/** What STREAMINFO (RFC 9639 §8.2) says about the sound. */
export type FlacInfo = { rate: number; channels: number; bitsPerSample: number }

/** Reads the 34 bytes of STREAMINFO; null if they cannot be. */
export const readStreamInfo = (info: Buffer): FlacInfo | null => {
  if (info.length < STREAMINFO_BYTES) return null
  const word = info.readUInt32BE(10)
  const rate = word >>> 12
  return rate === 0 ? null : { rate, channels: ((word >>> 9) & 7) + 1, bitsPerSample: ((word >>> 4) & 31) + 1 }
}

/** Samples per channel of one FLAC frame, from its header (RFC 9639 §9.1.1); 0 if it is none. */
export const flacFrameSamples = (frame: Buffer): number => {
  if (frame.length < 6 || frame[0] !== 0xff || ((frame[1] ?? 0) & 0xfe) !== 0xf8) return 0
  const code = (frame[2] ?? 0) >> 4
  if (code === 0) return 0
  if (code === 1) return 192
  if (code < 6) return 576 << (code - 2)
  if (code > 7) return 256 << (code - 8)
  // The size follows the coded number, whose first byte tells its length as in UTF-8.
  const lead = frame[4] ?? 0
  const after = 4 + (lead < 0x80 ? 1 : Math.clz32(~(lead << 24)))
  if (after + 2 > frame.length) return 0
  return (code === 6 ? (frame[after] ?? 0) : frame.readUInt16BE(after)) + 1
}

/** Reads the header packets of FLAC in Ogg (RFC 9639 §10.1); null if they are not. */
export const readFlacTrack = (packets: readonly Buffer[]): OggTrack | 'more' | null => {
  const [first, ...others] = packets
  if (first === undefined || first.length < FIRST_PACKET_BYTES || first.toString('latin1', 0, 5) !== '\x7fFLAC')
    return null
  if (first[5] !== 1 || first.toString('latin1', 9, BLOCK_AT) !== 'fLaC' || ((first[BLOCK_AT] ?? 0) & 127) !== 0)
    return null
  const streamInfo = Buffer.from(first.subarray(BLOCK_AT + 4, FIRST_PACKET_BYTES))
  const info = readStreamInfo(streamInfo)
  const blocks = [first.subarray(BLOCK_AT), ...others]
  const last = blocks.findIndex((block) => ((block[0] ?? 0) & LAST_BLOCK) !== 0)
  // The count may be 0, for unknown; then only the mark on the last block tells.
  const count = first.readUInt16BE(7)
  const complete = last !== -1 ? last + 1 : count > 0 && others.length >= count ? count + 1 : 0
  const headers = complete === 0 ? blocks : blocks.slice(0, complete)
  // Block type 127 is forbidden: a frame where a header should be.
  if (info === null || headers.some((block) => block.length < 4 || ((block[0] ?? 0) & 127) === 127)) return null
  if (complete === 0) return 'more'
  return {
    format: { codec: 'flac', rate: info.rate, channels: info.channels, kbps: 0 },
    headerPackets: complete,
    preSkip: 0,
    codecPrivate: streamInfo,
    createSampleCounter: () => flacFrameSamples,
  }
}

/** Samples per channel of our silent frames. */
export const SILENT_FLAC_SAMPLES = 4096

const SILENT_BITS = 16

/** The two header packets of a FLAC stream whose frames are all `SILENT_FLAC_SAMPLES` long. */
export const silentFlacHeaders = ({ rate, channels }: Pick<AudioFormat, 'rate' | 'channels'>): [Buffer, Buffer] => {
  const first = Buffer.alloc(FIRST_PACKET_BYTES)
  first.write('\x7fFLAC\x01\x00\x00\x01fLaC', 'latin1')
  first.writeUIntBE(STREAMINFO_BYTES, BLOCK_AT + 1, 3)
  const info = first.subarray(BLOCK_AT + 4)
  info.writeUInt16BE(SILENT_FLAC_SAMPLES, 0)
  info.writeUInt16BE(SILENT_FLAC_SAMPLES, 2)
  info.writeUInt32BE(((rate << 12) | ((channels - 1) << 9) | ((SILENT_BITS - 1) << 4)) >>> 0, 10)
  const vendor = Buffer.from('Groundwave', 'utf8')
  const comment = Buffer.alloc(4 + 4 + vendor.length + 4)
  comment[0] = LAST_BLOCK | 4
  comment.writeUIntBE(comment.length - 4, 1, 3)
  comment.writeUInt32LE(vendor.length, 4)
  vendor.copy(comment, 8)
  return [first, comment]
}

// RFC 9639 §9.1.8 and §9.3: polynomials x^8+x^2+x+1 and x^16+x^15+x^2+1, from zero.
const crc = (bytes: Buffer, width: 8 | 16, polynomial: number): number => {
  const top = 1 << (width - 1)
  const mask = top * 2 - 1
  let value = 0
  for (const byte of bytes) {
    value ^= byte << (width - 8)
    for (let bit = 0; bit < 8; bit += 1) value = ((value & top) === 0 ? value << 1 : (value << 1) ^ polynomial) & mask
  }
  return value
}

// RFC 9639 §9.1.5: the number is coded as UTF-8 would, on to 36 bits; 31 are years of sound.
const codedNumber = (value: number): Buffer => {
  if (value < 0x80) return Buffer.from([value])
  const tail: number[] = []
  let rest = value
  let room = 6
  while (rest >= 2 ** room) {
    tail.unshift(0x80 | (rest % 64))
    rest = Math.floor(rest / 64)
    room -= 1
  }
  return Buffer.from([((0xff << (room + 1)) & 0xff) | rest, ...tail])
}

/** Frame `index` of a silent FLAC stream: every channel one constant subframe of 0 (RFC 9639 §9.2.3). */
export const silentFlacFrame = ({ channels }: Pick<AudioFormat, 'channels'>, index: number): Buffer => {
  // 4096 samples; rate as STREAMINFO says; independent channels; 16 bits.
  const head = Buffer.concat([
    Buffer.from([0xff, 0xf8, 0xc0, ((channels - 1) << 4) | (4 << 1)]),
    codedNumber(index % 2 ** 31),
  ])
  const subframes = Buffer.alloc(channels * 3)
  const frame = Buffer.concat([head, Buffer.from([crc(head, 8, 0x07)]), subframes])
  const check = Buffer.alloc(2)
  check.writeUInt16BE(crc(frame, 16, 0x8005))
  return Buffer.concat([frame, check])
}
