import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import * as fc from 'fast-check'
import type { StoryCard } from './card.ts'
import { Related } from './related.ts'
import { TermIndex } from './term-index.ts'
import { termsOf } from './terms.ts'

const now = Date.parse('2026-07-01T12:00:00Z')
const day = 86_400_000

const story = (id: string, headline: string, more: Partial<StoryCard> = {}): StoryCard => ({
  id,
  path: `/${more.section ?? 'news'}/2026-07-01/${id}`,
  section: 'news',
  eyebrow: '',
  headline,
  dek: '',
  dateline: '',
  bylines: [],
  published: new Date(now).toISOString(),
  updated: null,
  photo: null,
  audio: null,
  corrections: [],
  topics: [],
  source: null,
  place: null,
  ...more,
})

const indexOf = async (stories: readonly StoryCard[]) => {
  const index = new TermIndex()
  for (const one of stories) index.add(one.id, index.choose(termsOf({ ...one, body: '' }, 'en')))
  await index.learn({ sample: 100, pause: () => undefined })
  return index
}

const relatedOver = (index: TermIndex, stories: readonly StoryCard[]) =>
  new Related({
    index,
    get: (id) => stories.find((one) => one.id === id) ?? null,
    section: (section) => stories.filter((one) => one.section === section),
    language: 'en',
  })

const related = async (one: StoryCard, ...others: StoryCard[]) => {
  const stories = [one, ...others]
  const found = relatedOver(await indexOf(stories), stories).of(one.id, 10)
  return found.map(({ id }) => id)
}

const bridge = story('bridge', 'The bridge over the Merrow opens', { section: 'county', topics: ['Roads'] })

suite('related stories', () => {
  test('share rare words before common ones', async () =>
    assert.deepEqual(
      (
        await related(
          bridge,
          story('budget', 'The budget of the state'),
          story('ferry', 'The ferry and the bridges'),
          story('bus', 'The bus'),
        )
      ).slice(0, 1),
      ['ferry'],
    ))
  test('share topics, whatever their letters', async () =>
    assert.deepEqual(
      await related(bridge, story('a', 'Snow', { topics: ['Birds'] }), story('b', 'Ploughs', { topics: ['roads'] })),
      ['b'],
    ))
  test('are of the same section before another, and near in time before far', async () => {
    const like = { topics: ['Roads'] }
    const old = { ...like, published: new Date(now - 90 * day).toISOString() }
    assert.deepEqual(
      await related(
        bridge,
        story('old', 'Gravel', old),
        story('new', 'Gravel', like),
        story('near', 'Gravel', { ...like, section: 'county' }),
      ),
      ['near', 'new', 'old'],
    )
  })
  test('may share the section alone, but not nothing', async () =>
    assert.deepEqual(await related(bridge, story('far', 'Opera'), story('near', 'Opera', { section: 'county' })), [
      'near',
    ]))
  test('are never the story itself, nor another copy of the same item', async () => {
    const source = { owner: 'A', url: 'https://a.example/1', copyright: 'A', agency: '' }
    const copy = story('copy', bridge.headline, { source })
    assert.deepEqual(await related({ ...bridge, source }, copy), [])
  })
  test('are found for a story that is not in the index yet', async () => {
    const stories = [story('ferry', 'The ferry and the bridge'), story('opera', 'Opera'), story('bus', 'The bus')]
    const index = await indexOf(stories)
    assert.equal(relatedOver(index, [...stories, bridge]).of('bridge', 1)[0]?.id, 'ferry')
  })
  test('are public, whatever the index still holds', async () => {
    const [ferry, pier] = [story('ferry', 'The ferry and the bridge'), story('pier', 'A bridge and its pier')]
    const index = await indexOf([bridge, ferry, pier])
    assert.deepEqual(
      relatedOver(index, [bridge, pier])
        .of('bridge', 5)
        .map(({ id }) => id),
      ['pier'],
    )
  })
  test('in another language are found by their words as they are', () => {
    const { counts } = termsOf({ headline: 'Die Fähren fahren', dek: '', body: '', topics: [] }, 'de')
    assert.deepEqual([...counts.keys()], ['die', 'fähren', 'fahren'])
  })
})

suite('the index of terms', () => {
  test('after stories came and went it finds what one made anew of those that are left finds', async () => {
    const words = fc.array(fc.constantFrom('bridge', 'river', 'ferry', 'bus', 'snow', 'Straße', '橋'), { maxLength: 6 })
    const steps = fc.array(fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd', 'e'), words, leaves: fc.boolean() }))
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        const [lived, there] = [new TermIndex(), new Map<string, string>()]
        for (const { id, words, leaves } of all) {
          const kept = lived.choose(termsOf({ headline: words.join(' '), dek: '', body: '', topics: [] }, 'en'))
          if (leaves) lived.remove(id)
          else lived.add(id, kept)
          if (leaves) there.delete(id)
          else there.set(id, words.join(' '))
        }
        const fresh = await indexOf([...there].map(([id, headline]) => story(id, headline)))
        await lived.learn({ sample: 100, pause: () => undefined })
        assert.equal(lived.size, fresh.size)
        for (const id of there.keys()) {
          const [a, b] = [lived, fresh].map((index) => new Map(index.alike(id, 9).map((one) => [one.id, one.likeness])))
          assert.deepEqual([...a!.keys()].toSorted(), [...b!.keys()].toSorted())
          assert.ok(!a!.has(id))
          for (const value of a!.values()) assert.ok(value > 0 && value <= 1)
        }
      }),
    )
  })
})
