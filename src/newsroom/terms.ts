// @ts-expect-error -- it comes without types
import porter from 'wink-porter2-stemmer'
import { stopWords } from './stop-words.ts'

/** What a story is about, as its words tell it. */
export type StoryText = { headline: string; dek: string; body: string; topics: readonly string[] }

/** Each term with how much of it there is; `inTitle` are those that the headline or the dek names. */
export type Terms = { counts: Map<string, number>; inTitle: Set<string> }

// Measured on labelled collections (`npm run bench -- related`): see docs/decisions/017.
const TITLE = 2
const NAME = 0.75
const TOPIC = 3
/** What stands further down in a story is seldom what it is about, characters. */
const BODY = 1_500
const LONGEST_WORD = 40

const stem = porter as (word: string) => string
const word = /[\p{L}\p{M}\p{N}]+/gu

/** Words by their stems, runs of names as one, and topics. `language` is a BCP 47 tag; only English is stemmed. */
export const termsOf = ({ headline, dek, body, topics }: StoryText, language: string): Terms => {
  const isEnglish = isEnglishTag(language)
  const counts = new Map<string, number>()
  const inTitle = new Set<string>()
  const add = (term: string, weight: number) => counts.set(term, (counts.get(term) ?? 0) + weight)

  const read = (text: string, weight: number, isBody: boolean) => {
    let run: string[] = []
    const endRun = () => {
      if (run.length > 1) add(run.join(' '), weight)
      run = []
    }
    let end = 0
    for (const match of text.normalize('NFKC').matchAll(word)) {
      const raw = match[0]
      const lower = raw.toLowerCase()
      // Anything but one space or hyphen between two words ends a run of names.
      if (match.index - end > 1) endRun()
      end = match.index + raw.length
      if (lower.length < 2 || lower.length > LONGEST_WORD || (isEnglish && stopWords.has(lower))) {
        endRun()
        continue
      }
      const term = isEnglish ? stemOf(lower) : lower
      const isName = isBody && raw !== lower && raw !== raw.toUpperCase()
      add(term, isName ? weight * NAME : weight)
      if (!isBody) inTitle.add(term)
      if (isName) run.push(term)
      else endRun()
    }
    endRun()
  }
  read(headline, TITLE, false)
  read(dek, 1, false)
  read(body.slice(0, BODY), 1, true)
  for (const topic of topics) add(`#${topic.normalize('NFKC').toLowerCase()}`, TOPIC)
  return { counts, inTitle }
}

/** Stems, found once: the words of a language are few. */
const stems = new Map<string, string>()
const MOST_STEMS = 100_000

/** The stem of an English word in lower case; another language's word as it is. */
export const stemIn = (language: string): ((lower: string) => string) =>
  isEnglishTag(language) ? stemOf : (lower) => lower

const isEnglishTag = (language: string): boolean => /^en\b/i.test(language)

const stemOf = (lower: string): string => {
  const known = stems.get(lower)
  if (known !== undefined) return known
  if (stems.size >= MOST_STEMS) stems.clear()
  const found = stem(lower)
  stems.set(lower, found)
  return found
}
