import { html } from 'hono/html'
import type { Html } from '../player/icon.view.ts'
import { sentence } from '../player/words.ts'
import type { Frame } from './frame.ts'
import { logoView } from '../player/logo.view.ts'
import { giveUrl } from './safe-url.ts'

type Link = { href: string; name: string }

/** The last line of every page: who we are, and every way on. */
export const footView = (frame: Frame): Html => {
  const { station, nav, times, at } = frame
  return html`<footer class="foot">
    <div class="page" id="all">
      <div>
        <p class="name">${logoView(frame.logo)}${station.name}</p>
        <p>
          ${[sentence(station.line), sentence(station.about)]
            .filter(Boolean)
            .map((line, index) => [index > 0 && html`<br />`, line])}
        </p>
        <p>${addressOf(frame)}</p>
      </div>
      ${columnView('All sections', 'Sections', nav)}
      ${columnView('Listening', 'Listen', [
        { href: '/listen', name: 'Live player' },
        { href: '/streams', name: 'Stream addresses' },
        { href: '/schedule', name: 'What is on' },
        { href: '/streams#elsewhere', name: 'Where to hear us' },
      ])}
      ${columnView('The station', 'The station', [
        { href: '/corrections', name: 'Corrections' },
        ...(station.give ? [{ href: giveUrl(station.give), name: 'Give' }] : []),
        { href: '/text', name: 'Text-only site' },
      ])}
      <p class="fine">
        <span>© ${times.zoned(at).year} ${station.name}</span
        ><span
          ><a href="/corrections">Corrections</a> <span class="dot"></span><a href="/streams">Stream addresses</a>
          <span class="dot"></span><a href="/text">Text only</a></span
        >
      </p>
    </div>
  </footer>`
}

const addressOf = ({ station }: Frame) =>
  [
    station.address,
    station.newsroom && `Newsroom: ${station.newsroom}`,
    station.phone && `Studio line: ${station.phone}`,
  ]
    .filter(Boolean)
    .map(sentence)
    .join(' ')

const columnView = (label: string, heading: string, links: Link[]) =>
  html`<nav aria-label="${label}">
    <h2>${heading}</h2>
    <ul>
      ${links.map(({ href, name }) => html`<li><a href="${href}">${name}</a></li>`)}
    </ul>
  </nav>`
