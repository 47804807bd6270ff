import { RATE } from './sound.ts'
import type { Wave } from './sound.ts'

/** Coefficients of a second-order filter, normalised to a0 = 1. */
export type Biquad = { b0: number; b1: number; b2: number; a1: number; a2: number }

const biquad = (b0: number, b1: number, b2: number, a0: number, a1: number, a2: number): Biquad => ({
  b0: b0 / a0,
  b1: b1 / a0,
  b2: b2 / a0,
  a1: a1 / a0,
  a2: a2 / a0,
})

const angle = (frequency: number) => (2 * Math.PI * Math.min(frequency, RATE * 0.45)) / RATE

export function lowpass(frequency: number, q = 0.707): Biquad {
  const w = angle(frequency)
  const alpha = Math.sin(w) / (2 * q)
  const c = Math.cos(w)
  return biquad((1 - c) / 2, 1 - c, (1 - c) / 2, 1 + alpha, -2 * c, 1 - alpha)
}

export function highpass(frequency: number, q = 0.707): Biquad {
  const w = angle(frequency)
  const alpha = Math.sin(w) / (2 * q)
  const c = Math.cos(w)
  return biquad((1 + c) / 2, -1 - c, (1 + c) / 2, 1 + alpha, -2 * c, 1 - alpha)
}

export function bandpass(frequency: number, q: number): Biquad {
  const w = angle(frequency)
  const alpha = Math.sin(w) / (2 * q)
  return biquad(alpha, 0, -alpha, 1 + alpha, -2 * Math.cos(w), 1 - alpha)
}

export function peak(frequency: number, decibels: number, q: number): Biquad {
  const w = angle(frequency)
  const a = 10 ** (decibels / 40)
  const alpha = Math.sin(w) / (2 * q)
  const c = Math.cos(w)
  return biquad(1 + alpha * a, -2 * c, 1 - alpha * a, 1 + alpha / a, -2 * c, 1 - alpha / a)
}

export function highShelf(frequency: number, decibels: number): Biquad {
  const w = angle(frequency)
  const a = 10 ** (decibels / 40)
  const c = Math.cos(w)
  const root = 2 * Math.sqrt(a) * (Math.sin(w) / Math.SQRT2)
  return biquad(
    a * (a + 1 + (a - 1) * c + root),
    -2 * a * (a - 1 + (a + 1) * c),
    a * (a + 1 + (a - 1) * c - root),
    a + 1 - (a - 1) * c + root,
    2 * (a - 1 - (a + 1) * c),
    a + 1 - (a - 1) * c - root,
  )
}

/** Runs filters over a wave, one after the other; the wave itself stays as it was. */
export function filtered(wave: Wave, ...filters: Biquad[]): Wave {
  const out = wave.slice()
  for (const { b0, b1, b2, a1, a2 } of filters) {
    let [x1, x2, y1, y2] = [0, 0, 0, 0]
    for (let i = 0; i < out.length; i++) {
      const x = out[i]!
      const y = b0 * x + b1 * x1 + b2 * x2 - a1 * y1 - a2 * y2
      x2 = x1
      x1 = x
      y2 = y1
      y1 = y
      out[i] = y
    }
  }
  return out
}
