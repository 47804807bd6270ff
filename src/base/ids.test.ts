import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { createIds } from './ids.ts'

suite('ids', () => {
  test('are UUIDs of version 7 that hold their time', () => {
    const id = createIds({ clock: { now: () => Date.UTC(2026, 4, 1) } }).next()
    assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    assert.equal(Number.parseInt(id.replace('-', '').slice(0, 12), 16), Date.UTC(2026, 4, 1))
  })
  test('sort in the order they were made, within one millisecond and when the clock is set back', () => {
    let now = 1_000_000
    const ids = createIds({ clock: { now: () => now } })
    const made = Array.from({ length: 20_000 }, (_, n) => {
      if (n === 10_000) now -= 5_000
      return ids.next()
    })
    assert.deepEqual(made, made.toSorted())
    assert.equal(new Set(made).size, made.length)
  })
})
