import { slugOf } from '../newsroom/newsroom.ts'
import type { StoryState } from '../newsroom/newsroom.ts'

/** What a reader is answered. */
export type ReaderAnswer = { status: number; body: string }

/** What was found where a killed story could be looked for. */
export type Looked = {
  /** In words: `The front page`. */
  place: string
  path: string
  /** HTTP status; null where no answer came. */
  status: number | null
  isThere: boolean
}

/** Looks for a story, as a reader would, wherever it stood or could stand. One that never had an address stood nowhere. */
export const lookFor = (story: StoryState, ask: (path: string) => Promise<ReaderAnswer>): Promise<Looked[]> => {
  const { path } = story
  if (path === null) return Promise.resolve([])
  const look = async ([place, where]: Place, shows: (body: string) => boolean): Promise<Looked> => {
    const answer = await ask(where).catch(() => null)
    const isThere = answer?.status === 200 && shows(answer.body)
    return { place, path: where, status: answer?.status ?? null, isThere }
  }
  return Promise.all([
    ...ownPlaces(story.id, path).map((place) => look(place, () => true)),
    // A list shows it by the way to it.
    ...lists(story).map((place) => look(place, (body) => body.includes(path))),
  ])
}

/** What it is in words, and its path. */
type Place = [string, string]

const ownPlaces = (id: string, path: string): Place[] => [
  ['Its address', path],
  ['Its text twin', `/text${path}`],
  ['The frame with its sound', `/embed${path}`],
  ['The API', `/api/v1/stories/${id}`],
]

const lists = ({ content }: StoryState): Place[] => {
  const { section, topics, bylines, headline } = content
  const words = new URLSearchParams({ q: headline }).toString()
  return [
    ['The front page', '/'],
    ['The front page as text', '/text'],
    ['Its section', `/${encodeURIComponent(section)}`],
    ...topics.map((topic): Place => [`Topic ${topic}`, `/topics/${encodeURIComponent(slugOf(topic))}`]),
    ...bylines.map(({ name }): Place => [`By ${name}`, `/authors/${encodeURIComponent(slugOf(name))}`]),
    ['The search, for its headline', `/search?${words}`],
    ['The search of the API', `/api/v1/search?${words}`],
    ['The list of the API', '/api/v1/stories'],
    ...['xml', 'atom', 'json'].map((end): Place => [`Feed of the front page, ${end}`, `/feeds/front.${end}`]),
    ['Feed of its section', `/feeds/section/${encodeURIComponent(section)}.xml`],
    ['Corrections', '/corrections'],
    ['Sitemap', '/sitemap.xml'],
    ['News sitemap', '/sitemap-news.xml'],
  ]
}
