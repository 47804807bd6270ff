import type { Feed, FeedItem } from './feed-item.ts'
import { element, textElement, xmlDocument, type Xml } from './xml.ts'

/** A story that was withdrawn: told for a while, so that readers' programs forget it too. */
export type DeletedEntry = { id: string; when: string; comment?: string }

/** Atom 1.0 (RFC 4287), with at:deleted-entry (RFC 6721) for stories that were withdrawn. */
export const writeAtom = (feed: Feed & { deleted?: DeletedEntry[] }): string =>
  xmlDocument(
    element(
      'feed',
      {
        xmlns: 'http://www.w3.org/2005/Atom',
        'xmlns:at': 'http://purl.org/atompub/tombstones/1.0',
        'xml:lang': feed.language || null,
      },
      element('id', {}, feed.self),
      element('title', {}, feed.title),
      textElement('subtitle', feed.description),
      element('updated', {}, feed.updated),
      element('link', { rel: 'self', type: 'application/atom+xml', href: feed.self }),
      element('link', { rel: 'alternate', type: 'text/html', href: feed.link }),
      // §4.1.1: an entry without an author takes the feed's.
      element('author', {}, element('name', {}, feed.title)),
      textElement('icon', feed.icon),
      textElement('rights', feed.copyright),
      (feed.deleted ?? []).map(({ id, when, comment }) =>
        element('at:deleted-entry', { ref: id, when }, textElement('at:comment', comment)),
      ),
      feed.items.map(entry),
    ),
  )

const entry = (one: FeedItem): Xml =>
  element(
    'entry',
    {},
    element('id', {}, one.id),
    element('title', {}, one.title),
    element('link', { rel: 'alternate', type: 'text/html', href: one.link }),
    one.source ? element('link', { rel: 'via', title: one.source.owner, href: one.source.url }) : null,
    one.audio
      ? element('link', {
          rel: 'enclosure',
          type: one.audio.mediaType,
          length: one.audio.bytes,
          title: one.audio.title || null,
          href: one.audio.url,
        })
      : null,
    element('published', {}, one.published),
    element('updated', {}, one.updated),
    one.authors.map(({ name, url }) => element('author', {}, element('name', {}, name), textElement('uri', url))),
    one.topics.map((term) => element('category', { term })),
    textElement('rights', one.copyright),
    one.summary ? element('summary', { type: 'text' }, one.summary) : null,
    one.contentHtml ? element('content', { type: 'html' }, one.contentHtml) : null,
  )
