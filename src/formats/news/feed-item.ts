/**
 * What the feed writers are given. They write what they get: whoever calls them leaves out what is killed, embargoed
 * or restricted. Texts are plain unless the name says HTML; times are ISO instants; addresses are absolute.
 */
export type Feed = {
  title: string
  description: string
  /** The page the feed is of. */
  link: string
  /** The feed's own address. */
  self: string
  /** BCP 47. */
  language: string
  /** Last change of anything in it. */
  updated: string
  copyright?: string
  /** Square picture of the station. */
  icon?: string
  items: FeedItem[]
}

export type FeedItem = {
  /** Permanent and never the path: a tag: or urn: URI. */
  id: string
  link: string
  title: string
  /** One or two plain sentences. */
  summary: string
  /** HTML of the body, made by prose-html.ts or as clean; '' for feeds that only point. */
  contentHtml: string
  authors: { name: string; url?: string }[]
  published: string
  updated: string
  topics: string[]
  image?: FeedImage
  audio?: { url: string; mediaType: string; bytes: number; /** Seconds. */ duration: number; title: string }
  /** For stories of others: whose they are and where they are at home. */
  source?: { owner: string; url: string }
  copyright?: string
  /** What was wrong, newest first: for formats with a place of its own for it; the others have it in the content. */
  corrections?: { at: string; text: string }[]
}

export type FeedImage = {
  url: string
  mediaType: string
  width: number
  height: number
  alt: string
  caption: string
  photographer: string
  agency: string
}
