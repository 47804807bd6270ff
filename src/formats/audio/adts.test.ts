import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decodePcm, makeSound, readClip, withoutFfmpeg } from '../../../test/fixtures/clips.ts'
import { createAdtsFramer, readAdtsHeader, silentAdtsFrame } from './adts.ts'
import { isSilentAdtsFrame } from './adts-silence.ts'
import { packedTimestampTag } from './id3.ts'

const clip = readClip('lc-96k-stereo-44100.aac')

test('the header of an LC frame', () => {
  const header = readAdtsHeader(Buffer.from([0xff, 0xf1, 0x50, 0x80, 0x19, 0xbf, 0xfc]))
  assert.equal(header?.byteLength, 0x19bf >> 5)
  assert.deepEqual(
    [header.headerBytes, header.samples, header.rate, header.channels, header.objectType],
    [7, 1024, 44100, 2, 2],
  )
})

test('what is no ADTS header is none', () => {
  const headers: [string, number[]][] = [
    ['MPEG layer III', [0xff, 0xfb, 0x90, 0x64, 0x20, 0, 0]],
    ['reserved rate', [0xff, 0xf1, 0x7c, 0x80, 0x20, 0x1f, 0xfc]],
    ['channels in the sound', [0xff, 0xf1, 0x50, 0x00, 0x20, 0x1f, 0xfc]],
    ['shorter than its header', [0xff, 0xf1, 0x50, 0x80, 0x00, 0xff, 0xfc]],
    ['cut off', [0xff, 0xf1, 0x50, 0x80, 0x20, 0x1f]],
  ]
  for (const [name, bytes] of headers) assert.equal(readAdtsHeader(Buffer.from(bytes)), null, name)
})

test('tags between files are skipped and the average rate is told', () => {
  const tag = packedTimestampTag({ timestamp90k: 0, title: 'Next' })
  const framer = createAdtsFramer()
  assert.equal(framer.push(Buffer.concat([tag, clip, tag, clip])).length, 303 * 2)
  assert.equal(framer.skippedBytes(), tag.length * 2)
  assert.deepEqual(framer.format(), { codec: 'aac', rate: 44100, channels: 2, kbps: 98 })
})

test('a damaged length costs one frame, not the eight kilobytes it claims', () => {
  const frames = createAdtsFramer().push(clip)
  const at = frames.slice(0, 50).reduce((sum, { bytes }) => sum + bytes.length, 0)
  const broken = Buffer.from(clip)
  broken[at + 3] = (broken[at + 3] ?? 0) | 3
  assert.equal(createAdtsFramer().push(broken).length, 302)
})

test('silence is a frame for every channel layout and is seen as silent', () => {
  for (const rate of [48000, 44100, 32000, 24000, 22050, 8000]) {
    for (const channels of [1, 2, 3, 4, 5, 6, 8]) {
      const frame = silentAdtsFrame({ rate, channels })
      const header = readAdtsHeader(frame)
      assert.deepEqual([header?.byteLength, header?.rate, header?.channels], [frame.length, rate, channels])
      assert.equal(isSilentAdtsFrame(frame), true)
    }
  }
  assert.throws(() => silentAdtsFrame({ rate: 44000, channels: 2 }), /44000 Hz/)
  assert.throws(() => silentAdtsFrame({ rate: 44100, channels: 7 }), /7 channels/)
})

test('silence decodes to nothing but zeros', { skip: withoutFfmpeg }, () => {
  for (const rate of [44100, 48000]) {
    for (const channels of [1, 2]) {
      const frame = silentAdtsFrame({ rate, channels })
      const pcm = decodePcm('aac', Buffer.concat(Array.from({ length: 20 }, () => frame)))
      assert.equal(pcm.length, 20 * 1024 * channels * 2)
      assert.equal(
        pcm.every((byte) => byte === 0),
        true,
      )
    }
  }
})

test('an encoder fed with nothing is seen as silent, one fed with sound is not', { skip: withoutFfmpeg }, () => {
  const isSilent = (sound: Buffer): boolean[] =>
    createAdtsFramer()
      .push(sound)
      .map(({ bytes }) => isSilentAdtsFrame(bytes))
  const quiet = isSilent(makeSound('anullsrc=r=44100:d=1', '-c:a', 'aac', '-b:a', '96k', '-f', 'adts'))
  assert.equal(quiet.length > 30 && quiet.every(Boolean), true)
  assert.equal(isSilent(clip).some(Boolean), false)
})

test('silence detection ends on any bytes', () => {
  const frame = Buffer.from(silentAdtsFrame({ rate: 44100, channels: 2 }))
  for (let at = 7; at < frame.length; at += 1) {
    for (let value = 0; value < 256; value += 1) {
      const broken = Buffer.from(frame)
      broken[at] = value
      assert.equal(typeof isSilentAdtsFrame(broken), 'boolean')
    }
  }
  assert.equal(isSilentAdtsFrame(Buffer.alloc(40)), false)
})
