import type { StoryCard } from './card.ts'
import { slugOf } from './slug.ts'

/**
 * A list of stories: `all`, `section:<id>`, `topic:<slug>`, `author:<slug>`, `audio` (those with a sound of their own),
 * `corrected`, and `placed` (those the editors gave a place on the front).
 */
export type ListName =
  | 'all'
  | 'audio'
  | 'corrected'
  | 'placed'
  | `section:${string}`
  | `topic:${string}`
  | `author:${string}`

type List = { cards: StoryCard[]; isSorted: boolean }

/** Published stories, newest first, in every list they belong to; a change moves only what has changed. */
export class Lists {
  readonly #lists = new Map<ListName, List>()
  #changed = new Map<ListName, number>()
  #isFilling = false

  /** Live: it changes with the stories. Empty for a list nobody is in. */
  get(name: ListName): readonly StoryCard[] {
    const list = this.#lists.get(name)
    if (!list) return []
    if (!list.isSorted) {
      list.cards.sort(byNewest)
      list.isSorted = true
    }
    return list.cards
  }

  /** The first place in each list that is another since this was last asked, counted from 0. */
  takeChanged(): ReadonlyMap<ListName, number> {
    const changed = this.#changed
    this.#changed = new Map()
    return changed
  }

  /** While `fn` runs nothing is sorted: for many at once. */
  async fill(fn: () => Promise<void>): Promise<void> {
    this.#isFilling = true
    try {
      await fn()
    } finally {
      this.#isFilling = false
    }
  }

  add(card: StoryCard): void {
    for (const name of namesOf(card)) {
      let list = this.#lists.get(name)
      if (!list) this.#lists.set(name, (list = { cards: [], isSorted: true }))
      if (this.#isFilling || !list.isSorted) {
        list.cards.push(card)
        list.isSorted = false
        this.#changed.set(name, 0)
      } else {
        const at = placeOf(list.cards, card)
        list.cards.splice(at, 0, card)
        this.#changedAt(name, at)
      }
    }
  }

  remove(card: StoryCard): void {
    for (const name of namesOf(card)) {
      const cards = this.get(name) as StoryCard[]
      const at = placeOf(cards, card)
      if (cards[at]?.id === card.id) cards.splice(at, 1)
      this.#changedAt(name, at)
      if (cards.length === 0) this.#lists.delete(name)
    }
  }

  /** Puts a card where another of the same story stands. */
  replace(before: StoryCard, card: StoryCard): void {
    const [old, now] = [namesOf(before), namesOf(card)]
    const stays =
      before.published === card.published && old.length === now.length && now.every((name, n) => name === old[n])
    if (!stays) {
      this.remove(before)
      this.add(card)
      return
    }
    for (const name of now) {
      const cards = this.get(name) as StoryCard[]
      const at = placeOf(cards, card)
      cards[at] = card
      this.#changedAt(name, at)
    }
  }

  #changedAt(name: ListName, place: number): void {
    this.#changed.set(name, Math.min(place, this.#changed.get(name) ?? place))
  }
}

const namesOf = ({ section, topics, bylines, audio, corrections, place }: StoryCard): ListName[] => [
  'all',
  `section:${section}`,
  ...new Set(topics.map((topic): ListName => `topic:${slugOf(topic)}`)),
  ...new Set(bylines.map(({ name }): ListName => `author:${slugOf(name)}`)),
  ...(audio ? (['audio'] as const) : []),
  ...(corrections.length ? (['corrected'] as const) : []),
  ...(place === null ? [] : (['placed'] as const)),
]

const byNewest = (a: StoryCard, b: StoryCard): number =>
  a.published === b.published ? (a.id < b.id ? -1 : a.id > b.id ? 1 : 0) : a.published < b.published ? 1 : -1

/** Where the card stands, or would. */
const placeOf = (cards: readonly StoryCard[], card: StoryCard): number => {
  let [low, high] = [0, cards.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (byNewest(cards[middle]!, card) < 0) low = middle + 1
    else high = middle
  }
  return low
}
