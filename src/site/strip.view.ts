import { html } from 'hono/html'
import type { Html } from '../player/icon.view.ts'
import { rulerView } from '../player/ruler.view.ts'
import { railHeadView } from './card.view.ts'
import type { Strip, StripItem } from './strip.ts'

/** Today's strip under its ruler; on a phone a list of what is still to come. */
export const stripView = ({ heading, from, ruler, played, items }: Strip): Html =>
  html`<section class="strip" aria-labelledby="strip-h" data-live="strip" data-from="${from}">
    ${railHeadView('strip-h', heading, { href: '/schedule', name: 'Full schedule' })}
    ${rulerView({ ruler, needle: played })}
    <ol>
      ${items.map(itemView)}
    </ol>
  </section>`

const itemView = ({ iso, time, title, halves, state }: StripItem) =>
  html`<li class="${halves === 1 ? 'short' : `q${halves}`}${state !== 'to come' && ` ${state}`}">
    <time datetime="${iso}">${time}</time><b>${title}</b>${state === 'on' && html`<span class="tally">On air</span>`}
  </li>`
