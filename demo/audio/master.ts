import { filtered, highShelf, highpass } from './filters.ts'
import { RATE, silence } from './sound.ts'
import type { Wave } from './sound.ts'

export type Stereo = { left: Wave; right: Wave }

/** One player in the room. */
export type Part = {
  wave: Wave
  /** How loud it is by itself, in LUFS: parts are balanced by what is heard, not by their amplitude. */
  loud: number
  /** −1 left to 1 right. */
  side?: number
  /** How much of it reaches the walls, 0 to 1. */
  far?: number
}

const power = (decibels: number) => 10 ** (decibels / 20)

/** Integrated loudness after ITU-R BS.1770-4 in LUFS; −Infinity for silence. */
export function loudness(channels: Wave[]): number {
  const weighted = channels.map((wave) => filtered(wave, highShelf(1682, 4), highpass(38.1, 0.5)))
  const [block, hop] = [Math.round(0.4 * RATE), Math.round(0.1 * RATE)]
  const energies: number[] = []
  for (let start = 0; start + block <= (weighted[0]?.length ?? 0); start += hop) {
    let sum = 0
    for (const wave of weighted) for (let i = start; i < start + block; i++) sum += wave[i]! ** 2
    energies.push(sum / block)
  }
  const over = (gate: number) => energies.filter((energy) => -0.691 + 10 * Math.log10(energy) > gate)
  const level = (kept: number[]) =>
    -0.691 + 10 * Math.log10(kept.reduce((sum, energy) => sum + energy, 0) / Math.max(1, kept.length))
  return level(over(level(over(-70)) - 10))
}

/** A room of eight delays that feed each other (Hadamard), duller with each turn. */
function room(input: Stereo, seconds: number, dull: number): Stereo {
  const sizes = [1116, 1356, 1557, 1801, 2053, 2251, 2459, 2749]
  const lines = sizes.map((size) => new Float32Array(size))
  const keep = sizes.map((size) => 10 ** ((-3 * size) / (seconds * RATE)))
  const damped = Array.from(sizes, () => 0)
  const before = Math.round(0.018 * RATE)
  const [left, right] = [input.left.slice().fill(0), input.right.slice().fill(0)]
  const taps = Array.from(sizes, () => 0)
  for (let i = 0; i < left.length; i++) {
    const [l, r] = [i < before ? 0 : input.left[i - before]!, i < before ? 0 : input.right[i - before]!]
    for (let k = 0; k < 8; k++) {
      const out = lines[k]![i % sizes[k]!]!
      damped[k]! += (1 - dull) * (out - damped[k]!)
      taps[k] = damped[k]! * keep[k]!
    }
    left[i] = taps[0]! - taps[2]! + taps[4]! - taps[6]!
    right[i] = taps[1]! - taps[3]! + taps[5]! - taps[7]!
    for (let span = 1; span < 8; span *= 2)
      for (let k = 0; k < 8; k++)
        if ((k & span) === 0) {
          const [a, b] = [taps[k]!, taps[k + span]!]
          taps[k] = a + b
          taps[k + span] = a - b
        }
    for (let k = 0; k < 8; k++) lines[k]![i % sizes[k]!] = taps[k]! * 0.353_553 + (k % 2 === 0 ? l : r) * 0.5
  }
  return { left, right }
}

/** Holds peaks under `ceiling`, looking five milliseconds ahead so that the turning down is not heard. */
function limited({ left, right }: Stereo, ceiling: number): Stereo {
  const ahead = Math.round(0.005 * RATE)
  const wanted = left.map((l, i) => Math.min(1, ceiling / Math.max(1e-9, Math.abs(l), Math.abs(right[i]!))))
  const least = wanted.slice()
  const queue: number[] = []
  for (let i = 0; i < wanted.length + ahead; i++) {
    while (i < wanted.length && queue.length > 0 && wanted[queue.at(-1)!]! >= wanted[i]!) queue.pop()
    if (i < wanted.length) queue.push(i)
    while (queue.length > 0 && queue[0]! < i - 2 * ahead) queue.shift()
    if (i >= ahead) least[i - ahead] = queue.length > 0 ? wanted[queue[0]!]! : 1
  }
  const gain = least.slice()
  let sum = least.subarray(0, ahead).reduce((total, value) => total + value, 0)
  for (let i = 0; i < least.length; i++) {
    sum += (least[i + ahead] ?? 1) - (i > ahead ? least[i - ahead - 1]! : 0)
    gain[i] = Math.min(least[i]!, sum / Math.min(2 * ahead + 1, i + ahead + 1))
  }
  let slow = 1
  const steady = gain.map((g) => (slow = g < slow ? g : slow + (g - slow) * 0.0004))
  return { left: left.map((l, i) => l * steady[i]!), right: right.map((r, i) => r * steady[i]!) }
}

export type Hall = { /** Seconds until the room is silent. */ ring: number; /** 0 to 1. */ dull: number; wet: number }

/** In LUFS; the encoder turns it down by another 0.4 dB, so that −18 come out. */
const TARGET = -17.6

/** Sets the parts in a room, brings the whole to one loudness and keeps its peaks under −3 dBFS; edges fade to nothing. */
export function mixed(parts: Part[], { ring, dull, wet }: Hall, { fadeIn = 0.004, fadeOut = 0.8 } = {}): Stereo {
  const length = Math.max(...parts.map((part) => part.wave.length))
  const empty = (): Stereo => ({ left: silence(length / RATE), right: silence(length / RATE) })
  const [dry, walls] = [empty(), empty()]
  for (const { wave, loud, side = 0, far = 0.5 } of parts) {
    const own = loudness([wave])
    if (!Number.isFinite(own)) continue
    const gain = power(loud - own)
    const [l, r] = [Math.cos(((side + 1) * Math.PI) / 4) * gain, Math.sin(((side + 1) * Math.PI) / 4) * gain]
    for (let i = 0; i < wave.length; i++) {
      const sample = wave[i]!
      dry.left[i]! += sample * l
      dry.right[i]! += sample * r
      walls.left[i]! += sample * l * far
      walls.right[i]! += sample * r * far
    }
  }
  const echo = room(walls, ring, dull)
  const sum = (a: Wave, b: Wave) =>
    filtered(
      a.map((s, i) => s + b[i]! * wet),
      highpass(32),
    )
  const whole = { left: sum(dry.left, echo.left), right: sum(dry.right, echo.right) }
  const [rise, fall] = [fadeIn * RATE, fadeOut * RATE]
  const edged = (wave: Wave, gain: number) =>
    wave.map((s, i) => {
      const out = Math.min(1, (wave.length - 1 - i) / fall)
      return s * gain * Math.min(1, i / rise) * out * out * (3 - 2 * out)
    })
  const gain = power(TARGET - loudness([whole.left, whole.right]))
  return limited({ left: edged(whole.left, gain), right: edged(whole.right, gain) }, power(-3))
}

/** Both sides as one, at the same loudness. */
export function folded({ left, right }: Stereo): Wave {
  const one = left.map((l, i) => (l + right[i]!) / 2)
  const gain = power(TARGET - loudness([one]))
  return limited({ left: one.map((s) => s * gain), right: one.map((s) => s * gain) }, power(-3)).left
}
