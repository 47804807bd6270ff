import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { packedTimestampTag, readId3Frames, readId3Size, titleTag } from './id3.ts'

const priv = (tag: Buffer): { owner: string; time: bigint } => {
  const data = readId3Frames(tag)[0]?.data ?? Buffer.alloc(0)
  const end = data.indexOf(0)
  return { owner: data.toString('latin1', 0, end), time: data.readBigUInt64BE(end + 1) }
}

test('a packed segment tag holds the time first, then title and artist', () => {
  const tag = packedTimestampTag({ timestamp90k: 900_000, title: 'Été', artist: '日本' })
  assert.equal(readId3Size(tag), tag.length)
  const frames = readId3Frames(tag)
  assert.deepEqual(
    frames.map(({ id }) => id),
    ['PRIV', 'TIT2', 'TPE1'],
  )
  assert.deepEqual(priv(tag), { owner: 'com.apple.streaming.transportStreamTimestamp', time: 900_000n })
  assert.deepEqual(frames[1]?.data, Buffer.from('\x03Été'))
  assert.deepEqual(frames[2]?.data, Buffer.from('\x03日本'))
})

test('the time wraps at 33 bits, as MPEG-2 time stamps do', () => {
  assert.equal(priv(packedTimestampTag({ timestamp90k: 2 ** 33 + 5 })).time, 5n)
  assert.equal(priv(packedTimestampTag({ timestamp90k: 2 ** 33 - 0.4 })).time, 0n)
})

test('a title of any length survives', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 3000 }), (title) => {
      const tag = titleTag({ title })
      assert.equal(readId3Size(tag), tag.length)
      assert.equal(readId3Frames(tag)[0]?.data.toString('utf8', 1), title)
    }),
    { numRuns: 50 },
  )
})

test('a footer counts to the size; what is no tag has none', () => {
  assert.equal(readId3Size(Buffer.from('ID3\x04\0\x10\0\0\x02\x01', 'latin1')), 10 + 257 + 10)
  assert.equal(readId3Size(Buffer.from('ID3\x03\0\0\0\0\x02\x01', 'latin1')), 10 + 257)
  assert.equal(readId3Size(Buffer.from('ID3\x05\0\0\0\0\x02\x01', 'latin1')), null)
  assert.equal(readId3Size(Buffer.from('ID3\x04\0\0\0\0\x02\x81', 'latin1')), null)
  assert.equal(readId3Size(Buffer.from('ID3\x04\0\0', 'latin1')), null)
})

test('a damaged tag gives the frames before the damage', () => {
  const tag = packedTimestampTag({ timestamp90k: 1, title: 'A' })
  tag.writeUInt32BE(0x7f7f7f7f, tag.length - 8)
  assert.deepEqual(
    readId3Frames(tag).map(({ id }) => id),
    ['PRIV'],
  )
})
