import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import * as fc from 'fast-check'
import type { StoryCard } from './card.ts'
import { Lists } from './lists.ts'
import type { ListName } from './lists.ts'
import { ferryStory } from './story.fixture.ts'

const NAMES = ['all', 'section:news', 'section:music', 'topic:ferries', 'topic:roads'] as const

/** The first place at which the lists differ; null when they do not. */
const firstOther = (a: readonly StoryCard[], b: readonly StoryCard[]): number | null => {
  const place = a.findIndex((one, n) => one !== b[n])
  return place >= 0 ? place : a.length === b.length ? null : Math.min(a.length, b.length)
}

const card = (id: string, more: Partial<StoryCard> = {}): StoryCard => ({
  ...ferryStory,
  id,
  path: `/news/2026-07-01/${id}`,
  published: '2026-07-01T12:00:00.000Z',
  updated: null,
  corrections: [],
  ...more,
})

suite('lists of stories', () => {
  test('a story is in the lists of its section, topics, authors and what else it has', () => {
    const lists = new Lists()
    lists.add(card('a', { topics: ['River Merrow', 'river merrow'], place: 2, corrections: [{ at: '', text: '' }] }))
    const names: ListName[] = [
      'all',
      'section:news',
      'topic:river-merrow',
      'author:ines-haldorsen',
      'placed',
      'corrected',
    ]
    for (const name of names) assert.equal(lists.get(name).length, 1, name)
    assert.deepEqual([lists.get('audio'), lists.get('section:music')], [[], []])
  })

  test('however stories come, go and change, each list is what sorting those that are left would give, and where it changed is told', () => {
    const arbitrary = fc.array(
      fc.record({
        id: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
        day: fc.integer({ min: 1, max: 3 }),
        section: fc.constantFrom('news', 'music'),
        topics: fc.subarray(['Ferries', 'Roads']),
        stays: fc.boolean(),
      }),
      { maxLength: 40 },
    )
    fc.assert(
      fc.property(arbitrary, (steps) => {
        const lists = new Lists()
        const there = new Map<string, StoryCard>()
        const seen = new Map<ListName, StoryCard[]>()
        for (const { id, day, section, topics, stays } of steps) {
          const before = there.get(id)
          const after = card(id, { published: `2026-07-0${day}T12:00:00.000Z`, section, topics })
          if (before && stays) lists.replace(before, after)
          else if (before) lists.remove(before)
          else lists.add(after)
          if (before && !stays) there.delete(id)
          else there.set(id, after)
          const changed = lists.takeChanged()
          for (const name of NAMES) {
            const now = [...lists.get(name)]
            const place = firstOther(seen.get(name) ?? [], now)
            assert.ok(place === null || changed.get(name)! <= place, `${name} is another from ${place}`)
            seen.set(name, now)
          }
        }
        const sorted = [...there.values()].toSorted(
          (a, b) => b.published.localeCompare(a.published) || a.id.localeCompare(b.id),
        )
        assert.deepEqual(lists.get('all'), sorted)
        for (const section of ['news', 'music'])
          assert.deepEqual(
            lists.get(`section:${section}`),
            sorted.filter((one) => one.section === section),
          )
        assert.deepEqual(
          lists.get('topic:roads'),
          sorted.filter(({ topics }) => topics.includes('Roads')),
        )
      }),
    )
  })
})
