import type { TooNear } from '../look/look.ts'

const names: Record<string, string> = {
  signal: 'The signal',
  'on-signal': 'Words on the signal',
  'signal-on-house': 'The signal on the player',
  'house-text': 'Names in the house’s colour',
  'on-house': 'Words on the player',
  'on-house-soft': 'Faint words on the player',
  'house-edge': 'Edges on the player',
  'rule-control': 'Edges of fields',
  ink: 'Text',
  'ink-soft': 'Soft text',
  'ink-faint': 'Faint text',
}
const grounds: Record<string, string> = {
  paper: 'on paper',
  'paper-sunk': 'on sunk paper',
  'paper-deep': 'on deep paper',
  'signal-wash': 'on its wash',
  'signal-fill': 'filled',
  house: '',
}

/** A pair too near to each other, in a sentence. */
export const warningOf = ({ text, on, mode, ratio, least }: TooNear): string => {
  const ground = grounds[on] ?? `on ${on}`
  return `${names[text] ?? text}${ground && ` ${ground}`} in ${mode === 'light' ? 'the light' : 'the dark'}: ${ratio.toFixed(1)} to 1, and it needs ${least} to 1.`
}
