import { element, textElement, xmlDocument, type Xml } from './xml.ts'

const schema = 'http://www.sitemaps.org/schemas/sitemap/0.9'

/** A sitemap holds at most so many addresses (sitemaps.org protocol). */
export const mostSitemapUrls = 50_000

/** A news sitemap holds at most so many, of the last two days (Google, News sitemaps). */
export const mostNewsUrls = 1_000
const newsAge = 2 * 24 * 60 * 60 * 1000

export type SitemapPage = { url: string; /** ISO instant of the last significant change. */ updated?: string }

/** sitemaps.org 0.9. Only pages whose canonical address is ours belong in it. The first 50 000 are written. */
export const writeSitemap = (pages: readonly SitemapPage[]): string =>
  xmlDocument(
    element(
      'urlset',
      { xmlns: schema },
      pages
        .slice(0, mostSitemapUrls)
        .map(({ url, updated }) => element('url', {}, element('loc', {}, url), textElement('lastmod', updated))),
    ),
  )

/** The index over several sitemaps. */
export const writeSitemapIndex = (maps: readonly SitemapPage[]): string =>
  xmlDocument(
    element(
      'sitemapindex',
      { xmlns: schema },
      maps.map(({ url, updated }) => element('sitemap', {}, element('loc', {}, url), textElement('lastmod', updated))),
    ),
  )

export type NewsSitemapStory = {
  url: string
  title: string
  /** First publication; an update keeps it. */
  published: string
}

/**
 * A news sitemap (Google's news namespace 0.9): our own stories of the two days before `now` (ms since the Unix
 * epoch), newest first, at most 1 000. Stories at home elsewhere do not belong in it.
 */
export const writeNewsSitemap = (
  stories: readonly NewsSitemapStory[],
  { publication, language, now }: { publication: string; language: string; now: number },
): string => {
  const recent = stories
    .filter(({ published }) => Date.parse(published) > now - newsAge && Date.parse(published) <= now)
    .toSorted((a, b) => Date.parse(b.published) - Date.parse(a.published))
    .slice(0, mostNewsUrls)
  const entry = ({ url, title, published }: NewsSitemapStory): Xml =>
    element(
      'url',
      {},
      element('loc', {}, url),
      element(
        'news:news',
        {},
        element(
          'news:publication',
          {},
          element('news:name', {}, publication),
          element('news:language', {}, newsLanguage(language)),
        ),
        element('news:publication_date', {}, published),
        element('news:title', {}, title),
      ),
    )
  return xmlDocument(
    element(
      'urlset',
      { xmlns: schema, 'xmlns:news': 'http://www.google.com/schemas/sitemap-news/0.9' },
      recent.map(entry),
    ),
  )
}

/** ISO 639 code alone, but zh-cn and zh-tw keep their region. */
const newsLanguage = (language: string): string => {
  const tag = language.toLowerCase()
  return /^zh-(cn|tw)$/.test(tag) ? tag : (tag.split('-')[0] ?? tag)
}
