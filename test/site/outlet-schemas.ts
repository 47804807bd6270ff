// Small JSON schemas, written from the specifications: no more than what a reader of these formats relies on.

const url = { type: 'string', pattern: '^https?://[^\\s]+$' }
const instant = {
  type: 'string',
  pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?(Z|[+-]\\d{2}:\\d{2})$',
}
const words = { type: 'string', minLength: 1 }

/** jsonfeed.org/version/1.1 */
export const jsonFeedSchema = {
  type: 'object',
  required: ['version', 'title', 'items'],
  additionalProperties: false,
  properties: {
    version: { const: 'https://jsonfeed.org/version/1.1' },
    title: words,
    home_page_url: url,
    feed_url: url,
    description: words,
    icon: url,
    language: { type: 'string', pattern: '^[A-Za-z]{2,3}(-[A-Za-z0-9]+)*$' },
    items: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        required: ['id', 'url', 'date_published'],
        anyOf: [{ required: ['content_html'] }, { required: ['content_text'] }],
        additionalProperties: false,
        // Extensions begin with an underscore.
        patternProperties: { '^_[a-z]': { type: 'object' } },
        properties: {
          id: words,
          url,
          external_url: url,
          title: words,
          content_html: words,
          content_text: words,
          summary: words,
          image: url,
          date_published: instant,
          date_modified: instant,
          authors: {
            type: 'array',
            minItems: 1,
            items: { type: 'object', required: ['name'], properties: { name: words, url, avatar: url } },
          },
          tags: { type: 'array', items: words },
          attachments: {
            type: 'array',
            items: {
              type: 'object',
              required: ['url', 'mime_type'],
              properties: {
                url,
                mime_type: { type: 'string', pattern: '^[a-z]+/[\\w.+-]+$' },
                title: words,
                size_in_bytes: { type: 'integer', minimum: 0 },
                duration_in_seconds: { type: 'integer', minimum: 0 },
              },
            },
          },
        },
      },
    },
  },
}

/** oEmbed 1.0 §2.3.4, for the kinds we answer. */
export const oembedSchema = {
  type: 'object',
  required: ['type', 'version'],
  additionalProperties: false,
  properties: {
    type: { enum: ['link', 'rich'] },
    version: { const: '1.0' },
    title: words,
    author_name: words,
    author_url: url,
    provider_name: words,
    provider_url: url,
    cache_age: { type: 'integer', minimum: 0 },
    thumbnail_url: url,
    thumbnail_width: { type: 'integer', minimum: 1 },
    thumbnail_height: { type: 'integer', minimum: 1 },
    html: words,
    width: { type: 'integer', minimum: 1 },
    height: { type: 'integer', minimum: 1 },
  },
  dependentRequired: {
    thumbnail_url: ['thumbnail_width', 'thumbnail_height'],
    thumbnail_width: ['thumbnail_url'],
    thumbnail_height: ['thumbnail_url'],
  },
  if: { type: 'object', properties: { type: { const: 'rich' } } },
  // oxlint-disable-next-line unicorn/no-thenable -- the keyword is JSON Schema's
  then: { type: 'object', required: ['html', 'width', 'height'] },
}

const typed = (type: string, properties: object, required: string[]) => ({
  type: 'object',
  required: ['@type', ...required],
  properties: { '@type': { const: type }, ...properties },
})

/** schema.org's NewsArticle, with what search engines ask of an article. */
export const newsArticleSchema = {
  ...typed(
    'NewsArticle',
    {
      '@context': { const: 'https://schema.org' },
      url,
      mainEntityOfPage: typed('WebPage', { '@id': url }, ['@id']),
      headline: words,
      description: words,
      datePublished: instant,
      dateModified: instant,
      author: { type: 'array', items: typed('Person', { name: words, url }, ['name']) },
      publisher: typed('NewsMediaOrganization', { name: words, url }, ['name', 'url']),
      image: {
        type: 'array',
        items: typed(
          'ImageObject',
          { url, width: { type: 'integer' }, height: { type: 'integer' }, creditText: words },
          ['url', 'creditText'],
        ),
      },
      correction: {
        type: 'array',
        items: typed('CorrectionComment', { datePublished: instant, text: words }, ['datePublished', 'text']),
      },
      audio: typed(
        'AudioObject',
        { contentUrl: url, encodingFormat: words, duration: { type: 'string', pattern: '^PT\\d+S$' } },
        ['contentUrl', 'encodingFormat', 'duration'],
      ),
      isBasedOn: url,
      copyrightHolder: typed('Organization', { name: words }, ['name']),
      copyrightNotice: words,
      wordCount: { type: 'integer', minimum: 1 },
    },
    ['@context', 'url', 'headline', 'datePublished', 'dateModified', 'publisher', 'mainEntityOfPage'],
  ),
}
