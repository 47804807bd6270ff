import { html } from 'hono/html'
import type { KillProof } from '../newsroom/newsroom.ts'
import type { Html } from '../player/icon.view.ts'
import { icon } from './icons.ts'
import type { StudioTimes } from './times.ts'

/** When nobody of ours showed it any more, ms since the epoch; null while one has not said so. */
export const goneAt = ({ waitingFor, recalledAt, confirmations }: KillProof): number | null =>
  waitingFor.length > 0 ? null : Math.max(recalledAt, ...confirmations.map(({ at }) => at))

/** To the tenth of a second: `9:14:02.4`. */
export const exact = (at: number, times: StudioTimes): string =>
  `${times.seconds(at)}.${Math.floor((((at % 1000) + 1000) % 1000) / 100)}`

/** Who has confirmed a kill, and when; and whom we are still asking. */
export const killProofView = (proof: KillProof, { times, id }: { times: StudioTimes; id: string }): Html => {
  const { confirmations, waitingFor, surfaces, recalledAt } = proof
  const gone = goneAt(proof)
  return html`<section class="part" aria-labelledby="${id}">
    <h3 class="h" id="${id}">Who confirmed</h3>
    <p class="meta gap-below">
      ${
        gone === null
          ? 'Not everybody has confirmed yet.'
          : html`Withdrawn at ${exact(recalledAt, times)}; gone from everything we serve at ${exact(gone, times)}.`
      }
    </p>
    <ul class="confirm">
      ${confirmations.map(
        ({ house, how, at }) =>
          html`<li>
            ${icon('check')}<span
              >${house}${how === 'lapsed' ? html`<br /><span class="meta">was out of touch, and shows no stories</span>` : ''}</span
            ><span class="meta">${exact(at, times)}</span>
          </li>`,
      )}
      ${waitingFor.map(
        (house) =>
          html`<li class="wait">
            ${icon('clock')}<span><b>${house}</b></span
            ><span class="meta">is being asked</span>
          </li>`,
      )}
    </ul>
    <p class="meta">Each has looked through: ${surfaces.join(', ')}.</p>
  </section>`
}
