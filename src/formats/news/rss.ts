import type { Feed, FeedImage, FeedItem } from './feed-item.ts'
import { element, textElement, xmlDocument, type Xml } from './xml.ts'

/**
 * RSS 2.0 with content:encoded, dc:creator, Media RSS 1.5.1 and atom:link rel=self (RSS Advisory Board's profile).
 * pubDate is the first publication and never changes; atom:updated carries corrections.
 */
export const writeRss = (feed: Feed): string =>
  xmlDocument(
    element(
      'rss',
      {
        version: '2.0',
        'xmlns:atom': 'http://www.w3.org/2005/Atom',
        'xmlns:content': 'http://purl.org/rss/1.0/modules/content/',
        'xmlns:dc': 'http://purl.org/dc/elements/1.1/',
        'xmlns:media': 'http://search.yahoo.com/mrss/',
      },
      element(
        'channel',
        {},
        element('title', {}, feed.title),
        element('link', {}, feed.link),
        element('description', {}, feed.description || feed.title),
        element('atom:link', { rel: 'self', type: 'application/rss+xml', href: feed.self }),
        textElement('language', feed.language),
        textElement('copyright', feed.copyright),
        element('lastBuildDate', {}, rfc822(feed.updated)),
        feed.icon
          ? element(
              'image',
              {},
              element('url', {}, feed.icon),
              element('title', {}, feed.title),
              element('link', {}, feed.link),
            )
          : null,
        feed.items.map(item),
      ),
    ),
  )

const item = (one: FeedItem): Xml =>
  element(
    'item',
    {},
    element('title', {}, one.title),
    element('link', {}, one.link),
    element('guid', { isPermaLink: 'false' }, one.id),
    element('pubDate', {}, rfc822(one.published)),
    element('atom:updated', {}, one.updated),
    textElement('description', one.summary),
    textElement('content:encoded', one.contentHtml),
    one.authors.map(({ name }) => element('dc:creator', {}, name)),
    one.topics.map((topic) => element('category', {}, topic)),
    // <source> of RSS names the feed an item was taken from; for a story it is the page.
    one.source ? element('source', { url: one.source.url }, one.source.owner) : null,
    textElement('dc:rights', one.copyright),
    one.audio ? element('enclosure', { url: one.audio.url, length: one.audio.bytes, type: one.audio.mediaType }) : null,
    one.image ? picture(one.image) : null,
  )

const picture = ({ url, mediaType, width, height, alt, caption, photographer, agency }: FeedImage): Xml =>
  element(
    'media:content',
    { url, type: mediaType, medium: 'image', width, height },
    caption || alt ? element('media:description', { type: 'plain' }, caption || alt) : null,
    photographer ? element('media:credit', { role: 'photographer', scheme: 'urn:ebu' }, photographer) : null,
    agency ? element('media:credit', { role: 'provider' }, agency) : null,
  )

/** `Tue, 10 Mar 2026 14:05:00 GMT` (RFC 822 as RSS 2.0 takes it, four-digit year). */
const rfc822 = (instant: string): string => new Date(instant).toUTCString()
