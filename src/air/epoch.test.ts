import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { EpochClock } from './epoch.ts'

const RATE = 44_100
const SAMPLES = 1152
const FRAME_MS = (SAMPLES / RATE) * 1000
const frame = { bytes: Buffer.alloc(1), samples: SAMPLES, joinable: true }

test('positions count samples and wall time follows them', () => {
  const clock = new EpochClock({ start: 1_000_000, rate: RATE })
  const stamped = Array.from({ length: 100 }, (_, i) => clock.stamp(frame, 1_000_000 + i * FRAME_MS))
  assert.equal(stamped[99]!.position, 99 * SAMPLES)
  assert.ok(Math.abs(stamped[99]!.wall - (1_000_000 + 99 * FRAME_MS)) < 0.001)
})

test('an encoder whose crystal is 0.1 % slow is followed without a step', () => {
  const clock = new EpochClock({ start: 0, rate: RATE })
  let now = 0
  let last = -1
  for (let i = 0; i < 60_000; i++) {
    now += FRAME_MS * 1.001
    const { wall } = clock.stamp(frame, now)
    assert.ok(wall > last, 'never backwards')
    assert.ok(wall - last < FRAME_MS * 1.06 + 1, 'never a step')
    last = wall
  }
  assert.ok(Math.abs(now - last) < 600, `26 minutes later it is ${Math.round(now - last)} ms off, not 1570`)
})

test('wall time is monotone and slews by 5 % at most, whatever the arrivals', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 5000, noNaN: true }), { minLength: 2, maxLength: 300 }), (gaps) => {
      const clock = new EpochClock({ start: 0, rate: RATE })
      let now = 0
      let last = clock.stamp(frame, now).wall
      for (const gap of gaps) {
        now += gap
        const { wall } = clock.stamp(frame, now)
        assert.ok(wall - last >= FRAME_MS * 0.949 && wall - last <= FRAME_MS * 1.051)
        last = wall
      }
    }),
    { numRuns: 200 },
  )
})
