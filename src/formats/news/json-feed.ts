import type { Feed, FeedItem } from './feed-item.ts'

/** JSON Feed 1.1 (jsonfeed.org/version/1.1). Fields of ours stand below `_groundwave`. */
export const writeJsonFeed = (feed: Feed): string =>
  JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: feed.title,
    home_page_url: feed.link,
    feed_url: feed.self,
    ...(feed.description && { description: feed.description }),
    ...(feed.icon && { icon: feed.icon }),
    ...(feed.language && { language: feed.language }),
    items: feed.items.map(item),
  })

const item = (one: FeedItem) => ({
  id: one.id,
  url: one.link,
  ...(one.source && { external_url: one.source.url }),
  title: one.title,
  // An item needs content_html or content_text; a feed that only points gives its sentence.
  ...(one.contentHtml ? { content_html: one.contentHtml } : { content_text: one.summary || one.title }),
  ...(one.summary && { summary: one.summary }),
  ...(one.image && { image: one.image.url }),
  date_published: one.published,
  date_modified: one.updated,
  ...(one.authors.length > 0 && { authors: one.authors }),
  ...(one.topics.length > 0 && { tags: one.topics }),
  ...(one.audio && {
    attachments: [
      {
        url: one.audio.url,
        mime_type: one.audio.mediaType,
        title: one.audio.title,
        size_in_bytes: one.audio.bytes,
        duration_in_seconds: Math.round(one.audio.duration),
      },
    ],
  }),
  ...((one.copyright || one.image || one.corrections?.length) && {
    _groundwave: {
      about: 'Credit, rights and corrections that travel with the story.',
      ...(one.corrections?.length && { corrections: one.corrections }),
      ...(one.copyright && { copyright: one.copyright }),
      ...(one.image && {
        image: {
          alt: one.image.alt,
          caption: one.image.caption,
          photographer: one.image.photographer,
          agency: one.image.agency,
        },
      }),
    },
  }),
})
