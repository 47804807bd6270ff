import assert from 'node:assert/strict'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'node:test'
import { onBothEngines } from '../../test/world/postgres.ts'
import type { TestWorld } from '../../test/world/postgres.ts'
import { waitFor } from '../../test/world/wait.ts'
import { systemClock as clock } from '../base/clock.ts'
import { createIds } from '../base/ids.ts'
import { bodyOf, openNewsroom } from './newsroom.ts'
import type { StoryContent } from './newsroom.ts'

const aStory = (headline: string): StoryContent => ({
  section: 'news',
  slug: '',
  eyebrow: '',
  headline,
  dek: '',
  dateline: '',
  bylines: [],
  photo: null,
  audio: null,
  ...bodyOf([{ type: 'paragraph', text: `${headline}.` }]),
  topics: [],
  notes: '',
  source: null,
  place: null,
})

const short = { leaseMs: 1_000, renewEveryMs: 100 }

/** A house as the station makes it, less its pages. */
const openHouse = async ({ open }: TestWorld, name: string) => {
  const store = await open()
  const folder = mkdtempSync(join(tmpdir(), 'groundwave-recall-'))
  const newsroom = openNewsroom({ store, folder, clock, ids: createIds({ clock }) })
  await newsroom.start()
  const state = { stuck: false }
  const catchUp = () => (state.stuck ? new Promise<void>(() => {}) : newsroom.catchUp())
  await store.lease.start({ ...short, name, catchUp })
  return {
    store,
    newsroom,
    state,
    heads: () => newsroom.stories().map(({ headline }) => headline),
    async stop() {
      await store.lease.stop()
      await newsroom.stop()
    },
  }
}

const publish = (house: Awaited<ReturnType<typeof openHouse>>, headline: string) =>
  house.newsroom.change('anna', async (edit) => {
    const id = await edit.file(aStory(headline))
    await edit.publish(id)
    return id
  })

suite('a recall', () => {
  onBothEngines('is complete when every house has confirmed it', async (world) => {
    const one = await openHouse(world, 'one')
    const two = world.engine === 'postgres' ? await openHouse(world, 'two') : null
    const id = await publish(one, 'The bridge is open')
    if (two) await waitFor('the other house shows it', () => two.heads().length === 1)
    await one.newsroom.change('anna', (edit) => edit.kill(id, { reason: 'It is not.' }))
    for (const house of [one, two]) assert.deepEqual(house?.heads() ?? [], [])
    const proof = await one.newsroom.killProof(id)
    assert.ok(proof)
    assert.equal(proof.reason, 'It is not.')
    assert.deepEqual(proof.waitingFor, [])
    assert.deepEqual(
      proof.confirmations.map(({ house, how }) => `${house} ${how}`).toSorted(),
      two ? ['one forgotten', 'two forgotten'] : ['one forgotten'],
    )
    for (const { at } of proof.confirmations) assert.ok(at >= proof.recalledAt, 'by one clock')
    assert.equal(one.newsroom.isKilled(id), true)
    await one.stop()
    await two?.stop()
  })

  onBothEngines('waits for every verb that takes something back', async (world) => {
    if (world.engine === 'sqlite') return
    const [one, two] = [await openHouse(world, 'one'), await openHouse(world, 'two')]
    const far = Date.parse('2050-01-01T00:00:00Z')
    const change: typeof one.newsroom.change = (by, fn) => one.newsroom.change(by, fn)
    for (const [n, takeBack] of [
      (id: string) => change('anna', (edit) => edit.hold(id, 'wait')),
      (id: string) => change('anna', (edit) => edit.takeDown(id, 'wait')),
      (id: string) => change('anna', (edit) => edit.embargo(id, far)),
      (id: string) => change('anna', (edit) => edit.publish(id, { until: Date.now() })),
    ].entries()) {
      const headline = `Story ${n}`
      const id = await publish(one, headline)
      await waitFor('the other house shows it', () => two.heads().includes(headline))
      await takeBack(id)
      assert.ok(!two.heads().includes(headline), `${n}`)
      assert.ok(!one.heads().includes(headline), `${n}`)
    }
    const id = await publish(one, 'Wrong words')
    await waitFor('the other house shows it', () => two.heads().includes('Wrong words'))
    await change('anna', async (edit) => {
      await edit.revise(id, aStory('Right words'))
      await edit.publish(id)
      await edit.correct(id, { text: 'The words were wrong.' })
    })
    assert.deepEqual(two.heads(), ['Right words'])
    await one.stop()
    await two.stop()
  })

  onBothEngines('waits for a house that does not answer until that shows nothing any more', async (world) => {
    if (world.engine === 'sqlite') return
    const [one, two] = [await openHouse(world, 'one'), await openHouse(world, 'two')]
    const id = await publish(one, 'The bridge is open')
    await waitFor('the other house shows it', () => two.heads().length === 1)
    // It hears nothing and reads nothing, as when it is cut off.
    two.state.stuck = true
    await two.newsroom.stop()
    let wasFresh = true
    const watch = setInterval(() => (wasFresh = two.store.lease.isFresh()), 1)
    await one.newsroom.change('anna', (edit) => edit.kill(id, { reason: 'It is not.' }))
    assert.equal(wasFresh, false)
    assert.deepEqual(two.heads(), ['The bridge is open'], 'it could have told of it')
    clearInterval(watch)
    const proof = await one.newsroom.killProof(id)
    assert.deepEqual(proof?.confirmations.map(({ house, how }) => [house, how]), [['one', 'forgotten'], ['two', 'lapsed']]) // prettier-ignore
    await one.stop()
  })

  onBothEngines('is waited for again when it is asked for again', async (world) => {
    if (world.engine === 'sqlite') return
    const [one, two] = [await openHouse(world, 'one'), await openHouse(world, 'two')]
    const id = await publish(one, 'The bridge is open')
    two.state.stuck = true
    await two.newsroom.stop()
    const kill = () => one.newsroom.change('anna', (edit) => edit.kill(id, { reason: 'It is not.' }))
    await Promise.all([kill(), kill()])
    assert.equal(two.store.lease.isFresh(), false)
    await one.stop()
  })

  onBothEngines('reaches a house that begins later', async (world) => {
    if (world.engine === 'sqlite') return
    const one = await openHouse(world, 'one')
    const id = await publish(one, 'The bridge is open')
    const [late] = await Promise.all([
      openHouse(world, 'late'),
      one.newsroom.change('anna', (edit) => edit.kill(id, { reason: 'It is not.' })),
    ])
    assert.deepEqual(late.heads(), [])
    await one.stop()
    await late.stop()
  })
})
