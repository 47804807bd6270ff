import type { Theme } from './theme.ts'

type Colour = readonly [lightness: number, chroma: number, hue: number]
type Pair = { text: string; on: string; least: number }

/** A pair of colours that stands too near to each other to be read. */
export type TooNear = Pair & { mode: 'light' | 'dark'; ratio: number }

// The pairs of the look's table (LOOK §9) that a station's variables can move. Text needs 4.5 : 1, edges of controls
// 3 : 1 (WCAG 2.2, 1.4.3 and 1.4.11).
const pairs: Pair[] = [
  { text: 'ink', on: 'paper', least: 4.5 },
  { text: 'ink-soft', on: 'paper', least: 4.5 },
  { text: 'ink-faint', on: 'paper', least: 4.5 },
  { text: 'ink-faint', on: 'paper-deep', least: 4.5 },
  { text: 'signal', on: 'paper', least: 4.5 },
  { text: 'signal', on: 'paper-sunk', least: 4.5 },
  { text: 'signal', on: 'signal-wash', least: 4.5 },
  { text: 'on-signal', on: 'signal-fill', least: 4.5 },
  { text: 'house-text', on: 'paper', least: 4.5 },
  { text: 'on-house', on: 'house', least: 4.5 },
  { text: 'on-house-soft', on: 'house', least: 4.5 },
  { text: 'signal-on-house', on: 'house', least: 4.5 },
  { text: 'house-edge', on: 'house', least: 3 },
  { text: 'rule-control', on: 'paper', least: 3 },
]

/** The colours of tokens.css that follow from a theme. */
export const coloursOf = (theme: Theme, mode: 'light' | 'dark'): Record<string, Colour> => {
  const { signalHue: S, signalLight: Sl, houseHue: H, paperHue: P } = theme
  // In the dark a yellow turns olive; towards red it does not.
  const Pd = P - 22
  const both = (light: Colour, dark: Colour) => (mode === 'light' ? light : dark)
  return {
    paper: both([0.985, 0.008, P], [0.185, 0.008, Pd]),
    'paper-sunk': both([0.957, 0.014, P], [0.225, 0.009, Pd]),
    'paper-deep': both([0.92, 0.018, P], [0.275, 0.01, Pd]),
    'rule-control': both([0.6, 0.018, P], [0.58, 0.014, Pd]),
    ink: both([0.215, 0.014, P], [0.935, 0.012, Pd]),
    'ink-soft': both([0.385, 0.016, P], [0.815, 0.014, Pd]),
    'ink-faint': both([0.49, 0.016, P], [0.705, 0.014, Pd]),
    signal: both([Sl, 0.19, S], [0.715, 0.165, S]),
    'signal-fill': both([Sl, 0.19, S], [Sl + 0.01, 0.185, S]),
    'on-signal': [0.99, 0.006, P],
    'signal-wash': both([0.945, 0.03, S], [0.27, 0.05, S]),
    house: both([0.275, 0.036, H], [0.245, 0.026, H]),
    'house-edge': [0.64, 0.03, H],
    'on-house': [0.965, 0.01, P],
    'on-house-soft': [0.835, 0.018, H],
    'signal-on-house': [0.745, 0.155, S],
    'house-text': both([0.415, 0.075, H], [0.815, 0.07, H]),
  }
}

/** Contrast of two colours, 1…21 (WCAG 2.2, "contrast ratio"). */
export const contrast = (a: Colour, b: Colour): number => {
  const [light, dark] = [luminance(a), luminance(b)].toSorted((x, y) => y - x) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

/** Every pair a theme makes hard to read, in light and in dark. */
export const tooNear = (theme: Theme): TooNear[] =>
  (['light', 'dark'] as const).flatMap((mode) => {
    const colours = coloursOf(theme, mode)
    return pairs.flatMap((pair) => {
      const ratio = contrast(colours[pair.text]!, colours[pair.on]!)
      return ratio < pair.least ? [{ ...pair, mode, ratio }] : []
    })
  })

/** Relative luminance of an OKLCH colour; what the screen cannot show is cut off, as browsers do. */
const luminance = ([L, C, h]: Colour): number => {
  const a = C * Math.cos((h * Math.PI) / 180)
  const b = C * Math.sin((h * Math.PI) / 180)
  // OKLab → LMS → linear sRGB (CSS Color 4 §20, sample code).
  const l = (L + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (L - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (L - 0.0894841775 * a - 1.291485548 * b) ** 3
  const red = 4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s
  const green = -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s
  const blue = -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s
  const shown = (part: number) => Math.min(1, Math.max(0, part))
  return 0.2126 * shown(red) + 0.7152 * shown(green) + 0.0722 * shown(blue)
}
