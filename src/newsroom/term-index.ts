import { amountOf, Postings, slotOf } from './postings.ts'
import type { Terms } from './terms.ts'

/** The terms kept of one story: those that weigh most, each with its amount, 1…127. */
export type KeptTerms = { term: string; amount: number; inTitle: boolean }[]

/** A story found, and how like it is: 0…1. */
export type Alike = { id: string; likeness: number }

const MOST = 48
/** Amounts are kept as logarithms in steps of 1/40: 127 is a term that stands there twenty times and more. */
const STEP = 40
const LARGEST = 127
/** Beside an amount: the headline or the dek has the term. */
const IN_TITLE = 128
// Measured (docs/decisions/017): how much rarity, cohesion, and standing in titles count.
const RARITY = 0.3
const COHESION = 0.5
const TITLES = 0.2
const LEAST_COHESION = 0.05
/** Postings looked at for one question; what weighs least is left out first. */
const BUDGET = 400_000

/**
 * Which stories are about the same: an inverted index over each story's weightiest terms, in typed arrays. What a term
 * weighs is known only while it is asked, so that it follows the collection without the index being written anew.
 */
export class TermIndex {
  readonly #terms = new Map<string, number>()
  readonly #postings = new Postings()
  readonly #slots = new Map<string, number>()
  readonly #ids: (string | undefined)[] = []
  readonly #free: number[] = []
  /** MOST terms of each slot, and their amounts; the rest is 0. */
  #forward = new Uint32Array(1024 * MOST)
  #amounts = new Uint8Array(1024 * MOST)
  #norms = new Float32Array(1024)
  #scores = new Float32Array(1024)
  /** In how many headlines a term stands. */
  readonly #titles: number[] = []
  #titleSum = 0
  #countSum = 0
  /** How often the stories most like one that has the term have it too, 0…1; null until it was learned. */
  #cohesion: Float32Array | null = null

  get size(): number {
    return this.#slots.size
  }

  ids(): Iterable<string> {
    return this.#slots.keys()
  }

  has(id: string): boolean {
    return this.#slots.has(id)
  }

  /** The terms of a text that would be kept. */
  choose({ counts, inTitle }: Terms): KeptTerms {
    const weighed = [...counts].map(([term, count]) => {
      const amount = Math.max(1, Math.min(LARGEST, Math.round(Math.log1p(count) * STEP)))
      const number = this.#terms.get(term)
      return {
        term,
        amount,
        inTitle: inTitle.has(term),
        weight: amount * (number === undefined ? 1 : this.#weight(number)),
      }
    })
    if (weighed.length > MOST) weighed.sort((a, b) => b.weight - a.weight)
    return weighed.slice(0, MOST).map(({ term, amount, inTitle }) => ({ term, amount, inTitle }))
  }

  add(id: string, kept: KeptTerms): void {
    this.remove(id)
    const slot = this.#free.pop() ?? this.#ids.length
    this.#ids[slot] = id
    this.#slots.set(id, slot)
    if (slot >= this.#norms.length) this.#grow()
    kept.forEach(({ term, amount, inTitle }, n) => {
      const number = this.#numberOf(term)
      this.#postings.add(number, slot, amount)
      this.#forward[slot * MOST + n] = number
      this.#amounts[slot * MOST + n] = inTitle ? amount | IN_TITLE : amount
      if (inTitle) {
        this.#titles[number] = (this.#titles[number] ?? 0) + 1
        this.#titleSum++
      }
    })
    this.#countSum += kept.length
    this.#norms[slot] = this.#normOf(slot)
  }

  remove(id: string): void {
    const slot = this.#slots.get(id)
    if (slot === undefined) return
    for (let n = slot * MOST; n < (slot + 1) * MOST && this.#amounts[n]! > 0; n++) {
      const number = this.#forward[n]!
      this.#postings.remove(number, slot)
      if (this.#amounts[n]! & IN_TITLE) {
        this.#titles[number]!--
        this.#titleSum--
      }
      this.#amounts[n] = 0
      this.#countSum--
    }
    this.#slots.delete(id)
    this.#ids[slot] = undefined
    this.#free.push(slot)
  }

  /** The stories most like one that is here, or like these terms, at most `count`; never itself. */
  alike(of: string | KeptTerms, count: number): Alike[] {
    const self = typeof of === 'string' ? this.#slots.get(of) : undefined
    const query = typeof of === 'string' ? this.#queryOf(self) : this.#queryFrom(of)
    return this.#search(query, count, self).map((slot) => ({
      id: this.#ids[slot] ?? '',
      likeness: Math.min(1, this.#scores[slot]!),
    }))
  }

  /**
   * Learns which terms stories of one matter share, from this many of them, and weighs by it. `pause` is awaited now and
   * then: whoever hands it over decides how long others get their turn.
   */
  async learn({ sample, pause }: { sample: number; pause: () => Promise<void> | undefined }): Promise<void> {
    const slots = [...this.#slots.values()]
    const every = Math.max(1, Math.floor(slots.length / sample))
    const shared = new Float32Array(this.#terms.size)
    const seen = new Uint32Array(this.#terms.size)
    const have = new Uint32Array(this.#terms.size)
    for (let n = 0; n < slots.length; n += every) {
      const slot = slots[n]!
      // oxlint-disable-next-line no-await-in-loop -- a little at a time
      await pause()
      if (this.#ids[slot] === undefined) continue
      const terms = this.#queryOf(slot)
      const near = this.#search(terms, NEIGHBOURS, slot)
      for (const { number } of terms) {
        have[number] = 0
        seen[number]!++
      }
      for (const other of near) for (const { number } of this.#termsAt(other)) have[number]!++
      for (const { number } of terms) shared[number]! += near.length ? have[number]! / near.length : 0
    }
    const total = this.size || 1
    const cohesion = new Float32Array(this.#terms.size)
    for (let number = 0; number < cohesion.length; number++)
      cohesion[number] = Math.max(0, shared[number]! / (seen[number]! + 1) - this.#postings.count(number) / total)
    this.#cohesion = cohesion
    for (const slot of this.#slots.values()) {
      // oxlint-disable-next-line no-await-in-loop
      await pause()
      this.#norms[slot] = this.#normOf(slot)
    }
  }

  #numberOf(term: string): number {
    let number = this.#terms.get(term)
    if (number === undefined) this.#terms.set(term, (number = this.#terms.size))
    return number
  }

  /** What one of a term is worth: rare, shared by those who are alike, and a word of headlines. */
  #weight(number: number): number {
    const count = this.#postings.count(number)
    const rarity = Math.log((this.size + 1) / (count + 0.5)) ** RARITY
    const cohesion = this.#cohesion ? (LEAST_COHESION + (this.#cohesion[number] ?? 0)) ** COHESION : 1
    const usual = this.#titleSum / (this.#countSum || 1)
    const titles = usual > 0 ? (((this.#titles[number] ?? 0) + 5 * usual) / (count + 5)) ** TITLES : 1
    return (rarity || 0) * cohesion * titles
  }

  #termsAt(slot: number): Counted[] {
    const terms: Counted[] = []
    for (let n = slot * MOST; n < (slot + 1) * MOST && this.#amounts[n]! > 0; n++)
      terms.push({ number: this.#forward[n]!, amount: this.#amounts[n]! & LARGEST })
    return terms
  }

  #normOf(slot: number): number {
    let sum = 0
    for (const { number, amount } of this.#termsAt(slot))
      if (this.#postings.count(number) > 1) sum += (amount * this.#weight(number)) ** 2
    return Math.sqrt(sum) || 1
  }

  #queryOf(slot: number | undefined): Counted[] {
    return slot === undefined ? [] : this.#termsAt(slot)
  }

  #queryFrom(kept: KeptTerms): Counted[] {
    return kept.flatMap(({ term, amount }) => {
      const number = this.#terms.get(term)
      return number === undefined ? [] : [{ number, amount }]
    })
  }

  /** The slots of the best, the best first; their scores are in `#scores` until the next search. */
  #search(query: readonly Counted[], count: number, self: number | undefined): number[] {
    const scores = this.#scores.fill(0)
    const weighed = query.map(({ number, amount }) => ({ number, weight: this.#weight(number), amount }))
    const length = Math.hypot(...weighed.map(({ weight, amount }) => weight * amount)) || 1
    weighed.sort((a, b) => b.weight * b.amount - a.weight * a.amount)
    let left = BUDGET
    for (const { number, weight, amount } of weighed) {
      const postings = this.#postings.of(number)
      const n = this.#postings.count(number)
      if ((left -= n) < 0) break
      const factor = (weight * weight * amount) / length
      for (let at = 0; at < n; at++) {
        const posting = postings[at]!
        scores[slotOf(posting)]! += factor * amountOf(posting)
      }
    }
    if (self !== undefined) scores[self] = 0
    const best: number[] = []
    let least = 0
    for (let slot = 0; slot < this.#ids.length; slot++) {
      if (scores[slot] === 0) continue
      const score = (scores[slot]! /= this.#norms[slot]!)
      if (score <= least) continue
      let place = best.length
      while (place > 0 && scores[best[place - 1]!]! < score) place--
      best.splice(place, 0, slot)
      if (best.length > count) best.pop()
      if (best.length === count) least = scores[best[count - 1]!]!
    }
    return best
  }

  #grow(): void {
    const slots = this.#norms.length * 2
    const longer = <T extends Uint32Array | Uint8Array | Float32Array>(made: T, from: T): T => (made.set(from), made)
    this.#forward = longer(new Uint32Array(slots * MOST), this.#forward)
    this.#amounts = longer(new Uint8Array(slots * MOST), this.#amounts)
    this.#norms = longer(new Float32Array(slots), this.#norms)
    this.#scores = new Float32Array(slots)
  }
}

type Counted = { number: number; amount: number }

const NEIGHBOURS = 12
