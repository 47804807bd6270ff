import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import * as fc from 'fast-check'
import { onBothEngines } from '../../test/world/postgres.ts'
import { excerptOf, markWords } from './marks.ts'
import { readQuestion } from './question.ts'
import { openSearch } from './search.ts'
import type { Asked, Search, SearchText } from './search.ts'
import { Spelling } from './spelling.ts'

const now = Date.parse('2026-07-01T12:00:00Z')
const day = 86_400_000

const text = (id: string, more: Partial<SearchText> = {}): SearchText => ({
  id,
  published: now,
  section: 'news',
  topics: [],
  authors: [],
  headline: id,
  dek: '',
  people: [],
  body: '',
  ...more,
})

type World = {
  search: Search
  put: (...texts: SearchText[]) => Promise<void>
  drop: (id: string) => Promise<void>
  /** Ids of what is found, the best first. */
  ids: (question: string, more?: Partial<Asked>) => Promise<string[]>
  hide: (id: string) => void
}

const withSearch = (name: string, fn: (world: World) => Promise<void>) =>
  onBothEngines(name, async ({ open }) => {
    const store = await open()
    const there = new Map<string, SearchText>()
    const told = (one: SearchText) => ({ ...one, published: new Date(one.published).toISOString() })
    const search = openSearch({
      store,
      clock: { now: () => now },
      language: 'en',
      find: (id) => (there.has(id) ? told(there.get(id)!) : null),
      newest: () => [...there.values()].map(told),
      stem: (word) => word.replace(/(ies|y|s)$/, ''),
    })
    await fn({
      search,
      async put(...texts) {
        for (const one of texts) there.set(one.id, one)
        await store.tx((tx) => search.put(tx, texts))
      },
      drop: (id) => store.tx((tx) => search.drop(tx, [id])),
      ids: async (question, more) => (await search.search({ text: question, ...more })).hits.map(({ id }) => id),
      hide: (id) => void there.delete(id),
    })
  })

suite('the search', () => {
  withSearch('finds words in all their forms, in headline, dek, names and body', async ({ put, ids }) => {
    await put(
      text('headline', { headline: 'The ferries stop' }),
      text('dek', { dek: 'A ferry stops.', published: now - day }),
      text('body', { body: 'Nobody knew of a Ferry.', published: now - day }),
      text('names', { people: ['Ines Haldorsen'] }),
      text('none', { headline: 'Snow' }),
    )
    assert.deepEqual((await ids('ferry')).toSorted(), ['body', 'dek', 'headline'])
    assert.equal((await ids('ferry'))[0], 'headline')
    assert.deepEqual(await ids('haldorsen'), ['names'])
    assert.deepEqual(await ids('núñez'), [])
  })

  withSearch('knows phrases, what must not be there, and beginnings', async ({ put, ids }) => {
    await put(
      text('a', { body: 'The flood wall is built.' }),
      text('b', { body: 'A wall against the flood.' }),
      text('c', { body: 'The flooding of Mill Bottom.' }),
    )
    assert.deepEqual(await ids('"flood wall"'), ['a'])
    assert.deepEqual(await ids('flood-wall'), ['a'])
    assert.deepEqual((await ids('flood wall')).toSorted(), ['a', 'b'])
    assert.deepEqual(await ids('wall -built'), ['b'])
    assert.deepEqual(await ids('bott*'), ['c'])
    assert.deepEqual(await ids('-wall'), [])
  })

  withSearch('is narrowed by section, topic, author and days', async ({ put, ids }) => {
    await put(
      text('a', { body: 'river', section: 'county', topics: ['roads'], authors: ['ines-haldorsen'] }),
      text('b', { body: 'river', published: now - 3 * day, topics: ['roads', 'floods'] }),
      text('c', { body: 'river county roads', published: now - 9 * day }),
    )
    assert.deepEqual(await ids('river', { section: 'county' }), ['a'])
    assert.deepEqual((await ids('river', { topic: 'roads' })).toSorted(), ['a', 'b'])
    assert.deepEqual(await ids('river', { topic: 'floods', author: 'ines-haldorsen' }), [])
    assert.deepEqual(await ids('river', { author: 'ines-haldorsen' }), ['a'])
    assert.deepEqual(await ids('river', { from: now - 4 * day, to: now }), ['b'])
    assert.deepEqual(await ids('river', { order: 'newest' }), ['a', 'b', 'c'])
  })

  withSearch('tells nothing that is not public when it answers', async ({ put, ids, hide, search }) => {
    await put(text('a', { body: 'river' }), text('killed', { headline: 'The river Zanzibarra', body: 'river' }))
    hide('killed')
    assert.deepEqual(await ids('river'), ['a'])
    const { total, meant } = await search.search({ text: 'zanzibara' })
    assert.deepEqual([total, meant], [0, null])
  })

  withSearch('takes the new words of a story in place of the old, and forgets one', async ({ put, drop, ids }) => {
    await put(text('a', { body: 'The old bridge.' }))
    await put(text('a', { body: 'The new pier.' }))
    assert.deepEqual([await ids('bridge'), await ids('pier')], [[], ['a']])
    await drop('a')
    assert.deepEqual(await ids('pier'), [])
  })

  withSearch('asks what was meant when nothing is found', async ({ put, search }) => {
    await put(text('a', { headline: 'The ferry stops' }), text('b', { headline: 'A ferry goes' }))
    assert.deepEqual((await search.search({ text: 'ferrry' })).meant, { text: 'ferry', total: 2 })
    assert.deepEqual((await search.search({ text: '"the ferrry" -goes' })).meant, {
      text: '"the ferry" -goes',
      total: 1,
    })
    assert.equal((await search.search({ text: 'xylophone' })).meant, null)
  })

  withSearch('shows a page of twenty, and says how many there are', async ({ put, search }) => {
    await put(...Array.from({ length: 45 }, (_, n) => text(`s${n}`, { body: 'river' })))
    const { hits, total, pages, isMore } = await search.search({ text: 'river', page: 3 })
    assert.deepEqual([hits.length, total, pages, isMore], [5, 45, 3, false])
    assert.equal((await search.search({ text: 'river', page: 99 })).page, 3)
  })

  withSearch('answers whatever is typed', async ({ put, search }) => {
    await put(text('a', { body: 'river' }))
    const odd = [
      '"',
      '-',
      '*',
      '()',
      "' or 1=1 --",
      'NEAR(a b)',
      'a AND',
      'headline:river',
      '\0',
      '{',
      ':*',
      '🚢',
      'river*"',
      '"river* -"',
      '“river”',
      "d'Arc",
      'the',
    ]
    for (const typed of odd) assert.ok((await search.search({ text: typed })).total >= 0, typed)
    assert.equal((await search.search({ text: 'NOT river' })).total, 0)
    assert.equal((await search.search({ text: '“river”' })).total, 1)
    assert.equal((await search.search({ text: 'river '.repeat(10_000) })).total, 1)
  })
})

suite('what the search shows', () => {
  const stem = (one: string) => one.replace(/s$/, '')

  test('marks every form of what was asked for, and nothing else', () =>
    assert.deepEqual(markWords('Ferries, the Ferry & ferrying', readQuestion('ferri* -ferry the'), stem), [
      { text: 'Ferries', hit: true },
      { text: ', ', hit: false },
      { text: 'the', hit: true },
      { text: ' Ferry & ferrying', hit: false },
    ]))
  test('shows a long text around the first hit', () => {
    const shown = excerptOf(
      `${'word '.repeat(400)}the river rises ${'word '.repeat(400)}`,
      readQuestion('rivers'),
      stem,
    )
    const whole = shown.map((piece) => piece.text).join('')
    assert.ok(whole.length < 260 && whole.startsWith('… word') && whole.endsWith('…'), whole)
    assert.deepEqual(
      shown.filter(({ hit }) => hit),
      [{ text: 'river', hit: true }],
    )
  })
  test('leaves out no character of a text it marks', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (any, asked) => {
        assert.equal(
          markWords(any, readQuestion(asked), stem)
            .map((piece) => piece.text)
            .join(''),
          any,
        )
      }),
    ))
})

suite('spelling', () => {
  const spelling = new Spelling()
  spelling.add('The ferry and the ferry, a fury; Merrow')
  test('finds the nearest word, of those as near the most frequent', () => {
    assert.equal(spelling.nearest('ferrry'), 'ferry')
    assert.equal(spelling.nearest('fery'), 'ferry')
    assert.equal(spelling.nearest('Mrerow'), 'merrow')
    assert.equal(spelling.nearest('ferry'), 'fury')
  })
  test('finds none that is far', () => assert.equal(spelling.nearest('bridge'), null))
})
