/** Samples per second of everything the demo sounds. */
export const RATE = 44_100

export type Wave = Float32Array<ArrayBuffer>

export const silence = (seconds: number): Wave => new Float32Array(Math.round(seconds * RATE))

/** Chance that falls the same way each time (mulberry32): the same audio comes out on every machine. */
export function chance(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** `A4` → 440, `Bb3` → 233.08. */
export function hertz(name: string): number {
  const [, letter = '', sign, octave] = /^([A-G])([#b]?)(\d)$/.exec(name) ?? []
  const steps = { C: -9, D: -7, E: -5, F: -4, G: -2, A: 0, B: 2 }[letter]
  if (steps === undefined) throw new Error(`no such note: ${name}`)
  const bent = sign === '#' ? 1 : sign === 'b' ? -1 : 0
  return 440 * 2 ** ((steps + bent) / 12 + Number(octave) - 4)
}

/** One note: when it begins and how long it lasts in seconds, its pitch in hertz and its force from 0 to 1. */
export type Note = { at: number; lasts: number; pitch: number; force: number }

export type Reading = {
  /** Seconds per beat. */
  beat: number
  /** Seconds before the first beat. */
  at?: number
  force?: number
  /** Seconds by which a note may come early or late. */
  loose?: number
  seed?: number
}

/** Reads `D5 2, B4 1, - 1, G3+B3+D4 2`: pitches and beats; `-` is a rest and `+` sounds together. */
export function read(text: string, { beat, at = 0, force = 0.8, loose = 0.008, seed = 1 }: Reading): Note[] {
  const rand = chance(seed)
  const notes: Note[] = []
  let time = at
  for (const item of text.split(',')) {
    const [names = '-', beats = '1'] = item.trim().split(/\s+/)
    const lasts = Number(beats) * beat
    if (names !== '-') {
      const early = (rand() - 0.5) * 2 * loose
      const weight = force * (0.9 + 0.2 * rand())
      for (const name of names.split('+'))
        notes.push({ at: Math.max(0, time + early), lasts, pitch: hertz(name), force: weight })
    }
    time += lasts
  }
  return notes
}

/** A chord whose notes come one after the other and ring on together. */
export function roll(
  names: string,
  { at, lasts, gap = 0.06, force = 0.7 }: { at: number; lasts: number; gap?: number; force?: number },
): Note[] {
  return names.split(/\s+/).map((name, n) => ({ at: at + n * gap, lasts: lasts - n * gap, pitch: hertz(name), force }))
}

/** `G2 B3 D4 | C3 G3 E4` → one chord for each bar. */
export const bars = (text: string): string[] => text.split('|').map((bar) => bar.trim())

/** The same bar pattern over a row of chords: `pattern` picks notes of each chord by number, `-` rests. */
export function arpeggio(chords: string[], pattern: string, how: Reading): Note[] {
  const bars = chords.map((chord) => {
    const names = chord.split(/\s+/)
    return pattern
      .split(',')
      .map((item) => {
        const [picks = '-', beats = '1'] = item.trim().split(/\s+/)
        const chosen = picks.split('+').map((pick) => (pick === '-' ? '-' : (names[Number(pick) - 1] ?? names.at(-1))))
        return `${chosen.join('+')} ${beats}`
      })
      .join(', ')
  })
  return read(bars.join(', '), how)
}

/** Each note moved to the nearest tone of its bar's chord beneath it: a second voice. */
export function beneath(notes: Note[], chords: string[], bar: number, at = 0, nth = 1): Note[] {
  return notes.map((note) => {
    const chord = chords[Math.min(chords.length - 1, Math.max(0, Math.floor((note.at - at + 0.02) / bar)))] ?? ''
    const tones = new Set<number>()
    for (const name of chord.split(/\s+/))
      for (const octave of [0.25, 0.5, 1, 2, 4]) tones.add(Math.round(hertz(name) * octave * 100) / 100)
    const lower = [...tones].filter((tone) => tone < note.pitch * 0.97).sort((a, b) => b - a)
    return { ...note, pitch: lower[nth - 1] ?? note.pitch / 2 }
  })
}

export function addAt(target: Wave, sound: Wave, seconds: number, gain = 1): void {
  const start = Math.round(seconds * RATE)
  const end = Math.min(target.length, start + sound.length)
  for (let i = Math.max(0, start); i < end; i++) target[i]! += sound[i - start]! * gain
}

/** Plays every note of a part with one instrument. */
export function play(seconds: number, notes: Note[], instrument: (note: Note, index: number) => Wave): Wave {
  const part = silence(seconds)
  notes.forEach((note, index) => addAt(part, instrument(note, index), note.at, note.force))
  return part
}
