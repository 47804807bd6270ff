import type { FeedImage } from './feed-item.ts'

export type NewsArticle = {
  /** Of the page: the story's own, also when its canonical page is elsewhere. */
  url: string
  headline: string
  description: string
  published: string
  /** Last significant change, or null when there was none. */
  updated: string | null
  authors: { name: string; url?: string }[]
  publisher: { name: string; url: string; logo?: string }
  images: FeedImage[]
  section: string
  keywords: string[]
  dateline: string
  corrections: { at: string; text: string }[]
  audio?: { url: string; mediaType: string; /** Seconds. */ duration: number; title: string; transcript?: string }
  /** For stories of others: the page at which it is at home, whose it is and its notice. */
  source?: { url: string; owner: string; copyright: string }
  language: string
  words?: number
}

/**
 * A NewsArticle of schema.org for `<script type="application/ld+json">`: no text in it can end the script element or
 * begin a comment (HTML Standard §4.12.1.3).
 */
export const writeNewsArticle = (article: NewsArticle): string => scriptJson(newsArticle(article))

/** JSON that may stand inside a script element. U+2028 and U+2029 too: old parsers take them for line ends. */
export const scriptJson = (value: unknown): string =>
  JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`)

const newsArticle = (article: NewsArticle) => {
  const { url, source, updated, corrections, publisher, audio } = article
  return {
    '@context': 'https://schema.org',
    '@type': 'NewsArticle',
    '@id': `${url}#article`,
    url,
    mainEntityOfPage: { '@type': 'WebPage', '@id': source?.url ?? url },
    // Google cuts at 110 characters; schema.org sets no limit, and a cut headline would be another headline.
    headline: article.headline,
    ...(article.description && { description: article.description }),
    datePublished: article.published,
    dateModified: updated ?? article.published,
    inLanguage: article.language,
    isAccessibleForFree: true,
    ...(article.authors.length > 0 && { author: article.authors.map((author) => ({ '@type': 'Person', ...author })) }),
    publisher: {
      '@type': 'NewsMediaOrganization',
      name: publisher.name,
      url: publisher.url,
      ...(publisher.logo && { logo: { '@type': 'ImageObject', url: publisher.logo } }),
    },
    ...(article.images.length > 0 && { image: article.images.map(imageObject) }),
    ...(article.section && { articleSection: article.section }),
    ...(article.keywords.length > 0 && { keywords: article.keywords }),
    ...(article.dateline && { dateline: article.dateline }),
    ...(article.words && { wordCount: article.words }),
    ...(corrections.length > 0 && {
      correction: corrections.map(({ at, text }) => ({ '@type': 'CorrectionComment', datePublished: at, text })),
    }),
    ...(audio && { audio: audioObject(audio) }),
    ...(source && {
      isBasedOn: source.url,
      copyrightHolder: { '@type': 'Organization', name: source.owner },
      copyrightNotice: source.copyright,
      ...(source.owner && { creditText: source.owner }),
    }),
  }
}

/** Without a licence: photos of agencies have none to offer. */
const imageObject = ({ url, width, height, caption, photographer, agency }: FeedImage) => ({
  '@type': 'ImageObject',
  url,
  width,
  height,
  ...(caption && { caption }),
  ...(photographer && { creator: { '@type': 'Person', name: photographer } }),
  ...((photographer || agency) && { creditText: [photographer, agency].filter(Boolean).join(' / ') }),
})

const audioObject = ({ url, mediaType, duration, title, transcript }: NonNullable<NewsArticle['audio']>) => ({
  '@type': 'AudioObject',
  contentUrl: url,
  encodingFormat: mediaType,
  // ISO 8601 duration.
  duration: `PT${Math.round(duration)}S`,
  name: title,
  ...(transcript && { transcript }),
})
