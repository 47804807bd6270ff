import assert from 'node:assert/strict'
import { test } from 'node:test'
import { crc32 } from 'node:zlib'
import * as fc from 'fast-check'
import { decodeRecord, encodeRecord, RECORD_BYTES } from './segment-index.ts'
import type { SegmentRecord } from './segment-index.ts'

const record: SegmentRecord = {
  seq: 123_456,
  discontinuity: 7,
  epoch: 12,
  firstFrame: 2 ** 40,
  frames: 173,
  sampleStart: 2 ** 45,
  samples: 177_152,
  wallMs: 1_773_500_966_535.25,
  byteOffset: 5_000_000_000,
  byteLength: 51_234,
  dataCrc: 0xdeadbeef,
  startsRun: true,
}

test('a record has its fixed length and reads back', () => {
  const bytes = encodeRecord(record)
  assert.equal(bytes.length, RECORD_BYTES)
  assert.deepEqual(decodeRecord(Buffer.concat([Buffer.alloc(3), bytes]), 3), record)
})

test('every record reads back', () => {
  const u32 = fc.nat({ max: 0xffffffff })
  const records = fc.record(
    {
      seq: u32,
      discontinuity: u32,
      epoch: u32,
      firstFrame: fc.maxSafeNat(),
      frames: u32,
      sampleStart: fc.maxSafeNat(),
      samples: u32,
      wallMs: fc.maxSafeNat(),
      byteOffset: fc.maxSafeNat(),
      byteLength: u32,
      dataCrc: u32,
      startsRun: fc.boolean(),
    },
    { noNullPrototype: true },
  )
  fc.assert(
    fc.property(records, (each) => assert.deepEqual(decodeRecord(encodeRecord(each)), each)),
    { numRuns: 200 },
  )
})

test('one wrong bit anywhere, or a missing byte, makes it null', () => {
  const bytes = encodeRecord(record)
  for (let bit = 0; bit < RECORD_BYTES * 8; bit += 1) {
    const broken = Buffer.from(bytes)
    broken[bit >> 3] = (broken[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    assert.equal(decodeRecord(broken), null)
  }
  assert.equal(decodeRecord(bytes.subarray(0, RECORD_BYTES - 1)), null)
  assert.equal(decodeRecord(bytes, 1), null)
  assert.equal(decodeRecord(Buffer.alloc(RECORD_BYTES)), null)
})

test('a sound record of a later version is no damage', () => {
  const later = encodeRecord(record)
  later.writeUInt16BE(2, 4)
  later.writeUInt32BE(crc32(later.subarray(0, RECORD_BYTES - 4)), RECORD_BYTES - 4)
  assert.throws(() => decodeRecord(later), /version 2/)
})

test('a file written by the first release stays readable', () => {
  const golden =
    '4757534700010001' +
    '0001e240000000070000000c000000ad0002b4000000c822deadbeef' +
    '0000010000000000' +
    '0000200000000000' +
    '000000012a05f200' +
    '4279cece52687400'
  const bytes = Buffer.concat([Buffer.from(golden, 'hex')], RECORD_BYTES)
  bytes.writeUInt32BE(crc32(bytes.subarray(0, RECORD_BYTES - 4)), RECORD_BYTES - 4)
  assert.equal(encodeRecord(record).toString('hex'), bytes.toString('hex'))
  assert.deepEqual(decodeRecord(bytes), record)
})
