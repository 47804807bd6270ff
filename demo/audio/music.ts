import { bandpass, filtered, highpass, lowpass } from './filters.ts'
import { ACCORDION, CELLO, CORNET, HORN, STRINGS, TUBA } from './instruments.ts'
import { brush, drum, line, noise, piano, pluck, snare, tines, vibes } from './instruments.ts'
import { mixed } from './master.ts'
import { addAt, arpeggio, bars, beneath, chance, play, read, roll, silence } from './sound.ts'
import type { Voice } from './instruments.ts'
import type { Stereo } from './master.ts'
import type { Note, Wave } from './sound.ts'

/** Chords of equally many notes, each voice of them played by one desk. */
export function chorale(
  seconds: number,
  chords: string[],
  beats: number,
  how: { beat: number; at?: number; voice: Voice },
): Wave {
  const rows = chords.map((chord) => chord.split(/\s+/))
  const desks = Math.max(...rows.map((row) => row.length))
  const out = silence(seconds)
  for (let desk = 0; desk < desks; desk++) {
    const text = rows.map((row) => `${row[desk] ?? '-'} ${beats}`).join(', ')
    addAt(out, line(seconds, read(text, { ...how, loose: 0.02, seed: desk + 3 }), how.voice, desk + 11), 0)
  }
  return out
}

/** Rain on a roof: a soft hiss and single drops. */
export function rain(seconds: number, drops: number, seed: number): Wave {
  const out = filtered(noise(seconds, seed), bandpass(2400, 0.35), highpass(500)).map((s) => s * 0.22)
  const rand = chance(seed + 1)
  for (let n = 0; n < drops * seconds; n++) {
    const tick = filtered(noise(0.03, n + seed), bandpass(1500 + 5000 * rand() ** 2, 3))
    const weight = 0.1 + 0.9 * rand() ** 4
    addAt(
      out,
      tick.map((s, i) => s * Math.exp(-i / 160) * Math.min(1, i / 12)),
      rand() * (seconds - 0.1),
      weight,
    )
  }
  return out
}

/** The Paper Lanterns: a waltz at the pace of a ferry's engine. */
export function slowFerry(): Stereo {
  const beat = 60 / 104
  const [bar, lead] = [3 * beat, 3 * beat]
  const seconds = lead + 16 * bar + 2.1
  const chords = bars(
    `G2 G3 B3 D4 | D2 G3 B3 D4 | C3 G3 C4 E4 | G2 G3 C4 E4 | G2 G3 B3 D4 | E2 G3 B3 E4 | A2 A3 C4 E4 | D3 A3 C4 F#4 |
     G2 G3 B3 D4 | B2 G3 B3 D4 | C3 G3 C4 E4 | C3 G3 C4 Eb4 | G2 G3 B3 D4 | D3 A3 C4 F#4 | G2 G3 B3 D4 | G2 G3 B3 G4`,
  )
  const tune = read(
    `D5 2, B4 1, G4 2, A4 1, C5 2, E5 1, E5 2, D5 1, D5 1.5, C5 .5, B4 1, B4 2, G4 1, A4 1, B4 1, C5 1, A4 3,
     D5 2, B4 1, G4 2, B4 1, C5 1, E5 1, G5 1, G5 2, Eb5 1, D5 2, B4 1, C5 1.5, B4 .5, A4 1, G4 3, G4 5.2`,
    { beat, at: lead, force: 0.8, loose: 0.014, seed: 5 },
  )
  const second = beneath(
    tune.filter((note) => note.at > lead + 8 * bar - 0.1),
    chords,
    bar,
    lead,
  )
  const guitar = play(
    seconds,
    [
      ...arpeggio(['G2 G3 B3 D4', ...chords], '1 1, 2+3+4 1, 2+3+4 1', { beat, force: 0.7, loose: 0.01, seed: 2 }).map(
        (note) => ({
          ...note,
          at: note.at + (note.pitch > 190 ? (note.pitch - 190) / 9000 : 0),
          force: note.pitch < 150 ? 0.95 : 0.5,
        }),
      ),
      ...roll('G2 G3 B3 D4 G4', { at: lead + 16 * bar, lasts: 2.6, gap: 0.035, force: 0.62 }),
    ],
    (note, i) => pluck(note, { seed: i, ring: 2.6, bright: 0.45 }),
  )
  // The engine: 104 soft blows a minute, and water along the hull.
  const engine = play(seconds, read('A1 1, '.repeat(51).slice(0, -2), { beat, force: 0.5 }), (note) =>
    filtered(drum({ ...note, pitch: 52, lasts: 0.35 }), lowpass(160)),
  )
  const water = filtered(noise(seconds, 9), bandpass(520, 0.5)).map((s, i) => s * (0.7 + 0.3 * Math.sin(i / 24_000)))
  const brushes = play(
    seconds,
    read('- 3, '.concat('- 1, C4 1, C4 1, '.repeat(16)).slice(0, -2), { beat, force: 0.6 }),
    (n, i) => brush({ ...n, lasts: 0.2 }, i),
  )
  return mixed(
    [
      { wave: line(seconds, tune, ACCORDION, 3), loud: -20, side: 0.15, far: 0.5 },
      { wave: line(seconds, second, ACCORDION, 4), loud: -25, side: -0.25, far: 0.6 },
      { wave: guitar, loud: -21, side: -0.3, far: 0.35 },
      { wave: brushes, loud: -36, side: 0.4, far: 0.5 },
      { wave: engine, loud: -33, far: 0.1 },
      { wave: water, loud: -43, far: 0.3 },
    ],
    { ring: 1.5, dull: 0.35, wet: 0.5 },
    { fadeIn: 0.05, fadeOut: 1.6 },
  )
}

/** Adela Moss: a guitar, a felt piano and, later, a cello. */
export function copperInTheRain(): Stereo {
  const beat = 60 / 78
  const bar = 4 * beat
  const seconds = 9 * bar + 2.2
  const chords = ['D2 A2 D3 F3 A3 E4', 'Bb2 F3 Bb3 D4 A3 D4', 'A2 F3 A3 C4 F3 C4', 'C3 G3 C4 E4 G3 D4']
  const later = [chords[0]!, chords[1]!, 'G2 D3 Bb3 D4 F3 A3', 'A2 E3 A3 D4 E3 C#4']
  const guitar = play(
    seconds,
    [
      ...arpeggio([...chords, ...later], '1 .5, 3 .5, 4 .5, 2 .5, 6 .5, 3 .5, 5 .5, 4 .5', {
        beat,
        force: 0.75,
        loose: 0.012,
        seed: 8,
      }),
      ...roll('D2 A2 D3 F#3 A3 E4', { at: 8 * bar, lasts: 4.6, gap: 0.19 }),
    ],
    (note, i) => pluck({ ...note, lasts: note.lasts + beat }, { seed: i * 3, ring: 2.8, bright: 0.35 }),
  )
  const keys = play(
    seconds,
    read(
      `- 1, A4 .5, C5 .5, D5 1.5, C5 .5, A4 2, F4 1, G4 1, A4 1.5, C5 .5, F5 1.5, E5 .5, E5 1, D5 1, C5 2,
       - 1, D5 .5, F5 .5, A5 1.5, G5 .5, F5 2, D5 1, F5 1, G5 1.5, F5 .5, D5 1, Bb4 1, A4 1, D5 1, C#5 2, D5+A5+F#5 4.5`,
      { beat, force: 0.75, loose: 0.018, seed: 14 },
    ),
    (note) => piano({ ...note, lasts: note.lasts + 0.5 }, { bright: 0.35 }),
  )
  const low = read('A3 3, G3 1, F3 2, D3 2, G3 2, Bb3 2, A3 4, F#3 3.5', { beat, at: 4 * bar, force: 0.7 })
  const air = chorale(
    seconds,
    ['D4 F4 A4', 'D4 F4 Bb4', 'C4 F4 A4', 'C4 E4 G4', 'D4 F4 A4', 'D4 F4 Bb4', 'D4 G4 Bb4', 'D4 E4 A4', 'D4 F#4 A4'],
    4,
    {
      beat,
      voice: STRINGS,
    },
  )
  return mixed(
    [
      { wave: guitar, loud: -21, side: -0.25, far: 0.4 },
      { wave: keys, loud: -21.5, side: 0.2, far: 0.5 },
      { wave: line(seconds, low, CELLO, 6), loud: -24, side: 0.05, far: 0.6 },
      { wave: air, loud: -32, far: 0.9 },
      { wave: rain(seconds, 26, 31), loud: -39, side: 0.1, far: 0.4 },
    ],
    { ring: 2.1, dull: 0.4, wet: 0.55 },
    { fadeIn: 0.2, fadeOut: 2.4 },
  )
}

/** The Harl Junction Brass: a march for walking home. */
export function eightCounties(): Stereo {
  const beat = 60 / 108
  const [bar, lead] = [4 * beat, 4 * beat]
  const seconds = lead + 12 * bar + 1.7
  const chords = bars(
    `Bb2 D4 F4 Bb4 | Eb3 C4 F4 A4 | Bb2 D4 F4 Bb4 | F2 C4 F4 A4 | Eb3 Bb3 Eb4 G4 | Bb2 D4 F4 Bb4 |
     F2 C4 Eb4 A4 | Bb2 D4 F4 Bb4 | Eb3 Bb3 Eb4 G4 | G2 Bb3 D4 G4 | F2 C4 Eb4 A4 | Bb2 D4 F4 Bb4`,
  )
  const tune = read(
    `Bb4 1, Bb4 .5, C5 .5, D5 1, Bb4 1, Eb5 1.5, D5 .5, C5 1, F4 1, D5 1, D5 .5, Eb5 .5, F5 1, D5 1, C5 3, F5 1,
     G5 1.5, F5 .5, Eb5 1, G5 1, F5 1.5, Eb5 .5, D5 1, Bb4 1, C5 1, D5 .5, Eb5 .5, D5 1, C5 1, Bb4 3, D5 1,
     Eb5 1, F5 .5, G5 .5, Bb5 1, G5 1, F5 1.5, D5 .5, Bb4 1, D5 1, C5 1, D5 .5, Eb5 .5, D5 1, C5 1, Bb4 3.6`,
    { beat, at: lead, force: 0.82, loose: 0.01, seed: 4 },
  )
  const off = (how: string, seed: number) => arpeggio(chords, how, { beat, at: lead, force: 0.6, loose: 0.01, seed })
  const last = (notes: Note[]) => notes.filter((note) => note.at < lead + 11.4 * bar)
  const roots = read(
    `Bb2 1, F2 1, Bb2 1, F2 1, Eb3 1, Bb2 1, F2 1, C3 1, Bb2 1, F2 1, Bb2 1, D3 1, F2 1, C3 1, F2 1, A2 1,
     Eb3 1, Bb2 1, Eb3 1, G2 1, Bb2 1, F2 1, Bb2 1, D3 1, C3 1, G2 1, F2 1, A2 1, Bb2 1, F2 1, Bb2 1, D3 1,
     Eb3 1, Bb2 1, Eb3 1, F3 1, G2 1, D3 1, G2 1, Bb2 1, C3 1, G2 1, F2 1, A2 1, Bb2 1, F2 1, Bb2 1.6`,
    { beat, at: lead, force: 0.8, loose: 0.008 },
  )
  const beats = play(
    seconds,
    read(
      'C4 .5, C4 .25, C4 .25, C4 .5, C4 .5, C4 .25, C4 .25, C4 .25, C4 .25, C4 1, '.concat(
        '- .5, C4 .5, - .5, C4 .25, C4 .25, '.repeat(22),
        'C4 1, - .5, C4 .5, C4 1',
      ),
      { beat, force: 0.6, loose: 0.006, seed: 12 },
    ),
    (note, i) => snare({ ...note, lasts: 0.11 }, i),
  )
  const bass = play(seconds, read('C2 2, '.repeat(23).concat('C2 1'), { beat, at: lead, force: 0.8 }), (note) =>
    drum({ ...note, pitch: 62, lasts: 0.5 }),
  )
  const voice = (notes: Note[], kind: Voice, seed: number) => line(seconds, notes, kind, seed)
  const tenor = beneath(tune, chords, bar, lead, 3)
  return mixed(
    [
      { wave: voice(tune, CORNET, 1), loud: -20, side: -0.2, far: 0.5 },
      { wave: voice(tune, { ...CORNET, cents: [5] }, 2), loud: -24, side: -0.45, far: 0.6 },
      { wave: voice(beneath(tune, chords, bar, lead), CORNET, 3), loud: -23.5, side: 0.25, far: 0.55 },
      { wave: voice(tenor, HORN, 4), loud: -24, side: 0.5, far: 0.6 },
      {
        wave: voice(last(off('- 1, 2 .9, - 1.1, 2 .9, - .1', 5)), { ...HORN, hold: 0.55 }, 5),
        loud: -27,
        side: 0.35,
        far: 0.6,
      },
      {
        wave: voice(last(off('- 1, 3 .9, - 1.1, 3 .9, - .1', 6)), { ...HORN, hold: 0.55 }, 6),
        loud: -27,
        side: -0.1,
        far: 0.6,
      },
      { wave: voice(roots, TUBA, 7), loud: -22.5, side: 0.1, far: 0.4 },
      { wave: beats, loud: -29, side: -0.05, far: 0.6 },
      { wave: bass, loud: -28, far: 0.5 },
    ],
    { ring: 1.7, dull: 0.3, wet: 0.6 },
    { fadeOut: 1.3 },
  )
}

/** Teo & the Understudies: after hours, with a vibraphone. */
export function lanternYear(): Stereo {
  const beat = 60 / 92
  const bar = 4 * beat
  const seconds = 10 * bar + 2.2
  const chords = bars(
    `F3 E4 G4 A4 C5 | D3 F4 A4 C5 E5 | G3 F4 A4 Bb4 D5 | C3 E4 A4 Bb4 D5 | A3 G4 B4 C5 E5 |
     D3 F#4 A4 C5 Eb5 | G3 F4 A4 Bb4 D5 | C3 F4 G4 Bb4 D5 | F3 E4 G4 A4 C5 | F3 A4 C5 D5 G5`,
  )
  const down = (names: string) => names.replace(/\d/g, (octave) => String(Number(octave) - 1))
  const comp = [
    ...arpeggio(chords.slice(0, 8).map(down), '2+3+4+5 1.66, 2+3+4+5 .34, - 1, 2+3+4+5 1', {
      beat,
      force: 0.55,
      loose: 0.012,
      seed: 3,
    }),
    ...roll('E3 G3 A3 C4', { at: 8 * bar, lasts: 2, gap: 0.02, force: 0.5 }),
    ...roll('A3 C4 D4 G4', { at: 9 * bar, lasts: 4.6, gap: 0.03, force: 0.5 }),
  ]
  const bass = read(
    `F2 1, A2 1, C3 1, E3 1, D3 1, C3 1, A2 1, Ab2 1, G2 1, Bb2 1, D3 1, Db3 1, C3 1, G2 1, Bb2 1, G2 1,
     A2 1, C3 1, E3 1, Eb3 1, D3 1, F#2 1, A2 1, D3 1, G2 1, A2 1, Bb2 1, B2 1, C3 1, Bb2 1, G2 1, E2 1, F2 2, C3 1, E2 1, F2 6`,
    { beat, force: 0.9, loose: 0.01, seed: 6 },
  )
  const tune = read(
    `- 1, C5 .67, A4 .33, E5 1.5, D5 .5, C5 1, A4 2, - 1, - 1, Bb4 .67, A4 .33, D5 1.5, C5 .5, A4 .67, G4 .33, E4 2, - 1,
     - .67, E5 .33, G5 1, E5 .67, C5 .33, D5 1, C5 .67, A4 .33, F#4 2, A4 1, Bb4 .67, D5 .33, F5 1.67, D5 .33, Bb4 1, G4 1, C5 .67, D5 .33, F5 1, E5 1,
     C5 1.67, A4 .33, G4 1, E4 1, A4 .1, C5 .1, D5 .1, G5 5.2`,
    { beat, force: 0.8, loose: 0.016, seed: 21 },
  )
  const ride = play(
    seconds,
    read('C4 1, C4 .67, C4 .33, '.repeat(18).concat('C4 4'), { beat, force: 0.6, seed: 2 }),
    (note, i) => brush({ ...note, lasts: 0.16 + 0.06 * (i % 2) }, i),
  )
  const slap = play(seconds, read('- 1, C4 1, '.repeat(17).slice(0, -2), { beat, force: 0.6 }), (note, i) =>
    brush({ ...note, lasts: 0.3 }, i + 400),
  )
  return mixed(
    [
      { wave: play(seconds, tune, vibes), loud: -21, side: 0.25, far: 0.6 },
      {
        wave: play(seconds, comp, (note) => tines({ ...note, lasts: note.lasts * 0.95 })),
        loud: -23.5,
        side: -0.3,
        far: 0.45,
      },
      {
        wave: filtered(
          play(seconds, bass, (note, i) => pluck(note, { seed: i, ring: 2.2, bright: 0.15, body: false })),
          lowpass(1400),
        ),
        loud: -23,
        side: 0,
        far: 0.2,
      },
      { wave: ride, loud: -35, side: 0.45, far: 0.4 },
      { wave: slap, loud: -35, side: -0.2, far: 0.5 },
    ],
    { ring: 1.6, dull: 0.45, wet: 0.5 },
    { fadeOut: 2.6 },
  )
}
