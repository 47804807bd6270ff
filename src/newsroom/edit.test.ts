import assert from 'node:assert/strict'
import { suite } from 'node:test'
import { onBothEngines } from '../../test/world/postgres.ts'
import { waitFor } from '../../test/world/wait.ts'
import { createIds } from '../base/ids.ts'
import { bodyOf, openNewsroom, shownOf } from './newsroom.ts'
import type { OpenNewsroom, StoryContent } from './newsroom.ts'
import type { Store } from '../store/store.ts'

const flood: StoryContent = {
  section: 'news',
  slug: 'river',
  eyebrow: '',
  headline: 'The river is rising, “fast”',
  dek: '',
  dateline: '',
  bylines: [{ name: 'Ines Haldorsen', role: 'Reporter' }],
  photo: null,
  audio: null,
  ...bodyOf([{ type: 'paragraph', text: 'It rises.' }]),
  topics: ['River'],
  notes: 'The lock keeper must not be named.',
  source: null,
  place: null,
}
const PATH = '/news/2026-07-01/the-river-is-rising-fast'

type World = {
  newsroom: OpenNewsroom
  store: Store
  clock: { at: number; now(): number }
  /** Another house on the same database; on SQLite there is only one. */
  other: OpenNewsroom | null
  file: () => Promise<string>
  types: (id: string) => Promise<string[]>
}

const withNewsroom = (name: string, fn: (world: World) => Promise<void>) =>
  onBothEngines(name, async ({ open, folder, engine }) => {
    const clock = { at: Date.parse('2026-07-01T12:00:00Z'), now: () => clock.at }
    const house = async () => {
      const store = await open({ clock })
      const newsroom = openNewsroom({ store, folder, clock, ids: createIds({ clock }), zone: 'America/New_York' })
      await newsroom.start()
      return { store, newsroom }
    }
    const { store, newsroom } = await house()
    const other = engine === 'postgres' ? (await house()).newsroom : null
    const file = () => newsroom.change('ines', (edit) => edit.file(flood))
    const types = async (id: string) => (await store.events.of({ kind: 'story', id })).map(({ type }) => type)
    try {
      await fn({ newsroom, store, clock, other, file, types })
    } finally {
      await newsroom.stop()
      await other?.stop()
    }
  })

const publishFlood = (newsroom: OpenNewsroom, id: string) => newsroom.change('ines', (edit) => edit.publish(id))

suite('the verbs of the newsroom', () => {
  withNewsroom('a filed story is on the desk; published it is on its page', async ({ newsroom, file, types }) => {
    const id = await file()
    assert.deepEqual(newsroom.stories(), [])
    assert.equal(await publishFlood(newsroom, id), PATH)
    assert.deepEqual(await newsroom.read(PATH), {
      ...shownOf(flood),
      id,
      path: PATH,
      published: '2026-07-01T12:00:00.000Z',
      updated: null,
      corrections: [],
    })
    assert.deepEqual(await types(id), ['story.filed', 'story.published'])
  })

  withNewsroom('two stories of one headline have two addresses', async ({ newsroom, file }) => {
    const [a, b] = [await file(), await file()]
    assert.equal(await publishFlood(newsroom, a), PATH)
    assert.equal(await publishFlood(newsroom, b), `${PATH}-2`)
  })

  withNewsroom(
    'a revision is public when it is published, under the same address',
    async ({ newsroom, file, clock }) => {
      const id = await file()
      await publishFlood(newsroom, id)
      clock.at += 60_000
      await newsroom.change('ines', (edit) => edit.revise(id, { ...flood, headline: 'The river falls' }))
      assert.equal(newsroom.find(PATH)?.headline, flood.headline)
      await publishFlood(newsroom, id)
      const { headline, published, updated } = newsroom.find(PATH)!
      assert.deepEqual(
        [headline, published, updated],
        ['The river falls', '2026-07-01T12:00:00.000Z', '2026-07-01T12:01:00.000Z'],
      )
    },
  )

  withNewsroom('a correction is told, newest first', async ({ newsroom, file, clock }) => {
    const id = await file()
    await publishFlood(newsroom, id)
    await newsroom.change('ines', (edit) => edit.correct(id, { text: 'Ten feet.' }))
    clock.at += 1000
    await newsroom.change('ines', (edit) => edit.correct(id, { text: 'Eleven.' }))
    assert.deepEqual(
      newsroom.find(PATH)?.corrections.map(({ text }) => text),
      ['Eleven.', 'Ten feet.'],
    )
  })

  withNewsroom('a killed story is gone when it is acknowledged, and does not come back', async (world) => {
    const { newsroom, file, types, other } = world
    const id = await file()
    await publishFlood(newsroom, id)
    await newsroom.change('ines', (edit) => edit.kill(id, { reason: 'A document was false.', note: 'It was wrong.' }))
    assert.deepEqual([newsroom.stories(), newsroom.find(PATH)], [[], null])
    assert.deepEqual(newsroom.withdrawn(PATH), { at: '2026-07-01T12:00:00.000Z', note: 'It was wrong.' })
    await newsroom.change('mina', (edit) => edit.kill(id, { reason: 'again' }))
    assert.deepEqual((await types(id)).slice(-2), ['story.published', 'story.killed'])
    await assert.rejects(publishFlood(newsroom, id), { code: 'STORY_KILLED' })
    await assert.rejects(
      newsroom.change('ines', (edit) => edit.correct(id, { text: 'x' })),
      { code: 'STORY_KILLED' },
    )
    if (other) await waitFor('the other house hears of it', () => other.withdrawn(PATH))
  })

  withNewsroom('a hold and a takedown recall a story until they end', async ({ newsroom, file }) => {
    const id = await file()
    await publishFlood(newsroom, id)
    await newsroom.change('ines', (edit) => edit.hold(id, 'The lawyer reads it.'))
    assert.equal(newsroom.find(PATH), null)
    await newsroom.change('ines', (edit) => edit.release(id))
    assert.ok(newsroom.find(PATH))
    await newsroom.change('ines', (edit) => edit.takeDown(id, 'Later.'))
    assert.equal(newsroom.find(PATH), null)
    assert.equal(newsroom.withdrawn(PATH), null)
    await publishFlood(newsroom, id)
    assert.ok(newsroom.find(PATH))
  })

  withNewsroom('times are kept to the millisecond: from, until, embargo', async ({ newsroom, file, clock }) => {
    const id = await file()
    const now = clock.at
    await newsroom.change('ines', async (edit) => {
      await edit.embargo(id, now + 2000)
      await edit.publish(id, { from: now + 1000, until: now + 3000 })
    })
    const shown = (at: number) => {
      clock.at = now + at
      return newsroom.stories().length === 1
    }
    assert.deepEqual([0, 1000, 1999, 2000, 2999, 3000].map(shown), [false, false, false, true, true, false])
    clock.at = now
    await newsroom.change('ines', (edit) => edit.embargo(id, null))
    assert.deepEqual([2000, 2999].map(shown), [false, false])
  })

  withNewsroom('a planned update leaves what is public until its time', async ({ newsroom, file, clock }) => {
    const id = await file()
    await publishFlood(newsroom, id)
    await newsroom.change('ines', async (edit) => {
      await edit.revise(id, { ...flood, headline: 'Later' })
      await edit.publish(id, { from: clock.at + 1000 })
    })
    assert.equal(newsroom.find(PATH)?.headline, flood.headline)
    clock.at += 1000
    assert.equal(newsroom.find(PATH)?.headline, 'Later')
  })

  withNewsroom('what a change does is done whole or not at all', async ({ newsroom, file, types }) => {
    const id = await file()
    const half = newsroom.change('ines', async (edit) => {
      await edit.publish(id)
      throw new Error('no')
    })
    await assert.rejects(half, /no/)
    assert.deepEqual(newsroom.stories(), [])
    assert.deepEqual(await types(id), ['story.filed'])
    await assert.rejects(
      newsroom.change('ines', (edit) => edit.publish('nobody')),
      { code: 'STORY_UNKNOWN' },
    )
  })

  withNewsroom('what is spiked is nowhere, and comes back to the desk or to its page', async (world) => {
    const { newsroom, file, types } = world
    const id = await file()
    await publishFlood(newsroom, id)
    await newsroom.change('ines', (edit) => edit.spike(id, 'Told twice.'))
    await newsroom.change('ines', (edit) => edit.spike(id))
    assert.equal(newsroom.find(PATH), null)
    assert.equal((await newsroom.change('ines', (edit) => edit.state(id)))?.spikedBy, 'ines')
    await newsroom.change('ines', (edit) => edit.unspike(id))
    assert.equal(newsroom.find(PATH)?.id, id)
    assert.deepEqual(await types(id), ['story.filed', 'story.published', 'story.spiked', 'story.unspiked'])
  })

  withNewsroom('notes and slug are for the staff', async ({ newsroom, file }) => {
    const id = await file()
    await publishFlood(newsroom, id)
    assert.doesNotMatch(JSON.stringify(newsroom.stories()), /lock keeper/)
    assert.equal((await newsroom.change('ines', (edit) => edit.state(id)))?.content.notes, flood.notes)
  })
})
