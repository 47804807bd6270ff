import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import * as fc from 'fast-check'
import { createLikeness } from './likeness.ts'
import type { Story } from './story.ts'
import { rankRelated } from './related.ts'

const now = Date.parse('2026-07-01T12:00:00Z')
const day = 86_400_000

const story = (id: string, headline: string, more: Partial<Story> = {}): Story => ({
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
  body: [],
  corrections: [],
  topics: [],
  source: null,
  place: null,
  ...more,
})

const related = (one: Story, ...others: Story[]) => {
  const stories = [one, ...others]
  return rankRelated(one, { stories, likeness: createLikeness(stories), now }).map(({ id }) => id)
}

const bridge = story('bridge', 'The bridge over the Merrow opens', { section: 'county', topics: ['Roads'] })

suite('related stories', () => {
  test('share rare words before common ones', () =>
    assert.deepEqual(
      related(
        bridge,
        story('budget', 'The budget of the state'),
        story('ferry', 'The ferry and the bridge'),
        story('bus', 'The bus'),
      ).slice(0, 1),
      ['ferry'],
    ))
  test('share topics, whatever their letters', () =>
    assert.deepEqual(
      related(bridge, story('a', 'Snow', { topics: ['Birds'] }), story('b', 'Ploughs', { topics: ['roads'] })),
      ['b'],
    ))
  test('are of the same section before another, and newer before older', () => {
    const like = { topics: ['Roads'] }
    const old = { ...like, published: new Date(now - 90 * day).toISOString() }
    assert.deepEqual(
      related(
        bridge,
        story('old', 'Gravel', old),
        story('new', 'Gravel', like),
        story('near', 'Gravel', { ...like, section: 'county' }),
      ),
      ['near', 'new', 'old'],
    )
  })
  test('may share the section alone, but not nothing', () =>
    assert.deepEqual(related(bridge, story('far', 'Opera'), story('near', 'Opera', { section: 'county' })), ['near']))
  test('are never the story itself, nor another copy of the same item', () => {
    const source = { owner: 'A', url: 'https://a.example/1', copyright: 'A', agency: '' }
    const copy = story('copy', bridge.headline, { source })
    assert.deepEqual(related({ ...bridge, source }, copy, { ...bridge, path: '/news/2026-07-01/again' }), [])
  })
  test('are found for a story that is not in the collection', () => {
    const stories = [story('ferry', 'The ferry and the bridge'), story('opera', 'Opera')]
    assert.equal(rankRelated(bridge, { stories, likeness: createLikeness(stories), now })[0]?.id, 'ferry')
  })
  test('likeness is at most 1, and equal both ways', () => {
    const words = fc.array(fc.constantFrom('bridge', 'river', 'ferry', 'bus', 'snow', 'Straße', '橋'), { maxLength: 6 })
    const arbitrary = fc.array(fc.record({ headline: words, topics: words }), { minLength: 2, maxLength: 8 })
    fc.assert(
      fc.property(arbitrary, (all) => {
        const stories = all.map(({ headline, topics }, at) => story(String(at), headline.join(' '), { topics }))
        const likeness = createLikeness(stories)
        for (const a of stories)
          for (const [b, value] of likeness.all(a)) {
            assert.ok(value >= 0 && value <= 1 + 1e-9)
            assert.ok(Math.abs(value - (likeness.all(b).get(a) ?? 0)) < 1e-9)
            assert.notEqual(a, b)
          }
      }),
    )
  })
})
