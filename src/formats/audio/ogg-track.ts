import { readFlacTrack } from './flac.ts'
import type { AudioFormat } from './frame.ts'
import { createOggPacketReader, readOggPage } from './ogg.ts'
import { readOpusTrack } from './opus.ts'
import { readVorbisTrack } from './vorbis.ts'

/** What the header packets of one logical Ogg stream say. */
export type OggTrack = {
  /** `kbps` is 0 where the headers do not say. */
  format: AudioFormat
  /** How many packets the header set has. */
  headerPackets: number
  /** Samples a decoder throws away at the very beginning; only Opus has them (RFC 7845 §4.2). */
  preSkip: number
  /** What an MP4 sample entry needs: the OpusHead packet, or FLAC's STREAMINFO; null where we write no MP4. */
  codecPrivate: Buffer | null
  /** Makes a counter that is shown every audio packet in order and tells the samples each adds; null if unknowable. */
  createSampleCounter(): ((packet: Buffer) => number) | null
}

/**
 * Reads the header packets of a logical stream in order. `more`: good so far, another packet is needed.
 * Null: no codec of ours, or damaged.
 */
export const readOggTrack = (packets: readonly Buffer[]): OggTrack | 'more' | null =>
  readVorbisTrack(packets) ?? readOpusTrack(packets) ?? readFlacTrack(packets)

/** The track of a whole header set as a framer's `headers()` gives it; null if it is not whole. */
export const readOggHeaders = (headers: Buffer): OggTrack | null => {
  const reader = createOggPacketReader()
  const packets: Buffer[] = []
  for (let at = 0; at < headers.length;) {
    const page = readOggPage(headers, at)
    if (page === null) return null
    packets.push(...reader.push(page).map(({ bytes }) => bytes))
    at += page.bytes.length
  }
  const track = readOggTrack(packets)
  return track === 'more' ? null : track
}
