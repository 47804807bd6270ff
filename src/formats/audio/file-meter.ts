import type { Framer } from './frame.ts'
import { createFramer, sniffCodec } from './framer.ts'
import type { CodecFamily } from './framer.ts'
import { readId3Size } from './id3.ts'

/** What a whole audio file is: its media type, the ending its name should have, and how long it plays. */
export type AudioFile = { type: string; ending: string; seconds: number }

/** Measures an audio file that is read from its beginning to its end, without holding it. */
export type FileMeter = {
  push(chunk: Buffer): void
  /** null when it is none of MP3, AAC (ADTS), Ogg or MPEG-4, or holds less than a tenth of a second of sound. */
  end(): AudioFile | null
}

const kinds: Record<CodecFamily, { type: string; ending: string }> = {
  mp3: { type: 'audio/mpeg', ending: 'mp3' },
  aac: { type: 'audio/aac', ending: 'aac' },
  ogg: { type: 'audio/ogg', ending: 'ogg' },
}

/** Bytes looked at before a file is said to be none of ours: a cover picture may stand before the sound. */
const MOST_HEAD = 4 * 2 ** 20
const SHORTEST = 0.1

export const createFileMeter = (): FileMeter => {
  let head: Buffer = Buffer.alloc(0)
  let inner: Inner | null = null
  let isNone = false
  return {
    push(chunk) {
      if (isNone) return
      if (inner) return inner.push(chunk)
      head = Buffer.concat([head, chunk])
      inner = innerOf(head)
      if (inner) {
        inner.push(head)
        head = Buffer.alloc(0)
      } else if (head.length > MOST_HEAD) isNone = true
    },
    end() {
      const found = inner?.end() ?? null
      return found && found.seconds >= SHORTEST ? found : null
    },
  }
}

type Inner = { push(chunk: Buffer): void; end(): AudioFile | null }

const innerOf = (head: Buffer): Inner | null => {
  if (head.length < 4096) return null
  if (head.toString('latin1', 4, 8) === 'ftyp') return mpeg4()
  // The whole tag must be here before anything behind it can be looked at.
  const tag = readId3Size(head) ?? 0
  if (head.length < tag + 4096) return null
  const family = sniffCodec(head.subarray(0, tag + 65_536))
  return family ? framed(family, createFramer(family)) : null
}

const framed = (family: CodecFamily, framer: Framer): Inner => {
  let samples = 0
  let codec = ''
  return {
    push(chunk) {
      for (const frame of framer.push(chunk)) samples += frame.samples
      codec = framer.format()?.codec ?? codec
    },
    end() {
      const rate = framer.format()?.rate
      if (!rate) return null
      return { ...kinds[family], ending: codec === 'opus' ? 'opus' : kinds[family].ending, seconds: samples / rate }
    },
  }
}

/** A `moov` larger than this is no radio piece's. */
const MOST_MOOV = 16 * 2 ** 20

/** Walks the boxes of the file (ISO/IEC 14496-12 §4.2) to `moov`, wherever it stands, and reads `mvhd` there. */
const mpeg4 = (): Inner => {
  let held: Buffer = Buffer.alloc(0)
  let skip = 0
  let seconds = 0
  const step = (): boolean => {
    if (skip > 0) {
      const gone = Math.min(skip, held.length)
      held = held.subarray(gone)
      skip -= gone
      if (skip > 0) return false
    }
    if (held.length < 16) return false
    const { size, type, head } = boxAt(held)
    if (type !== 'moov') {
      skip = size
      return size > 0
    }
    if (size > MOST_MOOV) {
      skip = size
      return true
    }
    if (held.length < size) return false
    seconds = movieSeconds(held.subarray(head, size))
    skip = size
    return true
  }
  return {
    push(chunk) {
      held = held.length > 0 ? Buffer.concat([held, chunk]) : chunk
      while (step());
    },
    end: () => (seconds > 0 ? { type: 'audio/mp4', ending: 'm4a', seconds } : null),
  }
}

type Box = { size: number; type: string; head: number }

/** Size 0 is "to the end of the file", size 1 "in the next 64 bits". */
const boxAt = (bytes: Buffer): Box => {
  const short = bytes.readUInt32BE(0)
  const type = bytes.toString('latin1', 4, 8)
  if (short === 1) return { size: Number(bytes.readBigUInt64BE(8)), type, head: 16 }
  return { size: short === 0 ? Number.MAX_SAFE_INTEGER : Math.max(short, 8), type, head: 8 }
}

/** §8.2.2: version 0 has 32 bits for times and duration, version 1 has 64. */
const movieSeconds = (moov: Buffer): number => {
  const at = moov.indexOf('mvhd', 0, 'latin1') + 4
  if (at < 4 || moov.length < at + 32) return 0
  const isLong = moov[at] === 1
  const scale = moov.readUInt32BE(at + (isLong ? 20 : 12))
  const duration = isLong ? Number(moov.readBigUInt64BE(at + 24)) : moov.readUInt32BE(at + 16)
  return scale > 0 && duration < 0xffff_ffff ? duration / scale : 0
}
