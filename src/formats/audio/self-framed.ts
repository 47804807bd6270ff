import type { AudioFormat, Codec, Frame, Framer } from './frame.ts'
import { ID3_HEADER_BYTES, readId3Size } from './id3.ts'

/** The part of a frame header that a scanner needs. */
export type SelfFramedHeader = {
  /** Bytes of the whole frame, header included. */
  byteLength: number
  /** Samples per channel. */
  samples: number
  /** Samples per second. */
  rate: number
  channels: number
  /** Kilobits per second as the header says; 0 where headers do not say (ADTS). */
  kbps: number
}

/** A codec whose frames begin with 0xFF and name their own length: MPEG audio and ADTS. */
export type SelfFramedCodec<Header extends SelfFramedHeader> = {
  codec: Codec
  headerBytes: number
  readHeader(bytes: Buffer, offset: number): Header | null
  /** Two headers can belong to one unbroken run. */
  agree(one: Header, other: Header): boolean
  /** A frame that carries no sound (encoder information) and must not be passed on. */
  isInfoFrame(frame: Buffer, header: Header): boolean
}

// A cover picture fits. A larger claim is more likely a lie, and believing it would be minutes of dead air:
// its bytes are then searched for frames like any other junk.
const MAX_TAG_BYTES = 1024 * 1024
const ID3V1_BYTES = 128
const EMPTY = Buffer.alloc(0)

/** Bytes of the tag at `offset`; 0 if none is there, -1 if more bytes are needed to tell. */
const tagBytesAt = (bytes: Buffer, offset: number, atFrameEnd: boolean): number => {
  const word = bytes.toString('latin1', offset, offset + 3)
  // Only where a frame has just ended: in junk the three letters mean nothing and 128 bytes may hold a frame.
  if (atFrameEnd && 'TAG'.startsWith(word)) return word.length < 3 ? -1 : ID3V1_BYTES
  if (!'ID3'.startsWith(word)) return 0
  if (bytes.length - offset < ID3_HEADER_BYTES) return -1
  const size = readId3Size(bytes, offset)
  return size === null || size > MAX_TAG_BYTES ? 0 : size
}

/**
 * Cuts a stream of self-framed audio. To (re)gain sync it wants two agreeing headers in a row, one frame apart;
 * in sync it takes each frame as soon as it is whole (but one more than twice as long as any before only with the next header). The cuts do not depend on how the stream is split over pushes.
 * Every byte that is not handed out is counted as skipped: junk, tags and information frames alike.
 */
export const createSelfFramedFramer = <Header extends SelfFramedHeader>(rules: SelfFramedCodec<Header>): Framer => {
  let held: Buffer = EMPTY
  let inSync: Header | null = null
  let latest: Header | null = null
  let longest = 0
  let tagLeft = 0
  let skipped = 0
  let constantKbps = 0
  let totalBytes = 0
  let totalSamples = 0

  const skip = (bytes: number): number => {
    skipped += bytes
    return bytes
  }

  const note = (header: Header): void => {
    if (latest === null || latest.rate !== header.rate || latest.channels !== header.channels) {
      constantKbps = header.kbps
      totalBytes = 0
      totalSamples = 0
      longest = 0
    }
    longest = Math.max(longest, header.byteLength)
    if (header.kbps !== constantKbps) constantKbps = 0
    totalBytes += header.byteLength
    totalSamples += header.samples
    latest = header
  }

  const take = (input: Buffer, at: number, header: Header, frames: Frame[]): number => {
    const bytes = input.subarray(at, at + header.byteLength)
    inSync = header
    if (rules.isInfoFrame(bytes, header)) return skip(bytes.length)
    note(header)
    frames.push({ bytes, samples: header.samples, joinable: true })
    return bytes.length
  }

  /** Deals with what begins at `at`; returns the bytes used up, 0 when more input is needed. */
  const step = (input: Buffer, at: number, frames: Frame[]): number => {
    const left = input.length - at
    if (left === 0) return 0
    if (tagLeft > 0) {
      const gone = Math.min(tagLeft, left)
      tagLeft -= gone
      return skip(gone)
    }
    if (input[at] !== 0xff) {
      const tag = tagBytesAt(input, at, inSync !== null)
      if (tag < 0) return 0
      if (tag > 0) {
        tagLeft = tag
        return step(input, at, frames)
      }
      inSync = null
      return skip(1)
    }
    if (left < rules.headerBytes) return 0
    const header = rules.readHeader(input, at)
    if (header === null) {
      inSync = null
      return skip(1)
    }
    // A frame out of all proportion may be a damaged length, which would swallow many good frames: it needs a second
    // header too.
    if (inSync !== null && rules.agree(inSync, header) && header.byteLength <= longest * 2) {
      return left < header.byteLength ? 0 : take(input, at, header, frames)
    }
    if (left < header.byteLength + rules.headerBytes) return 0
    const next = rules.readHeader(input, at + header.byteLength)
    if (next !== null && rules.agree(header, next)) return take(input, at, header, frames)
    inSync = null
    return skip(1)
  }

  const averageKbps = (rate: number): number =>
    totalSamples === 0 ? 0 : Math.round((totalBytes * 8 * rate) / totalSamples / 1000)

  return {
    push(chunk) {
      const input = held.length === 0 ? chunk : Buffer.concat([held, chunk])
      const frames: Frame[] = []
      let at = 0
      for (let used = step(input, at, frames); used > 0; used = step(input, at, frames)) at += used
      // Copied, so that a few bytes do not keep a whole socket read alive.
      held = at === input.length ? EMPTY : Buffer.from(input.subarray(at))
      return frames
    },
    format(): AudioFormat | null {
      if (latest === null) return null
      const { rate, channels } = latest
      return { codec: rules.codec, rate, channels, kbps: constantKbps === 0 ? averageKbps(rate) : constantKbps }
    },
    headers: () => null,
    skippedBytes: () => skipped,
  }
}
