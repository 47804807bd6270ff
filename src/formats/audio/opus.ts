import type { AudioFormat } from './frame.ts'
import type { OggTrack } from './ogg-track.ts'

/** Opus counts time at 48 kHz whatever the encoder was fed (RFC 7845 §4). */
export const OPUS_RATE = 48000

const MAX_PACKET_SAMPLES = 5760

// RFC 6716 §3.1 table 2: samples of one frame for each of the 32 configurations.
const FRAME_SAMPLES = [
  ...[0, 1, 2].flatMap(() => [480, 960, 1920, 2880]),
  ...[0, 1].flatMap(() => [480, 960]),
  ...[0, 1, 2, 3].flatMap(() => [120, 240, 480, 960]),
]

/** Samples (at 48 kHz) that a packet lasts (RFC 6716 §3.1, §3.2); 0 if it is malformed. */
export const opusPacketSamples = (packet: Buffer): number => {
  const toc = packet[0]
  if (toc === undefined) return 0
  const code = toc & 3
  const frames = code === 0 ? 1 : code < 3 ? 2 : (packet[1] ?? 0) & 63
  const samples = frames * (FRAME_SAMPLES[toc >> 3] ?? 0)
  return samples <= MAX_PACKET_SAMPLES ? samples : 0
}

/** Reads OpusHead and OpusTags (RFC 7845 §5); null if they are not Opus. */
export const readOpusTrack = (packets: readonly Buffer[]): OggTrack | 'more' | null => {
  const [head, tags] = packets
  if (head === undefined || head.length < 19 || head.toString('latin1', 0, 8) !== 'OpusHead') return null
  const version = head[8] ?? 0
  const channels = head[9] ?? 0
  // RFC 7845 §5.1: readers accept any minor version of major 0.
  if (version >> 4 !== 0 || channels === 0) return null
  if (tags === undefined) return 'more'
  if (tags.toString('latin1', 0, 8) !== 'OpusTags') return null
  return {
    format: { codec: 'opus', rate: OPUS_RATE, channels, kbps: 0 },
    headerPackets: 2,
    preSkip: head.readUInt16LE(10),
    codecPrivate: Buffer.from(head),
    createSampleCounter: () => opusPacketSamples,
  }
}

/** The OpusHead packet of a mono or stereo stream that begins in silence. */
export const opusHead = ({ channels }: Pick<AudioFormat, 'channels'>): Buffer => {
  const head = Buffer.alloc(19)
  head.write('OpusHead', 'latin1')
  head[8] = 1
  head[9] = channels
  head.writeUInt32LE(OPUS_RATE, 12)
  return head
}

/** The OpusTags packet with no tag but the vendor. */
export const opusTags = (): Buffer => {
  const vendor = Buffer.from('Groundwave', 'utf8')
  const tags = Buffer.alloc(8 + 4 + vendor.length + 4)
  tags.write('OpusTags', 'latin1')
  tags.writeUInt32LE(vendor.length, 8)
  vendor.copy(tags, 12)
  return tags
}

/** A packet of 20 ms (960 samples) of silence for mono or stereo: CELT, full band, with its silence flag set. */
export const silentOpusPacket = ({ channels }: Pick<AudioFormat, 'channels'>): Buffer =>
  Buffer.from([channels === 1 ? 0xf8 : 0xfc, 0xff, 0xfe])
