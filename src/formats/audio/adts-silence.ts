import { readAdtsHeader } from './adts.ts'
import { createBitReader } from './bits.ts'

type Bits = ReturnType<typeof createBitReader>
/** ics_info(): whether short windows are used, into how many groups they fall, and how many bands are coded. */
type Window = { short: boolean; groups: number; bands: number }

const SINGLE = 0
const PAIR = 1
const LOW = 3
const DATA = 4
const FILL = 6
const END = 7
const EIGHT_SHORT = 2

// ISO/IEC 14496-3 table 4.6.
const readWindow = (bits: Bits): Window => {
  bits.skip(1)
  const short = bits.read(2) === EIGHT_SHORT
  bits.skip(1)
  if (!short) {
    const bands = bits.read(6)
    bits.skip(1)
    return { short, groups: 1, bands }
  }
  const bands = bits.read(4)
  // A 0 bit starts a new group.
  const grouping = Array.from({ length: 7 }, () => bits.read(1))
  return { short, groups: 1 + grouping.filter((bit) => bit === 0).length, bands }
}

// Table 4.52: runs of bands that share a code book; book 0 means "no spectrum". Sections are at least one band long.
const hasSpectrum = (bits: Bits, { short, groups, bands }: Window): boolean => {
  const width = short ? 3 : 5
  for (let group = 0; group < groups; group += 1) {
    for (let band = 0; band < bands;) {
      if (bits.read(4) !== 0 || bits.left() <= 0) return true
      let length = 0
      let step = bits.read(width)
      for (; step === 2 ** width - 1 && bits.left() > 0; step = bits.read(width)) length += step
      band += Math.max(length + step, 1)
    }
  }
  return false
}

// Table 4.50 with nothing coded: no pulse, TNS or gain data may follow either.
const isEmptyChannel = (bits: Bits, shared: Window | null): boolean => {
  bits.skip(8)
  const window = shared ?? readWindow(bits)
  return !hasSpectrum(bits, window) && bits.read(3) === 0
}

const isEmptyPair = (bits: Bits): boolean => {
  if (bits.read(1) === 0) return isEmptyChannel(bits, null) && isEmptyChannel(bits, null)
  const window = readWindow(bits)
  // ms_mask_present 1 brings a flag for each band of each group.
  if (bits.read(2) === 1) bits.skip(window.groups * window.bands)
  return isEmptyChannel(bits, window) && isEmptyChannel(bits, window)
}

const skipPayload = (bits: Bits, id: number): void => {
  if (id === DATA) {
    bits.skip(4)
    const aligned = bits.read(1) === 1
    const count = bits.read(8)
    const bytes = count === 255 ? count + bits.read(8) : count
    if (aligned) bits.skip(bits.left() % 8)
    bits.skip(bytes * 8)
    return
  }
  const count = bits.read(4)
  bits.skip((count === 15 ? count + bits.read(8) - 1 : count) * 8)
}

/** The frame codes no spectrum in any channel: digital silence. False as well for what cannot be followed. */
export const isSilentAdtsFrame = (frame: Buffer): boolean => {
  const header = readAdtsHeader(frame)
  if (header === null) return false
  const bits = createBitReader(frame, header.headerBytes)
  for (let channels = 0; bits.left() > 0;) {
    const id = bits.read(3)
    if (id === END) return channels > 0
    if (id === DATA || id === FILL) {
      skipPayload(bits, id)
      continue
    }
    if (id !== SINGLE && id !== PAIR && id !== LOW) return false
    bits.skip(4)
    if (!(id === PAIR ? isEmptyPair(bits) : isEmptyChannel(bits, null))) return false
    channels += id === PAIR ? 2 : 1
  }
  return false
}
