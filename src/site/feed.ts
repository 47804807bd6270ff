import type { DeletedEntry } from '../formats/news/atom.ts'
import type { Feed, FeedImage, FeedItem } from '../formats/news/feed-item.ts'
import { proseHtml } from '../formats/news/prose-html.ts'
import { runsText } from '../formats/news/prose.ts'
import { escapeXml } from '../formats/news/xml.ts'
import { blocksToProse } from '../newsroom/body-blocks.ts'
import { markupToRuns } from '../newsroom/body-markup.ts'
import { excerpt } from '../newsroom/body-text.ts'
import type { Audio, ListName, Photo, Story } from '../newsroom/newsroom.ts'
import { sentence } from '../player/words.ts'
import { audioUrl } from './card.ts'
import { stationOf } from './frame.ts'
import { imageFacts, soundFacts } from './media-facts.ts'
import { copyrightOf } from './rights.ts'
import type { SiteDeps } from './site-deps.ts'
import { changedAt, permanentId } from './story-facts.ts'
import { stationTimes, type Times } from './times.ts'

/** So many stories a feed tells, the newest first: who asks once a day misses none. */
const MOST = 30
/** How long a withdrawal is told, ms. */
const TOLD_FOR = 30 * 24 * 60 * 60 * 1000

export type FeedOf = {
  origin: string
  title: string
  description: string
  /** Path of the page it is the feed of, and its own. */
  link: string
  self: string
  list: ListName
}

/** Everything a feed says; its writers are in formats/news. */
export const feedOf = async (deps: SiteDeps, of: FeedOf): Promise<Feed & { deleted: DeletedEntry[] }> => {
  const station = stationOf(deps)
  const newest = await Promise.all(deps.newsroom.stories(of.list, MOST).map(({ path }) => deps.newsroom.read(path)))
  const stories = newest.filter((story) => story !== null)
  const items = await Promise.all(stories.map((story) => itemOf(deps, story, of.origin)))
  const deleted = deps.newsroom
    .killedAfter(deps.clock.now() - TOLD_FOR)
    .slice(0, MOST)
    .map(({ id, at }) => ({ id: permanentId({ id }, deps.config.station.name), when: at }))
  const changes = [...stories.map(changedAt), ...deleted.map(({ when }) => when)]
  const updated = changes.reduce((a, b) => (Date.parse(b) > Date.parse(a) ? b : a), NEVER)
  return {
    title: of.title,
    description: of.description,
    link: of.origin + of.link,
    self: of.origin + of.self,
    language: station.language,
    updated,
    copyright: `© ${stationTimes(station).zoned(deps.clock.now()).year} ${station.name}`,
    items,
    deleted,
  }
}

/** The last change of a feed in which there is nothing yet. */
const NEVER = '2000-01-01T00:00:00.000Z'

const itemOf = async (deps: SiteDeps, story: Story, origin: string): Promise<FeedItem> => {
  const station = stationOf(deps)
  const times = stationTimes(station)
  const image = imageFacts(story.photo, origin)
  const sound = story.audio && (await soundFacts(deps, story.audio.file))
  const copyright = copyrightOf(story, station.name, times)
  return {
    id: permanentId(story, deps.config.station.name),
    link: origin + story.path,
    title: story.headline,
    summary: summaryOf(story),
    contentHtml: contentOf(deps, story, { origin, times, image, copyright }),
    authors: story.bylines.map(({ name, url }) => ({ name, ...(url && { url: new URL(url, origin).href }) })),
    published: story.published,
    updated: changedAt(story),
    topics: story.topics,
    ...(image && { image }),
    ...(story.audio &&
      sound && {
        audio: {
          ...sound,
          url: origin + audioUrl(story.audio.file),
          duration: story.audio.duration,
          title: story.audio.title || story.headline,
        },
      }),
    ...(story.source?.url && { source: { owner: story.source.owner, url: story.source.url } }),
    copyright,
    corrections: story.corrections,
  }
}

/** The sentence under the headline, else how the story begins. */
export const summaryOf = ({ dek, body }: Story): string => {
  if (dek) return dek
  const first = body.find((block) => block.type === 'paragraph')
  return first ? excerpt(runsText(markupToRuns(first.text)), 300) : ''
}

type ContentOf = { origin: string; times: Times; image: FeedImage | null; copyright: string }

/** Our own stories whole; of others' what announces them, for their text is not ours to hand on. Corrections always. */
const contentOf = (deps: SiteDeps, story: Story, { origin, times, image, copyright }: ContentOf): string => {
  const photos: Photo[] = []
  const sounds: Audio[] = []
  const own = story.source
    ? [{ type: 'paragraph' as const, runs: [{ text: summaryOf(story) }] }]
    : blocksToProse(story.body, {
        photo: (photo) => String(photos.push(photo) - 1),
        audio: (audio) => String(sounds.push(audio) - 1),
      })
  const lead = image ? [{ type: 'photo' as const, photo: 'lead' }] : []
  const text = proseHtml([...lead, ...own], {
    base: origin,
    photo: (id) => (id === 'lead' ? image : imageFacts(photos[Number(id)] ?? null, origin)),
    audio: (id) => {
      const sound = sounds[Number(id)]
      return sound ? { url: origin + audioUrl(sound.file), title: sound.title } : null
    },
  })
  const corrections = story.corrections.map(
    ({ at, text }) =>
      `<p><strong>Correction, ${escapeXml(times.stamp(Date.parse(at)))}.</strong> ${escapeXml(text)}</p>`,
  )
  const more = story.source?.url
    ? ` To see more, visit <a href="${escapeXml(story.source.url)}">${escapeXml(new URL(story.source.url).host)}</a>.`
    : ''
  return `${text}${corrections.join('')}<p>${escapeXml(sentence(copyright))}${more}</p>`
}
