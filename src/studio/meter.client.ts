import { barsOf, readingOf, WIDTH } from './level-meter.ts'
import type { Level } from './level-meter.ts'

const STEPS = 20
const SVG = 'http://www.w3.org/2000/svg'

/** The meter as it is drawn: left above, right below, twenty steps. */
export const meterOf = (levels: readonly [Level, Level]): SVGSVGElement => {
  const draw = (name: string, given: Record<string, string | number>) => {
    const element = document.createElementNS(SVG, name)
    for (const [key, value] of Object.entries(given)) element.setAttribute(key, String(value))
    return element
  }
  const meter = document.createElementNS(SVG, 'svg')
  const given = { class: 'meter', viewBox: `0 0 ${WIDTH} 44`, preserveAspectRatio: 'none', role: 'img' }
  for (const [key, value] of Object.entries(given)) meter.setAttribute(key, value)
  meter.setAttribute('aria-label', readingOf(levels))
  for (const [row, level] of levels.entries())
    for (const { is, x, width } of barsOf(level))
      meter.append(draw('rect', { class: is, x, y: row === 0 ? 2 : 24, width, height: 16 }))
  const notches = Array.from({ length: STEPS - 1 }, (_, at) => `M${((at + 1) * WIDTH) / STEPS} 0V44`).join('')
  meter.append(draw('path', { class: 'notch', d: notches }))
  return meter
}
