// How good related stories are, on a folder of labelled texts, beside plain BM25 and chance. What ranks is what ships.
import { basename, resolve } from 'node:path'
import type { StoryCard } from '../src/newsroom/card.ts'
import { Related } from '../src/newsroom/related.ts'
import { TermIndex } from '../src/newsroom/term-index.ts'
import { termsOf } from '../src/newsroom/terms.ts'
import { readCorpus } from './corpus.ts'
import type { LabelledText } from './corpus.ts'
import { plainBm25 } from './plain-bm25.ts'
import { option, seeded } from './options.ts'

const SHOWN = 10
/** As the indexer of the newsroom learns. */
const SAMPLE = 2_000
const GOALS: [corpus: RegExp, goal: number][] = [
  [/reuters/i, 1.1],
  [/uci/i, 1.05],
]

/** `npm run bench -- related --corpus DIR [--queries 2000] [--seed 1]` */
export const related = async (args: string[]): Promise<void> => {
  const folder = option(args, 'corpus')
  if (!folder) throw new Error('Which collection? Name its folder: --corpus DIR')
  const texts = readCorpus(folder)
  const random = seeded(Number(option(args, 'seed') ?? 1))
  const judged = judge(texts)
  const able = [...texts.keys()].filter((text) => judged(text).size > 0)
  const most = Number(option(args, 'queries') ?? 2000)
  const queries =
    able.length <= most ? able : Array.from({ length: most }, () => able[Math.floor(random() * able.length)]!)
  process.stdout.write(`${basename(resolve(folder))}: ${texts.length} labelled texts, ${queries.length} questions\n`)

  const ours = measure(queries, judged, await newsroomRanking(texts))
  const theirs = measure(queries, judged, plainBm25(texts.map(({ headline, body }) => `${headline} ${body}`)))
  const chance = measure(queries, judged, (of) =>
    Array.from({ length: SHOWN }, () => Math.floor(random() * texts.length)).filter((text) => text !== of),
  )
  const say = (name: string, { ndcg, mrr }: Measured) =>
    process.stdout.write(`${name.padEnd(12)} nDCG@${SHOWN} ${ndcg.toFixed(4)}  MRR ${mrr.toFixed(4)}\n`)
  say('related', ours)
  say('plain BM25', theirs)
  say('random', chance)
  const goal = GOALS.find(([corpus]) => corpus.test(folder))?.[1]
  process.stdout.write(
    `related ÷ plain BM25: nDCG ${(ours.ndcg / theirs.ndcg).toFixed(3)}${goal ? ` (goal ${goal})` : ''}, MRR ${(ours.mrr / theirs.mrr).toFixed(3)}\n`,
  )
}

/** What a page of each text would show, by the newsroom's own index and ranking, which see no label. */
const newsroomRanking = async (texts: readonly LabelledText[]): Promise<(of: number) => number[]> => {
  const cards = texts.map(({ headline, at }, n) => cardOf(String(n), headline, at))
  const index = new TermIndex()
  texts.forEach(({ headline, body }, n) =>
    index.add(String(n), index.choose(termsOf({ headline, dek: '', body, topics: [] }, 'en'))),
  )
  await index.learn({ sample: SAMPLE, pause: () => undefined })
  const ranking = new Related({ index, get: (id) => cards[Number(id)] ?? null, section: () => [], language: 'en' })
  return (of) => ranking.of(String(of), SHOWN).map(({ id }) => Number(id))
}

const cardOf = (id: string, headline: string, at: number): StoryCard => ({
  id,
  path: `/news/${id}`,
  section: 'news',
  eyebrow: '',
  headline,
  dek: '',
  dateline: '',
  bylines: [],
  photo: null,
  audio: null,
  topics: [],
  source: null,
  place: null,
  published: new Date(Number.isNaN(at) ? 0 : at).toISOString(),
  updated: null,
  corrections: [],
})

/** How many labels each other text shares with one; texts that share none are left out. */
const judge = (texts: readonly LabelledText[]) => {
  const having = new Map<string, number[]>()
  texts.forEach(({ labels }, text) => {
    for (const label of labels) {
      const list = having.get(label)
      if (list) list.push(text)
      else having.set(label, [text])
    }
  })
  return (of: number): Map<number, number> => {
    const shared = new Map<number, number>()
    for (const label of texts[of]!.labels)
      for (const text of having.get(label) ?? []) if (text !== of) shared.set(text, (shared.get(text) ?? 0) + 1)
    return shared
  }
}

type Measured = { ndcg: number; mrr: number }

const measure = (
  queries: readonly number[],
  judged: (of: number) => Map<number, number>,
  rank: (of: number, count: number) => number[],
): Measured => {
  let [ndcg, mrr] = [0, 0]
  for (const of of queries) {
    const shared = judged(of)
    const gains = rank(of, SHOWN).map((text) => shared.get(text) ?? 0)
    const ideal = [...shared.values()].sort((a, b) => b - a).slice(0, SHOWN)
    ndcg += discounted(gains) / discounted(ideal)
    const first = gains.findIndex((gain) => gain > 0)
    mrr += first < 0 ? 0 : 1 / (first + 1)
  }
  return { ndcg: ndcg / queries.length, mrr: mrr / queries.length }
}

/** Discounted cumulative gain; the gain is the number of labels shared. */
const discounted = (gains: readonly number[]): number =>
  gains.reduce((sum, gain, place) => sum + gain / Math.log2(place + 2), 0)
