import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decodePcm, makeSound, readClip, withoutFfmpeg } from '../../../test/fixtures/clips.ts'
import { packedTimestampTag } from './id3.ts'
import {
  createMpegFramer,
  isSilentMpegFrame,
  mpegGlobalGain,
  readMpegGranules,
  readMpegHeader,
  silentMpegFrame,
} from './mpeg-frame.ts'

const cbr = readClip('cbr-128k-stereo-44100.mp3')
const frameAt = (index: number): Buffer => createMpegFramer().push(cbr)[index]?.bytes ?? Buffer.alloc(0)
const RATES = [44100, 48000, 32000, 22050, 24000, 16000, 11025, 12000, 8000]

test('the header of a 128 kb/s frame', () => {
  const header = readMpegHeader(Buffer.from([0xff, 0xfb, 0x92, 0x64]))
  assert.deepEqual(header, {
    version: 1,
    byteLength: 418,
    samples: 1152,
    rate: 44100,
    channels: 2,
    kbps: 128,
    crc: false,
  })
})

test('other layers, free format and reserved values are no frames', () => {
  const headers: [string, number[]][] = [
    ['layer II', [0xff, 0xfd, 0x90, 0x64]],
    ['layer I', [0xff, 0xff, 0x90, 0x64]],
    ['ADTS', [0xff, 0xf1, 0x50, 0x80]],
    ['reserved version', [0xff, 0xeb, 0x90, 0x64]],
    ['free format', [0xff, 0xfb, 0x00, 0x64]],
    ['bit rate 15', [0xff, 0xfb, 0xf0, 0x64]],
    ['reserved rate', [0xff, 0xfb, 0x9c, 0x64]],
    ['reserved emphasis', [0xff, 0xfb, 0x90, 0x66]],
    ['cut off', [0xff, 0xfb, 0x90]],
  ]
  for (const [name, bytes] of headers) assert.equal(readMpegHeader(Buffer.from(bytes)), null, name)
})

test('it takes two agreeing headers to begin', () => {
  const framer = createMpegFramer()
  assert.deepEqual(framer.push(frameAt(0)), [])
  assert.equal(framer.format(), null)
  assert.equal(framer.push(frameAt(1).subarray(0, 4)).length, 1)
  assert.deepEqual(framer.format(), { codec: 'mp3', rate: 44100, channels: 2, kbps: 128 })
  assert.equal(framer.push(frameAt(1).subarray(4)).length, 1)
})

test('joining in the middle of a frame costs only that frame', () => {
  const framer = createMpegFramer()
  const frames = framer.push(cbr.subarray(200))
  assert.equal(frames.length, 268)
  assert.deepEqual(frames[0]?.bytes, frameAt(1))
  assert.equal(framer.skippedBytes(), frameAt(0).length - 200)
})

test('a tag between frames is skipped however it is split, and costs no frame', () => {
  const tag = packedTimestampTag({ timestamp90k: 0, title: 'x'.repeat(50_000) })
  const framer = createMpegFramer()
  framer.push(Buffer.concat([frameAt(0), frameAt(1)]))
  for (let at = 0; at < tag.length; at += 1000) assert.deepEqual(framer.push(tag.subarray(at, at + 1000)), [])
  assert.equal(framer.push(frameAt(2)).length, 1)
  assert.equal(framer.skippedBytes(), tag.length)
})

test('a tag that claims megabytes is not believed', () => {
  const liar = Buffer.from('ID3\x04\0\0\x7f\x7f\x7f\x7f', 'latin1')
  const framer = createMpegFramer()
  framer.push(Buffer.concat([frameAt(0), frameAt(1), frameAt(2)]))
  const frames = framer.push(Buffer.concat([liar, frameAt(3), frameAt(4)]))
  assert.equal(frames.length, 2)
  assert.equal(framer.skippedBytes(), liar.length)
})

test('an ID3v1 tag between two files is skipped', () => {
  const framer = createMpegFramer()
  const old = Buffer.concat([Buffer.from('TAG')], 128)
  assert.equal(framer.push(Buffer.concat([cbr, old, cbr])).length, 269 * 2)
  assert.equal(framer.skippedBytes(), 128)
})

test('Xing, Info and VBRI frames are dropped wherever they come', () => {
  for (const [name, at] of [
    ['Xing', 36],
    ['Info', 36],
    ['VBRI', 36],
  ] as const) {
    const note = silentMpegFrame({ rate: 44100, channels: 2 })
    note.write(name, at, 'latin1')
    const framer = createMpegFramer()
    assert.equal(framer.push(Buffer.concat([note, cbr, note, cbr])).length, 269 * 2, name)
    assert.equal(framer.skippedBytes(), note.length * 2, name)
  }
})

test('a new sample rate in the stream becomes the new format', () => {
  const framer = createMpegFramer()
  framer.push(cbr)
  assert.equal(framer.push(readClip('id3v2-xing-id3v1-48000.mp3')).length, 251)
  assert.deepEqual(framer.format(), { codec: 'mp3', rate: 48000, channels: 2, kbps: 96 })
})

test('a variable rate is given as its average', () => {
  const framer = createMpegFramer()
  const bytes = readClip('vbr-stereo-44100.mp3')
  const frames = framer.push(bytes)
  assert.equal(new Set(frames.map((frame) => frame.bytes.length)).size > 3, true)
  assert.equal(framer.format()?.kbps, Math.round((bytes.length * 8) / ((269 * 1152) / 44100) / 1000))
})

test('a length damaged to be longer than any before swallows no good frames', () => {
  const broken = Buffer.from(cbr)
  const at = createMpegFramer()
    .push(cbr)
    .slice(0, 100)
    .reduce((sum, { bytes }) => sum + bytes.length, 0)
  // 320 kb/s instead of 128.
  broken[at + 2] = ((broken[at + 2] ?? 0) & 0x0f) | 0xe0
  assert.equal(createMpegFramer().push(broken).length, 268)
})

test('silence at every rate is a frame, is seen as silent, and holds no level', () => {
  for (const rate of RATES) {
    for (const channels of [1, 2]) {
      const frame = silentMpegFrame({ rate, channels })
      const header = readMpegHeader(frame)
      assert.equal(header?.byteLength, frame.length)
      assert.deepEqual([header.rate, header.channels], [rate, channels])
      assert.equal(isSilentMpegFrame(frame), true)
      assert.equal(mpegGlobalGain(frame), 0)
      assert.equal(createMpegFramer().push(Buffer.concat([frame, frame, frame])).length, 3)
    }
  }
  assert.throws(() => silentMpegFrame({ rate: 96000, channels: 2 }), /96000 Hz/)
})

test('silence decodes to nothing but zeros', { skip: withoutFfmpeg }, () => {
  for (const [rate, channels] of [
    [44100, 2],
    [48000, 1],
    [22050, 2],
    [24000, 2],
    [8000, 1],
  ] as const) {
    const frame = silentMpegFrame({ rate, channels })
    const pcm = decodePcm('mp3', Buffer.concat(Array.from({ length: 20 }, () => frame)))
    assert.equal(pcm.length >= 19 * (rate >= 32000 ? 1152 : 576) * channels * 2, true)
    assert.equal(
      pcm.every((byte) => byte === 0),
      true,
    )
  }
})

test('LAME writes digital silence the way we look for it', { skip: withoutFfmpeg }, () => {
  const sound = makeSound('anullsrc=r=44100:d=1', '-c:a', 'libmp3lame', '-b:a', '128k', '-f', 'mp3')
  const frames = createMpegFramer().push(sound)
  assert.equal(frames.length > 30, true)
  assert.equal(
    frames.every(({ bytes }) => isSilentMpegFrame(bytes)),
    true,
  )
})

test('global gain follows the level at 1.5 dB a step', { skip: withoutFfmpeg }, () => {
  const gainAt = (db: number): number => {
    const source = `anoisesrc=c=pink:r=44100:d=3:seed=1,volume=${db}dB`
    const frames = createMpegFramer().push(makeSound(source, '-c:a', 'libmp3lame', '-b:a', '128k', '-f', 'mp3'))
    const gains = frames.slice(10, 100).map(({ bytes }) => mpegGlobalGain(bytes) ?? 0)
    return gains.reduce((sum, gain) => sum + gain, 0) / gains.length
  }
  const steps = gainAt(-10) - gainAt(-30)
  assert.equal(Math.abs(steps * 1.5 - 20) < 2, true, `20 dB were ${steps} steps`)
})

test('granules are read per channel, and of a broken frame there are none', () => {
  assert.deepEqual(
    readMpegGranules(frameAt(5)).map(({ channel }) => channel),
    [0, 1, 0, 1],
  )
  assert.deepEqual(readMpegGranules(frameAt(5).subarray(0, 20)), [])
  assert.equal(mpegGlobalGain(Buffer.alloc(100)), null)
  assert.equal(isSilentMpegFrame(Buffer.alloc(100)), false)
  assert.equal(isSilentMpegFrame(frameAt(5)), false)
})
