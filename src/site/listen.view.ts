import { html } from 'hono/html'
import { barView } from '../player/bar.view.ts'
import { icon, type Html } from '../player/icon.view.ts'
import type { NowStream } from '../player/now.ts'
import { playedOf, rulerOf } from '../player/ruler.ts'
import { scrubView } from '../player/ruler.view.ts'
import { barLine, nextLine, sentence, span, tabLine } from '../player/words.ts'
import { pictureUrl } from './card.ts'
import type { Frame } from './frame.ts'
import { documentView, momentOf } from './layout.view.ts'
import { logoView } from '../player/logo.view.ts'

/** The full screen. The bar is on this page too, unseen: it is what plays. */
export const listenView = (frame: Frame): Html => {
  const { station, now, shortNames } = frame
  const stream = now.streams[0]
  return documentView(
    { frame, title: `Listen live | ${station.name}`, description: `Live radio from ${station.name}.` },
    html`<body class="listen">
      <header>
        <a class="name" href="/">${logoView(frame.logo)}${familyName(frame)}</a
        ><a class="tool" href="/" aria-label="Close the full-screen player">${icon('down')}</a>
      </header>
      ${barView({ ...frame, moment: momentOf(frame) })}
      <main id="main" tabindex="-1">
        ${stream ? screenView(stream, frame) : html`<h1>No stream is on the air.</h1>`}
      </main>
      <nav aria-label="On-air streams">
        <ul>
          ${now.streams.map((each, index) => tabView(each, shortNames[index] ?? each.title))}
        </ul>
      </nav>
    </body>`,
  )
}

/** The words that all streams' names begin with (`Oxbow`), else the station's name. */
const familyName = ({ station, now, shortNames }: Frame) => {
  const [title = '', short = ''] = [now.streams[0]?.title, shortNames[0]]
  return title.slice(0, title.length - short.length).trim() || station.name
}

const screenView = (stream: NowStream, { now, times }: Frame) => {
  const { what, who } = barLine(stream)
  const picture = stream.now?.picture
  const next = stream.next && nextLine(stream.next, times.zone)
  return html`<img
      class="art"
      ${picture ? html`src="${pictureUrl(picture)}"` : html`src="/favicon.svg" hidden`}
      width="800"
      height="800"
      alt=""
    />
    <div>
      <div class="head">
        <span class="tally${!stream.up && ' off'}">${stream.up ? 'On air now' : 'Off the air'}</span
        ><span class="meta"></span>
      </div>
      <h1>${what}</h1>
      <p class="host">${[sentence(who), sentence(stream.now?.episode ?? '')].filter(Boolean).join(' ')}</p>
    </div>
    ${positionView(stream, now.at)} ${transportView(stream)}
    <div class="upnext">
      <small><span>Next Up</span><br /><span>${next?.when}</span></small
      ><b
        >${next ? (stream.next?.episode ? `${next.what}: ${stream.next.episode}` : next.what) : 'Nothing announced'}</b
      >
    </div>`
}

const positionView = ({ now, title }: NowStream, at: string) => {
  const start = Date.parse(now?.start ?? at)
  const length = Date.parse(now?.end ?? at) - start
  const ruler = rulerOf(length)
  const gone = Date.parse(at) - start
  return scrubView({
    title: now?.title ?? title,
    ruler,
    played: playedOf(ruler, gone),
    gone: span(gone),
    total: span(length),
  })
}

const transportView = (stream: NowStream) =>
  html`<div class="transport">
    <button class="tool" type="button" data-do="share" aria-label="Share this page" disabled>${icon('share')}</button
    ><button class="skip15" type="button" data-do="back" aria-label="Back 15 seconds" disabled>${icon('back15')}</button
    ><a class="big" href="/streams/${stream.name}.m3u" data-do="play" aria-label="Play ${stream.title}"
      >${icon('play')}</a
    ><button class="skip15" type="button" data-do="forward" aria-label="Forward 30 seconds" disabled>
      ${icon('fwd30')}</button
    ><button class="tool" type="button" data-do="sleep" aria-label="Sleep timer" disabled>${icon('clock')}</button>
  </div>`

const tabView = (stream: NowStream, name: string) =>
  html`<li>
    <a href="/streams/${stream.name}.m3u" data-choose="${stream.name}"><b>${name}</b><span>${tabLine(stream)}</span></a>
  </li>`
