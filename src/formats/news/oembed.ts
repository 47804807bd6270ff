import { escapeXml, element, textElement, xmlDocument } from './xml.ts'

export type OembedStory = {
  url: string
  title: string
  author: string
  authorUrl?: string
  provider: string
  providerUrl: string
  thumbnail?: { url: string; width: number; height: number }
  /** Address of a player page of ours to frame: then the answer is `rich`, else `link`. */
  player?: { url: string; width: number; height: number }
}

export type OembedRequest = {
  /** Pixels the asker has room for; the answer is never larger (oEmbed 1.0 §2.2). */
  maxWidth?: number
  maxHeight?: number
  /** Seconds the answer may be kept. */
  cacheAge?: number
}

type Answer = Record<string, string | number>

/** oEmbed 1.0 §2.3 as JSON (`application/json+oembed`). */
export const writeOembed = (story: OembedStory, request: OembedRequest = {}): string =>
  JSON.stringify(answer(story, request))

/** The same as XML (`text/xml+oembed`). */
export const writeOembedXml = (story: OembedStory, request: OembedRequest = {}): string =>
  xmlDocument(
    element(
      'oembed',
      {},
      Object.entries(answer(story, request)).map(([name, value]) => textElement(name, String(value))),
    ),
  )

const answer = (story: OembedStory, { maxWidth, maxHeight, cacheAge }: OembedRequest): Answer => {
  const fits = (size: { width: number; height: number }) =>
    size.width <= (maxWidth ?? Infinity) && size.height <= (maxHeight ?? Infinity)
  const { thumbnail, player } = story
  return {
    version: '1.0',
    ...(player ? rich(story, player, maxWidth, maxHeight) : { type: 'link' }),
    title: story.title,
    ...(story.author && { author_name: story.author }),
    ...(story.authorUrl && { author_url: story.authorUrl }),
    provider_name: story.provider,
    provider_url: story.providerUrl,
    ...(cacheAge !== undefined && { cache_age: cacheAge }),
    // All three or none (§2.3.4).
    ...(thumbnail &&
      fits(thumbnail) && {
        thumbnail_url: thumbnail.url,
        thumbnail_width: thumbnail.width,
        thumbnail_height: thumbnail.height,
      }),
  }
}

const rich = (
  { title }: OembedStory,
  player: NonNullable<OembedStory['player']>,
  maxWidth = Infinity,
  maxHeight = Infinity,
): Answer => {
  const [width, height] = [Math.min(player.width, maxWidth), Math.min(player.height, maxHeight)]
  // The frame keeps our page from touching the asker's, and theirs from ours. Escaping is that of XML, which HTML reads alike.
  const html = `<iframe src="${escapeXml(player.url)}" title="${escapeXml(title)}" width="${width}" height="${height}" sandbox="allow-scripts allow-same-origin allow-popups" loading="lazy" style="border:0"></iframe>`
  return { type: 'rich', html, width, height }
}
