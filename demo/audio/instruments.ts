import { bandpass, filtered, highpass, lowpass, peak } from './filters.ts'
import { RATE, addAt, chance, silence } from './sound.ts'
import type { Biquad } from './filters.ts'
import type { Note, Wave } from './sound.ts'

const TAU = 2 * Math.PI

/** White noise between −1 and 1. */
export function noise(seconds: number, seed: number): Wave {
  const rand = chance(seed)
  return silence(seconds).map(() => rand() * 2 - 1)
}

/** A sound that begins without a click and dies away: `attack` seconds up, then falling to −60 dB after `decay`. */
export function shaped(wave: Wave, attack: number, decay: number): Wave {
  return wave.map((sample, i) => {
    const t = i / RATE
    return sample * Math.min(1, t / attack) * Math.exp((-6.9 * t) / decay) * Math.min(1, (wave.length - i) / 400)
  })
}

type Partial = { pitch: number; gain: number; decay: number; phase?: number }

/** A sum of sine waves that die away each at its own pace (bells, bars, strings of a piano). */
function struck(seconds: number, partials: Partial[], attack = 0.002): Wave {
  const out = silence(seconds)
  for (const { pitch, gain, decay, phase = 0 } of partials) {
    if (pitch > 16_000) continue
    const step = (TAU * pitch) / RATE
    const fall = Math.exp(-6.9 / (decay * RATE))
    let level = gain
    for (let i = 0; i < out.length; i++) {
      out[i]! += level * Math.sin(phase + step * i)
      level *= fall
    }
  }
  return out.map((s, i) => s * Math.min(1, i / (attack * RATE)) * Math.min(1, (out.length - i) / 900))
}

/** A string plucked by a finger (Karplus and Strong), with the wooden body of a guitar round it. */
export function pluck({ pitch, lasts, force }: Note, { seed = 1, ring = 2.4, bright = 0.5, body = true } = {}): Wave {
  const rand = chance(seed + Math.round(pitch * 10))
  const out = silence(Math.max(lasts, ring) + 0.1)
  const period = RATE / pitch - 0.5
  const size = Math.floor(period - 0.1)
  const rest = period - size
  const allpass = (1 - rest) / (1 + rest)
  const string = new Float32Array(size)
  const soft = 0.25 + 0.6 * bright * (0.5 + 0.5 * force)
  let last = 0
  for (let i = 0; i < size; i++) {
    last += soft * (rand() * 2 - 1 - last)
    string[i] = last
  }
  // Plucked at a fifth of its length: those overtones that have a knot there stay silent.
  const knot = Math.max(1, Math.floor(size / 5))
  const shape = string.map((s, i) => s - 0.8 * string[(i + size - knot) % size]!)
  const mean = shape.reduce((sum, s) => sum + s, 0) / size
  shape.forEach((s, i) => (string[i] = s - mean))
  const keep = 10 ** (-3 / (ring * pitch))
  let [before, input, output] = [0, 0, 0]
  for (let i = 0, at = 0; i < out.length; i++, at = (at + 1) % size) {
    const now = string[at]!
    out[i] = now
    const damped = keep * 0.5 * (now + before)
    before = now
    output = allpass * (damped - output) + input
    input = damped
    string[at] = output
  }
  const hushed = out.map((s, i) => {
    const after = i / RATE - lasts - 0.05
    return s * Math.min(1, i / 60) * (after > 0 ? Math.exp(-after * 7) : 1) * Math.min(1, (out.length - i) / 900)
  })
  return body ? filtered(hushed, peak(105, 5, 2), peak(205, 4, 2.5), peak(420, 2, 2), highpass(60)) : hushed
}

/** A felt-hammered piano: stiff strings in pairs, the high ones brief, the low ones long. */
export function piano({ pitch, lasts, force }: Note, { bright = 0.5 } = {}): Wave {
  const ring = Math.min(9, 5.2 * (262 / pitch) ** 0.55)
  const partials: Partial[] = []
  const stiff = 0.00035 * (pitch / 262) ** 0.6
  const reach = 900 + 3800 * bright * (0.35 + 0.65 * force)
  for (let n = 1; n <= 26; n++) {
    const at = n * pitch * Math.sqrt(1 + stiff * n * n)
    const gain = (Math.abs(Math.sin((Math.PI * n) / 7.6)) / n ** 0.75) * Math.exp(-at / reach)
    if (gain < 0.0004) continue
    const decay = ring / (1 + 0.16 * (n - 1))
    partials.push({ pitch: at * 0.99985, gain: gain * 0.6, decay, phase: n })
    partials.push({ pitch: at * 1.00022, gain: gain * 0.4, decay: decay * 1.5, phase: n * 1.7 })
  }
  const held = struck(Math.min(ring, lasts + 0.9), partials, 0.003)
  const knock = shaped(filtered(noise(0.12, Math.round(pitch)), lowpass(420)), 0.001, 0.1)
  addAt(held, knock, 0, 0.05 * force)
  return held.map((s, i) => {
    const after = i / RATE - lasts
    return after > 0 ? s * Math.exp(-after * 6) : s
  })
}

/** An electric piano: a struck tine with its bell. */
export const tines = ({ pitch, lasts, force }: Note): Wave =>
  struck(
    lasts + 0.5,
    [
      { pitch: pitch * 0.9993, gain: 0.6, decay: 4.2 },
      { pitch: pitch * 1.0007, gain: 0.5, decay: 4.6 },
      { pitch: pitch * 2, gain: 0.2 * force, decay: 2.2 },
      { pitch: pitch * 3, gain: 0.09 * force, decay: 1.4 },
      { pitch: pitch * 6.27, gain: 0.07 * force, decay: 0.35 },
      { pitch: pitch * 14, gain: 0.025 * force, decay: 0.12 },
    ],
    0.004,
  ).map((s, i) => {
    const after = i / RATE - lasts
    return s * (1 + 0.12 * Math.sin((TAU * 4.6 * i) / RATE)) * (after > 0 ? Math.exp(-after * 9) : 1)
  })

/** A bar of a vibraphone, its disc turning slowly. */
export const vibes = ({ pitch, lasts, force }: Note): Wave =>
  struck(
    lasts + 1.4,
    [
      { pitch, gain: 1, decay: 4.5 },
      { pitch: pitch * 4, gain: 0.16 * force, decay: 1.3 },
      { pitch: pitch * 9.9, gain: 0.04 * force, decay: 0.3 },
    ],
    0.003,
  ).map((s, i) => s * (1 + 0.22 * Math.sin((TAU * 5.1 * i) / RATE)))

/** A bar of a marimba. */
export const marimba = ({ pitch, force }: Note): Wave =>
  struck(
    1.1,
    [
      { pitch, gain: 1, decay: 0.3 + 180 / pitch },
      { pitch: pitch * 3.93, gain: 0.2 * force, decay: 0.22 },
      { pitch: pitch * 9.24, gain: 0.06 * force, decay: 0.09 },
    ],
    0.002,
  )

/** A cast bell, with its hum, its minor third and its nominal. */
export const bell = ({ pitch, lasts }: Note, { dark = 1 } = {}): Wave =>
  struck(
    lasts,
    [
      [0.5, 0.5, 1.2],
      [1, 0.7, 0.9],
      [1.183, 0.45, 0.7],
      [1.506, 0.3, 0.55],
      [2, 0.8, 0.5],
      [2.514, 0.22, 0.32],
      [2.662, 0.2, 0.28],
      [3.011, 0.25, 0.25],
      [4.166, 0.16, 0.16],
      [5.43, 0.1, 0.1],
    ].map(([ratio = 1, gain = 0, long = 1], n) => ({
      pitch: pitch * ratio * (1 + 0.0006 * Math.sin(n * 5)),
      gain: gain / (1 + dark * 0.12 * n),
      decay: lasts * long,
      phase: n * 1.3,
    })),
    0.003,
  )

/** A big drum struck softly, or a kettledrum when `pitch` is that of one. */
export function drum({ pitch, lasts, force }: Note): Wave {
  const skin = struck(Math.max(0.5, lasts), [
    { pitch, gain: 1, decay: lasts },
    { pitch: pitch * 1.504, gain: 0.35, decay: lasts * 0.6 },
    { pitch: pitch * 1.98, gain: 0.25, decay: lasts * 0.45 },
    { pitch: pitch * 2.44, gain: 0.12, decay: lasts * 0.3 },
  ])
  addAt(skin, shaped(filtered(noise(0.15, 7), lowpass(700)), 0.001, 0.09), 0, 0.3 * force)
  return skin
}

/** A stroke of wire brushes. */
export const brush = ({ lasts }: Note, seed: number): Wave =>
  shaped(filtered(noise(lasts, seed), bandpass(4200, 0.6), highpass(1200)), 0.012, lasts)

/** A field drum: a short skin and its rattling snares. */
export function snare({ lasts }: Note, seed: number): Wave {
  const out = shaped(filtered(noise(Math.max(0.12, lasts), seed), bandpass(2600, 0.5), highpass(400)), 0.001, lasts)
  addAt(
    out,
    struck(0.12, [
      { pitch: 196, gain: 0.5, decay: 0.1 },
      { pitch: 331, gain: 0.3, decay: 0.07 },
    ]),
    0,
  )
  return out
}

export type Voice = {
  /** `saw`, or the width of a pulse between 0 and 1. */
  wave: 'saw' | number
  /** Cents by which each of its oscillators is off pitch. */
  cents?: number[]
  /** Seconds to speak, to fall silent and to slide from note to note. */
  attack?: number
  release?: number
  glide?: number
  /** How much of a note sounds before the next one is tongued or bowed; 1 binds them. */
  hold?: number
  /** Cents, turns a second, and seconds before it sets in. */
  vibrato?: { depth: number; rate: number; after: number }
  /** The tone's edge in hertz when soft, and what force adds to it. */
  edge: number
  force: number
  /** Breath or bow hair: noise that goes with the tone. */
  breath?: number
  /** How far a long note swells after it has begun, 0 to 1. */
  swell?: number
  body?: Biquad[]
}

/** Corrects the step of a saw wave near its jump, so that it does not alias (polyBLEP). */
function jump(phase: number, step: number): number {
  if (phase < step) {
    const t = phase / step
    return t + t - t * t - 1
  }
  if (phase > 1 - step) {
    const t = (phase - 1) / step
    return t * t + t + t + 1
  }
  return 0
}

/** One player of a bowed, blown or squeezed instrument, who binds a line of notes into phrases. */
export function line(seconds: number, notes: Note[], voice: Voice, seed = 1): Wave {
  const { wave, cents = [0], attack = 0.06, release = 0.12, glide = 0.03, hold = 1, breath = 0, swell = 0.3 } = voice
  const rand = chance(seed)
  const out = silence(seconds)
  const phases = cents.map(() => rand())
  const detune = cents.map((c) => 2 ** (c / 1200))
  const per = (time: number) => 1 - Math.exp(-1 / (time * RATE))
  const [rise, fall, slide] = [per(attack / 2.2), per(release / 2.2), per(Math.max(0.001, glide))]
  let [level, low, lower, drift, airy] = [0, 0, 0, 0, 0]
  let pitch = Math.log2(notes[0]?.pitch ?? 440)
  let next = 0
  let note: Note | undefined
  for (let i = 0; i < out.length; i++) {
    const t = i / RATE
    if (next < notes.length && t >= notes[next]!.at) {
      note = notes[next++]!
      if (level < 0.02) pitch = Math.log2(note.pitch)
    }
    if (!note) continue
    const age = t - note.at
    const part = age / note.lasts
    const sounding = age < note.lasts * hold - (hold === 1 ? 0.02 : 0)
    const wanted = sounding
      ? note.force * (1 - swell / 2 + swell * Math.sin(Math.PI * Math.min(1, part * 0.9 + 0.1)))
      : 0
    level += (wanted - level) * (wanted > level ? rise : fall)
    if (level < 1e-5 && !sounding) continue
    pitch += (Math.log2(note.pitch) - pitch) * slide
    drift += (rand() - 0.5 - drift * 0.002) * 0.002
    let bend = drift * 0.0012
    if (voice.vibrato) {
      const { depth, rate, after } = voice.vibrato
      const grown = Math.min(1, Math.max(0, (age - after) / 0.4))
      bend += ((depth * grown) / 1200) * Math.sin(TAU * (rate + drift * 0.15) * t + seed)
    }
    const base = 2 ** (pitch + bend) / RATE
    let tone = 0
    for (let k = 0; k < phases.length; k++) {
      const step = base * detune[k]!
      const phase = (phases[k]! + step) % 1
      phases[k] = phase
      tone += 2 * phase - 1 - jump(phase, step)
      if (wave !== 'saw') {
        const second = (phase + wave) % 1
        tone -= 2 * second - 1 - jump(second, step)
      }
    }
    airy += (rand() * 2 - 1 - airy) * 0.35
    const dry = (tone / Math.sqrt(phases.length) + breath * airy) * level
    const open = Math.min(0.9, (TAU * (voice.edge + voice.force * level)) / RATE)
    low += open * (dry - low)
    lower += open * (low - lower)
    out[i] = lower
  }
  return voice.body ? filtered(out, ...voice.body) : out
}

export const CELLO: Voice = {
  wave: 'saw',
  attack: 0.11,
  release: 0.22,
  glide: 0.028,
  vibrato: { depth: 16, rate: 5.1, after: 0.25 },
  edge: 420,
  force: 2300,
  breath: 0.05,
  swell: 0.5,
  body: [
    highpass(55),
    peak(110, 3, 1.5),
    peak(225, 4, 2),
    peak(480, 2, 2),
    peak(1400, -5, 1),
    peak(2600, 3, 1.4),
    lowpass(6500),
  ],
}

export const VIOLIN: Voice = {
  wave: 'saw',
  attack: 0.09,
  release: 0.18,
  glide: 0.022,
  vibrato: { depth: 18, rate: 5.6, after: 0.18 },
  edge: 900,
  force: 2900,
  breath: 0.05,
  swell: 0.5,
  body: [highpass(170), peak(290, 3, 2), peak(480, 3, 2), peak(1200, -4, 1), peak(2500, 3, 1.4), lowpass(8000)],
}

export const STRINGS: Voice = {
  wave: 'saw',
  cents: [-7, 0, 6],
  attack: 0.5,
  release: 0.8,
  glide: 0.05,
  vibrato: { depth: 7, rate: 4.8, after: 0.2 },
  edge: 500,
  force: 1100,
  swell: 0.4,
  body: [highpass(90), peak(300, 2, 1), peak(1500, -3, 1), lowpass(5000)],
}

export const ACCORDION: Voice = {
  wave: 0.32,
  cents: [-6, 6],
  attack: 0.05,
  release: 0.07,
  glide: 0.004,
  hold: 0.97,
  edge: 1300,
  force: 1700,
  breath: 0.02,
  swell: 0.35,
  body: [highpass(150), peak(700, 3, 1.2), peak(2200, 2, 1.4), lowpass(6000)],
}

export const CORNET: Voice = {
  wave: 'saw',
  attack: 0.035,
  release: 0.07,
  glide: 0.006,
  hold: 0.9,
  vibrato: { depth: 9, rate: 5, after: 0.3 },
  edge: 450,
  force: 3200,
  breath: 0.03,
  swell: 0.25,
  body: [highpass(180), peak(1200, 4, 1.4), peak(2800, -2, 1), lowpass(6500)],
}

export const HORN: Voice = {
  ...CORNET,
  edge: 260,
  force: 1500,
  attack: 0.05,
  body: [highpass(90), peak(450, 4, 1.4), lowpass(4200)],
}

export const TUBA: Voice = {
  ...CORNET,
  edge: 160,
  force: 800,
  attack: 0.05,
  hold: 0.75,
  body: [highpass(35), peak(120, 3, 1.2), lowpass(2600)],
}
