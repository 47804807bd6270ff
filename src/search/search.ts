import { setImmediate as turn } from 'node:timers/promises'
import type { Clock } from '../base/clock.ts'
import { GroundwaveError } from '../base/errors.ts'
import type { Store, Tx } from '../store/store.ts'
import { excerptOf, markWords } from './marks.ts'
import type { Marked } from './marks.ts'
import { asksForSomething, readQuestion } from './question.ts'
import type { Question } from './question.ts'
import { dropTexts, findMatches, putTexts, readTexts } from './search-store.ts'
import { Spelling } from './spelling.ts'
import { tagOf } from './tags.ts'

export type { Marked } from './marks.ts'
export { LONGEST_QUESTION } from './question.ts'

/** A public story's words. */
export type SearchText = {
  id: string
  /** ms since the epoch. */
  published: number
  section: string
  /** Slugs. */
  topics: readonly string[]
  authors: readonly string[]
  headline: string
  dek: string
  /** Names of those who wrote it. */
  people: readonly string[]
  body: string
}

/** What of a story is known to be public at this moment. */
export type PublicStory = { headline: string; dek: string; published: string }

export type SearchDeps = {
  store: Pick<Store, 'engine' | 'read'>
  clock: Clock
  /** BCP 47, of the stories. */
  language: string
  /** The story of this id, if it is public now: nothing else is found. */
  find: (id: string) => PublicStory | null
  /** Public stories, newest first, whose words are known when one is misspelt. */
  newest: () => readonly PublicStory[]
  /** Brings the forms of a word together, as the index does. */
  stem: (word: string) => string
}

export type Asked = {
  text: string
  section?: string | undefined
  /** Slugs. */
  topic?: string | undefined
  author?: string | undefined
  /** ms since the epoch; `to` is not counted in. */
  from?: number | undefined
  to?: number | undefined
  order?: 'best' | 'newest'
  /** From 1. */
  page?: number
}

export type Hit = { id: string; headline: Marked; dek: Marked; excerpt: Marked }

export type Found = {
  hits: Hit[]
  /** Stories found; with `isMore` there are more than were counted. */
  total: number
  isMore: boolean
  page: number
  pages: number
  /** When nothing was found: what may have been meant, and how many stories it finds. */
  meant: { text: string; total: number } | null
}

export type Search = {
  /** Takes the words of stories into the index, in place of what it had of them. */
  put(tx: Tx, texts: readonly SearchText[]): Promise<void>
  drop(tx: Tx, ids: readonly string[]): Promise<void>
  /** Stories that are public when the promise is kept. Throws SEARCH_SLOW. */
  search(asked: Asked): Promise<Found>
}

const PER_PAGE = 20
/** So many stories are weighed, those that came into the index last: nobody reads on that far. */
const WEIGHED = 1_000
const PATIENCE_MS = 3_000
/** A story's worth falls to this part of it, half of the way in a year. */
const OLD_WORTH = 0.4
const HALF_LIFE_MS = 365 * 86_400_000
/** Words are learned from so many stories, and anew after so long. */
const LEARNED_FROM = 20_000
const LEARNED_FOR_MS = 10 * 60_000
const LEARNED_AT_ONCE = 500

/** The full text search over what is public. */
export const openSearch = (deps: SearchDeps): Search => {
  const { store, clock, language, find, newest, stem } = deps
  let words: { at: number; spelling: Promise<Spelling> } | null = null

  const learnWords = async (): Promise<Spelling> => {
    const spelling = new Spelling()
    const stories = newest().slice(0, LEARNED_FROM)
    for (const [n, { headline, dek }] of stories.entries()) {
      spelling.add(`${headline} ${dek}`)
      // oxlint-disable-next-line no-await-in-loop -- others get their turn
      if (n % LEARNED_AT_ONCE === LEARNED_AT_ONCE - 1) await turn()
    }
    return spelling
  }

  const matchesOf = async (question: Question, asked: Asked) => {
    const { section, topic, author, from, to, order = 'best' } = asked
    const tags = [
      ...(section ? [tagOf('section', section)] : []),
      ...(topic ? [tagOf('topic', topic)] : []),
      ...(author ? [tagOf('author', author)] : []),
    ]
    const matches = await inTime(
      findMatches(store.read, store.engine, { question, filter: { tags, from, to }, language, limit: WEIGHED }),
    )
    const now = clock.now()
    const worth = ({ score, published }: { score: number; published: number }) =>
      score * (OLD_WORTH + (1 - OLD_WORTH) * 0.5 ** (Math.max(0, now - published) / HALF_LIFE_MS))
    return {
      isMore: matches.length === WEIGHED,
      // The index may still hold what is not public any more.
      matches: matches
        .filter(({ id }) => find(id) !== null)
        .map((one) => ({ ...one, worth: order === 'newest' ? one.published : worth(one) }))
        .sort((a, b) => b.worth - a.worth || b.published - a.published || (a.id < b.id ? 1 : -1)),
    }
  }

  /** The same with each word that nobody writes made the nearest one that somebody does. */
  const meantBy = async (question: Question, asked: Asked): Promise<Found['meant']> => {
    if (!words || clock.now() - words.at > LEARNED_FOR_MS) words = { at: clock.now(), spelling: learnWords() }
    const spelling = await words.spelling
    const mended = question.map((one) => ({
      ...one,
      words: one.words.map((word) => (one.not || spelling.has(word) ? word : (spelling.nearest(word) ?? word))),
    }))
    const text = textOf(mended)
    if (text === textOf(question)) return null
    const { matches } = await matchesOf(mended, asked)
    return matches.length > 0 ? { text, total: matches.length } : null
  }

  return {
    put: (tx, texts) =>
      putTexts(
        tx,
        store.engine,
        texts.map(({ id, published, section, topics, authors, headline, dek, people, body }) => ({
          id,
          published,
          headline,
          dek,
          people: people.join(', '),
          body,
          tags: [
            tagOf('section', section),
            ...topics.map((topic) => tagOf('topic', topic)),
            ...authors.map((author) => tagOf('author', author)),
          ].join(' '),
        })),
        language,
      ),
    drop: dropTexts,
    async search(asked) {
      const question = readQuestion(asked.text)
      if (!asksForSomething(question)) return { hits: [], total: 0, isMore: false, page: 1, pages: 0, meant: null }
      const { matches, isMore } = await matchesOf(question, asked)
      const pages = Math.ceil(matches.length / PER_PAGE)
      const page = Math.max(1, Math.min(asked.page ?? 1, pages))
      const shown = matches.slice((page - 1) * PER_PAGE, page * PER_PAGE)
      const bodies = await inTime(
        readTexts(
          store.read,
          shown.map(({ id }) => id),
        ),
      )
      const meant = matches.length === 0 ? await meantBy(question, asked) : null
      // Last of all, and from memory: what was recalled while the database was asked is not told.
      const hits = shown.flatMap(({ id }): Hit[] => {
        const story = find(id)
        return story
          ? [
              {
                id,
                headline: markWords(story.headline, question, stem),
                dek: markWords(story.dek, question, stem),
                excerpt: excerptOf(bodies.get(id) ?? '', question, stem),
              },
            ]
          : []
      })
      return { hits, total: matches.length, isMore, page, pages, meant }
    },
  }
}

const textOf = (question: Question): string =>
  question
    .map(({ words, prefix, not }) => {
      const text = words.length > 1 ? `"${words.join(' ')}"` : `${words[0] ?? ''}${prefix ? '*' : ''}`
      return not ? `-${text}` : text
    })
    .join(' ')

const inTime = async <T>(answer: Promise<T>): Promise<T> => {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new GroundwaveError('SEARCH_SLOW')), PATIENCE_MS)
  try {
    return await Promise.race([answer, late.promise])
  } catch (cause) {
    // A database that refuses is to a reader what one is that does not answer.
    throw cause instanceof GroundwaveError ? cause : new GroundwaveError('SEARCH_SLOW', undefined, { cause })
  } finally {
    clearTimeout(timer)
  }
}
