import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clipNamed, readClip } from '../../../test/fixtures/clips.ts'
import type { Frame } from './frame.ts'
import { createOggFramer } from './ogg-framer.ts'
import { oggCrc, readOggPage, writeOggPage } from './ogg.ts'
import type { OggPage } from './ogg.ts'
import { opusHead, opusTags, silentOpusPacket } from './opus.ts'

const vorbis = readClip('vorbis-stereo-44100.ogg')
const opus = readClip('opus-stereo-64k.opus')
const flac = readClip('flac-mono-22050.flac.ogg')

const pagesOf = (bytes: Buffer): OggPage[] => {
  const pages: OggPage[] = []
  for (let at = 0; at < bytes.length; at += pages.at(-1)?.bytes.length ?? 0)
    pages.push(readOggPage(bytes, at) as OggPage)
  return pages
}

const bytesOf = (pages: { bytes: Buffer }[]): Buffer => Buffer.concat(pages.map(({ bytes }) => bytes))
const soundOf = (frames: Frame[]): Frame[] => frames.filter(({ header }) => header !== true)
const headOf = (frames: Frame[]): Frame[] => frames.filter(({ header }) => header === true)
const samplesOf = (frames: Frame[]): number => frames.reduce((sum, { samples }) => sum + samples, 0)

/** The same page with header fields changed and the checksum made right again. */
const altered = (page: OggPage, change: (bytes: Buffer) => void): Buffer => {
  const bytes = Buffer.from(page.bytes)
  change(bytes)
  bytes.writeUInt32LE(oggCrc(bytes), 22)
  return bytes
}

/** A small Opus stream: headers, then `count` pages of one 20 ms packet each. */
const opusStream = (serial: number, count: number, start = 0): Buffer[] => {
  const packet = silentOpusPacket({ channels: 2 })
  return [
    writeOggPage({ serial, sequence: 0, granule: 0, bos: true, packets: [opusHead({ channels: 2 })] }),
    writeOggPage({ serial, sequence: 1, granule: 0, packets: [opusTags()] }),
    ...Array.from({ length: count }, (_, index) =>
      writeOggPage({ serial, sequence: index + 2, granule: start + (index + 1) * 960, packets: [packet] }),
    ),
  ]
}

test('each codec is named once its header set is whole, and pages pass byte for byte', () => {
  for (const [name, bytes, headerPages] of [
    ['vorbis-stereo-44100.ogg', vorbis, 2],
    ['opus-stereo-64k.opus', opus, 2],
    ['flac-mono-22050.flac.ogg', flac, 2],
  ] as const) {
    const clip = clipNamed(name)
    const framer = createOggFramer()
    const [first, second] = pagesOf(bytes)
    assert.deepEqual(framer.push(first?.bytes ?? Buffer.alloc(0)), [])
    assert.deepEqual([framer.format(), framer.headers()], [null, null])
    assert.equal(framer.push(second?.bytes ?? Buffer.alloc(0)).length, headerPages)
    const { codec, rate, channels } = framer.format() ?? {}
    assert.deepEqual([codec, rate, channels], [clip.codec, clip.rate, clip.channels])
    const whole = createOggFramer()
    const frames = whole.push(bytes)
    assert.deepEqual(bytesOf(frames), bytes)
    assert.deepEqual(whole.headers(), bytesOf(headOf(frames)))
    assert.equal(soundOf(frames).length, clip.frames)
    assert.equal(samplesOf(frames), clip.samples)
    assert.equal(whole.skippedBytes(), 0)
  }
})

test('a stream whose beginning was not seen gives nothing', () => {
  for (const bytes of [vorbis, opus, flac]) {
    const framer = createOggFramer()
    assert.deepEqual(framer.push(bytes.subarray(40)), [])
    assert.equal(framer.format(), null)
    assert.equal(framer.skippedBytes(), bytes.length - 40)
  }
})

test('a relay that sends headers and then joins far into the stream is counted right', () => {
  const framer = createOggFramer()
  const pages = pagesOf(opus)
  const frames = framer.push(bytesOf([...pages.slice(0, 2), ...pages.slice(5)]))
  assert.equal(samplesOf(frames), clipNamed('opus-stereo-64k.opus').samples - 3 * 48000)
})

test('a chain gives a new header set, and its format', () => {
  const framer = createOggFramer()
  const frames = framer.push(Buffer.concat([vorbis, flac]))
  assert.deepEqual(bytesOf(frames), Buffer.concat([vorbis, flac]))
  assert.equal(headOf(frames).length, 4)
  assert.equal(framer.format()?.codec, 'flac')
  assert.deepEqual(framer.headers(), bytesOf(headOf(frames).slice(2)))
})

test('until a new header set is whole the old format stands, but none of its pages is taken', () => {
  const framer = createOggFramer()
  framer.push(vorbis)
  const [bos, comment] = pagesOf(opus)
  const late = pagesOf(vorbis)[4]
  assert.deepEqual(framer.push(bytesOf([bos as OggPage, late as OggPage])), [])
  assert.equal(framer.format()?.codec, 'vorbis')
  assert.equal(framer.push(comment?.bytes ?? Buffer.alloc(0)).length, 2)
  assert.equal(framer.format()?.codec, 'opus')
})

test('a chain may use the same serial number again', () => {
  const framer = createOggFramer()
  const frames = framer.push(Buffer.concat([opus, opus]))
  assert.equal(samplesOf(frames), 2 * clipNamed('opus-stereo-64k.opus').samples)
})

test('pages of other streams in the multiplex are left out, the second sound stream too', () => {
  const [bos, tags, ...sound] = opusStream(1, 3)
  const other = opusStream(2, 3)
  const skeleton = writeOggPage({ serial: 9, sequence: 0, granule: 0, bos: true, packets: [Buffer.from('fishead\0')] })
  const bone = writeOggPage({ serial: 9, sequence: 1, granule: 0, packets: [Buffer.from('fisbone\0')] })
  const mixed = [skeleton, bos, other[0], bone, tags, other[1], sound[0], other[2], sound[1], sound[2]]
  const framer = createOggFramer()
  const frames = framer.push(Buffer.concat(mixed.filter((page) => page !== undefined)))
  assert.deepEqual(bytesOf(frames), Buffer.concat(opusStream(1, 3)))
  const left = [skeleton, bone, ...other.slice(0, 3)]
  assert.equal(
    framer.skippedBytes(),
    left.reduce((sum, { length }) => sum + length, 0),
  )
})

test('an unknown codec leaves the format unknown', () => {
  const framer = createOggFramer()
  const speex = writeOggPage({ serial: 1, sequence: 0, granule: 0, bos: true, packets: [Buffer.from('Speex   ')] })
  const sound = writeOggPage({ serial: 1, sequence: 1, granule: 160, packets: [Buffer.alloc(40)] })
  assert.deepEqual(framer.push(Buffer.concat([speex, sound])), [])
  assert.deepEqual([framer.format(), framer.headers()], [null, null])
})

test('a damaged sound page is skipped, the others pass and are counted by themselves', () => {
  const pages = pagesOf(vorbis)
  const broken = Buffer.from(vorbis)
  const at = bytesOf(pages.slice(0, 4)).length + 100
  broken[at] = (broken[at] ?? 0) ^ 1
  const framer = createOggFramer()
  const frames = framer.push(broken)
  assert.deepEqual(bytesOf(frames), bytesOf(pages.filter((_, index) => index !== 4)))
  assert.equal(framer.skippedBytes(), pages[4]?.bytes.length)
  const lost = clipNamed('vorbis-stereo-44100.ogg').samples - samplesOf(frames)
  assert.ok(Math.abs(lost - 44100) < 2048, `${lost} samples lost`)
})

test('a lost header page means no sound until the next beginning', () => {
  const pages = pagesOf(vorbis)
  const framer = createOggFramer()
  assert.deepEqual(framer.push(bytesOf(pages.filter((_, index) => index !== 1))), [])
  assert.equal(framer.format(), null)
  assert.equal(framer.push(opus).length, 10)
})

test('sound on the page of the last header makes the stream unusable', () => {
  const [bos = Buffer.alloc(0)] = opusStream(1, 0)
  const shared = writeOggPage({
    serial: 1,
    sequence: 1,
    granule: 960,
    packets: [opusTags(), silentOpusPacket({ channels: 2 })],
  })
  const framer = createOggFramer()
  assert.deepEqual(framer.push(Buffer.concat([bos, shared])), [])
  assert.equal(framer.format(), null)
})

test('headers too large for every joiner to be sent are refused', () => {
  const framer = createOggFramer()
  const tags = Buffer.concat([opusTags(), Buffer.alloc(200_000)])
  const lacing = Buffer.alloc(255, 255)
  framer.push(opusStream(1, 0)[0] ?? Buffer.alloc(0))
  for (let sequence = 1, at = 0; at < tags.length; sequence += 1, at += 255 * 255) {
    const body = tags.subarray(at, at + 255 * 255)
    const page = Buffer.concat(
      [writeOggPage({ serial: 1, sequence, granule: -1, packets: [] }), lacing, body],
      27 + 255 + 255 * 255,
    )
    page[5] = sequence === 1 ? 0 : 1
    page[26] = 255
    page.writeUInt32LE(oggCrc(page), 22)
    assert.deepEqual(framer.push(page), [])
  }
  assert.equal(framer.format(), null)
})

test('a page that goes on with an older packet, or has none, is no place to join', () => {
  const pages = pagesOf(opus)
  const framer = createOggFramer()
  const [bos, tags, first, second] = pages as [OggPage, OggPage, OggPage, OggPage]
  framer.push(bytesOf([bos, tags]))
  assert.equal(framer.push(first.bytes)[0]?.joinable, true)
  assert.equal(framer.push(altered(second, (bytes) => (bytes[5] = 1)))[0]?.joinable, false)
  const empty = writeOggPage({ serial: bos.serial, sequence: 9, granule: 96000, packets: [] })
  assert.deepEqual(
    framer.push(empty).map(({ joinable, samples }) => [joinable, samples]),
    [[false, 0]],
  )
})

test('a granule of -1 or out of all reason does not upset the clock', () => {
  const [bos, tags, first, second, third] = opusStream(1, 3)
  const page = (bytes: Buffer | undefined): OggPage => readOggPage(bytes ?? Buffer.alloc(0)) as OggPage
  const framer = createOggFramer()
  const frames = framer.push(
    Buffer.concat([
      bos ?? Buffer.alloc(0),
      tags ?? Buffer.alloc(0),
      altered(page(first), (bytes) => bytes.writeBigInt64LE(2n ** 62n, 6)),
      altered(page(second), (bytes) => bytes.writeBigInt64LE(-1n, 6)),
      altered(page(third), (bytes) => bytes.writeBigInt64LE(-(2n ** 60n), 6)),
    ]),
  )
  assert.deepEqual(
    soundOf(frames).map(({ samples }) => samples),
    [960, 960, 960],
  )
})

test('the last page may end before its packets do', () => {
  const [bos, tags, first] = opusStream(1, 1)
  const short = altered(readOggPage(first ?? Buffer.alloc(0)) as OggPage, (bytes) => {
    bytes[5] = 4
    bytes.writeBigInt64LE(500n, 6)
  })
  const frames = createOggFramer().push(Buffer.concat([bos ?? Buffer.alloc(0), tags ?? Buffer.alloc(0), short]))
  assert.equal(samplesOf(frames), 500)
})
