import { readFlacTrack } from './flac.ts'
import type { AudioFormat } from './frame.ts'
import { createOggPacketReader, readOggPage } from './ogg.ts'
import type { OggPage } from './ogg.ts'
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
  const track = readOggTrack(headerPackets(headers))
  return track === 'more' ? null : track
}

/** The packets of a header set as a framer's `headers()` gives it. */
export const headerPackets = (headers: Buffer): Buffer[] => {
  const reader = createOggPacketReader()
  return readPages(headers).flatMap((page) => reader.push(page).map(({ bytes }) => bytes))
}

/** A packet of sound and how many samples it lasts. */
export type TimedPacket = { bytes: Buffer; duration: number }

/**
 * The Opus packets or FLAC frames in a run of pages that belong to the header set `headers`; empty for all else. Begin
 * the run at a joinable page: the rest of a packet begun before it is left out.
 */
export const readOggPackets = (headers: Buffer, pages: Buffer): TimedPacket[] => {
  const track = readOggHeaders(headers)
  const count = track?.createSampleCounter() ?? null
  if (count === null || track?.codecPrivate === null) return []
  const reader = createOggPacketReader()
  return (
    readPages(pages)
      .flatMap((page) => reader.push(page))
      .map(({ bytes }) => ({ bytes, duration: count(bytes) }))
      // FFmpeg ends a FLAC stream with an empty packet.
      .filter(({ duration }) => duration > 0)
  )
}

/** Whole pages, up to the first that is none. */
const readPages = (bytes: Buffer): OggPage[] => {
  const pages: OggPage[] = []
  let at = 0
  for (let page = readOggPage(bytes); page !== null; page = readOggPage(bytes, at)) {
    pages.push(page)
    at += page.bytes.length
  }
  return pages
}
