/** Okapi BM25 as the textbook has it (k1 = 1.2, b = 0.75): lower-cased words, the whole text as the question. */
export const plainBm25 = (texts: readonly string[]): ((of: number, count: number) => number[]) => {
  const [k1, b] = [1.2, 0.75]
  const words = texts.map((text) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [])
  const usual = words.reduce((sum, list) => sum + list.length, 0) / words.length
  const counts = words.map((list) => {
    const of = new Map<string, number>()
    for (const word of list) of.set(word, (of.get(word) ?? 0) + 1)
    return of
  })
  const postings = new Map<string, [text: number, count: number][]>()
  counts.forEach((of, text) => {
    for (const [word, count] of of) {
      const list = postings.get(word)
      if (list) list.push([text, count])
      else postings.set(word, [[text, count]])
    }
  })
  return (of, count) => {
    const scores = new Float64Array(texts.length)
    for (const [word, asked] of counts[of] ?? []) {
      const list = postings.get(word) ?? []
      const rarity = Math.log(1 + (texts.length - list.length + 0.5) / (list.length + 0.5))
      for (const [text, there] of list) {
        const length = 1 - b + (b * words[text]!.length) / usual
        scores[text]! += (asked * rarity * there * (k1 + 1)) / (there + k1 * length)
      }
    }
    scores[of] = 0
    return [...scores.keys()]
      .filter((text) => scores[text]! > 0)
      .sort((x, y) => scores[y]! - scores[x]!)
      .slice(0, count)
  }
}
