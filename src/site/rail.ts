import type { Story } from '../newsroom/newsroom.ts'
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
  | { kind: 'cards'; section: Section; cards: Card[] }
  | { kind: 'feature'; section: Section; big: Card; list: Card[]; card: Card | null }
  | { kind: 'music'; section: Section; card: Card | null; spins: { stream: string; played: Played[] }; cuts: Cut[] }

export const sectionRailOf = (
  deps: SiteDeps,
  frame: Frame,
  { section, stories }: { section: Section; stories: Story[] },
): Rail | null => {
  const cards = stories.map((story) => cardOf(story, frame))
  if (section.id === 'music') {
    const rail = {
      kind: 'music' as const,
      section,
      card: cards[0] ?? null,
      spins: spinsOf(deps, frame),
      cuts: cutsOf(deps),
    }
    if (rail.spins.played.length > 0) return rail
  }
  const big = cards.find((card) => card.picture)
  if (!big || cards.length < 3) return cards.length ? { kind: 'cards', section, cards: cards.slice(0, 3) } : null
  const card = cards.findLast((other) => other.picture && other !== big) ?? null
  const list = cards.filter((other) => other !== big && other !== card).slice(0, 4)
  return { kind: 'feature', section, big, list, card }
}

/** What the music streams played last: of the stream whose latest song is the newest. */
const spinsOf = ({ spins }: SiteDeps, { streams, times }: Frame) => {
  const logs = streams.map((stream) => ({ stream: stream.title, latest: spins.latest(stream.name, 5) }))
  const newest = logs.toSorted((a, b) => (b.latest[0]?.at ?? 0) - (a.latest[0]?.at ?? 0))[0]
  const played = (newest?.latest ?? []).map(({ at, title, artist }) => ({
    iso: times.iso(at),
    time: times.clock(at).replace(/ [ap]m$/, ''),
    title,
    artist,
  }))
  return { stream: newest?.stream ?? '', played }
}

const cutsOf = ({ newsroom }: SiteDeps): Cut[] =>
  newsroom
    .stories()
    .flatMap((story) => (story.audio ? [cutOf(story, story.audio)] : []))
    .slice(0, 4)

export const cutOf = (story: Story, audio: NonNullable<Story['audio']>): Cut => ({
  href: story.path,
  src: audioUrl(audio.file),
  title: audio.title || story.headline,
  length: span(audio.duration * 1000),
  seconds: audio.duration,
  about: story.eyebrow,
})
