import { html } from 'hono/html'
import type { KillProof } from '../newsroom/newsroom.ts'
import type { Html } from '../player/icon.view.ts'
import { icon } from './icons.ts'
import type { Looked } from './kill-check.ts'
import { exact, goneAt } from './kill-proof.view.ts'
import { sayView } from './say.view.ts'
import type { StudioTimes } from './times.ts'

export type KillPageProps = {
  proof: KillProof
  /** What readers knew it as, or the desk. */
  name: string
  /** Who killed it. */
  by: string
  /** Its address, which answers 410; null when it never had one. */
  path: string | null
  times: StudioTimes
  /** Where this house was just asked for it. */
  looked: Looked[]
}

/** A kill, and who has confirmed it, to the tenth of a second. */
export const killPageView = ({ proof, name, by, path, times, looked }: KillPageProps): Html => {
  const { id, at, reason, note, surfaces, confirmations, waitingFor, recalledAt } = proof
  const gone = goneAt(proof)
  const isComplete = gone !== null
  const last = gone ?? recalledAt
  const houses = confirmations.length + waitingFor.length
  const everywhere = houses > 1 ? `, ${houses === 2 ? 'both' : `all ${houses}`} houses` : ''
  return html`<div class="head">
      <h1>Killed</h1>
      <a class="button" href="/studio/stories/${id}">Back to the story</a>
    </div>
    <p class="meta gap-below"><b>${name}</b> <span class="dot"></span>${by}, ${times.stamp(at)}</p>
    <div class="narrow">
      ${
        isComplete
          ? sayView(
              'info',
              `Gone from everything we serve at ${exact(last, times)}.`,
              path ? 'Its address says that it was withdrawn.' : '',
            )
          : sayView(
              'bad',
              `${waitingFor.length === 1 ? 'One house has' : `${waitingFor.length} houses have`} not confirmed yet.`,
              'One that cannot be reached shows no stories after five seconds. Load this page again to see.',
            )
      }
      <dl class="kv">
        <dt>Reason</dt>
        <dd>${reason}</dd>
        <dt>Readers are told</dt>
        <dd>${note || 'That it was withdrawn, and not why.'}</dd>
        ${
          path &&
          html`<dt>Its address</dt>
            <dd><a class="under" href="${path}">${path}</a></dd>`
        }
      </dl>
      <section class="part" aria-labelledby="confirm">
        <h2 class="h" id="confirm">Who confirmed</h2>
        <ul class="confirm">
          ${surfaces.map(
            (surface) =>
              html`<li class="${isComplete ? '' : 'wait'}">
                ${icon(isComplete ? 'check' : 'clock')}<span
                  >${surface[0]?.toUpperCase()}${surface.slice(1)}${everywhere}</span
                ><span class="meta">${isComplete ? exact(last, times) : 'not yet'}</span>
              </li>`,
          )}
        </ul>
      </section>
      <section class="part" aria-labelledby="houses">
        <h2 class="h" id="houses">House by house</h2>
        <ul class="confirm">
          ${confirmations.map(
            ({ house, how, at }) =>
              html`<li class="${how === 'lapsed' ? 'wait' : ''}">
                ${icon(how === 'lapsed' ? 'clock' : 'check')}<span
                  ><b>${house}</b>${how === 'lapsed' ? ' was cut off, and showed no stories from then on' : ''}</span
                ><span class="meta">${exact(at, times)}, after ${((at - recalledAt) / 1000).toFixed(1)} s</span>
              </li>`,
          )}
          ${waitingFor.map(
            (house) =>
              html`<li class="wait">
                ${icon('clock')}<span><b>${house}</b></span
                ><span class="meta">not yet</span>
              </li>`,
          )}
        </ul>
      </section>
      ${looked.length > 0 && lookedView(looked)}
    </div>`
}

/** What a reader is told at each place, now. */
const lookedView = (looked: Looked[]): Html => {
  const found = looked.filter(({ isThere }) => isThere)
  const silent = looked.filter(({ status }) => status === null)
  return html`<section class="part" aria-labelledby="looked">
    <h2 class="h" id="looked">Looked for just now</h2>
    <p class="gap-below">
      ${
        found.length > 0
          ? html`<b>It is still at ${found.length === 1 ? 'one place' : `${found.length} places`}.</b> Load this page
              again; if it stays, tell your engineer.`
          : `This house was asked as a reader asks, at ${looked.length} places: none of them has it.`
      }
      ${silent.length > 0 && `${silent.length === 1 ? 'One' : silent.length} did not answer.`}
    </p>
    <details ${looked.every(isGone) ? '' : 'open'}>
      <summary>Where</summary>
      <ul class="confirm">
        ${looked.map(
          (one) =>
            html`<li class="${isGone(one) ? '' : 'wait'}">
              ${icon(isGone(one) ? 'check' : 'warn')}<span><a class="under" href="${one.path}">${one.place}</a></span
              ><span class="meta">${answerWords(one)}</span>
            </li>`,
        )}
      </ul>
    </details>
  </section>`
}

const isGone = ({ status, isThere }: Looked) => !isThere && status !== null

const answerWords = ({ status, isThere }: Looked): string => {
  if (isThere) return 'has it'
  if (status === null) return 'no answer'
  if (status === 410) return '410, withdrawn'
  return status === 200 ? 'without it' : status === 404 ? '404, nothing there' : `${status}, no stories`
}
