import assert from 'node:assert/strict'
import { suite } from 'node:test'
import { sql } from 'kysely'
import { onBothEngines } from '../../test/world/postgres.ts'
import type { Store } from './store.ts'

const kill = {
  type: 'story.killed',
  actor: 'rosalind',
  subject: { kind: 'story', id: 's1' },
  data: { reason: 'wrong man' },
}
const append = (store: Store, n = 1, subject = 's1') =>
  store.tx(async (tx) => {
    for (let i = 0; i < n; i++) store.events.append(tx, { ...kill, subject: { kind: 'story', id: subject } })
  })

suite('events', () => {
  onBothEngines('an event is kept with who, what and when', async ({ open }) => {
    const store = await open({ clock: { now: () => 1_777_777_777_777 } })
    await store.tx(async (tx) => store.events.append(tx, kill))
    const [event, ...more] = await store.events.since(0, 10)
    assert.deepEqual(more, [])
    assert.ok(event)
    const { id, ...rest } = event
    assert.match(id, /^[0-9a-f-]{36}$/)
    assert.deepEqual(rest, { ...kill, seq: 1, at: 1_777_777_777_777 })
    assert.deepEqual(await store.events.of({ kind: 'story', id: 's1' }), [event])
    assert.equal(await store.events.last(), 1)
  })

  onBothEngines('an event goes with its transaction', async ({ open }) => {
    const store = await open()
    const undone = store.tx(async (tx) => {
      store.events.append(tx, kill)
      throw new Error('changed my mind')
    })
    await assert.rejects(undone, /changed my mind/)
    assert.deepEqual(await store.events.since(0, 10), [])
  })

  onBothEngines('more events than one statement takes', async ({ open }) => {
    const store = await open()
    const subject = { kind: 'story', id: 'many' }
    await store.tx(async (tx) => {
      for (let n = 0; n < 9000; n++)
        store.events.append(tx, { type: 'test.happened', actor: 'ines', subject, data: { n } })
    })
    const found = await store.events.of(subject)
    assert.deepEqual(
      found.map(({ data }) => data['n']),
      Array.from({ length: 9000 }, (_, n) => n),
    )
  })

  onBothEngines('nobody changes or deletes what happened', async ({ open, engine }) => {
    const store = await open()
    await append(store, 3)
    const before = await store.events.since(0, 10)
    const attempts = [
      sql`update events set data = '{}'`,
      sql`delete from events where seq = 2`,
      sql`delete from events`,
      ...(engine === 'sqlite'
        ? [
            sql`insert or replace into events select seq, 'x', at, type, actor, subject_kind, subject_id, data from events`,
          ]
        : [
            sql`truncate events`,
            sql`insert into events select * from events on conflict (seq) do update set data = '{}'`,
          ]),
    ]
    for (const attempt of attempts)
      await assert.rejects(
        store.tx((tx) => attempt.execute(tx)),
        /append-only/,
      )
    assert.deepEqual(await store.events.since(0, 10), before)
  })

  onBothEngines('since tells each event once and in order, while several houses write', async ({ open }) => {
    const houses = await Promise.all([open(), open(), open()])
    const seen: number[] = []
    const stopped = new AbortController()
    const follow = (async () => {
      for (;;) {
        const last = stopped.signal.aborted
        const some = await houses[0].events.since(seen.at(-1) ?? 0, 7)
        seen.push(...some.map(({ seq }) => seq))
        if (last && some.length === 0) return
        await new Promise((done) => setImmediate(done))
      }
    })()
    await Promise.all(
      houses.map(async (house, h) => {
        for (let i = 0; i < 40; i++) await append(house, 1 + (i % 3), `s${h}`)
      }),
    )
    stopped.abort()
    await follow
    const all = await houses[1].events.since(0, 1000)
    assert.equal(all.length, 3 * 79)
    assert.deepEqual(
      seen,
      all.map(({ seq }) => seq),
    )
    assert.deepEqual(
      seen,
      seen.toSorted((a, b) => a - b),
    )
  })
})
