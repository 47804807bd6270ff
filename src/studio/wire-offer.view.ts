import { html } from 'hono/html'
import type { Html } from '../player/icon.view.ts'
import type { WireOffer } from '../wire/board.ts'
import { icon } from './icons.ts'
import type { StudioTimes } from './times.ts'
import { itemPath } from './wire-words.ts'
import { wordsView } from './words.view.ts'

/** Paragraphs that stay as they are between two changes; more are left out. */
const AROUND = 1

export type OfferProps = {
  offer: WireOffer
  nameOf: (source: string) => string
  mayTake: boolean
  times: StudioTimes
  now: number
}

/** What the source has said since the story was changed here: an offer beneath the text, to be taken or left. */
export const wireOfferView = ({ offer, nameOf, mayTake, times, now }: OfferProps): Html => {
  const { row, difference, at } = offer
  return html`<section class="offer" aria-labelledby="offer">
    <header>
      ${icon('wire')}<b id="offer">${nameOf(row.provider)} has changed it</b
      ><time datetime="${times.iso(at)}">${times.brief(at, now)}</time>
    </header>
    ${difference.fields.map(({ what, words }) => html`<p><span class="what">${what}</span> ${wordsView(words)}</p>`)}
    ${shortened(difference.body).map((words) => (words ? html`<p>${wordsView(words)}</p>` : html`<p class="meta">…</p>`))}
    <footer>
      ${
        mayTake &&
        html`<form method="post" action="/studio/wire/updates/${row.updateId}/take">
            <button class="button small">Take it</button>
          </form>
          <form method="post" action="/studio/wire/updates/${row.updateId}/leave">
            <button class="button small">Leave ours</button>
          </form>`
      }
      <a class="button small" href="${itemPath(row)}">See all of it</a>
    </footer>
  </section>`
}

/** Paragraphs with what changed and their neighbours; null stands for those between. */
const shortened = (body: WireOffer['difference']['body']): (WireOffer['difference']['body'][number] | null)[] => {
  const isChanged = body.map((words) => words.some(({ is }) => is !== 'same'))
  const isNear = (at: number) => isChanged.slice(Math.max(0, at - AROUND), at + AROUND + 1).some((changed) => changed)
  return body.flatMap((words, at) => {
    if (isNear(at)) return [words]
    return at > 0 && isNear(at - 1) ? [null] : []
  })
}
