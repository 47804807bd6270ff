import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { createIcyStripper, icyBlock, icyEmptyBlock, readIcyTitle } from './icy.ts'
import type { IcyPart } from './icy.ts'

const textOf = (block: Buffer): string => block.toString('utf8', 1).replace(/\0+$/, '')
const soundOf = (parts: IcyPart[]): Buffer =>
  Buffer.concat(parts.flatMap((part) => (part.kind === 'audio' ? [part.bytes] : [])))

test('a block is its length in sixteens, the title, and NULs', () => {
  const block = icyBlock('Ärzte - Westerland')
  assert.equal(textOf(block), "StreamTitle='Ärzte - Westerland';")
  assert.equal(block.length, 1 + 16 * (block[0] ?? 0))
  assert.deepEqual(icyEmptyBlock(), Buffer.from([0]))
  assert.equal(textOf(icyBlock(null)), "StreamTitle='';")
  assert.equal(textOf(icyBlock('A', 'https://a/b')), "StreamTitle='A';StreamUrl='https://a/b';")
})

test('a title cannot end the value or the line', () => {
  assert.equal(textOf(icyBlock("Rock'n'Roll';StreamUrl='x\r\nA\0B")), "StreamTitle='Rock'n'Roll’;StreamUrl='x A B';")
  assert.equal(readIcyTitle(icyBlock("It's the '90s'").subarray(1)), "It's the '90s'")
})

test('a title too long is cut between characters; a link too long is left out', () => {
  const block = icyBlock('日'.repeat(3000))
  assert.equal(block.length, 1 + 4080)
  assert.match(textOf(block), /^StreamTitle='日+';$/)
  assert.equal(textOf(icyBlock('A', `https://${'x'.repeat(2000)}`)), "StreamTitle='A';")
  assert.ok(icyBlock('x'.repeat(5000), 'https://a/').toString().includes("';StreamUrl='https://a/';"))
})

test('every block reads back', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 900 }), (title) => {
      const block = icyBlock(title)
      const expected = title
        .replaceAll(/[\r\n\0]+/g, ' ')
        .trim()
        .replaceAll("';", '’;')
      assert.equal(readIcyTitle(block.subarray(1)), Buffer.from(expected).toString())
    }),
    { numRuns: 200 },
  )
})

test('titles are read from what other senders write', () => {
  const titles: [string, string | null][] = [
    ["StreamTitle='A - B';StreamUrl='';", 'A - B'],
    ["StreamTitle='don';t stop';StreamUrl='x';", "don';t stop"],
    ["streamtitle='lower';", 'lower'],
    ["StreamTitle='no end", 'no end'],
    ["StreamTitle='half end'", 'half end'],
    ["StreamTitle='';", ''],
    ["StreamUrl='x';StreamTitle='second';", 'second'],
    ["StreamUrl='x';", null],
    ['', null],
  ]
  for (const [text, title] of titles) assert.equal(readIcyTitle(Buffer.from(text)), title, text)
  assert.equal(readIcyTitle(Buffer.from("StreamTitle='Café';", 'latin1')), 'Café')
})

test('the stripper gives sound and titles in their order, however the bytes are split', () => {
  const sound = Buffer.from(Array.from({ length: 1000 }, (_, index) => index & 255))
  const stream = Buffer.concat([
    sound.subarray(0, 100),
    icyBlock('One'),
    sound.subarray(100, 200),
    icyEmptyBlock(),
    sound.subarray(200, 300),
    icyBlock('Two', 'https://a/'),
    sound.subarray(300, 350),
  ])
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 40, maxLength: 40 }), (sizes) => {
      const stripper = createIcyStripper(100)
      const parts: IcyPart[] = []
      let at = 0
      for (const size of [...sizes, stream.length]) {
        parts.push(...stripper.push(stream.subarray(at, at + size)))
        at += size
      }
      assert.deepEqual(soundOf(parts), sound.subarray(0, 350))
      const firstTitle = parts.findIndex(({ kind }) => kind === 'metadata')
      assert.equal(soundOf(parts.slice(0, firstTitle)).length, 100)
      assert.deepEqual(
        parts.filter(({ kind }) => kind === 'metadata'),
        [
          { kind: 'metadata', title: 'One', url: null },
          { kind: 'metadata', title: 'Two', url: 'https://a/' },
        ],
      )
    }),
    { numRuns: 100 },
  )
})
