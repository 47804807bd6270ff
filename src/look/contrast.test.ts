import assert from 'node:assert/strict'
import { test } from 'node:test'
import { coloursOf, contrast, lightnessFor, standardTheme, tooNear } from './look.ts'

const ratio = (text: string, on: string, mode: 'light' | 'dark') => {
  const colours = coloursOf(standardTheme, mode)
  return contrast(colours[text]!, colours[on]!)
}

// The look's own table (LOOK §9), computed by others.
const table: [text: string, on: string, light: number, dark: number][] = [
  ['ink', 'paper', 16.8, 15.4],
  ['ink-soft', 'paper', 9.4, 10.5],
  ['ink-faint', 'paper-deep', 4.9, 5.6],
  ['signal', 'paper', 5.2, 6.9],
  ['on-signal', 'signal-fill', 5.3, 5.0],
  ['house-text', 'paper', 8.0, 10.7],
  ['on-house', 'house', 13.3, 14.5],
  ['signal-on-house', 'house', 6.1, 6.7],
  ['rule-control', 'paper', 3.8, 4.4],
]

for (const [text, on, light, dark] of table)
  test(`${text} on ${on} stands off as the look says`, () => {
    assert.ok(Math.abs(ratio(text, on, 'light') - light) < 0.15, `light: ${ratio(text, on, 'light')}`)
    assert.ok(Math.abs(ratio(text, on, 'dark') - dark) < 0.15, `dark: ${ratio(text, on, 'dark')}`)
  })

test('every hue is readable with the lightness that goes with it', () => {
  for (let hue = 0; hue < 360; hue += 15) {
    const theme = { ...standardTheme, signalHue: hue, houseHue: hue, paperHue: hue, signalLight: lightnessFor(hue) }
    assert.deepEqual(tooNear(theme), [], `hue ${hue}`)
  }
})

test('a signal too light for its paper is told, with both names and the ratio', () => {
  const found = tooNear({ ...standardTheme, signalHue: 130, signalLight: 0.7 })
  const worst = found.find(({ text, on, mode }) => text === 'signal' && on === 'paper' && mode === 'light')
  assert.ok(worst && worst.ratio < 4.5 && worst.ratio > 1.5)
})
