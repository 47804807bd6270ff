/** One thing asked for: a word, or several that stand beside each other in this order. */
export type Wanted = { words: string[]; prefix: boolean; not: boolean }

/** What somebody typed, read: at most MOST_WANTED things. */
export type Question = readonly Wanted[]

/** Longer ones are cut off, characters. */
export const LONGEST_QUESTION = 200
const MOST_WANTED = 12
const MOST_WORDS = 12

const part = /(-?)(?:"([^"]*)"?|([^\s"]+))/g
const word = /[\p{L}\p{M}\p{N}]+/gu

/** `words`, `"words beside each other"`, `-not`, `begin*`. Whatever else is typed parts words; nothing is an error. */
export const readQuestion = (text: string): Question => {
  const wanted: Wanted[] = []
  for (const [, minus, phrase, single = ''] of text.slice(0, LONGEST_QUESTION).normalize('NFC').matchAll(part)) {
    const words = ((phrase ?? single).match(word) ?? []).slice(0, MOST_WORDS)
    if (words.length === 0) continue
    wanted.push({ words, prefix: phrase === undefined && single.endsWith('*'), not: minus === '-' })
    if (wanted.length === MOST_WANTED) break
  }
  return wanted
}

/** Whether there is anything to look for: what must not be there alone is no question. */
export const asksForSomething = (question: Question): boolean => question.some(({ not }) => !not)
