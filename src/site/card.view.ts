import { html } from 'hono/html'
import { icon, type Html } from '../player/icon.view.ts'
import type { Card } from './card.ts'
import { pictureView, widths } from './picture.view.ts'

/** Who, when, and whether it can be heard, parted by dots. */
export const metaView = ({ by, when, iso, listen }: Card, show: { by?: boolean; when?: boolean } = {}): Html => {
  const parts = [
    show.by !== false && by && html`<b>${by}</b>`,
    show.when !== false && html`<time datetime="${iso}">${when}</time>`,
    listen && html`<span class="audio-mark">${icon('phones')}Listen, ${listen}</span>`,
  ].filter(Boolean)
  return html`<p class="meta">${parts.map((part, index) => [index > 0 && html`<span class="dot"></span>`, part])}</p>`
}

type CardOptions = { size?: 'h3' | 'h4'; sum?: boolean; eyebrow?: boolean; by?: boolean; when?: boolean }

/** Picture, eyebrow, headline, summary, meta: one link, on the headline. */
export const cardView = (card: Card, options: CardOptions = {}): Html =>
  html`<article class="card">
    ${card.picture && pictureView(card.picture, { sizes: options.size === 'h3' ? widths.large : widths.card })}
    ${options.eyebrow !== false && card.eyebrow && html`<p class="eyebrow">${card.eyebrow}</p>`}
    <h3 class="${options.size ?? 'h4'}"><a href="${card.href}">${card.headline}</a></h3>
    ${options.sum !== false && card.sum && html`<p class="sum">${card.sum}</p>`} ${metaView(card, options)}
  </article>`

/** The same without a picture, in a list. */
export const lineView = (card: Card): Html =>
  html`<li>
    ${card.eyebrow && html`<p class="eyebrow">${card.eyebrow}</p>`}
    <h3 class="h4"><a href="${card.href}">${card.headline}</a></h3>
    ${metaView(card, { by: false })}
  </li>`

/** Section heads: heading at the start, the way to all of it at the end. */
export const railHeadView = (id: string, heading: string, all?: { href: string; name: string } | null): Html =>
  html`<div class="rail-head">
    <h2 id="${id}">${heading}</h2>
    ${all && html`<a href="${all.href}">${all.name}</a>`}
  </div>`
