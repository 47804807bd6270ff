const word = /[\p{L}\p{M}]{3,40}/gu

/** The words there are and how often, and which of them somebody may have meant. */
export class Spelling {
  readonly #counts = new Map<string, number>()
  /** By length. */
  readonly #byLength = new Map<number, string[]>()

  add(text: string): void {
    for (const [raw] of text.matchAll(word)) {
      const one = raw.toLowerCase()
      const count = this.#counts.get(one) ?? 0
      this.#counts.set(one, count + 1)
      if (count > 0) continue
      const list = this.#byLength.get(one.length)
      if (list) list.push(one)
      else this.#byLength.set(one.length, [one])
    }
  }

  has(one: string): boolean {
    return this.#counts.has(one.toLowerCase())
  }

  /** The word nearest to this one, of those as near the most frequent; null when none is near. */
  nearest(typed: string): string | null {
    const asked = typed.toLowerCase()
    const most = asked.length < 5 ? 1 : 2
    let best: { one: string; steps: number; count: number } | null = null
    for (let length = asked.length - most; length <= asked.length + most; length++)
      for (const one of this.#byLength.get(length) ?? []) {
        // People seldom miss the first letter; both wrong is another word.
        if (one[0] !== asked[0] && one[1] !== asked[1]) continue
        const steps = stepsBetween(asked, one, most)
        if (steps === 0 || steps > most) continue
        const count = this.#counts.get(one) ?? 0
        if (!best || steps < best.steps || (steps === best.steps && count > best.count)) best = { one, steps, count }
      }
    return best?.one ?? null
  }
}

/** Letters to add, leave out, change or swap with the next one; `most` + 1 for more. */
const stepsBetween = (a: string, b: string, most: number): number => {
  let [before, last] = [[] as number[], Array.from({ length: b.length + 1 }, (_, n) => n)]
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    let least = i
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1
      let steps = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + same)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) steps = Math.min(steps, before[j - 2]! + 1)
      row.push(steps)
      if (steps < least) least = steps
    }
    if (least > most) return most + 1
    ;[before, last] = [last, row]
  }
  return last[b.length]!
}
