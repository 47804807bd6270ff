import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { silentAdtsFrame } from '../formats/audio/adts.ts'
import { createFramer } from '../formats/audio/framer.ts'
import { silentMpegFrame } from '../formats/audio/mpeg-frame.ts'
import { DeadAir } from './dead-air.ts'
import { EpochClock } from './epoch.ts'

const START = 1_000_000

for (const [codec, file, silence] of [
  ['mp3', 'cbr-128k-stereo-44100.mp3', silentMpegFrame],
  ['aac', 'lc-96k-stereo-44100.aac', silentAdtsFrame],
] as const) {
  const framer = createFramer(codec)
  const sound = framer.push(readFileSync(new URL(`../../test/fixtures/audio/${file}`, import.meta.url)))
  const format = framer.format()!
  const quiet = { bytes: silence(format), samples: codec === 'mp3' ? 1152 : 1024, joinable: true }

  test(`${codec}: ten seconds of digital silence are dead air, since their first frame; sound ends it`, () => {
    const deadAir = new DeadAir()
    const clock = new EpochClock({ start: START, rate: format.rate })
    const pass = (frame: (typeof sound)[number]) => deadAir.observe([clock.stamp(frame, clock.wall)], format)
    for (const frame of sound) pass(frame)
    assert.equal(deadAir.since, null, 'a tone is not silence')
    const began = clock.wall
    while (clock.wall < began + 9000) pass(quiet)
    assert.equal(deadAir.since, null, 'nine seconds are a pause')
    while (clock.wall < began + 11_000) pass(quiet)
    assert.equal(deadAir.since, began)
    pass(sound[5]!)
    assert.equal(deadAir.since, null)
  })
}
