import type { Track } from './radio-state.ts'
import { playedOf, rulerOf } from './ruler.ts'

const SVG = 'http://www.w3.org/2000/svg'

/** The ruler beneath a story's audio, there while it plays. `at` and `length` in seconds. */
export const drawCutRuler = (track: Track | null, { at, length }: { at: number; length: number }): void => {
  const cut = track && document.querySelector(`.story-text > .cut:has(> [data-src="${CSS.escape(track.src)}"])`)
  for (const old of document.querySelectorAll('.cut > .ruler')) if (old.parentElement !== cut) old.remove()
  if (!cut) return
  const ruler = rulerOf((length || track.seconds) * 1000)
  const svg = cut.querySelector('.ruler') ?? cut.appendChild(newRuler())
  svg.setAttribute('viewBox', `0 0 ${ruler.minutes} 16`)
  const [base, ticks, played] = svg.children
  base?.setAttribute('d', `M0 8H${ruler.minutes}`)
  ticks?.setAttribute('d', ruler.ticks)
  played?.setAttribute('d', `M0 8H${playedOf(ruler, at * 1000)}`)
}

const newRuler = () => {
  const svg = document.createElementNS(SVG, 'svg')
  svg.setAttribute('class', 'ruler')
  svg.setAttribute('preserveAspectRatio', 'none')
  svg.setAttribute('aria-hidden', 'true')
  for (const name of ['base', 'ticks', 'played']) {
    svg.appendChild(document.createElementNS(SVG, 'path')).setAttribute('class', name)
  }
  return svg
}
