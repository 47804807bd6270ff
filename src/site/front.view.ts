import { html } from 'hono/html'
import type { Html } from '../player/icon.view.ts'
import { askView } from './ask.view.ts'
import { metaView } from './card.view.ts'
import { pictureView, widths } from './picture.view.ts'
import type { Card } from './card.ts'
import type { FrontProps, Lead } from './front.ts'
import { pageView } from './layout.view.ts'
import { nowBoxView } from './now-box.view.ts'
import { photoView } from './photo.view.ts'
import { railView } from './rail.view.ts'
import { stripView } from './strip.view.ts'

/** The front page: seconds, lead, on air now; today; the sections; and an end. */
export const frontView = (props: FrontProps): Html => {
  const { frame, lead, more, seconds, nowBox, strip, rails } = props
  const { station } = frame
  return pageView(
    {
      frame,
      front: true,
      title: station.line ? `${station.name}: ${station.line}` : station.name,
      description: station.about || station.line,
      head: frontHeadView(frame),
      canonical: station.url ? new URL('/', station.url).href : null,
    },
    html`<div class="page">
      <div class="front-top">
        ${lead ? leadView(lead, more) : emptyView(station.name)} ${nowBox && nowBoxView(nowBox)}
        ${seconds.length > 0 && secondsView(seconds)}
      </div>
      ${strip && stripView(strip)} ${rails.map(railView)} ${askView(frame)}
    </div>`,
  )
}

/** What a card of the whole station says. */
const frontHeadView = ({ station, origin }: FrontProps['frame']): Html =>
  html`<meta property="og:type" content="website" />
    <meta property="og:title" content="${station.name}" />
    ${
      (station.about || station.line) &&
      html`<meta property="og:description" content="${station.about || station.line}" />`
    }
    ${origin && html`<meta property="og:url" content="${origin}/" />`}`

const leadView = (lead: Lead, more: Card[]) =>
  html`<article class="lead">
    <h1 class="h1"><a href="${lead.href}">${lead.headline}</a></h1>
    ${lead.sum && html`<p class="dek">${lead.sum}</p>`} ${metaView(lead)}
    ${lead.photo && photoView(lead.photo, { shape: '16x10', sizes: widths.large, eager: true })}
    ${
      more.length > 0 &&
      html`<div class="more">${more.map(({ href, headline }) => html`<a href="${href}">${headline}</a>`)}</div>`
    }
  </article>`

const emptyView = (name: string) =>
  html`<section class="lead">
    <h1 class="h1">${name}</h1>
    <p class="dek">No stories yet today.</p>
  </section>`

const secondsView = (cards: Card[]) =>
  html`<section class="seconds" aria-label="More top stories">
    <ul class="list">
      ${cards.map((card, index) => html`<li>${index === 0 ? firstView(card) : secondView(card)}</li>`)}
    </ul>
  </section>`

const firstView = (card: Card) =>
  html`<article>
    ${card.picture ? pictureView(card.picture) : html`<p class="eyebrow">${card.eyebrow}</p>`}
    <h2 class="h4"><a href="${card.href}">${card.headline}</a></h2>
    ${card.sum && html`<p class="sum">${card.sum}</p>`} ${metaView(card)}
  </article>`

const secondView = (card: Card) =>
  html`<article>
    ${card.eyebrow && html`<p class="eyebrow">${card.eyebrow}</p>`}
    <h2 class="h4"><a href="${card.href}">${card.headline}</a></h2>
    ${metaView(card)}
  </article>`
