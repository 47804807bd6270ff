import { html } from 'hono/html'
import { discView } from '../player/drawer.view.ts'
import { icon, type Html } from '../player/icon.view.ts'
import { rulerView } from '../player/ruler.view.ts'
import { cutView } from './cut.view.ts'
import type { NowBox } from './now-box.ts'

/** On air now: tally, programme, ruler, play, what follows, the other streams. `data-live` parts follow the air. */
export const nowBoxView = (box: NowBox): Html => {
  const { stream, title, href, meta, picture, ruler, follows, also, cut } = box
  return html`<section class="now" aria-labelledby="now-h" data-live="now" data-from="${ruler?.from}">
    <h2 id="now-h">
      <span class="tally">${stream.up ? 'On air now' : 'Scheduled now'}</span><span class="meta">${stream.label}</span>
    </h2>
    <div class="now-main">
      ${picture && html`<img src="${picture}" width="800" height="800" alt="" />`}
      <div>
        <h3 class="h4"><a href="${href}">${title}</a></h3>
        <p class="meta">${meta}</p>
      </div>
    </div>
    ${
      ruler &&
      html`${rulerView({ ...ruler, needle: ruler.played })}
        <p class="times"><span>${ruler.start}</span><span data-clock>${ruler.now}</span><span>${ruler.end}</span></p>`
    }
    <a class="button strong" href="/streams/${stream.name}.m3u" data-play-stream="${stream.name}"
      >${icon('play')}Play Live Radio</a
    >
    ${
      follows.length > 0 &&
      html`<ol class="now-list">
        ${follows.map(followView)}
      </ol>`
    }
    ${also.length > 0 && alsoView(also)} ${cut && cutView(cut)}
  </section>`
}

const followView = ({ iso, time, title, href, about }: NowBox['follows'][number]) =>
  html`<li>
    <time datetime="${iso}">${time}</time>
    <div><a href="${href}">${title}</a>${about && html`<small>${about}</small>`}</div>
  </li>`

const alsoView = (streams: NowBox['also']) =>
  html`<div class="also">
    <h3>Also on the air</h3>
    <ul>
      ${streams.map(
        (stream) =>
          html`<li>
            ${discView(stream)}
            <p><b>${stream.title}</b>${stream.plays}</p>
          </li>`,
      )}
    </ul>
  </div>`
