import { html } from 'hono/html'
import { discView } from '../player/drawer.view.ts'
import type { Html } from '../player/icon.view.ts'
import type { Frame } from './frame.ts'
import { pageView } from './layout.view.ts'

export type StreamsProps = {
  frame: Frame
  streams: {
    name: string
    title: string
    label: string
    about: string
    addresses: { kind: string; href: string; url: string }[]
  }[]
}

/** Every stream's plain addresses, for whatever else can play them. */
export const streamsView = ({ frame, streams }: StreamsProps): Html =>
  pageView(
    { frame, title: `Stream addresses | ${frame.station.name}` },
    html`<div class="page">
      <div class="banner">
        <div>
          <h1 class="h1">Stream addresses</h1>
          <p class="dek">The same sound as here, for any radio, app or car that takes an address.</p>
        </div>
      </div>
      <section class="rail" aria-labelledby="streams-h">
        <div class="rail-head"><h2 id="streams-h">Streams</h2></div>
        <ol class="day">
          ${streams.map(rowView)}
        </ol>
      </section>
      <section class="rail" aria-labelledby="elsewhere">
        <div class="rail-head"><h2 id="elsewhere">Smart speakers and car radios</h2></div>
        <div class="prose">
          <p>
            A radio that asks for an address takes the plain one: type it in, or put it into the maker’s app, and give
            it the stream’s name. If it asks for a list file, take M3U or PLS. Telephones and newer cars do best with
            HLS, which goes on where it was when the line breaks.
          </p>
          <p>
            On the air you need none of this:
            ${streams.map(
              ({ title, label }, index) => html`${index > 0 && ', '}${title}${label && html` on ${label}`}`,
            )}.
          </p>
        </div>
      </section>
    </div>`,
  )

const rowView = ({ name, title, label, about, addresses }: StreamsProps['streams'][number]) =>
  html`<li>
    <p><b>${label}</b></p>
    <div>
      <h3 class="h4">${title}</h3>
      ${about && html`<p class="meta">${about}</p>`}
    </div>
    ${discView({ name, title })}
    <dl class="addresses">
      ${addresses.map(
        ({ kind, href, url }) =>
          html`<div>
            <dt>${kind}</dt>
            <dd><a class="under" href="${href}">${url}</a></dd>
          </div>`,
      )}
    </dl>
  </li>`
