import { html } from 'hono/html'
import type { Withdrawal } from '../newsroom/newsroom.ts'
import { icon, type Html } from '../player/icon.view.ts'
import { sentence } from '../player/words.ts'
import type { Frame } from './frame.ts'
import { pageView } from './layout.view.ts'

type NoticeProps = { eyebrow: string; headline: string; body: Html; actions: Html }

/** Code and kind, then the matter in a sentence, then why and what now. */
const noticeView = (frame: Frame, { eyebrow, headline, body, actions }: NoticeProps): Html =>
  pageView(
    { frame, title: `${headline} | ${frame.station.name}`, noindex: true },
    html`<div class="page">
      <section class="notice">
        <p class="eyebrow">${eyebrow}</p>
        <h1 class="h1">${headline}</h1>
        <div class="prose">${body}</div>
        <p class="row">${actions}</p>
      </section>
    </div>`,
  )

export const notFoundView = (frame: Frame): Html =>
  noticeView(frame, {
    eyebrow: '404: no such page',
    headline: 'We looked, and it isn’t here.',
    body: html`<p>
        The address may have a letter too many, or the page may have moved. Search for a word you remember; the front
        page has what is new.
      </p>
      <form action="/search" role="search" aria-label="Stories">
        <label for="q">Search stories</label>
        <p class="row">
          <input class="field" id="q" name="q" type="search" maxlength="200" /><button
            class="button strong"
            type="submit"
          >
            Search
          </button>
        </p>
      </form>`,
    actions: html`<a class="button strong" href="/">Today’s front page</a> ${frame.sections
        .filter((section) => section.href !== '/')
        .slice(0, 3)
        .map(({ href, name }) => html`<a class="button" href="${href}">${name}</a>`)}`,
  })

/** Says that there was a story and that it must not be relied on; not what it said. */
export const withdrawnView = (frame: Frame, { at, note }: Withdrawal): Html => {
  const { times, station } = frame
  const when = Date.parse(at)
  return noticeView(frame, {
    eyebrow: '410: withdrawn',
    headline: 'We have taken this story back.',
    body: html`<p>
        ${note && `${sentence(note)} `} We stopped publishing it on
        <time datetime="${times.iso(when)}">${times.monthDay(when)} at ${times.clock(when)}</time>, in every place we
        publish.
      </p>
      <p>
        If you read or heard it, please do not rely on it. If we can tell it rightly, we will.
        ${station.newsroom && `Questions? Call ${station.newsroom}.`}
      </p>`,
    actions: html`<a class="button strong" href="/">Today’s front page</a>
      <a class="button" href="/corrections">Corrections</a>`,
  })
}

/** For a story that is public, but cannot be read from the database at this moment. */
export const unreadableView = (frame: Frame): Html =>
  noticeView(frame, {
    eyebrow: '503: not just now',
    headline: 'We cannot reach this story at the moment.',
    body: html`<p>
      It is there, but our archive does not answer. It is our fault, not yours. In a minute or two it should be back;
      the front page and the radio go on meanwhile.
    </p>`,
    actions: html`<a class="button strong" href="${frame.path}">Look again</a>
      <a class="button" href="/">Today’s front page</a>`,
  })

export const brokenView = (frame: Frame): Html => {
  const stream = frame.streams[0]
  return noticeView(frame, {
    eyebrow: '500: our mistake',
    headline: 'Something broke on our side.',
    body: html`<p>
      It is our fault, not yours, and it has been written down for the people who mend such things. The radio plays on.
    </p>`,
    actions: html`${
        stream &&
        html`<a class="button strong" href="/streams/${stream.name}.m3u" data-play-stream="${stream.name}"
          >${icon('play')}Play ${stream.title}</a
        >`
      }<a class="button" href="/">Today’s front page</a>`,
  })
}
