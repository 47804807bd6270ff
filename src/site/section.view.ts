import { html } from 'hono/html'
import type { Html } from '../player/icon.view.ts'
import { cardView, lineView, metaView } from './card.view.ts'
import type { Card } from './card.ts'
import type { Frame } from './frame.ts'
import { pageView } from './layout.view.ts'

export type SectionProps = {
  frame: Frame
  eyebrow: string
  name: string
  /** The newest, laid out as a rail; then one line each by day. */
  top: { big: Card; list: Card[]; card: Card | null } | null
  days: { day: string; cards: Card[] }[]
}

/** A section's or a topic's stories, newest first, with a last line. */
export const sectionView = ({ frame, eyebrow, name, top, days }: SectionProps): Html =>
  pageView(
    { frame, title: `${name} | ${frame.station.name}` },
    html`<div class="page">
      <div class="banner">
        <div>
          ${eyebrow && html`<p class="eyebrow">${eyebrow}</p>`}
          <h1 class="h1">${name}</h1>
        </div>
      </div>
      ${top && topView(top)} ${days.length > 0 && daysView(days)}
      <p class="meta section-end">
        ${top || days.length ? `That is all of ${name} so far.` : `No stories in ${name} yet.`}
        <a class="under" href="/">Today’s front page</a>
      </p>
    </div>`,
  )

const topView = ({ big, list, card }: NonNullable<SectionProps['top']>) =>
  html`<section class="rail" aria-labelledby="newest">
    <div class="rail-head"><h2 id="newest">Newest</h2></div>
    <div class="cols feature ruled">
      ${cardView(big, { size: 'h3', eyebrow: false })}
      ${
        list.length > 0 &&
        html`<div>
          <ul class="list">
            ${list.map(lineView)}
          </ul>
        </div>`
      }
      ${card && cardView(card)}
    </div>
  </section>`

const daysView = (days: SectionProps['days']) =>
  html`<section class="rail" aria-labelledby="earlier">
    <div class="rail-head"><h2 id="earlier">Earlier</h2></div>
    <ol class="episodes">
      ${days.flatMap(({ day, cards }) => cards.map((card, index) => earlierView(card, index === 0 ? day : '')))}
    </ol>
  </section>`

const earlierView = (card: Card, day: string) =>
  html`<li>
    <p class="meta">${day && html`<b>${day}</b>`}</p>
    <div>
      ${card.eyebrow && html`<p class="eyebrow">${card.eyebrow}</p>`}
      <h3 class="h4"><a href="${card.href}">${card.headline}</a></h3>
      ${card.sum && html`<p class="sum">${card.sum}</p>`}
    </div>
    ${metaView(card, { by: false, when: false })}
  </li>`
