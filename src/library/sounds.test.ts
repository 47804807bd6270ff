import assert from 'node:assert/strict'
import { suite } from 'node:test'
import { buffer } from 'node:stream/consumers'
import { createMp3Encoder } from 'wasm-media-encoders'
import { onBothEngines } from '../../test/world/postgres.ts'
import { createIds } from '../base/ids.ts'
import { MOST_SOUND_BYTES, openSounds } from './sounds.ts'

const clock = { now: () => Date.UTC(2026, 6, 1) }

/** A tone as an MP3 file. */
const tone = async (seconds: number): Promise<Buffer> => {
  const encoder = await createMp3Encoder()
  encoder.configure({ sampleRate: 44_100, channels: 1, bitrate: 64 })
  const samples = Float32Array.from(
    { length: 44_100 * seconds },
    (_, n) => 0.3 * Math.sin((n * 440 * 2 * Math.PI) / 44_100),
  )
  return Buffer.concat([Buffer.from(encoder.encode([samples])), Buffer.from(encoder.finalize())])
}

async function* pieces(bytes: Buffer, size = 10_000) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}
async function* endless() {
  const piece = new Uint8Array(2 ** 20)
  for (;;) yield piece
}

suite('sounds of the library', () => {
  onBothEngines('a sound is kept as it came, with its length, and is found again', async ({ open }) => {
    const store = await open({ clock })
    const sounds = openSounds({ store, clock, ids: createIds({ clock }) })
    const bytes = await tone(3)
    const taken = await sounds.take({ name: 'Bridge_opening-tape.mp3', by: 'ines', source: pieces(bytes) })
    assert.equal(taken.title, 'Bridge opening tape')
    assert.equal(taken.type, 'audio/mpeg')
    assert.ok(Math.abs(taken.seconds - 3) < 0.1, `${taken.seconds}`)
    assert.deepEqual(await sounds.find(taken.file), taken)
    const stream = await sounds.read(taken, 0, taken.bytes - 1)
    assert.deepEqual(await buffer(stream!), bytes)
    assert.deepEqual(await sounds.newest('OPENING'), [taken])
    assert.deepEqual(await sounds.newest('closing'), [])
    assert.deepEqual(
      (await store.events.of({ kind: 'sound', id: taken.id })).map(({ type, actor }) => [type, actor]),
      [['sound.taken', 'ines']],
    )
  })

  onBothEngines('what is no sound, is too large or breaks off is refused, and nothing is left', async ({ open }) => {
    const store = await open({ clock })
    const sounds = openSounds({ store, clock, ids: createIds({ clock }) })
    const take = (source: AsyncIterable<Uint8Array>) => sounds.take({ name: 'x.mp3', by: 'ines', source })
    await assert.rejects(take(pieces(Buffer.from('<script>'.repeat(2000)))), { code: 'SOUND_KIND' })
    await assert.rejects(take(endless()), { code: 'SOUND_TOO_LARGE' })
    const whole = await tone(1)
    await assert.rejects(
      take(
        (async function* () {
          yield whole.subarray(0, 5000)
          throw new Error('The line broke.')
        })(),
      ),
      /The line broke/,
    )
    assert.deepEqual(await sounds.newest(), [])
    assert.deepEqual(await Array.fromAsync(store.blobs.list()), [])
    assert.ok(MOST_SOUND_BYTES < 2 ** 29)
  })
})
