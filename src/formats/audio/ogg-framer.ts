import type { AudioFormat, Frame, Framer } from './frame.ts'
import { createOggPacketReader, oggPageBytes, readOggPage } from './ogg.ts'
import type { OggPage } from './ogg.ts'
import { readOggTrack } from './ogg-track.ts'
import type { OggTrack } from './ogg-track.ts'

// Every joiner is sent the header set first; one that does not fit has a cover picture in it and no place on the air.
const MAX_HEADER_BYTES = 96 * 1024
const OVER = -1
const EMPTY = Buffer.alloc(0)

type PacketReader = ReturnType<typeof createOggPacketReader>

/** A logical stream whose header set is still coming in. */
type Opening = { serial: number; reader: PacketReader; pages: Buffer[]; packets: Buffer[]; sequence: number }

/** The logical stream whose pages are handed out. */
type Running = {
  /** `OVER` once another stream has begun. */
  serial: number
  reader: PacketReader
  format: AudioFormat
  headers: Buffer
  count: ((packet: Buffer) => number) | null
  granule: number
  bytes: number
  samples: number
}

const sum = (numbers: number[]): number => numbers.reduce((total, number) => total + number, 0)

/**
 * How long a page lasts. Packets tell the truth even after lost pages or in a stream that did not begin at 0; the
 * granule position only ever shortens them (RFC 7845 §4.4: the last page may end early; Vorbis I §A.2: so may the first).
 */
const pageSamples = (running: Running, page: OggPage): number => {
  const packets = running.reader.push(page)
  const counted =
    running.count === null ? running.format.rate : sum(packets.map(({ bytes }) => running.count?.(bytes) ?? 0))
  if (page.granule < 0) return running.count === null ? 0 : counted
  const advance = page.granule - running.granule
  running.granule = page.granule
  if (advance >= 0 && advance <= counted) return advance
  return running.count === null ? 0 : counted
}

const run = (opening: Opening, track: OggTrack): Running => ({
  serial: opening.serial,
  reader: opening.reader,
  format: track.format,
  headers: Buffer.concat(opening.pages),
  count: track.createSampleCounter(),
  granule: 0,
  bytes: 0,
  samples: 0,
})

/**
 * Cuts Ogg into pages of one Vorbis, Opus or FLAC stream, byte for byte. Header pages come out together, once the
 * whole set is there. A new beginning (BOS) in a chained stream starts a new set; pages of other logical streams, of
 * streams whose beginning was not seen, and damaged pages are skipped.
 */
export const createOggFramer = (): Framer => {
  let held: Buffer = EMPTY
  let opening: Opening | null = null
  let running: Running | null = null
  /** Among the BOS pages at a beginning (RFC 3533 §4), ours was found: a second sound stream is not for us. */
  let chosen = false
  let skipped = 0

  const begin = (page: OggPage): Frame[] => {
    const reader = createOggPacketReader()
    const packets = reader.push(page).map(({ bytes }) => bytes)
    if (chosen || readOggTrack(packets) === null) {
      skipped += page.bytes.length
      return []
    }
    chosen = true
    abandon()
    // Its format and headers stay known until the new set is whole, but nothing more belongs to it.
    if (running !== null) running.serial = OVER
    opening = { serial: page.serial, reader, pages: [], packets: [], sequence: page.sequence }
    return open(opening, page, packets)
  }

  const abandon = (): void => {
    skipped += sum(opening?.pages.map((page) => page.length) ?? [])
    opening = null
  }

  /** Adds a page to the header set; gives the set out when it is whole. */
  const open = (current: Opening, page: OggPage, packets: Buffer[]): Frame[] => {
    current.pages.push(Buffer.from(page.bytes))
    current.packets.push(...packets)
    current.sequence = page.sequence
    const track = readOggTrack(current.packets)
    if (track === 'more' && sum(current.pages.map(({ length }) => length)) <= MAX_HEADER_BYTES) return []
    // Sound on the last header page (forbidden: Vorbis I §A.2, RFC 7845 §3) could not be told apart for joiners.
    if (
      track === 'more' ||
      track === null ||
      track.headerPackets < current.packets.length ||
      current.reader.midPacket()
    ) {
      abandon()
      return []
    }
    running = run(current, track)
    opening = null
    return current.pages.map((bytes) => ({ bytes, samples: 0, header: true, joinable: false }))
  }

  const takePage = (page: OggPage): Frame[] => {
    if (page.bos) return begin(page)
    chosen = false
    if (opening !== null && page.serial === opening.serial) {
      if (page.sequence === opening.sequence + 1) {
        return open(
          opening,
          page,
          opening.reader.push(page).map(({ bytes }) => bytes),
        )
      }
      abandon()
    }
    if (running === null || page.serial !== running.serial) {
      skipped += page.bytes.length
      return []
    }
    const samples = pageSamples(running, page)
    running.bytes += page.bytes.length
    running.samples += samples
    return [{ bytes: page.bytes, samples, joinable: !page.continued && page.lacing.length > 0 }]
  }

  return {
    push(chunk) {
      const input = held.length === 0 ? chunk : Buffer.concat([held, chunk])
      const frames: Frame[] = []
      let at = 0
      while (at < input.length) {
        const length = input[at] === 0x4f ? oggPageBytes(input, at) : -1
        if (length === 0 || length > input.length - at) break
        const page = length < 0 ? null : readOggPage(input, at)
        if (page === null) skipped += 1
        else frames.push(...takePage(page))
        at += page === null ? 1 : length
      }
      held = at === input.length ? EMPTY : Buffer.from(input.subarray(at))
      return frames
    },
    format() {
      if (running === null) return null
      const { format, bytes, samples } = running
      if (format.kbps > 0 || samples === 0) return { ...format }
      return { ...format, kbps: Math.round((bytes * 8 * format.rate) / samples / 1000) }
    },
    headers: () => running?.headers ?? null,
    skippedBytes: () => skipped,
  }
}
