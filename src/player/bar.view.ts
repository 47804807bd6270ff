import { html, raw } from 'hono/html'
import { drawerView } from './drawer.view.ts'
import { icon, type Html } from './icon.view.ts'
import type { NowAnswer, NowStream } from './now.ts'
import { playedOf, rulerOf } from './ruler.ts'
import { scrubView } from './ruler.view.ts'
import { barLine, nextLine, span, streamName } from './words.ts'

export type BarProps = {
  now: NowAnswer
  /** `Thursday, 4:42 pm` */
  moment: string
  /** Origin of the air, or `:8000` for this page's host on that port. */
  airOrigin: string
}

/**
 * The player as the server sends it: idle, a link to the stream's list file, so that it plays without script.
 * The script takes over this markup and never builds another.
 */
export const barView = (props: BarProps): Html => {
  const { now, airOrigin } = props
  const stream = now.streams[0]
  if (!stream) return html``
  return html`<gw-player data-air="${airOrigin}"
    ><script type="application/json">
      ${json(now)}
    </script>
    <section class="player bar" aria-label="Radio player" data-state="idle">
      ${edgeView(stream, now.at)}
      <div class="page">
        ${playView(stream)} ${nowView(stream, now.at)}
        <div class="say" hidden><b></b><span></span></div>
        ${nextView(stream, now.zone)}
        <div class="player-do">
          <button class="tool num-icon" type="button" data-do="back" aria-label="Back 15 seconds" hidden>
            ${icon('back15')}</button
          ><button class="tool num-icon" type="button" data-do="forward" aria-label="Forward 30 seconds" hidden>
            ${icon('fwd30')}</button
          ><button class="to-live" type="button" data-do="live" hidden>${icon('live')}<span>Live</span></button>
          ${drawerView(props)}
        </div>
      </div>
    </section>
    <p class="hidden say-live" role="status"></p
  ></gw-player>`
}

// `<` is the only character that could end the script element early.
const json = (value: unknown) => raw(JSON.stringify(value).replaceAll('<', '\\u003c'))

const measure = (stream: NowStream, at: string) => {
  const start = Date.parse(stream.now?.start ?? at)
  const length = Date.parse(stream.now?.end ?? at) - start
  const ruler = rulerOf(length)
  const gone = Date.parse(at) - start
  return { ruler, gone, length, played: playedOf(ruler, gone) }
}

const edgeView = (stream: NowStream, at: string) => {
  const { ruler, played } = measure(stream, at)
  return html`<svg class="edge" viewBox="0 0 ${ruler.minutes} 4" preserveAspectRatio="none" aria-hidden="true">
    <path class="base" d="M0 0H${ruler.minutes}" />
    <path class="played" d="M0 0H${played}" />
  </svg>`
}

const playView = (stream: NowStream) =>
  html`<a class="player-play" href="/streams/${stream.name}.m3u" data-do="play"
    ><span class="knob">${icon('play')}</span
    ><span class="word"
      ><b>Play Live Radio</b
      ><small
        ><span class="wide">${streamName(stream)}</span
        ><span class="narrow">On now: ${barLine(stream).what}</span></small
      ></span
    ></a
  >`

const nowView = (stream: NowStream, at: string) => {
  const { what, who } = barLine(stream)
  const { ruler, played, gone, length } = measure(stream, at)
  const title = stream.now?.title ?? stream.title
  return html`<div class="player-now">
    <p class="what">
      <span class="tally${!stream.up && ' off'}">${stream.up ? 'On air now' : 'Off the air'}</span><b>${what}</b
      ><span class="host">${who}</span>
    </p>
    ${scrubView({ title, ruler, played, gone: span(gone), total: span(length) })}
  </div>`
}

const nextView = (stream: NowStream, zone: string) => {
  const next = stream.next && nextLine(stream.next, zone)
  return html`<div class="player-next">
    <small>Next Up${next && html`, <time datetime="${stream.next?.start}">${next.when}</time>`}</small
    ><b>${next?.what ?? 'Nothing announced'}</b>
  </div>`
}
