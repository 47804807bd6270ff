import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { clips, readClip } from '../../../test/fixtures/clips.ts'
import type { Clip } from '../../../test/fixtures/clips.ts'
import type { Frame } from './frame.ts'
import { createFramer } from './framer.ts'

const MAX_HELD_BYTES = 256 * 1024
const PIECE_BYTES = 1400

/** Pushes as a socket would, and holds the framer to its promises at every step. */
const pushWatched = (family: Clip['family'], bytes: Buffer): Frame[] => {
  const framer = createFramer(family)
  const frames: Frame[] = []
  let given = 0
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
    const out = framer.push(bytes.subarray(at, at + PIECE_BYTES))
    frames.push(...out)
    given += out.reduce((sum, frame) => sum + frame.bytes.length, 0)
    const held = Math.min(at + PIECE_BYTES, bytes.length) - given - framer.skippedBytes()
    assert.ok(held >= 0 && held < MAX_HELD_BYTES, `${held} bytes held`)
    assert.ok(out.every(({ samples }) => samples >= 0 && Number.isFinite(samples)))
  }
  return frames
}

/** The frames of the undamaged clip with their places. */
const placed = (clip: Clip, bytes: Buffer): { frame: Frame; from: number; to: number }[] => {
  let to = 0
  return createFramer(clip.family)
    .push(bytes)
    .map((frame) => {
      const from = bytes.indexOf(frame.bytes, to)
      to = from + frame.bytes.length
      return { frame, from, to }
    })
}

for (const clip of clips) {
  const bytes = readClip(clip.name)
  const places = placed(clip, bytes)

  test(`${clip.name}: cut off anywhere, what is whole comes out`, () => {
    fc.assert(
      fc.property(fc.nat({ max: bytes.length }), (length) => {
        const frames = pushWatched(clip.family, bytes.subarray(0, length))
        const whole = places.filter(({ to }) => to <= length).map(({ frame }) => frame)
        // The first frame waits for the header of the second; an Ogg header page, for the rest of its set.
        const open = clip.family === 'ogg' ? 3 : 1
        assert.deepEqual(frames, whole.slice(0, frames.length))
        assert.ok(frames.length >= whole.length - open)
      }),
      { numRuns: 25 },
    )
  })

  test(`${clip.name}: wrong bits never throw, and hold nothing back`, () => {
    const flips = fc.array(fc.nat({ max: bytes.length * 8 - 1 }), { minLength: 1, maxLength: 400 })
    fc.assert(
      fc.property(flips, (bits) => {
        const broken = Buffer.from(bytes)
        for (const bit of bits) broken[bit >> 3] = (broken[bit >> 3] ?? 0) ^ (1 << (bit & 7))
        pushWatched(clip.family, broken)
      }),
      { numRuns: 15 },
    )
  })

  test(`${clip.name}: after a damaged stretch the frames are exact again`, () => {
    const damage = fc.record({
      from: fc.double({ min: 0, max: 1, noNaN: true }),
      noise: fc.uint8Array({ minLength: 1, maxLength: 600 }),
    })
    // A damaged Ogg header page silences its link by design; ogg-framer.test.ts has that.
    const first = places.find(({ frame }) => frame.header !== true)?.from ?? 0
    const last = places.filter(({ frame }) => frame.header === true && frame.bytes.length > 0).at(-1)?.to ?? 0
    fc.assert(
      fc.property(damage, ({ from, noise }) => {
        const low = Math.max(first, clip.name.startsWith('chained') ? last : 0)
        const at = low + Math.floor(from * (bytes.length - low - noise.length - 1))
        const broken = Buffer.from(bytes)
        broken.set(noise, at)
        const frames = pushWatched(clip.family, broken)
        const before = places.filter(({ to }) => to <= at).map(({ frame }) => frame.bytes)
        // A damaged length may swallow up to twice the longest frame.
        const reach = clip.family === 'ogg' ? 0 : 2 * Math.max(...places.map(({ frame }) => frame.bytes.length))
        const after = places.filter((place) => place.from >= at + noise.length + reach).map(({ frame }) => frame.bytes)
        const got = frames.map((frame) => frame.bytes)
        // In a run of fewer than two frames nothing can be trusted.
        if (before.length >= 2) assert.deepEqual(got.slice(0, before.length), before)
        if (after.length >= 2) assert.deepEqual(got.slice(-after.length), after)
      }),
      { numRuns: 25 },
    )
  })
}

test('noise and hostile headers without end are skipped in good time', () => {
  const noise = Buffer.from(Array.from({ length: 300_000 }, (_, index) => (index * 2654435761) >>> 13))
  const liars: Record<Clip['family'], Buffer[]> = {
    mp3: [Buffer.from([0xff, 0xfb, 0x92, 0x64]), Buffer.from('ID3'), Buffer.from('TAG')],
    aac: [Buffer.from([0xff, 0xf1, 0x50, 0x83, 0xff, 0xff, 0xfc]), Buffer.from('ID3')],
    ogg: [Buffer.from('OggS\0\x02'), Buffer.concat([Buffer.from('OggS\0\x02'), Buffer.alloc(100, 255)])],
  }
  const before = performance.now()
  for (const family of ['mp3', 'aac', 'ogg'] as const) {
    pushWatched(family, noise)
    pushWatched(family, Buffer.alloc(300_000, 0xff))
    for (const liar of liars[family]) {
      pushWatched(family, Buffer.concat(Array.from({ length: Math.floor(200_000 / liar.length) }, () => liar)))
    }
  }
  assert.ok(performance.now() - before < 10_000)
})
