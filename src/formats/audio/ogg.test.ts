import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { readClip } from '../../../test/fixtures/clips.ts'
import { createOggPacketReader, oggCrc, oggPageBytes, readOggPage, writeOggPage } from './ogg.ts'
import type { OggPage } from './ogg.ts'

const page = (bytes: Buffer): OggPage => {
  const read = readOggPage(bytes)
  assert.notEqual(read, null)
  return read as OggPage
}

/** A page with its lacing as given, to build what `writeOggPage` never would. */
const rawPage = (flags: number, sequence: number, lacing: number[], body: Buffer): OggPage => {
  const bytes = Buffer.concat([
    writeOggPage({ serial: 1, sequence, granule: 0, packets: [] }),
    Buffer.from(lacing),
    body,
  ])
  bytes[5] = flags
  bytes[26] = lacing.length
  bytes.writeUInt32LE(oggCrc(bytes), 22)
  return page(bytes)
}

test('the checksum is the one FFmpeg writes', () => {
  const first = readClip('opus-stereo-64k.opus')
  const length = oggPageBytes(first)
  assert.equal(oggCrc(first.subarray(0, length)), first.readUInt32LE(22))
})

test('a page reads back as it was written', () => {
  const packets = fc.array(fc.uint8Array({ maxLength: 1200 }), { minLength: 1, maxLength: 20 })
  fc.assert(
    fc.property(packets, fc.nat(), fc.maxSafeNat(), fc.boolean(), (packets, serial, granule, bos) => {
      const sound = packets.map((packet) => Buffer.from(packet))
      const read = page(writeOggPage({ serial, sequence: 3, granule, bos, packets: sound }))
      assert.deepEqual(
        [read.serial, read.sequence, read.granule, read.bos, read.eos, read.continued],
        [serial, 3, granule, bos, false, false],
      )
      const reader = createOggPacketReader()
      assert.deepEqual(
        reader.push(read).map(({ bytes }) => bytes),
        sound,
      )
      assert.equal(reader.midPacket(), false)
    }),
    { numRuns: 60 },
  )
})

test('a page too full is refused', () => {
  const packet = Buffer.alloc(255 * 255)
  assert.throws(() => writeOggPage({ serial: 1, sequence: 0, granule: 0, packets: [packet] }), /do not fit/)
})

test('one wrong bit anywhere makes a page unreadable', () => {
  const bytes = writeOggPage({ serial: 7, sequence: 0, granule: 5, packets: [Buffer.from('sound')] })
  for (let bit = 0; bit < bytes.length * 8; bit += 1) {
    const broken = Buffer.from(bytes)
    broken[bit >> 3] = (broken[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    assert.equal(readOggPage(broken), null)
  }
})

test('a page that is not whole asks for more, and anything else is told apart', () => {
  const bytes = writeOggPage({ serial: 7, sequence: 0, granule: 5, packets: [Buffer.alloc(300)] })
  for (let length = 0; length < 29; length += 1) assert.equal(oggPageBytes(bytes.subarray(0, length)), 0)
  assert.equal(oggPageBytes(bytes.subarray(0, 40)), bytes.length)
  assert.equal(readOggPage(bytes.subarray(0, bytes.length - 1)), null)
  assert.equal(oggPageBytes(Buffer.from('OggX')), -1)
})

test('a granule of -1 says that no packet ends here', () => {
  assert.equal(page(writeOggPage({ serial: 1, sequence: 0, granule: -1, packets: [] })).granule, -1)
})

test('a packet is put together over pages', () => {
  const sound = Buffer.from(Array.from({ length: 600 }, (_, index) => index & 255))
  const reader = createOggPacketReader()
  assert.deepEqual(reader.push(rawPage(0, 0, [255], sound.subarray(0, 255))), [])
  assert.equal(reader.midPacket(), true)
  assert.deepEqual(reader.push(rawPage(1, 1, [255], sound.subarray(255, 510))), [])
  const [packet] = reader.push(rawPage(1, 2, [90], sound.subarray(510)))
  assert.deepEqual(packet?.bytes, sound)
  assert.equal(packet?.page.sequence, 2)
})

test('the pieces around a lost page are dropped, whole packets are kept', () => {
  const reader = createOggPacketReader()
  reader.push(rawPage(0, 0, [255], Buffer.alloc(255, 1)))
  const after = reader.push(rawPage(1, 2, [10, 5, 255], Buffer.concat([Buffer.alloc(10, 2), Buffer.alloc(260, 3)])))
  assert.deepEqual(
    after.map(({ bytes }) => bytes),
    [Buffer.alloc(5, 3)],
  )
  assert.deepEqual(
    reader.push(rawPage(1, 3, [1], Buffer.alloc(1, 4))).map(({ bytes }) => bytes.length),
    [256],
  )
})

test('a start without its rest, and a rest without its start, are dropped', () => {
  const reader = createOggPacketReader()
  reader.push(rawPage(0, 0, [255], Buffer.alloc(255, 1)))
  assert.deepEqual(
    reader.push(rawPage(0, 1, [3], Buffer.from('new'))).map(({ bytes }) => bytes.toString()),
    ['new'],
  )
  assert.deepEqual(
    reader.push(rawPage(1, 2, [3, 4], Buffer.from('endnext'))).map(({ bytes }) => bytes.toString()),
    ['next'],
  )
})

test('a packet without end is not gathered for ever', () => {
  const reader = createOggPacketReader()
  const body = Buffer.alloc(255 * 255)
  const lacing = Array.from({ length: 255 }, () => 255)
  for (let sequence = 0; sequence < 20; sequence += 1) {
    assert.deepEqual(reader.push(rawPage(sequence === 0 ? 0 : 1, sequence, lacing, body)), [])
  }
  assert.deepEqual(
    reader.push(rawPage(1, 20, [1, 2], Buffer.from('xok'))).map(({ bytes }) => bytes.toString()),
    ['ok'],
  )
})
