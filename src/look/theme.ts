import { z } from 'zod'

const hue = z.number().min(0).max(360)

/** Faces a station may choose; the first of each comes with the program, the others are on readers' machines. */
export const readingFaces = ['Newsreader', 'Charter', 'Georgia', 'Palatino'] as const
export const speakingFaces = ['Schibsted Grotesk', 'system-ui', 'Helvetica Neue', 'Verdana'] as const

/** What of the look is a station's own: eight values; everything else follows from them. Hues are OKLCH degrees. */
export const themeShape = z.strictObject({
  /** On the air, now. */
  signalHue: hue,
  /** OKLCH lightness of the signal on light paper, 0…1. */
  signalLight: z.number().min(0.3).max(0.8),
  /** Cabinet, footer, lines under links. */
  houseHue: hue,
  /** Warmth of paper and ink. */
  paperHue: hue,
  read: z.enum(readingFaces),
  speak: z.enum(speakingFaces),
  /** Pixels. */
  radius: z.number().int().min(0).max(8),
})
export type Theme = z.infer<typeof themeShape>

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
