import { copyrightLine } from '../formats/news/news-item.ts'
import type { NewsAudio, NewsItem, NewsPhoto } from '../formats/news/news-item.ts'
import type { Wanted } from '../library/copies.ts'
import { copyName } from '../library/copies.ts'
import { proseToBody } from '../newsroom/body-prose.ts'
import { documentOf, slugOf } from '../newsroom/newsroom.ts'
import type { Audio, Photo, StoryContent } from '../newsroom/newsroom.ts'
import type { Routing } from './routing.ts'

export type ToStory = { content: StoryContent; /** Files its page will show. */ wanted: Wanted[] }

/** An item → what a story says, every part of it in its place. */
export const toStory = (item: NewsItem, { section, topics: added }: Pick<Routing, 'section' | 'topics'>): ToStory => {
  const wanted = new Map<string, Wanted>()
  const photos = new Map(item.photos.map((photo) => [photo.id, photo]))
  const sounds = new Map(item.audio.map((audio) => [audio.id, audio]))
  const photo = (id: string | null) => toPhoto(photos.get(id ?? ''), wanted)
  const audio = (id: string | null) => toAudio(sounds.get(id ?? ''), wanted)
  // Ids of the source's may be anything; the body names its photos by the file they will be.
  const shown = { photos: {} as Record<string, Photo>, sounds: {} as Record<string, Audio> }
  const inBody = <T extends { file: string }>(kept: Record<string, T>, one: T | null) => {
    if (one) kept[one.file] = one
    return one?.file ?? null
  }
  const { doc } = proseToBody(item.body, {
    photo: (id) => inBody(shown.photos, photo(id)),
    audio: (id) => inBody(shown.sounds, audio(id)),
  })
  const own = item.topics.flatMap(({ name, role }) => (name && role !== 'program' ? [name] : []))
  return {
    content: {
      section,
      slug: item.slugline || slugOf(item.headline).split('-').slice(0, 4).join('-'),
      eyebrow: own[0] ?? '',
      headline: item.headline,
      dek: item.dek,
      dateline: item.dateline,
      bylines: item.bylines.map(({ name, role, url }) => ({ name, role, ...(url && { url }) })),
      photo: photo(item.lead),
      audio: audio(item.mainAudio),
      body: documentOf(doc),
      ...shown,
      topics: [...new Set([...own, ...added])],
      notes: '',
      source: sourceOf(item),
      place: null,
    },
    wanted: [...wanted.values()],
  }
}

const sourceOf = (item: NewsItem): NonNullable<StoryContent['source']> => ({
  owner: item.owner || (item.canonicalUrl ? new URL(item.canonicalUrl).host : item.provider),
  url: item.canonicalUrl ?? '',
  copyright: copyrightLine(item),
  agency: item.agency,
  ...(item.noIndex && { noIndex: true }),
})

/** The standard crop, else the source's own choice, else the first. */
const cropOf = ({ crops }: NewsPhoto) =>
  crops.find(({ shape }) => shape === 'standard') ??
  crops.find(({ shape }) => shape === 'wide') ??
  crops.find(({ primary }) => primary) ??
  crops[0]

/** What was restricted has been left out before; what is sent with a story may be shown with it. */
const TERMS = 'With its story'

const toPhoto = (photo: NewsPhoto | undefined, wanted: Map<string, Wanted>): Photo | null => {
  const crop = photo && cropOf(photo)
  if (!crop) return null
  const file = copyName(crop.url)
  const { title, caption, photographer, agency, agencyUrl } = photo
  const said = { alt: photo.alt || title || caption, caption, photographer, agency, ...(agencyUrl && { agencyUrl }) }
  wanted.set(file, { kind: 'picture', url: crop.url, about: { ...said, terms: TERMS } })
  return { file, width: crop.width ?? 0, height: crop.height ?? 0, ...said }
}

const toAudio = (audio: NewsAudio | undefined, wanted: Map<string, Wanted>): Audio | null => {
  if (!audio) return null
  const file = copyName(audio.url)
  wanted.set(file, { kind: 'audio', url: audio.url })
  const { title, duration, transcript } = audio
  return { file, title, duration: duration ?? 0, ...(transcript.text && { transcript: transcript.text }) }
}
