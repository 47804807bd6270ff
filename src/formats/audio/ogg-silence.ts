import { SILENT_FLAC_SAMPLES, silentFlacFrame, silentFlacHeaders } from './flac.ts'
import type { AudioFormat, Frame } from './frame.ts'
import { writeOggPage } from './ogg.ts'
import { OPUS_RATE, opusHead, opusTags, silentOpusPacket } from './opus.ts'

/** An endless logical stream of silence: its header pages, then page after page. */
export type OggSilence = { headers: Buffer; next(): Frame }

type Material = { headers: [Buffer, Buffer]; packet: (index: number) => Buffer; packetSamples: number; perPage: number }

// One stream follows another in a chain, so any number will do that is not the source's own.
const SERIAL = 0x47570000

const materialOf = (format: AudioFormat): Material | null => {
  if (format.codec === 'opus' && format.channels <= 2) {
    const packet = silentOpusPacket(format)
    return { headers: [opusHead(format), opusTags()], packet: () => packet, packetSamples: OPUS_RATE / 50, perPage: 10 }
  }
  if (format.codec === 'flac') {
    return {
      headers: silentFlacHeaders(format),
      packet: (index) => silentFlacFrame(format, index),
      packetSamples: SILENT_FLAC_SAMPLES,
      perPage: 2,
    }
  }
  return null
}

/**
 * Silence in Ogg for Opus (mono and stereo) and FLAC, about 200 ms a page. Null for Vorbis, which has no silence
 * without a set-up header of the same encoder, and for what is not Ogg.
 */
export const createOggSilence = (format: AudioFormat): OggSilence | null => {
  const material = materialOf(format)
  if (material === null) return null
  const { headers, packet, packetSamples, perPage } = material
  let index = 0
  return {
    headers: Buffer.concat(
      headers.map((bytes, sequence) =>
        writeOggPage({ serial: SERIAL, sequence, granule: 0, bos: sequence === 0, packets: [bytes] }),
      ),
    ),
    next() {
      const packets = Array.from({ length: perPage }, (_, offset) => packet(index + offset))
      index += perPage
      const sequence = headers.length - 1 + index / perPage
      const bytes = writeOggPage({ serial: SERIAL, sequence, granule: index * packetSamples, packets })
      return { bytes, samples: perPage * packetSamples, joinable: true }
    },
  }
}
