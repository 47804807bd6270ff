import type { OggTrack } from './ogg-track.ts'

const isHeader = (packet: Buffer, type: number): boolean =>
  packet[0] === type && packet.toString('latin1', 1, 7) === 'vorbis'

// Vorbis packs bits from the least significant end of each byte (Vorbis I §2.1.4).
const bitsAt = (bytes: Buffer, from: number, count: number): number => {
  let value = 0
  for (let bit = from + count - 1; bit >= from; bit -= 1)
    value = value * 2 + (((bytes[bit >> 3] ?? 0) >> (bit & 7)) & 1)
  return value
}

const MODE_BITS = 41
const MAX_MODES = 64

/**
 * Which modes use the long block, from the end of the set-up header (Vorbis I §4.2.4): the modes are its last part,
 * before them their count. Read backwards, so that the code books need not be understood. Null if it does not fit.
 */
const readLongModes = (setup: Buffer): boolean[] | null => {
  let end = setup.length * 8 - 1
  while (end > 0 && bitsAt(setup, end, 1) === 0) end -= 1
  const found: boolean[] = []
  let best: boolean[] | null = null
  while (end > MODE_BITS + 6 && found.length < MAX_MODES) {
    const from = end - MODE_BITS
    // Window and transform type are always 0, and there are at most 64 mappings.
    if (bitsAt(setup, from + 1, 32) !== 0 || bitsAt(setup, from + 33, 8) > 63) break
    found.unshift(bitsAt(setup, from, 1) === 1)
    end = from
    // A small count may be seen by chance inside a mode; the longest run that fits is the true one.
    if (bitsAt(setup, end - 6, 6) + 1 === found.length) best = [...found]
  }
  return best
}

// Vorbis I §4.3.8: a packet finishes a quarter of its own block and a quarter of the one before; the first, nothing.
const createCounter = (blocks: [number, number], longModes: boolean[]): ((packet: Buffer) => number) => {
  const modeBits = 32 - Math.clz32(longModes.length - 1)
  let before = 0
  return (packet) => {
    if (packet.length === 0 || bitsAt(packet, 0, 1) === 1) return 0
    const block = longModes[bitsAt(packet, 1, modeBits)] === true ? blocks[1] : blocks[0]
    const samples = before === 0 ? 0 : before / 4 + block / 4
    before = block
    return samples
  }
}

/** Reads the three Vorbis header packets (Vorbis I §4.2); null if they are not Vorbis. */
export const readVorbisTrack = (packets: readonly Buffer[]): OggTrack | 'more' | null => {
  const [ident, comment, setup] = packets
  if (ident === undefined || ident.length < 30 || !isHeader(ident, 1) || ident.readUInt32LE(7) !== 0) return null
  const channels = ident[11] ?? 0
  const rate = ident.readUInt32LE(12)
  if (channels === 0 || rate === 0) return null
  if (comment === undefined) return 'more'
  if (!isHeader(comment, 3)) return null
  if (setup === undefined) return 'more'
  if (!isHeader(setup, 5)) return null
  const nominal = ident.readInt32LE(20)
  const exponents = ident[28] ?? 0
  const longModes = readLongModes(setup)
  return {
    format: { codec: 'vorbis', rate, channels, kbps: nominal > 0 ? Math.round(nominal / 1000) : 0 },
    headerPackets: 3,
    preSkip: 0,
    codecPrivate: null,
    createSampleCounter: () =>
      longModes === null ? null : createCounter([1 << (exponents & 15), 1 << (exponents >> 4)], longModes),
  }
}
