/** For each term the stories that have it. A posting is a story's slot and how much of the term it has, in 32 bits. */
export class Postings {
  readonly #lists: Uint32Array[] = []
  readonly #lengths: number[] = []

  /** How many stories have it. */
  count(term: number): number {
    return this.#lengths[term] ?? 0
  }

  /** The postings of a term; only the first `count` are true. */
  of(term: number): Uint32Array {
    return this.#lists[term] ?? NONE
  }

  add(term: number, slot: number, amount: number): void {
    const length = this.count(term)
    let list = this.of(term)
    if (length === list.length) {
      const longer = new Uint32Array(length < 4 ? length + 1 : Math.ceil(length * 1.5))
      longer.set(list)
      this.#lists[term] = list = longer
    }
    list[length] = posting(slot, amount)
    this.#lengths[term] = length + 1
  }

  remove(term: number, slot: number): void {
    const list = this.of(term)
    const last = this.count(term) - 1
    for (let n = 0; n <= last; n++) {
      if (slotOf(list[n]!) !== slot) continue
      list[n] = list[last]!
      this.#lengths[term] = last
      return
    }
  }
}

const NONE = new Uint32Array(0)

/** Slots go up to 16.7 million, amounts to 255. */
const posting = (slot: number, amount: number): number => ((slot << 8) | amount) >>> 0
export const slotOf = (posting: number): number => posting >>> 8
export const amountOf = (posting: number): number => posting & 0xff
