import { html } from 'hono/html'
import type { Html } from '../player/icon.view.ts'
import type { Frame } from './frame.ts'
import { safeUrl } from './safe-url.ts'

/** The one place a page asks for something: before the footer, never over the page. */
export const askView = ({ station }: Frame): Html => {
  const call = station.phone || station.newsroom
  if (!station.give && !call) return html``
  return html`<section class="ask" id="give" aria-label="Talk to us and membership">
    ${
      call &&
      html`<div>
        <h2 class="h3">Talk to us</h2>
        <p class="sum">
          Something we should know, a song you cannot name, a mistake we made: people answer these lines.
        </p>
        <p class="row">
          ${station.phone && html`<a class="button strong" href="tel:${station.phone}">Studio ${station.phone}</a>`}
          ${station.newsroom && html`<a class="button" href="tel:${station.newsroom}">Newsroom ${station.newsroom}</a>`}
        </p>
      </div>`
    }
    ${
      station.give &&
      html`<div>
        <h2 class="h3">Paid for by listeners</h2>
        <p class="sum">What you hear here is paid for by people who could listen for nothing, and choose not to.</p>
        ${!station.give.startsWith('#') && html`<p class="row"><a class="button" href="${safeUrl(station.give)}">Become a member</a></p>`}
      </div>`
    }
  </section>`
}
