import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { MountView } from './air-view.ts'
import { ListenerCounts } from './listener-counts.ts'

test('listeners are counted once a minute, for three hours, and never while the air is away', () => {
  let now = 0
  let listeners = 0
  let connected = true
  const air = { connected: () => connected, mounts: () => [{ mount: '/news.mp3', listeners } as MountView] }
  const counts = new ListenerCounts({ air, clock: { now: () => now } })
  assert.equal(counts.of('/news.mp3'), null)
  for (; listeners < 200; listeners++, now += 60_000) counts.count()
  const curve = counts.of('/news.mp3')
  assert.equal(curve?.counts.length, 180)
  assert.deepEqual([curve?.counts[0], curve?.counts.at(-1)], [20, 199])
  assert.equal(curve?.since, 20 * 60_000)
  connected = false
  counts.count()
  assert.equal(counts.of('/news.mp3')?.counts.at(-1), 199)
})
