import assert from 'node:assert/strict'
import { suite } from 'node:test'
import { onBothEngines } from '../../test/world/postgres.ts'
import { createIds } from '../base/ids.ts'
import { silentLog } from '../base/log.ts'
import type { Store } from '../store/store.ts'
import type { TextIndex } from './indexer.ts'
import { openNewsroom } from './newsroom.ts'
import type { OpenNewsroom } from './newsroom.ts'
import { bodyWith, ferryStory } from './story.fixture.ts'
import type { StoryContent } from './story.ts'

type World = {
  newsroom: OpenNewsroom
  store: Store
  /** What the index of words was told, in order: `put <headline>`, `drop <id>`. */
  told: string[]
  /** The next so many times the index of words fails. */
  failing: { times: number }
  publish: (content: Partial<StoryContent>) => Promise<string>
  headlines: (id: string) => string[]
  /** The house started again. */
  again: () => Promise<OpenNewsroom>
}

const withIndexer = (name: string, fn: (world: World) => Promise<void>) =>
  onBothEngines(name, async ({ open, folder }) => {
    const clock = { at: Date.parse('2026-07-01T12:00:00Z'), now: () => clock.at }
    const ids = createIds({ clock })
    const store = await open({ clock })
    const told: string[] = []
    const failing = { times: 0 }
    const texts: TextIndex = {
      put: async (_, all) => {
        if (failing.times-- > 0) throw new Error('the disk is full')
        told.push(...all.map(({ card, body }) => `put ${card.headline}: ${body}`))
      },
      drop: async (_, gone) => void told.push(...gone.map((id) => `drop ${id}`)),
    }
    const make = () => openNewsroom({ store, folder, clock, ids, texts, log: silentLog })
    let newsroom = make()
    await newsroom.start()
    try {
      await fn({
        newsroom,
        store,
        told,
        failing,
        publish: (content) =>
          newsroom.change('ines', async (edit) => {
            const id = await edit.file({ ...ferryStory, dek: '', topics: [], ...content })
            await edit.publish(id)
            return id
          }),
        headlines: (id) => newsroom.related(id, 5).map(({ headline }) => headline),
        async again() {
          await newsroom.stop()
          newsroom = make()
          await newsroom.start()
          await newsroom.indexed()
          return newsroom
        },
      })
    } finally {
      await newsroom.stop()
    }
  })

const bridge = { section: 'county', headline: 'A bridge for Merrow', body: bodyWith('Steel, rivets and a toll.') }
const toll = { section: 'news', headline: 'Who pays', body: bodyWith('The toll at the bridge, in steel.') }
const opera = { section: 'music', headline: 'An opera', body: bodyWith('Sung in the rain.') }

suite('what is public, indexed in the background', () => {
  withIndexer('stories are related by what their bodies say', async ({ newsroom, publish, headlines }) => {
    const id = await publish(bridge)
    await publish(toll)
    await publish(opera)
    await newsroom.indexed()
    assert.deepEqual(headlines(id), ['Who pays'])
  })

  withIndexer('what is killed is related to nothing from that moment on, and its rows go', async (world) => {
    const { newsroom, store, publish, headlines, told } = world
    const [id, gone] = [await publish(bridge), await publish(toll)]
    await newsroom.indexed()
    assert.deepEqual(headlines(id), ['Who pays'])
    await newsroom.change('ines', (edit) => edit.kill(gone, { reason: 'wrong' }))
    assert.deepEqual(headlines(id), [])
    await newsroom.indexed()
    assert.ok(told.includes(`drop ${gone}`))
    const rows = await store.read.selectFrom('derived_story_terms').select('story_id').execute()
    assert.deepEqual(
      rows.map(({ story_id }) => story_id),
      [id],
    )
  })

  withIndexer(
    'a house that starts again reads the rows and no bodies',
    async ({ newsroom, publish, told, headlines, again }) => {
      const id = await publish(bridge)
      await publish(toll)
      await newsroom.indexed()
      const before = told.length
      await again()
      assert.deepEqual(headlines(id), ['Who pays'])
      assert.equal(told.length, before)
    },
  )

  withIndexer(
    'rows of an older program, or that are missing, are made anew',
    async ({ newsroom, store, publish, told, again }) => {
      await publish(bridge)
      const lost = await publish(opera)
      await newsroom.indexed()
      told.length = 0
      await store.tx(async (tx) => {
        await tx.updateTable('derived_story_terms').set({ version: 0 }).where('story_id', '!=', lost).execute()
        await tx.deleteFrom('derived_story_terms').where('story_id', '=', lost).execute()
      })
      await again()
      assert.deepEqual(told.toSorted(), [
        'put A bridge for Merrow: Steel, rivets and a toll.',
        'put An opera: Sung in the rain.',
      ])
    },
  )

  withIndexer('a new revision takes the place of the old one', async ({ newsroom, publish, headlines, told }) => {
    const [id, other] = [await publish(bridge), await publish(toll)]
    await newsroom.indexed()
    await newsroom.change('ines', async (edit) => {
      const { content } = (await edit.state(other))!
      await edit.revise(other, { ...content, body: bodyWith('Nobody, it seems.') })
      await edit.publish(other)
    })
    await newsroom.indexed()
    assert.deepEqual(headlines(id), [])
    assert.equal(told.at(-1), 'put Who pays: Nobody, it seems.')
  })

  withIndexer('a story of other times is found by those', async ({ newsroom, publish, told }) => {
    const id = await publish(bridge)
    await newsroom.indexed()
    const [at, path] = [Date.parse('2026-06-01T12:00:00Z'), '/county/2026-06-01/bridge']
    await newsroom.change('ines', (edit) => edit.redate(id, { path, from: at, published: at, updated: null }))
    await newsroom.indexed()
    assert.equal(told.filter((one) => one.startsWith('put A bridge')).length, 2)
  })

  withIndexer('what could not be written is tried again', async ({ newsroom, publish, failing, told, headlines }) => {
    failing.times = 1
    const id = await publish(bridge)
    await publish(toll)
    await newsroom.indexed()
    assert.equal(told.length, 2)
    assert.deepEqual(headlines(id), ['Who pays'])
  })
})
