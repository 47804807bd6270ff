import { CELLO, STRINGS, VIOLIN, line, piano } from './instruments.ts'
import { mixed } from './master.ts'
import { chorale, rain } from './music.ts'
import { arpeggio, bars, play, read, roll } from './sound.ts'
import type { Stereo } from './master.ts'

/** Aurel Vintner, Sonata for Cello and Rain: II. Adagio. It begins on the open C. */
export function celloAndRain(): Stereo {
  const beat = 60 / 56
  const seconds = 32 * beat + 4
  const solo = read(
    `C2 2.5, G2 .5, C3 1, Eb3 2.5, D3 .5, C3 1, F3 2, Eb3 1, D3 1, G3 3, G2 1,
     C4 2, Bb3 1, Ab3 1, G3 1.5, F3 .5, Eb3 1, G3 1, F3 1.5, Eb3 .5, D3 1, B2 1, C3 2, C2 4`,
    { beat, at: 0.9, force: 0.85, loose: 0.02, seed: 17 },
  )
  const drops = read(
    `- 1.5, G5 .5, - 1, Eb5 1, - 1, C6 .5, G5 2.5, - 1.5, Ab5 .5, C6 1, F5 1, - 1, B5 1, D6 .5, G5 1.5,
     - 1, Eb6 .5, C6 1.5, Ab5 1, - .5, Bb5 .5, G5 1, Eb6 2, - 1, Ab5 .5, F5 .5, D6 2, - .5, Eb6 .5, G5 1, C6 2`,
    { beat, at: 0.9, force: 0.5, loose: 0.03, seed: 33 },
  )
  const under = chorale(
    seconds,
    [
      'C3 G3 C4 Eb4',
      'Ab2 Ab3 C4 Eb4',
      'F2 Ab3 C4 F4',
      'G2 G3 B3 D4',
      'Ab2 Ab3 C4 Eb4',
      'Eb2 Bb3 Eb4 G4',
      'G2 F3 B3 D4',
      'C3 G3 C4 Eb4',
    ],
    4,
    { beat, at: 0.9, voice: STRINGS },
  )
  return mixed(
    [
      { wave: line(seconds, solo, CELLO, 9), loud: -19.5, side: -0.05, far: 0.6 },
      {
        wave: play(seconds, drops, (note) => piano({ ...note, lasts: note.lasts + 2 }, { bright: 0.45 })),
        loud: -29,
        side: 0.35,
        far: 0.9,
      },
      { wave: under, loud: -29, side: 0.1, far: 1 },
      { wave: rain(seconds, 34, 77), loud: -36, side: -0.1, far: 0.6 },
    ],
    { ring: 3.4, dull: 0.4, wet: 0.6 },
    { fadeIn: 0.6, fadeOut: 3 },
  )
}

/** Ottilie Strand, Barcarolle for violin and piano. */
export function barcarolle(): Stereo {
  const beat = 60 / 152
  const seconds = 13 * 6 * beat + 2.8
  const chords = bars(
    `G2 D3 B3 D4 | E2 B2 G3 E4 | C3 G3 E4 G4 | D3 A3 F#4 A4 | G2 D3 B3 D4 | B2 F#3 D#4 A4 | E2 B2 G3 E4 |
     A2 E3 C#4 G4 | D3 A3 C4 F#4 | G2 D3 B3 G4 | G2 Eb3 C4 G4 | G2 D3 B3 D4`,
  )
  const keys = [
    ...arpeggio(chords, '1 1, 2 1, 3 1, 4 1, 3 1, 2 1', { beat, force: 0.62, loose: 0.014, seed: 5 }),
    ...roll('G2 D3 B3 D4 G4', { at: 72 * beat, lasts: 1.5, gap: 0.16, force: 0.55 }),
  ]
  const air = read(
    `B4 3, D5 2, G5 1, G5 2, F#5 1, E5 3, E5 2, D5 1, C5 2, E5 1, D5 4, A4 2,
     B4 3, D5 2, G5 1, F#5 2, G5 1, A5 3, G5 3, B5 3, A5 2, G5 1, E5 2, C#5 1, D5 3, C5 2, A4 1, B4 6, C5 3, Eb5 3, D5 5, D5 1, G5 8`,
    { beat, force: 0.82, loose: 0.018, seed: 23 },
  )
  const low = read('- 24, G3 6, D#3 6, E3 6, C#3 6, F#3 6, G3 6, Eb3 6, D3 6, G2 8', { beat, force: 0.7, loose: 0.02 })
  return mixed(
    [
      { wave: line(seconds, air, VIOLIN, 4), loud: -20.5, side: -0.2, far: 0.7 },
      {
        wave: play(seconds, keys, (note) => piano({ ...note, lasts: note.lasts * 3.2 }, { bright: 0.4 })),
        loud: -21.5,
        side: 0.2,
        far: 0.5,
      },
      { wave: line(seconds, low, CELLO, 8), loud: -25, side: 0.3, far: 0.7 },
    ],
    { ring: 2.4, dull: 0.35, wet: 0.6 },
    { fadeIn: 0.02, fadeOut: 2.6 },
  )
}
