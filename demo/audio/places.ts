import { bandpass, filtered, highpass, lowpass, peak } from './filters.ts'
import { bell, drum, noise, shaped } from './instruments.ts'
import { folded, mixed } from './master.ts'
import { RATE, addAt, chance, silence } from './sound.ts'
import type { Wave } from './sound.ts'

const TAU = 2 * Math.PI

/** A curve through points of (second, level), straight between them. */
function course(points: [number, number][]): (second: number) => number {
  return (second) => {
    const after = points.findIndex(([at]) => at > second)
    if (after < 0) return points.at(-1)?.[1] ?? 0
    const [[t1, v1], [t2, v2]] = [points[Math.max(0, after - 1)]!, points[after]!]
    return t2 === t1 ? v2 : v1 + ((v2 - v1) * Math.max(0, second - t1)) / (t2 - t1)
  }
}

const along = (wave: Wave, level: (second: number) => number): Wave => wave.map((s, i) => s * level(i / RATE))

/** Water among stones: thousands of bubbles, each a brief rising whistle, over a low murmur. */
function river(seconds: number, seed: number): Wave {
  const rand = chance(seed)
  const out = filtered(noise(seconds, seed + 1), bandpass(260, 0.6), lowpass(800)).map((s, i) => {
    const t = i / RATE
    return s * 0.5 * (0.7 + 0.3 * Math.sin(t * 0.9 + 2 * Math.sin(t * 0.37)))
  })
  for (let t = 0.1; t < seconds - 0.3; t += 0.06 * rand()) {
    const near = rand() ** 3
    const pitch = 350 + 1500 * rand() ** 1.6 * (1 - 0.4 * near)
    const lasts = 0.03 + 0.07 * rand()
    let phase = 0
    const bubble = silence(lasts).map((_, i) => {
      const x = i / (lasts * RATE)
      phase += (pitch * (1 + 0.35 * x)) / RATE
      return Math.sin(TAU * phase) * Math.sin(Math.PI * x) * (1 - x)
    })
    addAt(out, bubble, t, 0.04 + 0.45 * near * (0.7 + 0.3 * Math.sin(t * 0.8)))
  }
  return out
}

/** A hammer on a steel girder, somewhere above. */
function hammer(pitch: number): Wave {
  const out = bell({ at: 0, lasts: 1.1, pitch, force: 1 }, { dark: 0.4 })
  addAt(out, shaped(filtered(noise(0.06, Math.round(pitch)), highpass(1800)), 0.0005, 0.05), 0, 0.7)
  return out
}

/** An engine that turns `turns` times a second. */
function engine(seconds: number, turns: (second: number) => number, seed: number): Wave {
  const rand = chance(seed)
  let [phase, rough] = [0, 0]
  const raw = silence(seconds).map((_, i) => {
    rough += (rand() - 0.5 - rough * 0.01) * 0.02
    phase += (turns(i / RATE) * (1 + rough * 0.05)) / RATE
    const stroke = (phase * 3) % 1
    return Math.exp(-stroke * 5) * (0.8 + 0.3 * Math.sin(TAU * phase)) - 0.2 + (rand() - 0.5) * 0.12
  })
  return filtered(raw, highpass(70), peak(110, 4, 1), lowpass(480), lowpass(1100))
}

/** The bridge at work: river, hammers, the crane, one truck across and back, and six from the church. */
export function bridge(): Wave {
  const seconds = 62
  const water = along(
    river(seconds, 3),
    course([
      [0, 0.6],
      [6, 1],
      [20, 0.8],
      [40, 0.75],
      [62, 0.9],
    ]),
  )
  const steel = silence(seconds)
  const rand = chance(12)
  const blows: [number, number, number][] = [
    [3.2, 412, 5],
    [8.4, 356, 4],
    [13.1, 471, 3],
    [17.6, 412, 6],
    [23.2, 356, 2],
  ]
  for (const [start, pitch, count] of blows)
    for (let n = 0; n < count; n++)
      addAt(steel, hammer(pitch * (1 + 0.01 * rand())), start + n * (0.52 + 0.05 * rand()), 0.5 + 0.5 * rand())
  const crane = along(
    engine(
      seconds,
      course([
        [0, 19],
        [9, 19],
        [10.5, 27],
        [15, 28],
        [16.5, 18],
        [62, 18],
      ]),
      5,
    ),
    course([
      [0, 0.25],
      [9, 0.3],
      [11, 1],
      [15, 1],
      [17, 0.3],
      [24, 0.1],
      [30, 0],
      [62, 0],
    ]),
  )
  const passing = course([
    [0, 0],
    [25, 0],
    [31, 0.5],
    [35, 1],
    [39, 0.45],
    [42, 0.25],
    [46, 0.5],
    [49, 0.95],
    [53, 0.4],
    [58, 0],
    [62, 0],
  ])
  const truck = along(
    engine(
      seconds,
      course([
        [0, 13],
        [25, 13],
        [31, 16],
        [39, 15],
        [41.5, 10],
        [43, 10],
        [46, 15],
        [53, 17],
        [62, 17],
      ]),
      9,
    ),
    passing,
  )
  const gravel = along(filtered(noise(seconds, 40), bandpass(900, 0.6)), (t) => passing(t) ** 2)
  const deck = silence(seconds)
  for (const [from, to] of [
    [31.5, 39],
    [46.2, 53],
  ] as const)
    for (let t = from; t < to; t += 0.93)
      for (const axle of [0, 0.17, 0.43])
        addAt(
          deck,
          drum({ at: 0, lasts: 0.35, pitch: 74 + 8 * rand(), force: 0.8 }),
          t + axle,
          passing(t + axle) * (0.7 + 0.3 * rand()),
        )
  const church = silence(seconds)
  for (let n = 0; n < 6; n++)
    addAt(church, bell({ at: 0, lasts: 5.5, pitch: 262, force: 1 }, { dark: 2.5 }), 25.5 + n * 2.05)
  return folded(
    mixed(
      [
        { wave: water, loud: -27, far: 0.2 },
        { wave: steel, loud: -21, far: 0.9 },
        { wave: crane, loud: -28, far: 0.3 },
        { wave: truck, loud: -24.5, far: 0.25 },
        { wave: gravel, loud: -35, far: 0.2 },
        { wave: deck, loud: -26, far: 0.6 },
        { wave: filtered(church, lowpass(2600)), loud: -25, far: 1 },
      ],
      { ring: 2.2, dull: 0.5, wet: 0.5 },
      { fadeIn: 1.5, fadeOut: 3 },
    ),
  )
}

/** A bird's phrase: whistles that slide from one pitch to another. */
function song(notes: [from: number, to: number, lasts: number][]): Wave {
  const out = silence(notes.reduce((sum, [, , lasts]) => sum + lasts + 0.04, 0.1))
  let at = 0
  for (const [from, to, lasts] of notes) {
    let phase = 0
    const whistle = silence(lasts).map((_, i) => {
      const x = i / (lasts * RATE)
      phase += (from + (to - from) * x) / RATE
      return Math.sin(TAU * phase) * Math.sin(Math.PI * x) ** 1.4
    })
    addAt(out, whistle, at)
    at += lasts + 0.04
  }
  return out
}

/** The landing at 7:50 in the morning: water, birds, a train far off, and the bell that ends the report. */
export function landing(): Wave {
  const seconds = 65
  const water = along(
    river(seconds, 21),
    course([
      [0, 0.8],
      [20, 1],
      [45, 0.85],
      [65, 1],
    ]),
  )
  const wind = along(
    filtered(noise(seconds, 8), bandpass(420, 0.4), lowpass(900)),
    (t) => 0.5 + 0.5 * Math.sin(t * 0.31 + 1) ** 2,
  )
  const birds = silence(seconds)
  const rand = chance(5)
  const phrases: [number, number, number][][] = [
    [
      [3100, 3000, 0.28],
      [2550, 2500, 0.34],
    ],
    [
      [2200, 2900, 0.09],
      [2900, 2300, 0.1],
      [2400, 3300, 0.12],
      [3300, 2700, 0.16],
    ],
    Array.from({ length: 9 }, (_, i) => [4100 - 60 * i, 3700 - 60 * i, 0.05]),
    [
      [1750, 1850, 0.16],
      [1500, 1450, 0.4],
    ],
  ]
  for (let t = 1.5; t < seconds - 8; t += 0.9 + 2 * rand()) {
    const phrase = phrases[Math.floor(rand() * phrases.length)]!
    addAt(birds, song(phrase), t, 0.3 + 0.7 * rand() ** 2)
  }
  const train = silence(seconds)
  for (const [at, lasts] of [
    [24, 1.7],
    [26.3, 1.7],
    [28.6, 0.6],
    [29.7, 3.2],
  ] as const) {
    const horn = silence(lasts + 0.4).map((_, i) => {
      const t = i / RATE
      const level = Math.min(1, t / 0.18) * Math.min(1, Math.max(0, lasts + 0.4 - t) / 0.4)
      return (
        level *
        [311, 370, 415, 494].reduce((sum, f) => sum + Math.sin(TAU * f * t) + 0.4 * Math.sin(TAU * 2 * f * t), 0)
      )
    })
    addAt(train, horn, at)
  }
  const rails = along(
    filtered(noise(seconds, 50), bandpass(160, 0.7)),
    course([
      [0, 0],
      [26, 0],
      [36, 1],
      [46, 0.6],
      [56, 0],
      [65, 0],
    ]),
  )
  const ring = silence(seconds)
  for (let n = 0; n < 5; n++)
    addAt(
      ring,
      bell({ at: 0, lasts: 1.5, pitch: 830, force: 1 }, { dark: 0.6 }),
      57.2 + n * 0.62,
      n % 2 === 0 ? 1 : 0.7,
    )
  return folded(
    mixed(
      [
        { wave: water, loud: -23, far: 0.15 },
        { wave: wind, loud: -36, far: 0.2 },
        { wave: birds, loud: -22, far: 0.9 },
        { wave: filtered(train, lowpass(900)), loud: -26, far: 1 },
        { wave: rails, loud: -35, far: 0.6 },
        { wave: ring, loud: -21, far: 0.6 },
      ],
      { ring: 1.6, dull: 0.5, wet: 0.55 },
      { fadeIn: 1.2, fadeOut: 2.5 },
    ),
  )
}
