import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { clips, probePackets, readClip, withoutFfmpeg } from '../../../test/fixtures/clips.ts'
import type { Frame } from './frame.ts'
import { contentTypeOf, createFramer, familyOf, familyOfCodec, sniffCodec } from './framer.ts'
import { packedTimestampTag } from './id3.ts'

const soundOf = (frames: Frame[]): Frame[] => frames.filter(({ header }) => header !== true)
const joined = (frames: Frame[]): Buffer => Buffer.concat(frames.map(({ bytes }) => bytes))

/** Pushes `bytes` in pieces of the given sizes, over and over. */
const pushSplit = (family: (typeof clips)[number]['family'], bytes: Buffer, sizes: number[]) => {
  const framer = createFramer(family)
  const frames: Frame[] = []
  for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1
    frames.push(...framer.push(bytes.subarray(at, at + size)))
    at += size
  }
  return { framer, frames }
}

for (const clip of clips) {
  const bytes = readClip(clip.name)

  test(`${clip.name}: frames, samples and format are as listed`, () => {
    const framer = createFramer(clip.family)
    const frames = framer.push(bytes)
    const { codec, rate, channels } = framer.format() ?? {}
    assert.deepEqual([codec, rate, channels], [clip.codec, clip.rate, clip.channels])
    assert.equal(soundOf(frames).length, clip.frames)
    assert.equal(
      frames.reduce((sum, { samples }) => sum + samples, 0),
      clip.samples,
    )
    assert.equal(framer.skippedBytes(), clip.skipped)
    assert.equal(joined(frames).length, bytes.length - clip.skipped)
  })

  test(`${clip.name}: ffprobe counts the same packets`, { skip: withoutFfmpeg }, () => {
    assert.equal(probePackets(clip.name), clip.packets)
  })

  test(`${clip.name}: the cuts do not depend on how the stream is split`, () => {
    const whole = createFramer(clip.family).push(bytes)
    const start = bytes.indexOf(whole[0]?.bytes ?? Buffer.alloc(1))
    // Tags and information frames lie before the first frame and behind the last.
    assert.ok(bytes.subarray(start).indexOf(joined(whole)) === 0)
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1, maxLength: 30 }), (sizes) => {
        const { framer, frames } = pushSplit(clip.family, bytes, sizes)
        assert.deepEqual(frames, whole)
        assert.equal(framer.skippedBytes(), clip.skipped)
      }),
      { numRuns: 12 },
    )
  })

  test(`${clip.name}: is named by its first kilobytes, and from the middle if its kind allows`, () => {
    assert.equal(sniffCodec(bytes), clip.family)
    if (clip.family !== 'ogg') {
      assert.equal(sniffCodec(bytes.subarray(0, 4096)), clip.family)
      assert.equal(sniffCodec(bytes.subarray(5000, 9096)), clip.family)
    }
    for (const other of ['mp3', 'aac', 'ogg'] as const) {
      if (other === clip.family) continue
      const framer = createFramer(other)
      assert.deepEqual(framer.push(bytes), [])
      assert.equal(framer.format(), null)
    }
  })
}

test('one byte at a time gives the same', () => {
  for (const name of ['mpeg25-mono-16k-11025.mp3', 'lc-48k-mono-48000.aac', 'opus-stereo-64k.opus']) {
    const clip = clips.find((each) => each.name === name)
    assert.ok(clip)
    const bytes = readClip(name).subarray(0, 14_000)
    assert.deepEqual(pushSplit(clip.family, bytes, [1]).frames, createFramer(clip.family).push(bytes))
  }
})

test('a tag before the sound does not hide it; noise and text are nothing', () => {
  const tag = packedTimestampTag({ timestamp90k: 0, title: 'x'.repeat(500) })
  assert.equal(sniffCodec(Buffer.concat([tag, readClip('lc-96k-stereo-44100.aac')])), 'aac')
  assert.equal(sniffCodec(Buffer.from('<html>'.repeat(2000))), null)
  assert.equal(sniffCodec(randomBytes(32 * 1024)), null)
  assert.equal(sniffCodec(Buffer.alloc(0)), null)
  assert.equal(sniffCodec(readClip('cbr-128k-stereo-44100.mp3').subarray(0, 600)), null)
})

test('content types name families, whatever their dress', () => {
  const types: [string, string | null][] = [
    ['audio/mpeg', 'mp3'],
    ['Audio/MP3', 'mp3'],
    ['audio/x-mpeg; rate=44100', 'mp3'],
    ['audio/aac', 'aac'],
    ['audio/aacp', 'aac'],
    [' audio/x-aac ', 'aac'],
    ['audio/ogg; codecs=opus', 'ogg'],
    ['application/ogg', 'ogg'],
    ['application/x-ogg', 'ogg'],
    ['audio/opus', 'ogg'],
    ['audio/flac-in-ogg', 'ogg'],
    ['audio/flac', null],
    ['video/webm', null],
    ['text/html', null],
    ['', null],
  ]
  for (const [type, family] of types) assert.equal(familyOf(type), family, type)
  for (const codec of ['mp3', 'aac', 'vorbis', 'opus', 'flac'] as const) {
    assert.equal(familyOf(contentTypeOf(codec)), familyOfCodec(codec))
  }
})
