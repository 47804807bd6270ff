import { html } from 'hono/html'
import type { AlertConfig } from '../config/schema.ts'
import { icon, type Html } from '../player/icon.view.ts'
import type { Frame } from './frame.ts'
import { logoView } from '../player/logo.view.ts'
import { giveUrl, safeUrl } from './safe-url.ts'

/** The station's line, the date, and the ways out. */
export const toplineView = ({ station, times, at }: Frame): Html =>
  html`<div class="topline" role="region" aria-label="Station">
    <div class="page">
      <p class="station-line">${station.line || station.name}</p>
      <ul>
        <li class="date">
          <a href="/schedule"><time datetime="${times.date(at)}">${times.longDate(at)}</time></a>
        </li>
        <li class="wide"><a href="/text">${icon('text')}Text only</a></li>
        <li>
          <a href="/search">${icon('search')}<span class="hidden">Search</span></a>
        </li>
        ${station.give && html`<li><a class="give" href="${giveUrl(station.give)}">Give</a></li>`}
      </ul>
    </div>
  </div>`

/** Cannot be dismissed; it leaves when it expires or is cancelled. */
export const alertView = ({ level, headline, source, text, link }: AlertConfig): Html =>
  html`<aside class="alert${level === 'danger' && ' danger'}" aria-label="Emergency alert">
    <div class="page">
      ${icon('warn')}
      <div>
        <h2>${headline}</h2>
        <p>${[source && `${source}.`, text].filter(Boolean).join(' ')}</p>
      </div>
      ${link && html`<a href="${safeUrl(link)}">Read the whole alert</a>`}
    </div>
  </aside>`

/** The front page's nameplate with an ear at each side. */
export const nameplateView = (frame: Frame): Html => {
  const { station, streams } = frame
  const facts = [
    station.phone && html`<b>Studio</b> ${station.phone}`,
    station.newsroom && html`<b>Newsroom</b> ${station.newsroom}`,
    station.address,
  ].filter(Boolean)
  return html`<header>
    <div class="nameplate">
      <div class="page">
        <p class="ear">
          ${streams
            .slice(0, 3)
            .map((stream, index) => [index > 0 && html`<br />`, html`<b>${stream.shortTitle}</b> ${stream.label}`])}
        </p>
        <p class="name">${logoView(frame.logo)}${station.name}</p>
        <p class="ear end">${facts.map((fact, index) => [index > 0 && html`<br />`, fact])}</p>
      </div>
    </div>
    <div class="page">${sectionsView(frame)}</div>
  </header>`
}

/** Everywhere else. */
export const smallPlateView = (frame: Frame): Html =>
  html`<header class="plate-small">
    <div class="page">
      <a class="name" href="/">${logoView(frame.logo)}${frame.station.name}</a>
      ${sectionsView(frame)}
    </div>
  </header>`

const sectionsView = ({ nav, path }: Frame) =>
  html`<nav class="sections" aria-label="Sections">
    <ul>
      ${nav.map(
        ({ href, name, wide }) =>
          html`<li ${wide ? html`class="wide"` : ''}>
            <a href="${href}" ${href === path ? html`aria-current="page"` : ''}>${name}</a>
          </li>`,
      )}
      <li class="only-narrow"><a href="#all">All${icon('menu')}</a></li>
    </ul>
  </nav>`
