import { readStreamInfo } from './flac.ts'
import type { AudioFormat } from './frame.ts'
import { titleTag } from './id3.ts'
import { box, cString, fullBox, u16, u32, u64, u8 } from './mp4-boxes.ts'
import type { TimedPacket } from './ogg-track.ts'

/** One media segment (or part of one) of a fragmented MP4. */
export type MediaSegment = {
  /** Number of the fragment; rises by one. */
  sequence: number
  /** Samples of the run before it: its place on the media clock, whose unit is one sample. */
  decodeTime: number
  /** Ticks of the media clock per second: the sample rate. */
  rate: number
  /** Durations in samples. */
  packets: readonly TimedPacket[]
  /** Shown by players from the segment's first sample on. */
  title?: string
  artist?: string
}

const TRACK_ID = 1
const UNITY = [0x00010000, 0, 0, 0, 0x00010000, 0, 0, 0, 0x40000000]
// Every packet can be decoded by itself (ISO/IEC 14496-12 §8.8.3.1: sample_depends_on = 2).
const SYNC_SAMPLE = 0x02000000
const LAST_BLOCK = 0x80
const ID3_SCHEME = 'https://aomedia.org/emsg/ID3'

// Encapsulation of Opus in ISO BMFF §4.3.2: OpusHead in big-endian, without its magic, as version 0.
const opusConfig = (head: Buffer): Buffer =>
  box(
    'dOps',
    u8(0, head[9] ?? 0),
    u16(head.readUInt16LE(10)),
    u32(head.readUInt32LE(12)),
    u16(head.readUInt16LE(16)),
    head.subarray(18),
  )

// Encapsulation of FLAC in ISO BMFF §3.3.2: the metadata block, marked as the last.
const flacConfig = (streamInfo: Buffer): Buffer =>
  fullBox('dfLa', 0, 0, u8(LAST_BLOCK, 0, 0, streamInfo.length), streamInfo)

const sampleEntry = ({ codec, rate, channels }: AudioFormat, codecPrivate: Buffer): Buffer => {
  const bits = codec === 'flac' ? (readStreamInfo(codecPrivate)?.bitsPerSample ?? 16) : 16
  // The rate is 16.16 fixed point; one that does not fit is written as 0, and the codec's own box tells it.
  const head = Buffer.concat([
    u32(0),
    u16(0, 1),
    u32(0, 0),
    u16(channels, bits, 0, 0),
    u32(rate > 0xffff ? 0 : rate * 65536),
  ])
  return codec === 'opus' ? box('Opus', head, opusConfig(codecPrivate)) : box('fLaC', head, flacConfig(codecPrivate))
}

const mediaInformation = (entry: Buffer): Buffer =>
  box(
    'minf',
    fullBox('smhd', 0, 0, u16(0, 0)),
    box('dinf', fullBox('dref', 0, 0, u32(1), fullBox('url ', 0, 1))),
    box(
      'stbl',
      fullBox('stsd', 0, 0, u32(1), entry),
      fullBox('stts', 0, 0, u32(0)),
      fullBox('stsc', 0, 0, u32(0)),
      fullBox('stsz', 0, 0, u32(0, 0)),
      fullBox('stco', 0, 0, u32(0)),
    ),
  )

/**
 * The init segment of Opus or FLAC (ISO/IEC 23000-19, CMAF). `codecPrivate` is as `OggTrack` gives it: the OpusHead
 * packet, or the 34 bytes of STREAMINFO. Throws for other codecs.
 */
export const initSegment = (format: AudioFormat, codecPrivate: Buffer): Buffer => {
  if (format.codec !== 'opus' && format.codec !== 'flac')
    throw new Error(`No fragmented MP4 is written for ${format.codec}.`)
  const { rate } = format
  const track = box(
    'trak',
    // Enabled, in the movie; an audio track has full volume and no size.
    fullBox('tkhd', 0, 3, u32(0, 0, TRACK_ID, 0, 0, 0, 0), u16(0, 0, 0x0100, 0), u32(...UNITY, 0, 0)),
    box(
      'mdia',
      // Language "und", as three five-bit letters.
      fullBox('mdhd', 0, 0, u32(0, 0, rate, 0), u16(0x55c4, 0)),
      fullBox('hdlr', 0, 0, u32(0), Buffer.from('soun', 'latin1'), u32(0, 0, 0), cString('Groundwave')),
      mediaInformation(sampleEntry(format, codecPrivate)),
    ),
  )
  return Buffer.concat([
    box('ftyp', Buffer.from('iso6', 'latin1'), u32(0), Buffer.from('iso6cmfcmp41', 'latin1')),
    box(
      'moov',
      fullBox(
        'mvhd',
        0,
        0,
        u32(0, 0, rate, 0, 0x00010000),
        u16(0x0100, 0),
        u32(0, 0, ...UNITY, 0, 0, 0, 0, 0, 0, TRACK_ID + 1),
      ),
      track,
      box('mvex', fullBox('trex', 0, 0, u32(TRACK_ID, 1, 0, 0, SYNC_SAMPLE))),
    ),
  ])
}

// ISO/IEC 23009-1 §5.10.3.3, version 1: at the segment's first sample, of unknown length, its id the segment's.
const titleEvent = ({ sequence, decodeTime, rate, title, artist }: MediaSegment): Buffer =>
  title === undefined && artist === undefined
    ? Buffer.alloc(0)
    : fullBox(
        'emsg',
        1,
        0,
        u32(rate),
        u64(decodeTime),
        u32(0xffffffff, sequence),
        cString(ID3_SCHEME),
        cString(''),
        titleTag({ title, artist }),
      )

/** A fragment: the title's event if there is one, `moof`, `mdat`. */
export const mediaSegment = (segment: MediaSegment): Buffer => {
  const { sequence, decodeTime, packets } = segment
  const samples = u32(...packets.flatMap(({ bytes, duration }) => [duration, bytes.length]))
  const fragment = (dataOffset: number): Buffer =>
    box(
      'moof',
      fullBox('mfhd', 0, 0, u32(sequence)),
      box(
        'traf',
        // default-base-is-moof, and the default sample flags again for players that join on this fragment.
        fullBox('tfhd', 0, 0x020020, u32(TRACK_ID, SYNC_SAMPLE)),
        fullBox('tfdt', 1, 0, u64(decodeTime)),
        // Data offset, and each sample's duration and size.
        fullBox('trun', 0, 0x000301, u32(packets.length, dataOffset), samples),
      ),
    )
  // The offset counts from the start of moof, so its length must be known first; it does not depend on the value.
  const dataOffset = fragment(0).length + 8
  return Buffer.concat([titleEvent(segment), fragment(dataOffset), box('mdat', ...packets.map(({ bytes }) => bytes))])
}
