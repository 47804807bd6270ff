import { html } from 'hono/html'
import type { Html } from './icon.view.ts'
import type { Ruler } from './ruler.ts'

export type RulerProps = {
  ruler: Ruler
  /** Minutes gone, drawn in the signal colour. */
  played?: number
  /** Minutes that can be reached (the player). */
  kept?: number
  /** Where the needle stands, in minutes (rulers without a thumb). */
  needle?: number
}

/** The ruler: a line, ticks above it, what has gone in the signal colour. */
export const rulerView = ({ ruler, played, kept, needle }: RulerProps): Html =>
  html`<svg class="ruler" viewBox="0 0 ${ruler.minutes} 16" preserveAspectRatio="none" aria-hidden="true">
    <path class="base" d="M0 8H${ruler.minutes}" />
    <path class="ticks" d="${ruler.ticks}" />
    ${kept !== undefined && html`<path class="kept" d="M0 8H${kept}" />`}
    ${played !== undefined && html`<path class="played" d="M0 8H${played}" />`}
    ${needle !== undefined && html`<path class="needle" d="M${needle} -2V18" />`}
  </svg>`

export type ScrubProps = { title: string; ruler: Ruler; played: number; gone: string; total: string }

/** Position in a programme: a native range over the ruler, with the times at its ends. */
export const scrubView = ({ title, ruler, played, gone, total }: ScrubProps): Html =>
  html`<div class="scrub">
    <span class="num" data-gone>${gone}</span>
    <div class="track">
      ${rulerView({ ruler, played, kept: played })}<input
        type="range"
        min="0"
        max="${ruler.minutes}"
        value="${Math.round(played)}"
        disabled
        aria-label="Position in ${title}"
        aria-valuetext="${gone} of ${total}"
      />
    </div>
    <span class="num" data-total>${total}</span>
  </div>`
