import { filtered, lowpass } from './filters.ts'
import { CORNET, HORN, STRINGS, bell, drum, line, marimba, piano, pluck } from './instruments.ts'
import { folded, mixed } from './master.ts'
import { chorale } from './music.ts'
import { RATE, addAt, arpeggio, play, read, silence } from './sound.ts'
import type { Note, Wave } from './sound.ts'

/** The station's four notes, up the river: a fourth, a second, a fourth. */
const IDENT = 'A4 .5, D5 .5, E5 .5, A5'

/** Five short pips and a long one: the hour begins where the long one does. */
function pips(): Wave {
  const out = silence(5.6)
  for (let n = 0; n < 6; n++) {
    const lasts = n === 5 ? 0.5 : 0.1
    const pip = silence(lasts).map((_, i) => {
      const edge = Math.min(i, lasts * RATE - i) / (0.006 * RATE)
      return Math.sin((2 * Math.PI * 1000 * i) / RATE) * Math.min(1, edge)
    })
    addAt(out, pip, n)
  }
  return out
}

const bells = (note: Note) => bell({ ...note, lasts: 2.6 }, { dark: 2 })

/** A turn of the news programme without its speakers: signature, pips, bed, signature. */
export function newsHour(): Wave {
  const seconds = 72
  const fast = 60 / 120
  const calm = 60 / 96
  const [bed, close] = [16.2, 62.2]

  // Signature, eight bars of two seconds with pulse, strings and brass; a short one at the end.
  const opening = ['D3 A3 D4 F#4', 'Bb2 F3 D4 F4', 'G2 G3 D4 B4', 'A2 A3 D4 E4']
  const closing = ['G2 G3 D4 B4', 'A2 A3 C#4 E4', 'D3 A3 D4 F#4', 'D3 A3 D4 A4']
  const strings = chorale(seconds, opening, 4, {
    beat: fast,
    at: 0.2,
    voice: { ...STRINGS, attack: 0.15, force: 2000 },
  })
  addAt(strings, chorale(10, closing, 4, { beat: fast, at: 0, voice: { ...STRINGS, attack: 0.2, force: 1600 } }), close)
  const horns = [
    ...read(`${IDENT} 2.5, A4 .5, D5 .5, F5 .5, E5 2.5, B4 .5, D5 .5, G5 .5, F#5 2.5, A4 .5, D5 .5, E5 .5, A5 2`, {
      beat: fast,
      at: 0.2,
      force: 0.75,
    }),
    ...read(`B4 .5, D5 .5, E5 .5, G5 2.5, ${IDENT} 2.5, D5 2.5`, { beat: fast, at: close, force: 0.65 }),
  ]
  const ticking = [
    ...arpeggio(opening, Array.from({ length: 8 }, (_, i) => `${[3, 2, 4, 2, 3, 2, 4, 3][i]} .5`).join(', '), {
      beat: fast,
      at: 0.2,
      force: 0.6,
      loose: 0.004,
    }),
    ...arpeggio(closing.slice(0, 3), '3 .5, 2 .5, 4 .5, 2 .5, 3 .5, 2 .5, 4 .5, 3 .5', {
      beat: fast,
      at: close,
      force: 0.5,
      loose: 0.004,
    }),
  ]
  const kettle = read(
    'D3 1, - .5, D3 .5, A2 1, A2 1, D3 1, - .5, D3 .5, A2 1, A2 1, D3 1, - .5, D3 .5, A2 1, A2 1, A2 .5, A2 .5, A2 .5, A2 .5, D3 2',
    {
      beat: fast,
      at: 0.2,
      force: 0.75,
    },
  )

  // The bed: two bars a chord, nothing that would fight with a voice.
  const chords = ['D3 A3 D4 F#4', 'B2 A3 D4 F#4', 'G2 G3 B3 D4', 'A2 A3 B3 E4']
  const turns = [...chords, ...chords, ...chords, ...chords, ...chords.slice(0, 2)]
  const ostinato = arpeggio(turns, '3 .5, 2 .5, 4 .5, 3 .5, 2 .5, 4 .5, 3 .5, 2 .5', {
    beat: calm,
    at: bed,
    force: 0.55,
    loose: 0.006,
    seed: 4,
  })
  const steps = arpeggio(turns, '1 1.5, 1 .5, - 2', { beat: calm, at: bed, force: 0.7, seed: 9 })
  const pad = silence(seconds)
  addAt(pad, chorale(seconds - bed, turns, 4, { beat: calm, voice: STRINGS }), bed)
  const sparks = [14, 30, 46, 58].flatMap((beats) =>
    read(`${IDENT} 3`, { beat: calm, at: bed + beats * calm, force: 0.5 }),
  )
  const keys = [6, 22, 38, 54].flatMap((beats) =>
    read('F#5 1, E5 .5, D5 1.5, A4 2', { beat: calm, at: bed + beats * calm, force: 0.45 }),
  )

  const time = silence(seconds)
  addAt(time, pips(), 9.6)
  return folded(
    mixed(
      [
        { wave: strings, loud: -24.5, far: 0.7 },
        { wave: line(seconds, horns, CORNET, 2), loud: -24, far: 0.5 },
        {
          wave: line(
            seconds,
            horns.map((note) => ({ ...note, pitch: note.pitch / 2 })),
            HORN,
            3,
          ),
          loud: -25.5,
          far: 0.6,
        },
        { wave: play(seconds, horns, bells), loud: -27, far: 0.7 },
        { wave: play(seconds, ticking, marimba), loud: -26, far: 0.4 },
        {
          wave: play(seconds, kettle, (note) => drum({ ...note, pitch: note.pitch / 2, lasts: 0.9 })),
          loud: -28,
          far: 0.5,
        },
        { wave: time, loud: -27, far: 0.06 },
        { wave: play(seconds, ostinato, marimba), loud: -25.5, far: 0.45 },
        { wave: pad, loud: -27, far: 0.7 },
        {
          wave: filtered(
            play(seconds, steps, (note, i) =>
              pluck({ ...note, pitch: note.pitch / 2 }, { seed: i, ring: 1.6, bright: 0.2, body: false }),
            ),
            lowpass(900),
          ),
          loud: -25.5,
          far: 0.15,
        },
        { wave: play(seconds, sparks, bells), loud: -29, far: 0.9 },
        { wave: play(seconds, keys, (note) => piano({ ...note, lasts: note.lasts + 1 })), loud: -27.5, far: 0.7 },
      ],
      { ring: 1.9, dull: 0.35, wet: 0.5 },
      { fadeOut: 1.6 },
    ),
  )
}
