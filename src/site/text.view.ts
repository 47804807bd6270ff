import { html } from 'hono/html'
import type { BodyBlock, Photo, Story } from '../newsroom/newsroom.ts'
import type { Html } from '../player/icon.view.ts'
import { sentence, span, streamLines } from '../player/words.ts'
import { embedView, listView, paragraphsOf, tableView } from './block.view.ts'
import { audioUrl, pictureOf } from './card.ts'
import { directionOf } from './direction.ts'
import type { Frame } from './frame.ts'
import { richText } from './rich-text.view.ts'
import { rightsView } from './rights.view.ts'
import { safeUrl } from './safe-url.ts'
import type { TextFront, TextSchedule, TextStory } from './text.ts'

type TextPageProps = {
  frame: Frame
  title: string
  /** The page this is the twin of. */
  pictures: string
  /** Only the front is called by the station's name; other pages have a heading of their own. */
  heading?: string
  nav?: Html
  canonical?: string | null
  noindex?: boolean
}

/** The text twin: one small style, no fonts, no pictures, no script. */
export const textPage = (
  { frame, title, pictures, heading, nav, canonical, noindex }: TextPageProps,
  main: Html,
): Html => {
  const { station, times, at, assets } = frame
  return html`<!doctype html>
    <html lang="${station.language}" dir="${directionOf(station.language)}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        ${noindex && html`<meta name="robots" content="noindex" />`}
        ${canonical && html`<link rel="canonical" href="${canonical}" />`}
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="${assets.href('text.css')}" />
      </head>
      <body>
        <header>
          <p><i>${station.line}</i></p>
          ${heading && html`<h1>${heading}</h1>`}
          <p>
            ${times.longDate(at)}, ${times.clock(at)}. Text only. <a href="${pictures}">With pictures</a>
            ${pictures !== '/' && html`<a href="/text">All news</a>`}
          </p>
          ${nav}
        </header>
        <main>${main}</main>
        <footer>
          <p>
            <small
              >© ${times.zoned(at).year} ${[station.name, station.address].filter(Boolean).join(', ')}. This page weighs
              less than one second of our sound.</small
            >
          </p>
        </footer>
      </body>
    </html>`
}

export const textFrontView = ({ frame, news, today }: TextFront): Html => {
  const { station, alert, now } = frame
  const stream = now.streams[0]
  return textPage(
    {
      frame,
      title: `${station.name}, text only`,
      heading: station.name,
      pictures: '/',
      nav: html`<nav aria-label="On this page">
        <a href="#air">On the air</a> <a href="#news">News</a> <a href="#today">Today</a> <a href="#phone">Call us</a>
      </nav>`,
    },
    html`${alert && alertView(alert)}
      <h2 id="air">On the air now</h2>
      <ul>
        ${now.streams.map((each) => html`<li>${streamView(each, frame)}</li>`)}
      </ul>
      <h2 id="news">News</h2>
      <ol>
        ${news.map(
          ({ href, headline, about }) => html`<li><a href="${href}">${headline}</a><br /><small>${about}</small></li>`,
        )}
      </ol>
      <h2 id="today">${stream ? `Still to come today on ${stream.title}` : 'Today'}</h2>
      <ul>
        ${today.map(({ iso, time, text }) => html`<li><time datetime="${iso}">${time}</time> ${text}</li>`)}
      </ul>
      <p><a href="/text/schedule">The day, all streams</a></p>
      <h2 id="phone">Call us</h2>
      <p>
        ${station.phone && html`Studio <a href="tel:${station.phone}">${station.phone}</a>. `}
        ${station.newsroom && html`Newsroom <a href="tel:${station.newsroom}">${station.newsroom}</a>. `}
        ${station.give && !station.give.startsWith('#') && html`<a href="${safeUrl(station.give)}">Give</a>`}
      </p>`,
  )
}

const alertView = ({ headline, text, source, link }: NonNullable<Frame['alert']>) =>
  html`<section class="alert" aria-label="Emergency alert">
    <p>
      <strong>${sentence(headline)}</strong> ${text} ${sentence(source)}
      ${link && html`<a href="${safeUrl(link)}">Whole alert</a>`}
    </p>
  </section>`

const streamView = (stream: Frame['now']['streams'][number], { times }: Frame) => {
  const { plays, who } = streamLines(stream)
  const name = [stream.title, stream.label].filter(Boolean).join(', ')
  if (!stream.up) return html`<b>${name}:</b> off the air since ${times.clock(Date.parse(stream.since))}.`
  return html`<b>${name}:</b> ${sentence(lineOf(stream, plays, who, times))}
    <a href="/streams/${stream.name}.m3u">Play</a>`
}

/** The song alone where there is one, else the programme, its host and its end. */
const lineOf = (stream: Frame['now']['streams'][number], plays: string, who: string, times: Frame['times']) => {
  if (!stream.now) return [plays, who].filter(Boolean).join(', ')
  if (plays !== stream.now.title) return plays
  return `${[plays, who].filter(Boolean).join(' ')}, until ${times.clock(Date.parse(stream.now.end))}`
}

export const textStoryView = ({
  frame,
  story,
  body,
  number,
  pages,
  byline,
  stamps,
  corrections,
  canonical,
}: TextStory): Html => {
  const first = number === 1 ? body.find(({ type }) => type === 'paragraph') : undefined
  return textPage(
    { frame, title: `${story.headline}, text only`, pictures: story.path, canonical },
    html`<article>
      <h1>${story.headline}</h1>
      ${story.dek && html`<p><i>${story.dek}</i></p>`}
      <p><small>${byline}${stamps}</small></p>
      ${number === 1 && headWords(story)}
      ${body.map((block) => blockView(block, block === first ? story.dateline : ''))} ${pagesView(story, number, pages)}
      ${corrections.map(
        ({ iso, when, text }) =>
          html`<p class="alert">
            <strong>Correction, <time datetime="${iso}">${when}</time>.</strong> ${text}
          </p>`,
      )}
      ${rightsView(story, frame)}
    </article>`,
  )
}

const headWords = ({ photo, audio }: Story): Html =>
  html`${photo && photoWords(photo)}
  ${audio && html`<p><a href="${audioUrl(audio.file)}">Hear it</a>, ${span(audio.duration * 1000)}</p>`}`

const pagesView = ({ path }: Story, number: number, pages: number) => {
  const href = (page: number) => `/text${path}${page === 1 ? '' : `/page/${page}`}`
  return (
    pages > 1 &&
    html`<p>
      <strong>Page ${number} of ${pages}.</strong>
      ${number > 1 && html`<a rel="prev" href="${href(number - 1)}">Back</a>`}
      ${number < pages && html`<a rel="next" href="${href(number + 1)}">Read on</a>`}
    </p>`
  )
}

const blockView = (block: BodyBlock, dateline: string): Html => {
  switch (block.type) {
    case 'paragraph':
      return html`<p>${dateline && `${dateline} `}${richText(block.text)}</p>`
    case 'heading':
      return html`<h2>${richText(block.text)}</h2>`
    case 'subheading':
      return html`<h3>${richText(block.text)}</h3>`
    case 'quotation':
    case 'pull-quote':
      return html`<blockquote>
        ${paragraphsOf(block.text)} ${block.speaker && html`<p><small>${block.speaker}</small></p>`}
      </blockquote>`
    case 'list':
      return listView(block)
    case 'table':
      return tableView(block.rows)
    case 'embed':
      return embedView(block)
    case 'rule':
      return html`<hr />`
    case 'audio':
      return html`<p><a href="${audioUrl(block.audio.file)}">Hear: ${block.audio.title || 'the audio'}</a></p>`
    case 'photo':
      return photoWords(block.photo)
  }
}

/** What a picture shows, and whose it is. One whose maker nobody knows is not shown, and not told of. */
const photoWords = (photo: Photo): Html => {
  if (!pictureOf(photo)) return html``
  const { caption, alt, photographer, agency } = photo
  return html`<p>
    <small>Photo: ${sentence(caption || alt)} ${[photographer, agency].filter(Boolean).join(', ')}</small>
  </p>`
}

export const textScheduleView = ({ frame, day, streams }: TextSchedule): Html =>
  textPage(
    { frame, title: `Schedule for ${day}, text only`, pictures: '/schedule' },
    html`<h1>${day}</h1>
      ${streams.map(
        ({ title, rows }) =>
          html`<h2>${title}</h2>
            <ul>
              ${rows.map(({ iso, time, text }) => html`<li><time datetime="${iso}">${time}</time> ${text}</li>`)}
              ${rows.length === 0 && html`<li>Nothing is announced.</li>`}
            </ul>`,
      )}`,
  )
