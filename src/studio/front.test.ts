import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { arranged, MOST_PLACES } from './front.ts'

suite('arranging the front', () => {
  const order = ['a', 'b', 'c']
  test('each deed does what it says, and nothing at the edges', () => {
    assert.deepEqual(arranged(order, 'up', 'b'), ['b', 'a', 'c'])
    assert.deepEqual(arranged(order, 'up', 'a'), order)
    assert.deepEqual(arranged(order, 'down', 'b'), ['a', 'c', 'b'])
    assert.deepEqual(arranged(order, 'down', 'c'), order)
    assert.deepEqual(arranged(order, 'take-out', 'b'), ['a', 'c'])
    assert.deepEqual(arranged(order, 'lead', 'c'), ['c', 'a', 'b'])
    assert.deepEqual(arranged(order, 'lead', 'd'), ['d', 'a', 'b', 'c'])
    assert.deepEqual(arranged(order, 'place', 'd'), ['a', 'b', 'c', 'd'])
    assert.deepEqual(arranged(order, 'place', 'a'), order)
    assert.deepEqual(arranged(order, 'down', 'nobody'), order)
  })

  test('there is a most, and a new lead pushes the last out', () => {
    const full = Array.from({ length: MOST_PLACES }, (_, n) => `s${n}`)
    assert.deepEqual(arranged(full, 'place', 'x'), full)
    assert.deepEqual(arranged(full, 'lead', 'x'), ['x', ...full.slice(0, -1)])
  })
})
