// Search and related stories over an archive of invented news, on either engine: how long each takes, and what it costs.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { systemClock } from '../src/base/clock.ts'
import { createIds } from '../src/base/ids.ts'
import { silentLog } from '../src/base/log.ts'
import { openNewsroom, slugOf, stemIn } from '../src/newsroom/newsroom.ts'
import { openSearch } from '../src/search/search.ts'
import { openStore } from '../src/store/store.ts'
import type { Store } from '../src/store/store.ts'
import { fillArchive } from './archive.ts'
import { inventNews } from './invented-news.ts'
import { option, seeded } from './options.ts'

const RELATED_LIMIT_MS = 15
const QUESTIONS = 1_000

/** `npm run bench -- search [--stories 20000] [--engine sqlite|postgres] [--seed 1]` */
export const search = async (args: string[]): Promise<void> => {
  const count = Number(option(args, 'stories') ?? 20_000)
  const engine = option(args, 'engine') ?? 'sqlite'
  const seed = Number(option(args, 'seed') ?? 1)
  const folder = mkdtempSync(join(tmpdir(), 'groundwave-bench-'))
  const url = engine === 'postgres' ? await freshPostgres() : null
  const ids = createIds({ clock: systemClock })
  const store = await openStore({ url, folder, clock: systemClock, ids, log: silentLog })
  try {
    const news = inventNews(seed)
    const filled = await timed(() => fillArchive(store, { count, next: () => news.story(), id: () => ids.next() }))
    say(`${count} stories on ${engine}; written in ${seconds(filled)}`)
    const house = await openHouse(store, folder)
    await measure(house, { words: () => news.words(), random: seeded(seed + 1) })
    await house.newsroom.stop()
    const again = await openHouse(store, folder)
    say(
      `started again, all terms known: lists after ${seconds(again.started)}, related after ${seconds(again.indexed)}`,
    )
    await again.newsroom.stop()
  } finally {
    await store.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

type House = Awaited<ReturnType<typeof openHouse>>

const openHouse = async (store: Store, folder: string) => {
  const language = 'en'
  const clock = systemClock
  const found = openSearch({
    store,
    clock,
    language,
    find: (id) => newsroom.card(id),
    newest: () => newsroom.stories(),
    stem: stemIn(language),
  })
  const newsroom = openNewsroom({
    store,
    folder,
    clock,
    ids: createIds({ clock }),
    language,
    texts: {
      put: (tx, texts) =>
        found.put(
          tx,
          texts.map(({ card, body }) => ({
            ...card,
            published: Date.parse(card.published),
            topics: card.topics.map(slugOf),
            authors: card.bylines.map(({ name }) => slugOf(name)),
            people: card.bylines.map(({ name }) => name),
            body,
          })),
        ),
      drop: (tx, gone) => found.drop(tx, gone),
    },
  })
  const started = await timed(() => newsroom.start())
  const lag = monitorEventLoopDelay({ resolution: 1 })
  lag.enable()
  const indexed = await timed(() => newsroom.indexed())
  lag.disable()
  return { newsroom, search: found, started, indexed, lag: lag.max / 1e6 }
}

const measure = async (
  { newsroom, search, started, indexed, lag }: House,
  { words, random }: { words: () => string; random: () => number },
) => {
  global.gc?.()
  const { rss, heapUsed, arrayBuffers } = process.memoryUsage()
  say(
    `lists after ${seconds(started)}; index of terms and words made in ${seconds(indexed)}, the longest pause ${lag.toFixed(0)} ms`,
  )
  say(`memory: ${megabytes(rss)} in all, of it ${megabytes(heapUsed)} heap and ${megabytes(arrayBuffers)} arrays`)
  const stories = newsroom.stories()
  const any = () => stories[Math.floor(random() * stories.length)]!
  const related = Array.from({ length: QUESTIONS }, () => {
    const { id } = any()
    const began = performance.now()
    newsroom.related(id, 4)
    return performance.now() - began
  })
  tell('related', related, RELATED_LIMIT_MS)
  const kinds: [string, () => string][] = [
    ['one word', words],
    ['three words', () => [words(), words(), words()].join(' ')],
    ['words of a headline', () => any().headline.split(' ').slice(0, 3).join(' ')],
    ['phrase', () => `"${any().dek.split(' ').slice(1, 3).join(' ')}"`],
  ]
  for (const [name, text] of kinds) {
    const took: number[] = []
    for (let n = 0; n < QUESTIONS / 4; n++) {
      const asked = text()
      // oxlint-disable-next-line no-await-in-loop -- one after the other, that is what is measured
      took.push(await timed(() => search.search({ text: asked })))
    }
    tell(`search, ${name}`, took)
  }
}

const freshPostgres = async (): Promise<string> => {
  const named = process.env['GROUNDWAVE_DATABASE']
  return named || (await import('../test/world/postgres.ts')).freshDatabase()
}

const timed = async (fn: () => Promise<unknown>): Promise<number> => {
  const began = performance.now()
  await fn()
  return performance.now() - began
}

const say = (line: string) => process.stdout.write(`${line}\n`)
const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`
const megabytes = (bytes: number) => `${Math.round(bytes / 2 ** 20)} MB`

const tell = (name: string, took: number[], limit?: number) => {
  const sorted = took.toSorted((a, b) => a - b)
  const at = (part: number) => sorted[Math.floor(part * (sorted.length - 1))]!
  const ratio = limit ? `; ${(at(0.95) / limit).toFixed(2)} of the limit of ${limit} ms` : ''
  say(`${name.padEnd(28)} p50 ${at(0.5).toFixed(2)} ms  p95 ${at(0.95).toFixed(2)} ms${ratio}`)
}
