import type { StoryCard } from './card.ts'

/** How much two stories are about the same, by the words and topics they share, from 0 to 1. */
export type Likeness = {
  /** Every other story that shares anything with this one. */
  all(story: StoryCard): Map<StoryCard, number>
}

type Weights = Map<string, number>

const weightOfWords = 0.55
const weightOfTopics = 0.45
const fields: [weight: number, text: (story: StoryCard) => string][] = [
  [3, (story) => story.headline],
  [2, (story) => story.dek],
]

/** Weighs words by TF-IDF and topics by how rare they are. The index of some thousand stories takes a moment, once. */
export const createLikeness = (stories: readonly StoryCard[]): Likeness => {
  const words = indexOf(stories, wordsOf)
  const topics = indexOf(stories, (story) => new Map(story.topics.map((topic) => [topic.toLowerCase(), 1])))
  return {
    all: (story) => {
      const found = new Map<StoryCard, number>()
      for (const [other, value] of words.alike(story)) found.set(other, value * weightOfWords)
      for (const [other, value] of topics.alike(story))
        found.set(other, (found.get(other) ?? 0) + value * weightOfTopics)
      found.delete(story)
      return found
    },
  }
}

/** Cosine of the stories' weighted terms, over an inverted index: only stories that share a term are looked at. */
const indexOf = (stories: readonly StoryCard[], termsOf: (story: StoryCard) => Weights) => {
  const counts = new Map(stories.map((story) => [story, termsOf(story)]))
  const spread = new Map<string, number>()
  for (const terms of counts.values()) for (const term of terms.keys()) spread.set(term, (spread.get(term) ?? 0) + 1)

  const rarity = (term: string) => Math.log((stories.length + 1) / ((spread.get(term) ?? 0) + 0.5))
  const vectors = new Map([...counts].map(([story, terms]) => [story, unit(terms, rarity)]))
  const postings = new Map<string, [StoryCard, number][]>()
  for (const [story, vector] of vectors)
    for (const [term, weight] of vector) {
      const list = postings.get(term)
      if (list) list.push([story, weight])
      else postings.set(term, [[story, weight]])
    }

  return {
    alike: (story: StoryCard): Map<StoryCard, number> => {
      const found = new Map<StoryCard, number>()
      for (const [term, weight] of vectors.get(story) ?? unit(termsOf(story), rarity))
        for (const [other, otherWeight] of postings.get(term) ?? [])
          found.set(other, (found.get(other) ?? 0) + weight * otherWeight)
      return found
    },
  }
}

const unit = (terms: Weights, rarity: (term: string) => number): Weights => {
  const weighed = [...terms].map(([term, count]) => [term, Math.log1p(count) * rarity(term)] as const)
  const length = Math.hypot(...weighed.map(([, weight]) => weight)) || 1
  return new Map(weighed.map(([term, weight]) => [term, weight / length]))
}

const wordsOf = (story: StoryCard): Weights => {
  const counts: Weights = new Map()
  for (const [weight, text] of fields)
    for (const [word] of text(story)
      .normalize('NFKC')
      .toLowerCase()
      .matchAll(/[\p{L}\p{M}\p{N}]{2,}/gu))
      counts.set(word, (counts.get(word) ?? 0) + weight)
  return counts
}
