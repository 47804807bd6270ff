import type { Clock } from '../base/clock.ts'
import type { StoryCard } from './card.ts'
import { createLikeness } from './likeness.ts'
import type { Likeness } from './likeness.ts'

// What shares the section alone stands behind everything that shares a word that matters.
const sectionAlone = 0.01
const sameSection = 1.2
const halfLifeMs = 21 * 86_400_000

type RelatedDeps = { stories: readonly StoryCard[]; likeness: Likeness; now: number }

/** Stories like this one, the most like first: likeness × section × age. Never itself, nor another copy of it. */
export const rankRelated = (story: StoryCard, { stories, likeness, now }: RelatedDeps): StoryCard[] => {
  const alike = likeness.all(story)
  const score = (other: StoryCard) => {
    const near = other.section === story.section
    const worth = ((alike.get(other) ?? 0) + (near ? sectionAlone : 0)) * (near ? sameSection : 1)
    return worth * freshness(now - Date.parse(other.published))
  }
  return stories
    .filter((other) => !isSame(other, story))
    .map((other) => ({ other, score: score(other) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || b.other.published.localeCompare(a.other.published))
    .map(({ other }) => other)
}

const isSame = (a: StoryCard, b: StoryCard) => a.id === b.id || (a.source !== null && a.source.url === b.source?.url)

// An old story may still be the best one there is, so age halves its worth at most.
const freshness = (age: number) => 0.5 + 0.5 * 0.5 ** (Math.max(0, age) / halfLifeMs)

/** Ranks what is public, and keeps what it found until something changes. */
export class Related {
  readonly #deps: { cards: () => readonly StoryCard[]; clock: Clock }
  readonly #found = new Map<string, StoryCard[]>()
  #likeness: Likeness | undefined

  constructor(deps: { cards: () => readonly StoryCard[]; clock: Clock }) {
    this.#deps = deps
  }

  forget(): void {
    this.#found.clear()
    this.#likeness = undefined
  }

  of(id: string, count: number): StoryCard[] {
    const stories = this.#deps.cards()
    const story = stories.find((one) => one.id === id)
    if (!story) return []
    this.#likeness ??= createLikeness(stories)
    const found =
      this.#found.get(id) ?? rankRelated(story, { stories, likeness: this.#likeness, now: this.#deps.clock.now() })
    this.#found.set(id, found)
    return found.slice(0, count)
  }
}
