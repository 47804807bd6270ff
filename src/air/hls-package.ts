import { initSegment, mediaSegment } from '../formats/audio/fmp4.ts'
import type { AudioFormat } from '../formats/audio/frame.ts'
import { packedTimestampTag } from '../formats/audio/id3.ts'
import { readOggHeaders, readOggPackets } from '../formats/audio/ogg-track.ts'
import type { SegmentRecord } from '../formats/audio/segment-index.ts'

export type PackageOrder = {
  record: SegmentRecord
  format: AudioFormat
  title: string | null
  /** The segment's archived bytes: frames, or Ogg pages. */
  bytes: Buffer
  /** Ogg: the header pages of its run. */
  headers: Buffer | null
}

/** MPEG-2's 90 kHz clock, which the ID3 timestamp of packed audio uses (RFC 8216 §3.4). */
const TRANSPORT_RATE = 90_000

/** An archived segment as HLS carries it: packed audio behind an ID3 tag, or a fragment of MP4; null if it cannot. */
export const packageSegment = ({ record, format, title, bytes, headers }: PackageOrder): Buffer | null => {
  const names = splitTitle(title)
  if (format.codec === 'mp3' || format.codec === 'aac') {
    // From the running count of samples, never from wall time: the player's buffer must join without a seam.
    const timestamp90k = Math.round((record.sampleStart * TRANSPORT_RATE) / format.rate)
    return Buffer.concat([packedTimestampTag({ timestamp90k, ...names }), bytes])
  }
  if (!headers) return null
  const packets = readOggPackets(headers, bytes)
  if (packets.length === 0) return null
  return mediaSegment({ sequence: record.seq, decodeTime: record.sampleStart, rate: format.rate, packets, ...names })
}

/** The MP4 initialisation section that goes with `packageSegment`'s fragments; null for codecs without one. */
export const packageInit = (format: AudioFormat, headers: Buffer): Buffer | null => {
  const codecPrivate = readOggHeaders(headers)?.codecPrivate
  return codecPrivate ? initSegment(format, codecPrivate) : null
}

// A stream title is one string by custom `Artist - Title`; it travels whole, so that every surface shows the same.
const splitTitle = (title: string | null): { title?: string } => (title === null ? {} : { title })
