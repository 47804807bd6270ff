import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { localValue, momentIn } from './zone-time.ts'

const zone = 'America/New_York'
const utc = (text: string) => {
  const at = momentIn(text, zone)
  return at === null ? null : new Date(at).toISOString()
}

suite('a time typed in the station’s zone', () => {
  test('is a moment, and is shown again as it was typed', () => {
    assert.equal(utc('2026-07-01T09:30'), '2026-07-01T13:30:00.000Z')
    assert.equal(localValue(momentIn('2026-01-31T23:05', zone)!, zone), '2026-01-31T23:05')
  })

  test('the hour that is left out is none; of the one that comes twice the first is meant', () => {
    assert.equal(utc('2026-03-08T02:30'), null)
    assert.equal(utc('2026-11-01T01:30'), '2026-11-01T05:30:00.000Z')
  })

  test('anything else is none', () => {
    for (const text of ['', 'tomorrow', '2026-02-30T10:00', '2026-07-01', '2026-07-01T25:00'])
      assert.equal(utc(text), null)
  })
})
