import { html } from 'hono/html'
import { icon, type Html } from '../player/icon.view.ts'
import type { Cut } from './rail.ts'

/** The knob of an audio file: a link to the file, so that it plays without script; the player takes it over. */
export const cutDiscView = ({ src, title, seconds, about, href }: Cut, label = `Play ${title}`): Html =>
  html`<a
    class="disc"
    href="${src}"
    data-play-audio="${href}"
    data-title="${title}"
    data-about="${about}"
    data-seconds="${seconds}"
    aria-label="${label}"
    >${icon('play')}</a
  >`

/** One line of audio in a list. */
export const cutView = (cut: Cut): Html =>
  html`<div class="cut">
    ${cutDiscView(cut)}
    <p class="title">${cut.title}</p>
    <span class="dur">${cut.length}</span>
    <p class="meta">${cut.about}</p>
  </div>`
