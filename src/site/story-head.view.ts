import { html, raw } from 'hono/html'
import { writeNewsArticle, type NewsArticle } from '../formats/news/json-ld.ts'
import type { Html } from '../player/icon.view.ts'
import type { Frame } from './frame.ts'

/** Social cards (ogp.me; X falls back on them) and the way to the oEmbed answer. */
export const storyHeadView = (article: NewsArticle, { station, origin }: Frame): Html => {
  const { url, headline, description, published, updated, section, keywords, authors, images, audio } = article
  const image = images[0]
  const property = (name: string, content: string | number | null | undefined) =>
    content ? html`<meta property="${name}" content="${content}" /> ` : ''
  const oembed = (format: string) => `${origin}/oembed?format=${format}&url=${encodeURIComponent(url)}`
  return html`${property('og:type', 'article')} ${property('og:site_name', station.name)} ${property('og:url', url)}
    ${property('og:title', headline)} ${property('og:description', description)}
    ${property('og:locale', station.language.replace('-', '_'))}
    ${
      image &&
      html`${property('og:image', image.url)} ${property('og:image:type', image.mediaType)}
      ${property('og:image:width', image.width)} ${property('og:image:height', image.height)}
      ${property('og:image:alt', image.alt)}`
    }
    ${audio && html`${property('og:audio', audio.url)} ${property('og:audio:type', audio.mediaType)}`}
    ${property('article:published_time', published)} ${property('article:modified_time', updated)}
    ${property('article:section', section)} ${keywords.map((topic) => property('article:tag', topic))}
    ${authors.map((author) => property('article:author', author.url))}
    <meta name="twitter:card" content="${image ? 'summary_large_image' : 'summary'}" />
    <link rel="alternate" type="application/json+oembed" title="${headline}" href="${oembed('json')}" />
    <link rel="alternate" type="text/xml+oembed" title="${headline}" href="${oembed('xml')}" />`
}

/**
 * A block of data, not a script: a content security policy lets it stand (CSP 3 §4.2.3). It stands in the article, for
 * a head's scripts stay when a reader walks on.
 */
export const articleDataView = (article: NewsArticle): Html =>
  html`<script type="application/ld+json">
    ${raw(writeNewsArticle(article))}
  </script>`
