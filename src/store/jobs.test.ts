import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { suite } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { onBothEngines } from '../../test/world/postgres.ts'
import type { JobHandler, NewJob, Store } from './store.ts'

const runnerFile = fileURLToPath(import.meta.resolve('./runner.fixture.ts'))
const enqueue = (store: Store, job: NewJob) => store.tx((tx) => store.jobs.enqueue(tx, job))

/** A runner that is stopped by `using`-less tests themselves. */
const run = async (store: Store, handlers: Record<string, JobHandler>) => {
  const runner = store.jobRunner({ handlers, lookEveryMs: 50 })
  await runner.start()
  return runner
}

suite('jobs', () => {
  onBothEngines('a job is done soon after it was asked for, and then it is gone', async ({ open }) => {
    const store = await open()
    const seen: unknown[] = []
    const runner = await run(store, { photo: async ({ payload }) => void seen.push(payload) })
    await enqueue(store, { kind: 'photo', payload: { id: 'p1' } })
    await enqueue(store, { kind: 'other' })
    await until(async () => seen.length > 0 && (await store.jobs.list('running')).length === 0)
    await runner.stop()
    assert.deepEqual(seen, [{ id: 'p1' }])
    const left = await store.jobs.list('waiting')
    assert.deepEqual(
      left.map(({ kind }) => kind),
      ['other'],
    )
  })

  onBothEngines('a job of a transaction that came to nothing is not there', async ({ open }) => {
    const store = await open()
    const undone = store.tx(async (tx) => {
      await store.jobs.enqueue(tx, { kind: 'photo' })
      throw new Error('no')
    })
    await assert.rejects(undone)
    assert.deepEqual(await store.jobs.list('waiting'), [])
  })

  onBothEngines('a job waits for its time; one of the same key takes its place', async ({ open }) => {
    let now = 1_000_000
    const store = await open({ clock: { now: () => now } })
    const claim = () => store.jobs.claim(['publish'], 1000)
    await enqueue(store, { kind: 'publish', key: 's1', payload: 'first', runAt: now + 100 })
    await enqueue(store, { kind: 'publish', key: 's1', payload: 'second', runAt: now + 200 })
    now += 150
    assert.equal(await claim(), null)
    now += 50
    const job = await claim()
    assert.equal(job?.payload, 'second')
    // It runs: a new one of its key waits beside it, and the old one is not put back over it.
    await enqueue(store, { kind: 'publish', key: 's1', payload: 'third' })
    await store.jobs.failed(job, 'broke')
    const waiting = await store.jobs.list('waiting')
    assert.deepEqual(
      waiting.map(({ payload }) => payload),
      ['third'],
    )
    assert.equal(await store.tx((tx) => store.jobs.cancel(tx, 's1')), true)
    assert.equal(await store.tx((tx) => store.jobs.cancel(tx, 's1')), false)
  })

  onBothEngines(
    'a job that fails is tried again, later each time, and is shown when it is given up',
    async ({ open }) => {
      let now = 1_000_000
      const store = await open({ clock: { now: () => now } })
      const id = await enqueue(store, { kind: 'fetch', attempts: 3 })
      const pauses: number[] = []
      for (let attempt = 1; attempt <= 3; attempt++) {
        const job = await store.jobs.claim(['fetch'], 1000)
        assert.equal(job?.attempts, attempt)
        await store.jobs.failed(job, `the line broke, ${attempt}`)
        const [waiting] = await store.jobs.list('waiting')
        if (!waiting) break
        pauses.push(waiting.runAt - now)
        assert.equal(await store.jobs.claim(['fetch'], 1000), null)
        now = waiting.runAt
      }
      assert.deepEqual(pauses, [1000, 2000])
      const dead = await store.jobs.list('dead')
      assert.deepEqual(
        dead.map(({ id, attempts, error }) => ({ id, attempts, error })),
        [{ id, attempts: 3, error: 'the line broke, 3' }],
      )
      assert.equal(await store.jobs.revive(id), true)
      assert.equal((await store.jobs.claim(['fetch'], 1000))?.attempts, 1)
    },
  )

  onBothEngines('a runner that is not heard of loses its job, and cannot finish it any more', async ({ open }) => {
    let now = 1_000_000
    const store = await open({ clock: { now: () => now } })
    await enqueue(store, { kind: 'fetch', attempts: 2 })
    const first = await store.jobs.claim(['fetch'], 1000)
    now += 900
    assert.equal(await store.jobs.renew(first!, 1000), true)
    now += 900
    assert.equal(await store.jobs.claim(['fetch'], 1000), null)
    now += 200
    const second = await store.jobs.claim(['fetch'], 1000)
    assert.equal(second?.id, first?.id)
    await assert.rejects(
      store.tx((tx) => store.jobs.done(tx, first!)),
      /no longer ours/,
    )
    assert.equal(await store.jobs.renew(first!, 1000), false)
    // The third time it is not begun again: it seems to kill whoever runs it.
    now += 2000
    assert.equal(await store.jobs.claim(['fetch'], 1000), null)
    assert.equal((await store.jobs.list('dead')).length, 1)
  })

  onBothEngines('many runners in several houses, one runner for each job', async ({ open }) => {
    const houses = await Promise.all([open(), open(), open()])
    const [first] = houses
    const begun: number[] = []
    const handlers = {
      count: async ({ payload }: { payload: unknown }) => {
        begun.push(payload as number)
        await sleep(1)
      },
    }
    await first.tx(async (tx) => {
      for (let n = 0; n < 100; n++) await first.jobs.enqueue(tx, { kind: 'count', payload: n })
    })
    const runners = await Promise.all(houses.map((house) => run(house, handlers)))
    await until(async () => begun.length >= 100 && (await first.jobs.list('running')).length === 0)
    await Promise.all(runners.map((runner) => runner.stop()))
    assert.deepEqual(
      begun.toSorted((a, b) => a - b),
      Array.from({ length: 100 }, (_, n) => n),
    )
  })

  onBothEngines('kill -9 of runners: every job’s effect is there exactly once', async ({ open, url, folder }) => {
    const store = await open()
    const total = 200
    await store.tx(async (tx) => {
      for (let n = 0; n < total; n++) await store.jobs.enqueue(tx, { kind: 'count', payload: n, attempts: 50 })
    })
    const start = () =>
      spawn(process.execPath, [runnerFile, folder, url ?? ''], { stdio: ['ignore', 'pipe', 'inherit'] })
    for (let round = 0; round < 10; round++) {
      const children = [start(), start()]
      await Promise.all(children.map((child) => once(child.stdout, 'data')))
      await sleep(30 + 10 * round)
      for (const child of children) child.kill('SIGKILL')
      await Promise.all(children.map((child) => once(child, 'close')))
    }
    const last = start()
    const left = async () => (await store.jobs.list('waiting')).length + (await store.jobs.list('running')).length
    await until(async () => (await left()) === 0)
    last.kill('SIGKILL')
    await once(last, 'close')
    assert.deepEqual(await store.jobs.list('dead'), [])
    const effects = (await store.events.since(0, 10_000)).map(({ data }) => data['n'])
    assert.deepEqual(
      effects.toSorted((a, b) => Number(a) - Number(b)),
      Array.from({ length: total }, (_, n) => n),
    )
  })
})

const until = async (fn: () => Promise<boolean>) => {
  for (let i = 0; !(await fn()); i++) {
    if (i > 1000) throw new Error('it did not come about')
    await sleep(20)
  }
}
