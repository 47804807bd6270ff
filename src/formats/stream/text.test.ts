import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { cutUtf8, decodeText } from './text.ts'

test('text is read as what it is', () => {
  assert.equal(decodeText(Buffer.from('Café 日本')), 'Café 日本')
  assert.equal(decodeText(Buffer.from('Café', 'latin1')), 'Café')
  // Windows programs say Latin-1 and mean this.
  assert.equal(decodeText(Buffer.from([0x80, 0x20, 0x92])), '€ ’')
  assert.equal(decodeText(Buffer.from('\uFEFFA')), 'A')
})

test('a named charset is believed while the bytes fit', () => {
  assert.equal(decodeText(Buffer.from('é'), 'ISO-8859-1'), 'Ã©')
  assert.equal(decodeText(Buffer.from([0xe9]), 'UTF-8'), 'é')
  assert.equal(decodeText(Buffer.from([0xcf, 0xf0]), 'windows-1251'), 'Пр')
  assert.equal(decodeText(Buffer.from('é'), 'no-such-charset'), 'é')
})

test('a cut never splits a character', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.nat({ max: 40 }), (text, limit) => {
      const cut = cutUtf8(Buffer.from(text), limit)
      assert.ok(cut.length <= limit)
      assert.ok(Buffer.from(text).length <= limit || cut.length > limit - 4)
      assert.ok(text.startsWith(cut.toString()))
    }),
    { numRuns: 200 },
  )
})
