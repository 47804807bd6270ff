import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { TestContext } from 'node:test'
import { SaveQueue } from './save-queue.ts'
import type { Batch, SaveState } from './save-queue.ts'

/** A house that may be away, and a window that types. */
const world = (context: TestContext) => {
  context.mock.timers.enable({ apis: ['setTimeout', 'Date'] })
  const house: { taken: Batch[]; away: boolean; slow: Promise<void> | null } = { taken: [], away: false, slow: null }
  const states: SaveState['is'][] = []
  let text = ''
  let kept: Batch | null = null
  const queue = new SaveQueue(
    {
      async send(batch) {
        const was = house.away
        await house.slow
        if (was) throw new Error('no line')
        house.taken.push(batch)
        return { sequence: batch.sequence, savedAt: Date.now() }
      },
      keep: (batch) => (kept = batch),
      content: () => text,
      onState: ({ is }) => states.at(-1) === is || states.push(is),
    },
    { base: 3, sequence: 7 },
  )
  const type = (more: string) => {
    text += more
    queue.changed()
  }
  const pass = async (ms: number) => {
    for (let left = ms; left > 0; left -= 100) {
      context.mock.timers.tick(100)
      // oxlint-disable-next-line no-await-in-loop -- time passes step by step
      for (let turn = 0; turn < 10; turn++) await Promise.resolve()
    }
  }
  return { house, states, queue, type, pass, kept: () => kept }
}

suite('the way of what is typed', () => {
  test('a pause sends it, whole, with the next number', async (context) => {
    const { house, states, type, pass, kept } = world(context)
    type('a')
    assert.deepEqual(kept(), { base: 3, sequence: 8, content: 'a' })
    await pass(300)
    type('b')
    await pass(300)
    assert.deepEqual(house.taken, [])
    await pass(200)
    assert.deepEqual(house.taken, [{ base: 3, sequence: 9, content: 'ab' }])
    assert.deepEqual([states, kept()], [['saving', 'saved'], null])
  })

  test('who types on without a pause is saved every second', async (context) => {
    const { house, type, pass } = world(context)
    for (let n = 0; n < 30; n++) {
      type('x')
      // oxlint-disable-next-line no-await-in-loop -- key after key
      await pass(100)
    }
    assert.ok(house.taken.length >= 2 && house.taken.length <= 4, `${house.taken.length} batches`)
  })

  test('without a line it is kept here, and goes out by itself', async (context) => {
    const { house, states, queue, type, pass, kept } = world(context)
    house.away = true
    type('a')
    await pass(1000)
    type('b')
    await pass(12_000)
    assert.equal(kept()?.content, 'ab')
    assert.equal(queue.state.is, 'unsaved')
    house.away = false
    await pass(5000)
    assert.deepEqual(
      house.taken.map(({ content }) => content),
      ['ab'],
    )
    assert.deepEqual([states, kept()], [['saving', 'unsaved', 'saved'], null])
  })

  test('what is typed while a batch is under way goes out after it', async (context) => {
    const { house, queue, type, pass, kept } = world(context)
    let arrive = () => {}
    house.slow = new Promise((done) => (arrive = done))
    type('a')
    await pass(1000)
    type('b')
    assert.ok(queue.isOwing)
    arrive()
    await pass(100)
    assert.equal(kept()?.content, 'ab')
    await pass(1000)
    assert.deepEqual(
      house.taken.map(({ content }) => content),
      ['a', 'ab'],
    )
    assert.ok(!queue.isOwing)
  })

  test('a window that goes hands over what the house has not', async (context) => {
    const { house, queue, type } = world(context)
    type('a')
    assert.equal(queue.stop()?.content, 'a')
    assert.equal(await queue.flush(), true)
    assert.equal(queue.stop(), null)
    assert.equal(house.taken.length, 1)
  })
})
