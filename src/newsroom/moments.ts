type Entry = { at: number; id: string }

/** At which moment which story has to be looked at again, the earliest first; one moment for each story. */
export class Moments {
  readonly #heap: Entry[] = []
  readonly #of = new Map<string, number>()

  /** `at` in ms since the epoch; Infinity takes the story out. */
  set(id: string, at: number): void {
    if (this.#of.get(id) === at) return
    if (at === Number.POSITIVE_INFINITY) {
      this.#of.delete(id)
      return
    }
    this.#of.set(id, at)
    const heap = this.#heap
    let n = heap.push({ at, id }) - 1
    while (n > 0) {
      const above = (n - 1) >> 1
      if (heap[above]!.at <= at) break
      ;[heap[above], heap[n]] = [heap[n]!, heap[above]!]
      n = above
    }
  }

  /** Infinity when there is none. */
  next(): number {
    for (;;) {
      const first = this.#heap[0]
      if (!first) return Number.POSITIVE_INFINITY
      if (this.#of.get(first.id) === first.at) return first.at
      this.#shift()
    }
  }

  /** Takes out all whose moment is `now` or before. */
  takeDue(now: number): string[] {
    const due: string[] = []
    while (this.next() <= now) {
      const { id } = this.#shift()
      this.#of.delete(id)
      due.push(id)
    }
    return due
  }

  #shift(): Entry {
    const heap = this.#heap
    const first = heap[0]!
    const last = heap.pop()!
    if (heap.length === 0) return first
    heap[0] = last
    for (let n = 0; ;) {
      const left = 2 * n + 1
      let least = n
      if (left < heap.length && heap[left]!.at < heap[least]!.at) least = left
      if (left + 1 < heap.length && heap[left + 1]!.at < heap[least]!.at) least = left + 1
      if (least === n) return first
      ;[heap[least], heap[n]] = [heap[n]!, heap[least]!]
      n = least
    }
  }
}
