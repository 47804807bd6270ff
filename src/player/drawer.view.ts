import { html } from 'hono/html'
import type { BarProps } from './bar.view.ts'
import { icon, type Html } from './icon.view.ts'
import type { NowStream } from './now.ts'
import { nextLine, streamLines } from './words.ts'

/** All on-air streams with what each plays: opens without script, each disc a link to its list file. */
export const drawerView = ({ now, moment }: BarProps): Html =>
  html`<details class="streams">
    <summary>${icon('streams')}<span class="word">All streams</span>${icon('down', 'turn')}</summary>
    <div class="drawer">
      <div class="drawer-head">
        <h2>On-air streams</h2>
        <span class="meta" data-moment>${moment}</span>
      </div>
      <ul>
        ${now.streams.map((stream, index) => rowView(stream, { current: index === 0, zone: now.zone }))}
      </ul>
      <p class="ways">
        <a class="under" href="/listen">Full screen</a><a class="under" href="/streams">Stream addresses</a
        ><a class="under" href="/streams#elsewhere">Smart speakers and car radios</a
        ><a class="under" href="/schedule">Full schedule</a>
      </p>
    </div>
  </details>`

const rowView = (stream: NowStream, { current, zone }: { current: boolean; zone: string }) => {
  const { plays, who } = streamLines(stream)
  const next = stream.next && nextLine(stream.next, zone)
  return html`<li data-stream="${stream.name}" ${current ? html`aria-current="true"` : ''}>
    ${discView(stream)}
    <div>
      <p class="which">${stream.title}<span>${stream.label}</span></p>
      <p class="plays">${plays}</p>
      <p class="who">${who}</p>
    </div>
    <p class="then">${next && html`Next, ${next.when} <b>${next.what}</b>`}</p>
  </li>`
}

/** The round knob of one stream; the player makes a button of it. */
export const discView = (stream: { name: string; title: string }): Html =>
  html`<a
    class="disc"
    href="/streams/${stream.name}.m3u"
    data-play-stream="${stream.name}"
    aria-label="Play ${stream.title}"
    >${icon('play')}</a
  >`
