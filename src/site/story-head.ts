import { countWords } from '../newsroom/body-text.ts'
import type { NewsArticle } from '../formats/news/json-ld.ts'
import { proseText } from '../formats/news/prose.ts'
import { blocksToProse } from '../newsroom/body-blocks.ts'
import type { Story } from '../newsroom/newsroom.ts'
import { authorHref } from './author.ts'
import { audioUrl } from './card.ts'
import { summaryOf } from './feed.ts'
import type { Frame } from './frame.ts'
import { imageFacts, soundFacts } from './media-facts.ts'
import { copyrightOf } from './rights.ts'
import type { SiteDeps } from './site-deps.ts'

/** What search engines and social cards are told of a story: schema.org's NewsArticle. */
export const articleOf = async (
  deps: Pick<SiteDeps, 'media'>,
  { station, origin, times, sections }: Frame,
  story: Story,
): Promise<NewsArticle> => {
  const { audio, source, body } = story
  const iso = (at: string) => times.iso(Date.parse(at))
  const photos = [story.photo, ...body.flatMap((block) => (block.type === 'photo' ? [block.photo] : []))]
  const sound = audio && (await soundFacts(deps, audio.file))
  const prose = blocksToProse(body, { photo: () => '', audio: () => '' })
  return {
    url: origin + story.path,
    headline: story.headline,
    description: summaryOf(story),
    published: iso(story.published),
    updated: story.updated && iso(story.updated),
    authors: story.bylines.map(({ name }) => ({ name, url: origin + authorHref(name) })),
    publisher: { name: station.name, url: `${origin}/`, logo: `${origin}/favicon.svg` },
    images: photos.flatMap((photo) => imageFacts(photo, origin) ?? []),
    section: sections.find(({ id }) => id === story.section)?.name ?? story.section,
    keywords: story.topics,
    dateline: story.dateline,
    corrections: story.corrections.map(({ at, text }) => ({ at: iso(at), text })),
    ...(audio &&
      sound && {
        audio: {
          url: origin + audioUrl(audio.file),
          mediaType: sound.mediaType,
          duration: audio.duration,
          title: audio.title || story.headline,
          ...(audio.transcript && { transcript: audio.transcript }),
        },
      }),
    ...(source?.url && {
      source: { url: source.url, owner: source.owner, copyright: copyrightOf(story, station.name, times) },
    }),
    language: station.language,
    words: countWords(proseText(prose)),
  }
}
