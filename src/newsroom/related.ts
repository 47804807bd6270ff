import type { Likeness } from './likeness.ts'
import type { Story } from './story.ts'

// What shares the section alone stands behind everything that shares a word that matters.
const sectionAlone = 0.01
const sameSection = 1.2
const halfLifeMs = 21 * 86_400_000

type RelatedDeps = { stories: readonly Story[]; likeness: Likeness; now: number }

/** Stories like this one, the most like first: likeness × section × age. Never itself, nor another copy of it. */
export const rankRelated = (story: Story, { stories, likeness, now }: RelatedDeps): Story[] => {
  const alike = likeness.all(story)
  const score = (other: Story) => {
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

const isSame = (a: Story, b: Story) => a.id === b.id || (a.source !== null && a.source.url === b.source?.url)

// An old story may still be the best one there is, so age halves its worth at most.
const freshness = (age: number) => 0.5 + 0.5 * 0.5 ** (Math.max(0, age) / halfLifeMs)
