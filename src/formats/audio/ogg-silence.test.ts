import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decodeComplaints, decodePcm, withoutFfmpeg } from '../../../test/fixtures/clips.ts'
import type { AudioFormat } from './frame.ts'
import { createOggFramer } from './ogg-framer.ts'
import { createOggSilence } from './ogg-silence.ts'

const formats: AudioFormat[] = [
  { codec: 'opus', rate: 48000, channels: 1, kbps: 0 },
  { codec: 'opus', rate: 48000, channels: 2, kbps: 0 },
  { codec: 'flac', rate: 44100, channels: 2, kbps: 0 },
  { codec: 'flac', rate: 96000, channels: 1, kbps: 0 },
]

const streamOf = (format: AudioFormat, pages: number): Buffer => {
  const silence = createOggSilence(format)
  return Buffer.concat([
    silence?.headers ?? Buffer.alloc(0),
    ...Array.from({ length: pages }, () => silence?.next().bytes ?? Buffer.alloc(0)),
  ])
}

for (const format of formats) {
  const name = `${format.codec} ${format.channels} × ${format.rate}`

  test(`silence in ${name} is a stream our own framer accepts`, () => {
    const framer = createOggFramer()
    const frames = framer.push(streamOf(format, 40)).filter(({ header }) => header !== true)
    const page = createOggSilence(format)?.next()
    assert.equal(frames.length, 40)
    assert.ok(frames.every(({ joinable, samples }) => joinable && samples === page?.samples))
    assert.deepEqual({ ...framer.format(), kbps: 0 }, format)
    assert.equal(framer.skippedBytes(), 0)
  })

  test(`silence in ${name} decodes to nothing but zeros`, { skip: withoutFfmpeg }, () => {
    const stream = streamOf(format, 40)
    assert.deepEqual(decodeComplaints('ogg', [stream]), [])
    const pcm = decodePcm('ogg', stream)
    assert.equal(pcm.length, 40 * (createOggSilence(format)?.next().samples ?? 0) * format.channels * 2)
    assert.ok(pcm.every((byte) => byte === 0))
  })
}

test('there is no silence for Vorbis, for more than two Opus channels, or outside Ogg', () => {
  assert.equal(createOggSilence({ codec: 'vorbis', rate: 44100, channels: 2, kbps: 0 }), null)
  assert.equal(createOggSilence({ codec: 'opus', rate: 48000, channels: 6, kbps: 0 }), null)
  assert.equal(createOggSilence({ codec: 'mp3', rate: 44100, channels: 2, kbps: 0 }), null)
})
