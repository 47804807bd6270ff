import { html } from 'hono/html'
import type { Html } from '../player/icon.view.ts'
import { cardView, lineView, metaView } from './card.view.ts'
import type { Card } from './card.ts'
import type { Frame } from './frame.ts'
import { pageView } from './layout.view.ts'
import { safeUrl } from './safe-url.ts'

export type SectionProps = {
  frame: Frame
  eyebrow: string
  name: string
  feed?: { name: string; path: string }
  /** Who it is, on the page of an author. */
  person?: { role: string; picture: string | null; url: string | null }
  /** Which page of them, from 1. */
  number: number
  /** The newest, laid out as a rail; then one line each by day. */
  top: { big: Card; list: Card[]; card: Card | null } | { cards: Card[] } | null
  days: { day: string; cards: Card[] }[]
  newer: string | null
  older: string | null
  canonical: string
}

/** A section's, a topic's or an author's stories, newest first, with a last line. */
export const sectionView = (props: SectionProps): Html => {
  const { frame, eyebrow, name, feed, person, number, top, days, newer, older, canonical } = props
  const numbered = number > 1 ? `${name}, page ${number}` : name
  return pageView(
    {
      frame,
      title: `${numbered} | ${frame.station.name}`,
      canonical,
      ...(feed && { feed }),
      head: html`${newer && html`<link rel="prev" href="${newer}" />`}
      ${older && html`<link rel="next" href="${older}" />`}`,
    },
    html`<div class="page">
      <div class="banner${person?.picture && ' portrait'}">
        ${person?.picture && html`<img src="${person.picture}" width="800" height="800" alt="" />`}
        <div>
          ${eyebrow && html`<p class="eyebrow">${eyebrow}</p>`}
          <h1 class="h1">${numbered}</h1>
          ${person?.role && html`<p class="dek">${person.role}</p>`}
          ${person?.url && html`<p class="meta"><a class="under" rel="me" href="${safeUrl(person.url)}">Biography</a></p>`}
        </div>
      </div>
      ${top && topView(top)} ${days.length > 0 && daysView(days, number > 1 || !top)} ${endView(props)}
    </div>`,
  )
}

const topView = (top: NonNullable<SectionProps['top']>) =>
  html`<section class="rail" aria-labelledby="newest">
    <div class="rail-head"><h2 id="newest">Newest</h2></div>
    ${'cards' in top ? html`<div class="cols c3 ruled">${top.cards.map((card) => cardView(card))}</div>` : featureView(top)}
  </section>`

const featureView = ({ big, list, card }: Extract<NonNullable<SectionProps['top']>, { big: Card }>) =>
  html`<div class="cols feature ruled">
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
  </div>`

const daysView = (days: SectionProps['days'], isAll: boolean) =>
  html`<section class="rail" aria-labelledby="earlier">
    <div class="rail-head"><h2 id="earlier">${isAll ? 'Stories' : 'Earlier'}</h2></div>
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

/** It ends: with the way to what is older, or with a last line. */
const endView = ({ name, feed, person, top, days, newer, older }: SectionProps) =>
  html`<nav class="section-end" aria-label="More of ${name}">
    ${
      (newer || older) &&
      html`<p class="row">
        ${newer && html`<a class="button" rel="prev" href="${newer}">Newer stories</a>`}
        ${older && html`<a class="button" rel="next" href="${older}">Older stories</a>`}
      </p>`
    }
    <p class="meta">
      ${older ? '' : top || days.length ? `That is all ${person ? 'by' : 'of'} ${name} so far.` : `No stories in ${name} yet.`}
      <a class="under" href="/">Today’s front page</a>
      ${feed && html`<a class="under" href="${feed.path}.xml">Feed (RSS)</a>`}
    </p>
  </nav>`
