import type { StoryCard } from '../newsroom/newsroom.ts'
import { span } from '../player/words.ts'
import { audioUrl, cardOf, type Card } from './card.ts'
import type { Frame } from './frame.ts'
import type { SiteDeps } from './site-deps.ts'

type Section = Frame['sections'][number]

export type Played = { iso: string; time: string; title: string; artist: string }

/** Audio of a story, to be heard from where it is announced. */
export type Cut = { href: string; src: string; title: string; length: string; seconds: number; about: string }

/** A section's stories on the front page, in the shape that their number allows. */
export type Rail =
  | { kind: 'cards'; head: Head; cards: Card[] }
  | { kind: 'feature'; head: Head; big: Card; list: Card[]; card: Card | null }
  | { kind: 'music'; head: Head; card: Card | null; spins: { stream: string; played: Played[] }; cuts: Cut[] }

/** `href` null: several sections share the rail. */
export type Head = { id: string; name: string; href: string | null; all: string }

/** Fewer than these do not fill a rail of their own. */
const FEW = 3

/** Most stories of a section that a rail looks at. */
const MOST = 12

/** The sections in their order, news after the first of the others; small ones share the last rail. */
export const railsOf = (deps: SiteDeps, frame: Frame, above: ReadonlySet<StoryCard | undefined>): Rail[] => {
  const news = frame.sections.filter((section) => section.id === 'news')
  const others = frame.sections.filter((section) => section.id !== 'news')
  const groups = [...others.slice(0, 1), ...news, ...others.slice(1)].map((section) => ({
    section,
    cards: deps.newsroom
      .stories(`section:${section.id}`, MOST + above.size)
      .filter((story) => !above.has(story))
      .slice(0, MOST)
      .map((story) => cardOf(story, frame)),
  }))
  const rails: Rail[] = []
  const small: typeof groups = []
  for (const { section, cards } of groups) {
    const rail = sectionRailOf(deps, frame, { section, cards })
    if (rail) rails.push(rail)
    else if (cards.length > 0) small.push({ section, cards })
  }
  const shared = sharedRailOf(small)
  return shared ? [...rails, shared] : rails
}

const headOf = ({ id, name }: Section): Head => {
  const isNews = id === 'news'
  const word = name.toLowerCase()
  return { id, name: isNews ? `More ${word}` : name, href: `/${id}`, all: isNews ? `All ${word}` : `All of ${name}` }
}

const sharedRailOf = (small: { section: Section; cards: Card[] }[]): Rail | null => {
  const [first, ...more] = small
  if (!first) return null
  const names = small.map(({ section }) => headOf(section).name)
  const name = more.length ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)}` : (names[0] ?? '')
  const head = more.length ? { id: 'more', name, href: null, all: '' } : headOf(first.section)
  // One of each before a second of any.
  const cards = [...small.map((group) => group.cards[0]), ...small.flatMap((group) => group.cards.slice(1))]
  return { kind: 'cards', head, cards: cards.filter((card) => card !== undefined).slice(0, 4) }
}

const sectionRailOf = (
  deps: SiteDeps,
  frame: Frame,
  { section, cards }: { section: Section; cards: Card[] },
): Rail | null => {
  const head = headOf(section)
  if (section.id === 'music') {
    const rail = {
      kind: 'music' as const,
      head,
      card: cards[0] ?? null,
      spins: spinsOf(deps, frame),
      cuts: cutsOf(deps),
    }
    if (rail.spins.played.length > 0) return rail
  }
  const big = cards.find((card) => card.picture)
  if (!big || cards.length < FEW) return null
  const card = cards.findLast((other) => other.picture && other !== big) ?? null
  const list = cards.filter((other) => other !== big && other !== card).slice(0, 4)
  return { kind: 'feature', head, big, list, card }
}

/** What was played last: on the stream called music, else on the one whose latest song is the newest. */
const spinsOf = ({ spins }: SiteDeps, { streams, times }: Frame) => {
  const logs = streams.map((stream) => ({
    name: stream.name,
    stream: stream.title,
    latest: spins.latest(stream.name, 5),
  }))
  const ofMusic = logs.find(({ name, latest }) => name === 'music' && latest.length > 0)
  const newest = ofMusic ?? logs.toSorted((a, b) => (b.latest[0]?.at ?? 0) - (a.latest[0]?.at ?? 0))[0]
  const played = (newest?.latest ?? []).map(({ at, title, artist }) => ({
    iso: times.iso(at),
    time: times.clock(at).replace(/ [ap]m$/, ''),
    title,
    artist,
  }))
  return { stream: newest?.stream ?? '', played }
}

const cutsOf = ({ newsroom }: SiteDeps): Cut[] =>
  newsroom.stories('audio', 4).flatMap((story) => (story.audio ? [cutOf(story, story.audio)] : []))

export const cutOf = (story: StoryCard, audio: NonNullable<StoryCard['audio']>): Cut => ({
  href: story.path,
  src: audioUrl(audio.file),
  title: audio.title || story.headline,
  length: span(audio.duration * 1000),
  seconds: audio.duration,
  about: story.eyebrow,
})
