import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { createDechunker } from './dechunk.ts'

const read = (
  text: string | Buffer,
  size = Number.MAX_SAFE_INTEGER,
): { data: string; ended: boolean; error?: string } => {
  const bytes = typeof text === 'string' ? Buffer.from(text, 'latin1') : text
  const dechunker = createDechunker()
  let data = ''
  let result = dechunker.push(Buffer.alloc(0))
  for (let at = 0; at < bytes.length; at += size) {
    result = dechunker.push(bytes.subarray(at, at + size))
    data += Buffer.concat(result.data).toString('latin1')
  }
  return { data, ended: result.ended, ...(result.error === undefined ? {} : { error: result.error }) }
}

test('chunks, extensions, trailers and the end', () => {
  const body = '5\r\nhello\r\n00a;x="y;z"\r\n0123456789\r\n 1 \r\n!\r\n0\r\nX: y\r\nZ: w\r\n\r\nafter'
  for (const size of [1, 2, 3, 7, 1000]) assert.deepEqual(read(body, size), { data: 'hello0123456789!', ended: true })
})

test('bare LF is a line end too', () => {
  assert.deepEqual(read('5\nhello\n0\n\n'), { data: 'hello', ended: true })
})

test('any sound comes through any split', () => {
  const pieces = fc.array(fc.uint8Array({ minLength: 1, maxLength: 300 }), { maxLength: 20 })
  fc.assert(
    fc.property(pieces, fc.integer({ min: 1, max: 500 }), (pieces, size) => {
      const sound = pieces.map((piece) => Buffer.from(piece))
      const body = sound.flatMap((piece) => [
        Buffer.from(`${piece.length.toString(16)}\r\n`),
        piece,
        Buffer.from('\r\n'),
      ])
      assert.deepEqual(read(Buffer.concat([...body, Buffer.from('0\r\n\r\n')]), size), {
        data: Buffer.concat(sound).toString('latin1'),
        ended: true,
      })
    }),
    { numRuns: 100 },
  )
})

test('what is no chunked body is an error, once and for all', () => {
  const bodies: [string, RegExp][] = [
    ['\xff\xfb\x90\x64\n', /no size/],
    ['\r\n', /no size/],
    ['-5\r\n', /no size/],
    ['0x5\r\nhello', /no size/],
    ['fffffffffffff\r\n', /no size/],
    ['5\r\nhello!\r\n', /longer than/],
    ['5'.repeat(2000), /too long/],
    [`5;${'x'.repeat(2000)}\r\n`, /too long/],
    [`0\r\n${`X: ${'y'.repeat(900)}\r\n`.repeat(20)}`, /trailers/],
  ]
  for (const [body, reason] of bodies) {
    for (const size of [1, 10, 100_000]) {
      const result = read(body, size)
      assert.match(result.error ?? '', reason, body.slice(0, 20))
      assert.equal(result.ended, false)
    }
  }
  const dechunker = createDechunker()
  dechunker.push(Buffer.from('x\n'))
  assert.deepEqual(dechunker.push(Buffer.from('1\r\na\r\n')), { data: [], ended: false, error: 'A chunk has no size.' })
})

test('sound before the damage is still given', () => {
  assert.deepEqual(createDechunker().push(Buffer.from('3\r\nabc\r\nzz\r\n')).data, [Buffer.from('abc')])
})
