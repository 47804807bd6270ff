import type { StoryCard } from './card.ts'
import type { TermIndex } from './term-index.ts'
import { termsOf } from './terms.ts'

// What shares the section alone stands behind everything that shares a word that matters.
const sectionAlone = 0.01
const sameSection = 1.2
const halfLifeMs = 21 * 86_400_000
/** How much of its worth a story keeps however far away in time it is. */
const timeless = 0.85
/** Stories looked at: the most like it, and the newest of its section. */
const LIKE = 100
const NEWEST = 20

export type RelatedDeps = {
  index: Pick<TermIndex, 'has' | 'choose' | 'alike'>
  /** The story of this id, if it is public now. */
  get: (id: string) => StoryCard | null
  /** A section's public stories, newest first. */
  section: (section: string) => readonly StoryCard[]
  /** BCP 47. */
  language: string
}

/** Stories like one, of those that are public when it is asked. */
export class Related {
  readonly #deps: RelatedDeps

  constructor(deps: RelatedDeps) {
    this.#deps = deps
  }

  /** The most like it first: likeness × section × age. Never itself, nor another copy of the same item. */
  of(id: string, count: number): StoryCard[] {
    const { index, get, section, language } = this.#deps
    const story = get(id)
    if (!story || count <= 0) return []
    // One that was published a moment ago is not in the index yet: its announcement says what it is about.
    const question = index.has(id) ? id : index.choose(termsOf({ ...story, body: '' }, language))
    const likeness = new Map(index.alike(question, Math.max(LIKE, 2 * count)).map((one) => [one.id, one.likeness]))
    const found = new Map<string, StoryCard>()
    for (const other of likeness.keys()) {
      // The index may still hold what is not public any more.
      const card = get(other)
      if (card) found.set(other, card)
    }
    for (const card of section(story.section).slice(0, NEWEST)) found.set(card.id, card)
    const score = (other: StoryCard) => {
      const near = other.section === story.section
      const worth = ((likeness.get(other.id) ?? 0) + (near ? sectionAlone : 0)) * (near ? sameSection : 1)
      return worth * nearness(Date.parse(other.published), Date.parse(story.published))
    }
    return [...found.values()]
      .filter((other) => !isSame(other, story))
      .map((other) => ({ other, score: score(other) }))
      .filter((one) => one.score > 0)
      .sort((a, b) => b.score - a.score || b.other.published.localeCompare(a.other.published))
      .slice(0, count)
      .map(({ other }) => other)
  }
}

const isSame = (a: StoryCard, b: StoryCard) =>
  a.id === b.id || (a.source !== null && !!a.source.url && a.source.url === b.source?.url)

// Of two that are as like, the one of the same days; an old story may still be the best one there is.
const nearness = (a: number, b: number) => timeless + (1 - timeless) * 0.5 ** (Math.abs(a - b) / halfLifeMs)
