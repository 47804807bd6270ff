import { html } from 'hono/html'
import type { Html } from '../player/icon.view.ts'
import type { AirLamp } from './air-line.ts'
import { initials } from './face.view.ts'
import type { Frame, NavItem } from './frame.ts'
import { logoView } from '../player/logo.view.ts'
import { icon } from './icons.ts'
import type { NavCount } from './nav-counts.ts'
import type { StudioAsset } from './studio-deps.ts'

export type PageProps = {
  title: string
  /** HTTP status, 200 when it is left out. */
  status?: number
  /** The page brings its own padding: the editor's canvas goes to the edges. */
  bare?: boolean
}

/** One staff page: the air line, the places, and `main`. */
export const studioPage = (frame: Frame, { title, bare }: PageProps, main: Html): Html =>
  documentView(
    frame,
    title,
    html`<body>
      <a class="skip" href="#main">Skip to the page</a>
      <header class="airline">
        <div>
          <a class="name" href="/studio"
            >${logoView(frame.station.logo)}<span>${frame.station.short}<span class="long"> Studio</span></span></a
          >
          <studio-air>${airView(frame.lamps)}</studio-air>
          <studio-clock data-zone="${frame.times.zone}"
            ><time class="clock" datetime="${frame.times.iso(frame.at)}"
              >${frame.times.seconds(frame.at)}</time
            ></studio-clock
          >
          ${menuView(frame)}
        </div>
      </header>
      <div class="shell">
        <nav class="side" aria-label="Studio">
          <ul>
            ${frame.nav.map((item) => html`<li class="${item.gap ? 'gap' : ''}">${placeView(item)}</li>`)}
          </ul>
        </nav>
        <main id="main" tabindex="-1" class="${bare ? 'bare' : 'main'}">${main}</main>
      </div>
      <nav class="tabbar" aria-label="Studio, short">
        ${frame.tabs.map((item) => placeView({ ...item, waits: null }))}
      </nav>
    </body>`,
  )

/** What of the air stands in the line; the same words when it is asked for anew. */
export const airView = (lamps: AirLamp[]): Html =>
  html`<ul aria-label="On air">
    ${lamps.map(
      ({ name, text, care }) =>
        html`<li>
          <a href="/studio/on-air"
            ><span class="lamp${care ? ' care' : ''}"></span><b>${name}</b
            ><span class="t" aria-hidden="true">${text}</span
            ><span class="hidden">, ${care ? text : `on air: ${text}`}</span></a
          >
        </li>`,
    )}
  </ul>`

const placeView = ({ href, name, icon: sign, current, waits }: NavItem): Html =>
  html`<a href="${href}" ${current ? html`aria-current="page"` : ''}
    >${icon(sign)}${name}${waits && countView(waits)}</a
  >`

/** A kill says what it is; other numbers only to who cannot see where they stand. */
const countView = ({ count, what, bad }: NavCount): Html => {
  const number = count.toLocaleString('en-US')
  return bad
    ? html`<span class="count bad">${number} ${what}</span>`
    : html`<span class="count">${number}<span class="hidden"> ${what}</span></span>`
}

const menuView = ({ person, nav, tabs }: Frame): Html => {
  const { name, email, role } = person.account
  return html`<details class="account">
    <summary class="me">
      <span class="face" aria-hidden="true">${initials(name)}</span><span class="long">${name.split(' ')[0]}</span
      ><span class="hidden">Your account and more</span>
    </summary>
    <div>
      <p><b>${name}</b><br />${email}, ${role}</p>
      <ul class="more">
        ${nav.filter((item) => !tabs.includes(item)).map((item) => html`<li>${placeView(item)}</li>`)}
      </ul>
      <ul>
        <li><a href="/studio/account">${icon('gear')}Your account</a></li>
        <li><a href="/">${icon('out')}The site</a></li>
      </ul>
      <form method="post" action="/studio/sign-out"><button class="button">Sign out</button></form>
    </div>
  </details>`
}

/** A page for who is not signed in: the same cabinet, nothing to press but what is asked. */
export const doorPage = (
  { station, asset }: Pick<Frame, 'station' | 'asset'>,
  { title }: { title: string },
  main: Html,
): Html =>
  documentView(
    { station, asset },
    title,
    html`<body>
      <header class="airline">
        <div>
          <a class="name" href="/"
            >${logoView(station.logo)}<span>${station.short}<span class="long"> Studio</span></span></a
          >
        </div>
      </header>
      <main id="main" class="doorway">${main}</main>
    </body>`,
  )

type Around = { station: Frame['station']; asset: (name: StudioAsset) => string }

const documentView = ({ station, asset }: Around, title: string, body: Html): Html =>
  html`<!doctype html>
    <html lang="${station.language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="robots" content="noindex" />
        <title>${title} | ${station.short} Studio</title>
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        <link rel="preload" href="${asset('read.woff2')}" as="font" type="font/woff2" crossorigin />
        <link rel="preload" href="${asset('speak.woff2')}" as="font" type="font/woff2" crossorigin />
        <link rel="stylesheet" href="${asset('studio.css')}" />
        ${station.theme && html`<link rel="stylesheet" href="${station.theme}" />`}
        <script type="module" src="${asset('studio.js')}"></script>
      </head>
      ${body}
    </html>`
