import { html } from 'hono/html'
import { barView } from '../player/bar.view.ts'
import type { Html } from '../player/icon.view.ts'
import { directionOf } from './direction.ts'
import { footView } from './foot.view.ts'
import type { Frame } from './frame.ts'
import { alertView, nameplateView, smallPlateView, toplineView } from './head.view.ts'

export type PageProps = {
  frame: Frame
  title: string
  description?: string
  /** Where this text lives first: for stories of others, their source. */
  canonical?: string | null
  /** The front page carries the large nameplate. */
  front?: boolean
  /** Addresses of this kind are not for search engines. */
  noindex?: boolean
  /** A feed of its own, besides the front page's: its address without the ending. */
  feed?: { name: string; path: string }
  /** What stands in the head of pages of this kind alone. */
  head?: Html
}

/** One public page: everything around `main`. */
export const pageView = (props: PageProps, main: Html): Html => {
  const { frame, front } = props
  return documentView(
    props,
    html`<body>
      <a class="skip" href="#main">Skip to the page</a>
      ${toplineView(frame)} ${barView({ ...frame, moment: momentOf(frame) })} ${frame.alert && alertView(frame.alert)}
      ${front ? nameplateView(frame) : smallPlateView(frame)}
      <main id="main" tabindex="-1">${main}</main>
      ${footView(frame)}
    </body>`,
  )
}

/** The document around a body, with what browsers must know before they read it. */
export const documentView = (props: PageProps, body: Html): Html => {
  const { frame, title, description, canonical, noindex, feed, head } = props
  const { assets, station } = frame
  return html`<!doctype html>
    <html lang="${station.language}" dir="${directionOf(station.language)}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <title>${title}</title>
        ${description && html`<meta name="description" content="${description}" />`}
        ${canonical && html`<link rel="canonical" href="${canonical}" />`}
        ${noindex && html`<meta name="robots" content="noindex" />`} ${head} ${feed && feedLinksView(feed)}
        ${feedLinksView({ name: station.name, path: '/feeds/front' })}
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        <link rel="preload" href="${assets.href('read.woff2')}" as="font" type="font/woff2" crossorigin />
        <link rel="preload" href="${assets.href('speak.woff2')}" as="font" type="font/woff2" crossorigin />
        <link rel="stylesheet" href="${assets.href('site.css')}" />
        ${frame.theme && html`<link rel="stylesheet" href="${frame.theme}" />`}
        <script type="module" src="${assets.href('site.js')}"></script>
      </head>
      ${body}
    </html>`
}

/** Feed readers find a page's feeds by these (RFC 4287 §4.2.7.2; jsonfeed.org 1.1, discovery). */
const feedLinksView = ({ name, path }: { name: string; path: string }) =>
  html`<link rel="alternate" type="application/rss+xml" title="${name}" href="${path}.xml" />
    <link rel="alternate" type="application/atom+xml" title="${name} (Atom)" href="${path}.atom" />
    <link rel="alternate" type="application/feed+json" title="${name} (JSON)" href="${path}.json" />`

/** `Thursday, 4:42 pm`: the drawer says for when it speaks. */
export const momentOf = ({ times, at }: Frame): string => `${times.weekday(at)}, ${times.clock(at)}`
