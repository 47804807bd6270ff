import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { clips, decodeComplaints, readClip, withoutFfmpeg } from '../../../test/fixtures/clips.ts'
import { createFramer } from './framer.ts'

const JOINS = 30
const DEMUXERS = { mp3: 'mp3', aac: 'aac', ogg: 'ogg' } as const

// The first frames after a cut refer to bytes of frames that were not sent; some versions of FFmpeg say so.
const RESERVOIR = /backstep|overread|bits_left/

for (const clip of clips) {
  test(`${clip.name}: a listener may join at any joinable frame`, { skip: withoutFfmpeg }, () => {
    const framer = createFramer(clip.family)
    const bytes = readClip(clip.name)
    // Where a chain changes its headers, the frames behind belong to the later set.
    const start = clip.name.startsWith('chained') ? Math.floor(bytes.length / 2) : 0
    const frames = framer.push(bytes).filter(({ header }) => header !== true)
    const last = start === 0 ? frames : frames.slice(frames.length / 2)
    const places = last.flatMap(({ joinable }, index) => (joinable && index < last.length - 2 ? [index] : []))
    const chosen = places.length <= JOINS ? places : fc.sample(fc.constantFrom(...places), { numRuns: JOINS, seed: 7 })
    const sounds = chosen.map((index) =>
      Buffer.concat([
        framer.headers() ?? Buffer.alloc(0),
        ...last.slice(index, index + 60).map((frame) => frame.bytes),
      ]),
    )
    const complaints = decodeComplaints(DEMUXERS[clip.family], sounds)
    const others = clip.codec === 'mp3' ? complaints.filter((line) => !RESERVOIR.test(line)) : complaints
    assert.deepEqual(others, [])
  })
}
