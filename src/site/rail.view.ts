import { html } from 'hono/html'
import type { Html } from '../player/icon.view.ts'
import { cardView, lineView, railHeadView } from './card.view.ts'
import { cutView } from './cut.view.ts'
import type { Cut, Rail } from './rail.ts'

type Of<Kind extends Rail['kind']> = Extract<Rail, { kind: Kind }>

/** A 3 px line, a heading, a way to all of it, and columns. */
export const railView = (rail: Rail): Html => {
  const { id, name, href } = rail.head
  const head = railHeadView(`r-${id}`, name, href === null ? null : { href, name: rail.head.all })
  return html`<section class="rail" aria-labelledby="r-${id}">
    ${head} ${rail.kind === 'feature' ? featureView(rail) : rail.kind === 'music' ? musicView(rail) : cardsView(rail)}
  </section>`
}

const cardsView = ({ cards }: Of<'cards'>) =>
  html`<div class="cols ${cards.length === 4 ? 'c4' : 'c3'} ruled">${cards.map((card) => cardView(card))}</div>`

const featureView = ({ big, list, card }: Of<'feature'>) =>
  html`<div class="cols feature ruled">
    ${cardView(big, { size: 'h3', eyebrow: false, when: false })}
    <div>
      <ul class="list">
        ${list.map(lineView)}
      </ul>
    </div>
    ${card && cardView(card, { when: false })}
  </div>`

const musicView = ({ card, spins, cuts }: Of<'music'>) =>
  html`<div class="cols c3 ruled">
    ${card && cardView(card, { size: 'h3', when: false })} ${spinsView(spins)} ${cuts.length > 0 && cutsView(cuts)}
  </div>`

const spinsView = ({ stream, played }: Of<'music'>['spins']) =>
  html`<section aria-labelledby="spins-h" data-live="spins">
    <h3 class="h5" id="spins-h">Just played on ${stream}</h3>
    <ol class="spins">
      ${played.map(
        ({ iso, time, title, artist }) =>
          html`<li>
            <time datetime="${iso}">${time}</time>
            <div><b>${title}</b><span>${artist}</span></div>
          </li>`,
      )}
    </ol>
  </section>`

const cutsView = (cuts: Cut[]) =>
  html`<section aria-labelledby="cuts-h">
    <h3 class="h5" id="cuts-h">Listen again</h3>
    <ul>
      ${cuts.map((cut) => html`<li>${cutView(cut)}</li>`)}
    </ul>
  </section>`
