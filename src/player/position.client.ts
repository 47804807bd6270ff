import { setAttribute, setHidden, setText } from './dom.client.ts'
import { stepOf } from './ruler.ts'
import type { Shown } from './shown.ts'

/** Draws a position into a `.scrub` and, on a phone, onto the bar's edge. A thumb in somebody's hand is left alone. */
export const drawPosition = (root: Element, position: Shown['position'], canMove: boolean): void => {
  const scrub = root.querySelector('.scrub')
  const input = scrub?.querySelector('input')
  setHidden(scrub, position === null)
  setHidden(root.querySelector('.edge'), position === null)
  if (!position || !scrub || !input) return
  const { ruler, played, gone, total, inWords, label } = position
  for (const svg of root.querySelectorAll('.edge, .ruler')) {
    const height = svg.classList.contains('edge') ? 4 : 16
    const base = height === 4 ? 0 : 8
    setAttribute(svg, 'viewBox', `0 0 ${ruler.minutes} ${height}`)
    setAttribute(svg.querySelector('.base'), 'd', `M0 ${base}H${ruler.minutes}`)
    setAttribute(svg.querySelector('.ticks'), 'd', ruler.ticks)
    setAttribute(svg.querySelector('.kept'), 'd', `M0 ${base}H${canMove ? 0 : played}`)
    setAttribute(svg.querySelector('.played'), 'd', `M0 ${base}H${played}`)
  }
  setText(scrub.querySelector('[data-gone]'), gone)
  setText(scrub.querySelector('[data-total]'), total)
  setAttribute(input, 'max', String(ruler.minutes))
  setAttribute(input, 'step', String(stepOf(ruler)))
  setAttribute(input, 'aria-label', label)
  input.disabled = !canMove
  if (input.matches(':active')) return
  input.value = String(played)
  setAttribute(input, 'aria-valuetext', inWords)
}
