import assert from 'node:assert/strict'
import { test } from 'node:test'
import { barsOf, readingOf } from './level-meter.ts'

const shape = (now: number, peak = now) => barsOf({ now, peak }).map(({ is, x, width }) => [is, x, width])

test('silence is an empty bed', () => {
  assert.deepEqual(shape(-60), [['bed', 0, 600]])
})

test('a level is green up to −12 dB, ochre up to −3, plum above; the peak stands where it was', () => {
  assert.deepEqual(shape(-30, -18), [
    ['bed', 0, 600],
    ['ok', 0, 300],
    ['peak', 420, 4],
  ])
  assert.deepEqual(shape(-6), [
    ['bed', 0, 600],
    ['ok', 0, 480],
    ['hot', 480, 60],
    ['peak', 540, 4],
  ])
  assert.deepEqual(
    shape(0).map(([is]) => is),
    ['bed', 'ok', 'hot', 'over', 'peak'],
  )
  assert.deepEqual(shape(0).at(-1), ['peak', 596, 4])
})

test('the reading is words', () => {
  const level = (now: number) => ({ now, peak: now })
  assert.equal(readingOf([level(-14.2), level(-60)]), 'Level now: left -14 dB, right silent')
})
