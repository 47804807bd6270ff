/** Faces a station may choose; the first of each comes with the program, the others are on readers' machines. */
export const readingFaces = ['Newsreader', 'Charter', 'Georgia', 'Palatino'] as const
export const speakingFaces = ['Schibsted Grotesk', 'system-ui', 'Helvetica Neue', 'Verdana'] as const

/** What of the look is a station's own; everything else follows from it. Hues are OKLCH degrees, 0…360. */
export type Theme = {
  /** On the air, now. */
  signalHue: number
  /** OKLCH lightness of the signal on light paper, 0…1. */
  signalLight: number
  /** Cabinet, footer, lines under links. */
  houseHue: number
  /** Warmth of paper and ink. */
  paperHue: number
  read: (typeof readingFaces)[number]
  speak: (typeof speakingFaces)[number]
  /** Corners, pixels. */
  radius: number
}

export const standardTheme: Theme = {
  signalHue: 34,
  signalLight: 0.545,
  houseHue: 212,
  paperHue: 82,
  read: 'Newsreader',
  speak: 'Schibsted Grotesk',
  radius: 2,
}

/** Greens and blues look lighter than they are. */
export const lightnessFor = (signalHue: number): number => (signalHue >= 50 && signalHue <= 325 ? 0.455 : 0.545)

/** The variables of tokens.css that a theme sets, by name. */
export const variablesOf = (theme: Theme): Record<string, string> => ({
  '--station-signal-hue': String(theme.signalHue),
  '--station-signal-light': String(theme.signalLight),
  '--station-house-hue': String(theme.houseHue),
  '--station-paper-hue': String(theme.paperHue),
  '--station-read': faceOf(theme.read),
  '--station-speak': faceOf(theme.speak),
  '--station-radius': `${theme.radius}px`,
})

const faceOf = (face: string) => (face === 'system-ui' ? face : `"${face}"`)

/** A theme as a style sheet that follows site.css. */
export const cssOf = (theme: Theme): string =>
  `:root{${Object.entries(variablesOf(theme))
    .map(([name, value]) => `${name}:${value}`)
    .join(';')}}\n`
