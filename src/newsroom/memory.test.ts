import assert from 'node:assert/strict'
import { suite } from 'node:test'
import { onBothEngines } from '../../test/world/postgres.ts'
import { createIds } from '../base/ids.ts'
import { silentLog } from '../base/log.ts'
import type { Store } from '../store/store.ts'
import { StoryEdit } from './edit.ts'
import { Memory } from './memory.ts'
import { bodyWith, ferryPhoto, ferryStory } from './story.fixture.ts'
import type { StoryContent } from './story.ts'

type World = {
  store: Store
  clock: { at: number; now(): number }
  memory: Memory
  /** Does something to stories without telling the memory at once, as another house would. */
  elsewhere: <T>(fn: (edit: StoryEdit) => Promise<T>) => Promise<T>
  publish: (content?: Partial<StoryContent>) => Promise<{ id: string; path: string }>
  /** Holds the reading of bodies back until the function it returns is called. */
  holdBodies: () => () => void
  missing: Set<string>
}

const withMemory = (name: string, fn: (world: World) => Promise<void>) =>
  onBothEngines(name, async ({ open }) => {
    const clock = { at: Date.parse('2026-07-01T12:00:00Z'), now: () => clock.at }
    const ids = createIds({ clock })
    const store = await open({ clock })
    let held = Promise.resolve()
    const missing = new Set<string>()
    // Every query but that for a body goes through as it is.
    const read = new Proxy(store.read, {
      get(target, key, receiver) {
        const value: unknown = Reflect.get(target, key, receiver)
        if (key !== 'selectFrom' || typeof value !== 'function') return value
        return (table: string) => {
          const query = (value as (table: string) => object).call(target, table)
          return table === 'story_revisions' ? heldBack(query, () => held) : query
        }
      },
    })
    const memory = new Memory({
      store: { read },
      clock,
      log: silentLog,
      find: (file) => (missing.has(file) ? 'missing' : null),
      onChange: () => {},
    })
    const elsewhere: World['elsewhere'] = (fn) =>
      store.tx((tx) => fn(new StoryEdit({ tx, store, clock, ids, zone: 'UTC', by: 'ines' })))
    await memory.start()
    try {
      await fn({
        store,
        clock,
        memory,
        elsewhere,
        missing,
        async publish(content = {}) {
          const id = await elsewhere((edit) => edit.file({ ...ferryStory, ...content }))
          const path = await elsewhere((edit) => edit.publish(id))
          await memory.refresh([id])
          return { id, path }
        },
        holdBodies() {
          const { promise, resolve } = Promise.withResolvers<void>()
          held = promise
          return resolve
        },
      })
    } finally {
      await memory.stop()
    }
  })

/** A query builder whose answer comes only after `wait`. */
const heldBack = (query: object, wait: () => Promise<void>): object =>
  new Proxy(query, {
    get(target, key, receiver) {
      const value: unknown = Reflect.get(target, key, receiver)
      if (typeof value !== 'function') return value
      return (...args: unknown[]) => {
        const result: unknown = value.apply(target, args)
        if (key === 'executeTakeFirst') return (result as Promise<unknown>).then((row) => wait().then(() => row))
        return typeof result === 'object' && result !== null ? heldBack(result, wait) : result
      }
    },
  })

const firstLine = (story: Awaited<ReturnType<Memory['read']>>) =>
  story?.body[0]?.type === 'paragraph' ? story.body[0].text : null

suite('what is public, in memory', () => {
  withMemory('a body that was being read while its story was killed is told to nobody', async (world) => {
    const { memory, publish, elsewhere, holdBodies } = world
    const { id, path } = await publish()
    const goOn = holdBodies()
    const reading = memory.read(path)
    await elsewhere((edit) => edit.kill(id, { reason: 'wrong' }))
    await memory.refresh([id])
    goOn()
    assert.equal(await reading, null)
    assert.equal(await memory.read(path), null)
    assert.ok(memory.withdrawn(path))
  })

  withMemory('of two revisions the one in force when the reading ends is told', async (world) => {
    const { memory, publish, elsewhere, holdBodies } = world
    const { id, path } = await publish({ body: bodyWith('Old.') })
    const goOn = holdBodies()
    const reading = memory.read(path)
    await elsewhere(async (edit) => {
      await edit.revise(id, { ...ferryStory, body: bodyWith('New.') })
      await edit.publish(id)
    })
    await memory.refresh([id])
    goOn()
    assert.equal(firstLine(await reading), 'New.')
  })

  withMemory('a story taken down comes back whole', async ({ memory, publish, elsewhere }) => {
    const { id, path } = await publish()
    await elsewhere((edit) => edit.takeDown(id, 'a test'))
    await memory.refresh([id])
    assert.deepEqual([memory.current().list('all'), await memory.read(path)], [[], null])
    await elsewhere((edit) => edit.publish(id))
    await memory.refresh([id])
    assert.equal(firstLine(await memory.read(path)), 'The ferry stops on Friday.')
  })

  withMemory('a file is to be had while a public story shows it, wherever it stands', async (world) => {
    const { memory, publish, elsewhere } = world
    const photo = { ...ferryPhoto, file: 'lead.jpg' }
    const body: StoryContent['body'] = { type: 'doc', content: [{ type: 'photo', attrs: { photo: 'p' } }] }
    const photos = { p: { ...ferryPhoto, file: 'in-body.jpg' }, unused: { ...ferryPhoto, file: 'unused.jpg' } }
    const first = await publish({ photo, body, photos })
    await publish({ photo })
    const shown = () => ['lead.jpg', 'in-body.jpg', 'unused.jpg'].map((file) => memory.current().shows(file))
    assert.deepEqual(shown(), [true, true, false])
    await elsewhere((edit) => edit.kill(first.id, { reason: 'wrong' }))
    await memory.refresh([first.id])
    assert.deepEqual(shown(), [true, false, false])
  })

  withMemory('a photo that was missing appears in lists and on the page', async ({ memory, publish, missing }) => {
    missing.add('ferry.jpg')
    const { path } = await publish({ photo: ferryPhoto })
    assert.equal(memory.current().list('all')[0]?.photo, null)
    missing.clear()
    memory.forget()
    assert.equal(memory.current().list('all')[0]?.photo?.file, 'ferry.jpg')
    assert.equal((await memory.read(path))?.photo?.file, 'ferry.jpg')
  })

  withMemory('reading everything afresh finds what came, changed and went meanwhile', async (world) => {
    const { memory, publish, elsewhere, clock } = world
    const gone = await publish({ headline: 'Gone' })
    const kept = await publish({ headline: 'Kept' })
    clock.at += 1000
    await elsewhere(async (edit) => {
      await edit.takeDown(gone.id, 'a test')
      await edit.revise(kept.id, { ...ferryStory, headline: 'Changed' })
      await edit.publish(kept.id)
      await edit.publish(await edit.file({ ...ferryStory, headline: 'New' }))
    })
    await memory.refresh()
    const headlines = memory
      .current()
      .list('all')
      .map(({ headline }) => headline)
    assert.deepEqual(headlines, ['New', 'Changed'])
  })

  withMemory('while the database does not give a body out, lists go on', async ({ memory, publish, store }) => {
    const { path } = await publish()
    await store.stop()
    await assert.rejects(memory.read(path), { code: 'STORY_UNREADABLE' })
    assert.equal(memory.current().list('all').length, 1)
  })
})
