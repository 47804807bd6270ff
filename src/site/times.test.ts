import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createTimes, isDate, startOfDay } from './times.ts'

const times = createTimes('America/New_York', 'en')
const now = Date.parse('2026-03-12T16:42:16-04:00')
const minutes = (count: number) => now - count * 60_000

test('tells the clock as the station says it', () => {
  assert.equal(times.clock(now), '4:42 pm')
  assert.equal(times.clock(Date.parse('2026-03-12T12:00:00-04:00')), 'noon')
  assert.equal(times.clock(Date.parse('2026-03-12T00:00:00-04:00')), 'midnight')
  assert.equal(times.clock(Date.parse('2026-03-12T00:30:00-04:00')), '12:30 am')
  assert.equal(times.short(Date.parse('2026-03-12T19:00:00-04:00')), '7 pm')
  assert.equal(times.longDate(now), 'Thursday, March 12, 2026')
  assert.equal(times.stamp(now), 'March 12, 2026, 4:42 pm')
  assert.equal(times.iso(now), '2026-03-12T16:42:16-04:00')
})

test('tells age in minutes up to an hour, then the time, then the day, then the date', () => {
  assert.equal(times.ago(now, now), 'just now')
  assert.equal(times.ago(minutes(1), now), '1 minute ago')
  assert.equal(times.ago(minutes(59), now), '59 minutes ago')
  assert.equal(times.ago(minutes(61), now), '3:41 pm')
  assert.equal(times.ago(minutes(24 * 60), now), 'Wednesday')
  assert.equal(times.ago(Date.parse('2026-03-04T09:00:00-05:00'), now), 'March 4')
  assert.equal(times.ago(Date.parse('2024-03-04T09:00:00-05:00'), now), 'March 4, 2024')
})

test('knows true days only, and where one begins when the clocks change at midnight', () => {
  assert.ok(isDate('2024-02-29'))
  for (const text of ['2026-02-29', '2026-2-1', '2026-13-01', 'music', '2026-03-12T00:00'])
    assert.ok(!isDate(text), text)
  // Santiago skips the first hour of this day.
  assert.equal(new Date(startOfDay('2026-09-06', 'America/Santiago')).toISOString(), '2026-09-06T04:00:00.000Z')
})
