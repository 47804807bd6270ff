import assert from 'node:assert/strict'
import { suite } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { onBothEngines } from '../../test/world/postgres.ts'
import { waitFor } from '../../test/world/wait.ts'
import { takeHouseLock } from './house-lock.ts'

const short = { leaseMs: 1_000, renewEveryMs: 100 }
const nothing = () => Promise.resolve()

suite('a house’s right to show stories', () => {
  onBothEngines('begins when it has caught up, and ends with the house', async ({ open }) => {
    const { lease } = await open()
    assert.equal(lease.isFresh(), false, 'nothing is shown before the start')
    let freshWhileCatchingUp = true
    await lease.start({ ...short, catchUp: async () => void (freshWhileCatchingUp &&= lease.isFresh()) })
    assert.equal(freshWhileCatchingUp, false)
    assert.equal(lease.isFresh(), true)
    await lease.stop()
    assert.equal(lease.isFresh(), false)
  })

  onBothEngines('is renewed, by the database’s clock, and seen by the other houses', async ({ open, engine }) => {
    const [one, two] = [await open(), await open()]
    await one.lease.start({ ...short, name: 'one', catchUp: nothing })
    if (engine === 'sqlite') return assert.equal(one.lease.alone, true)
    await two.lease.start({ ...short, name: 'two', catchUp: nothing })
    await sleep(1_300)
    assert.equal(one.lease.isFresh(), true)
    assert.deepEqual((await one.lease.atWork()).map(({ name }) => name).toSorted(), ['one', 'two'])
    await two.lease.stop()
    await waitFor('nobody waits for a house that has ended', async () => (await one.lease.atWork()).length === 1)
    await one.lease.stop()
  })

  onBothEngines('ends where it cannot catch up, before others stop waiting for it', async ({ open, engine }) => {
    if (engine === 'sqlite') return
    const [one, two] = [await open(), await open()]
    let canRead = true
    const catchUp = () => (canRead ? Promise.resolve() : new Promise<void>(() => {}))
    await one.lease.start({ ...short, catchUp })
    canRead = false
    let wasWaitedFor = true
    await waitFor('it shows nothing', async () => {
      wasWaitedFor &&= (await two.lease.atWork()).length === 1
      return !one.lease.isFresh()
    }, { every: 5 }) // prettier-ignore
    assert.equal(wasWaitedFor, true)
    await waitFor('nobody waits any more', async () => (await two.lease.atWork()).length === 0)
  })

  onBothEngines(
    'ends by either clock: one that stands still in sleep, and one that can be set',
    async ({ open, engine }) => {
      if (engine === 'sqlite') return
      const { lease } = await open()
      const shift = { monotonic: 0, wall: 0 }
      let holds: PromiseWithResolvers<void> | undefined
      await lease.start({
        ...short,
        catchUp: () => holds?.promise ?? Promise.resolve(),
        monotonic: () => performance.now() + shift.monotonic,
        wall: () => Date.now() + shift.wall,
      })
      holds = Promise.withResolvers()
      for (const clock of ['monotonic', 'wall'] as const) {
        assert.equal(lease.isFresh(), true)
        shift[clock] = 10_000
        assert.equal(lease.isFresh(), false, `by the ${clock} clock`)
        shift[clock] = 0
      }
      holds.resolve()
      await lease.stop()
    },
  )

  onBothEngines('is one house’s alone on SQLite', async ({ folder, engine }) => {
    if (engine !== 'sqlite') return
    const release = await takeHouseLock(folder)
    await assert.rejects(takeHouseLock(folder, 100), { code: 'HOUSE_RUNNING' })
    const waiting = takeHouseLock(folder)
    release()
    ;(await waiting)()
  })
})
