import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { checkArchive, readArchive } from '../world/archive.ts'
import { decode } from '../world/decode.ts'
import { FORMATS, rawSource, sourceHead, startEncoder, type RawSource } from '../world/encoders.ts'
import { walk, wholeFrames } from '../world/frames.ts'
import { listen, tuneIn, type Listener } from '../world/listeners.ts'
import { needs } from '../world/programs.ts'
import { startStation, type Station } from '../world/station.ts'
import { tone } from '../world/tones.ts'
import { sleep, waitFor } from '../world/wait.ts'

// Who feeds a mount changes; who listens to it stays connected and hears whole frames.

const LOST_MS = 4000
const AIR = { stalled: '1s', lost: `${LOST_MS}ms`, hold_off: '2s' }

type Fed = { feed: string; up: boolean }
const fedBy = async ({ url }: Station, mount: string): Promise<string> => {
  const report = (await (await fetch(`${url}/healthz`)).json()) as { mounts: (Fed & { mount: string })[] }
  return report.mounts.find((one) => one.mount === mount)?.feed ?? 'none'
}

const isFedBy = (station: Station, mount: string, feed: string, ms = 15_000): Promise<true> =>
  waitFor(`${mount} is fed by ${feed}`, async () => (await fedBy(station, mount)) === feed, { ms, every: 50 })

/** All that a listener got is whole frames, and ffmpeg decodes them. */
const assertSound = async (listener: Listener): Promise<void> => {
  const body = listener.body()
  const { lead, junk, rest } = walk(body, 'mp3')
  assert.deepEqual({ lead, junk, rest }, { lead: 0, junk: 0, rest: 0 })
  assert.deepEqual((await decode(body, 'mp3')).errors, [])
}

const send = async (station: Station, path: string): Promise<RawSource> => {
  const source = await rawSource({ port: station.port, head: sourceHead(path) })
  void source.send(readFileSync(await tone('mp3')), 16_000)
  return source
}

describe('takeover and fallback', { ...needs('ffmpeg'), concurrency: true, timeout: 60_000 }, () => {
  test('an encoder that reconnects takes over from its own dead connection', async () => {
    const station = await startStation({ mounts: ['/main.mp3'], air: AIR })
    try {
      const first = await send(station, '/main.mp3')
      const listener = await tuneIn({ port: station.port, path: '/main.mp3' })
      await sleep(3000)
      // It logs in, and its first frames are some time on their way.
      const second = await rawSource({ port: station.port, head: sourceHead('/main.mp3') })
      await sleep(1200)
      void second.send(readFileSync(await tone('mp3')), 16_000)
      await waitFor('the first is dropped', () => !first.open(), { ms: 3000 })
      assert.match(second.answer(), /^HTTP\/1\.0 200 OK/)
      const from = performance.now()
      await sleep(3000)
      assert.ok(listener.open())
      assert.equal(await fedBy(station, '/main.mp3'), 'source')
      assert.ok(listener.longestGap(from) < 1200, `${listener.longestGap(from)} ms`)
      assert.ok(station.log().some((line) => line.includes('another connection took over')))
      // Atomically: nothing was put in between.
      assert.ok(!station.log().some((line) => line.includes('now=silence')))
      await assertSound(listener)
      second.close()
      listener.close()
    } finally {
      await station.close()
    }
  })

  test('wrong credentials do not take over, nor does a stranger to the mount', async () => {
    const station = await startStation({ mounts: ['/main.mp3'] })
    const encoder = await startEncoder({ port: station.port, path: '/main.mp3', codec: 'mp3' })
    try {
      const listener = await tuneIn({ port: station.port, path: '/main.mp3' })
      const wrong = await startEncoder({ port: station.port, path: '/main.mp3', codec: 'mp3', password: 'wrong' })
      await wrong.exited
      const unknown = await startEncoder({ port: station.port, path: '/other.mp3', codec: 'mp3' })
      await unknown.exited
      assert.match(wrong.output(), /401/)
      assert.match(unknown.output(), /404/)
      await sleep(1000)
      assert.ok(listener.open() && encoder.running())
      await assertSound(listener)
      listener.close()
    } finally {
      await encoder.stop()
      await station.close()
    }
  })

  test('F1: main lost, backup heard within the time set, and back after the hold-off', async () => {
    const mounts = [{ path: '/main.mp3', backups: ['/backup.mp3'] }, '/backup.mp3']
    const station = await startStation({ mounts, air: AIR })
    const { port } = station
    const backup = await startEncoder({ port, path: '/backup.mp3', codec: 'mp3' })
    try {
      const main = await send(station, '/main.mp3')
      const listeners = await Promise.all([1, 2, 3].map(() => tuneIn({ port, path: '/main.mp3' })))
      await sleep(3000)
      // It stays connected and sends no more: nobody tells the server that it is lost.
      main.socket.cork()
      const lostAt = performance.now()
      await station.logged(/the source of \/main\.mp3 is connected but sends nothing/)
      await isFedBy(station, '/main.mp3', 'backup')
      const after = performance.now() - lostAt
      assert.ok(after > LOST_MS - 1000 && after < LOST_MS + 1500, `switched after ${after} ms`)
      await sleep(2000)
      // What the backup sent meanwhile was handed over: nothing of the lost time is missing.
      for (const listener of listeners) {
        const seconds = (walk(listener.body(), 'mp3').frames.length * 1152) / 44_100
        const due = (performance.now() - listener.chunks[0]!.at) / 1000
        assert.ok(seconds > due - 1.5, `${seconds} s of sound in ${due} s`)
      }
      main.close()
      const backAt = performance.now()
      const again = await startEncoder({ port, path: '/main.mp3', codec: 'mp3' })
      await isFedBy(station, '/main.mp3', 'source')
      const held = performance.now() - backAt
      assert.ok(held > 2000 && held < 5000, `came back after ${held} ms`)
      await sleep(1500)
      for (const listener of listeners) {
        assert.ok(listener.open())
        // oxlint-disable-next-line no-await-in-loop -- three
        await assertSound(listener)
        listener.close()
      }
      await again.stop()
      checkArchive(readArchive(join(station.data, 'air', 'main')), 'mp3')
    } finally {
      await backup.stop()
      await station.close()
    }
  })

  test('F1: main killed, then the backup too: silence of the same kind, then main again', async () => {
    const mounts = [{ path: '/main.mp3', backups: ['/backup.mp3'] }, '/backup.mp3']
    const station = await startStation({ mounts, air: AIR })
    const { port } = station
    try {
      const backup = await startEncoder({ port, path: '/backup.mp3', codec: 'mp3' })
      await isFedBy(station, '/backup.mp3', 'source')
      const main = await startEncoder({ port, path: '/main.mp3', codec: 'mp3' })
      await isFedBy(station, '/main.mp3', 'source')
      const listener = await tuneIn({ port, path: '/main.mp3' })
      await sleep(2000)
      await main.stop('SIGKILL')
      await isFedBy(station, '/main.mp3', 'backup', 3000)
      await sleep(1500)
      await backup.stop('SIGKILL')
      await isFedBy(station, '/main.mp3', 'silence', 3000)
      const from = performance.now()
      await sleep(3000)
      assert.ok(listener.longestGap(from) < 1200, `${listener.longestGap(from)} ms of nothing, not even silence`)
      const again = await startEncoder({ port, path: '/main.mp3', codec: 'mp3' })
      await isFedBy(station, '/main.mp3', 'source', 5000)
      await sleep(1500)
      assert.ok(listener.open())
      await assertSound(listener)
      listener.close()
      await again.stop()
      checkArchive(readArchive(join(station.data, 'air', 'main')), 'mp3')
    } finally {
      await station.close()
    }
  })

  for (const codec of ['aac', 'vorbis', 'opus', 'flac'] as const) {
    const { extension, family } = FORMATS[codec]
    test(`a listener of ${codec} hears on through a break: what comes after is a stream of its own`, async () => {
      const path = `/main.${extension}`
      const station = await startStation({ mounts: [path], air: AIR })
      const { port } = station
      try {
        const first = await startEncoder({ port, path, codec })
        const listener = await tuneIn({ port, path })
        await sleep(4000)
        await first.stop('SIGKILL')
        // There is no silence to be made of Vorbis: its listeners wait for the encoder as for one that stalls.
        if (codec !== 'vorbis') await isFedBy(station, path, 'silence', 3000)
        await sleep(2000)
        const again = await startEncoder({ port, path, codec })
        await isFedBy(station, path, 'source', 5000)
        await sleep(4000)
        const body = wholeFrames(listener.body(), family)
        const { lead, junk } = walk(body, family)
        assert.deepEqual({ lead, junk }, { lead: 0, junk: 0 })
        const { errors, seconds } = await decode(body, family)
        assert.deepEqual(errors, [])
        assert.ok(listener.open())
        assert.ok(seconds > (codec === 'vorbis' ? 4.5 : 8), `${seconds} s`)
        await again.stop()
        if (codec === 'vorbis') {
          // For good: nothing else can be sent, and they are told so.
          await waitFor('the listener is let go', () => !listener.open(), { ms: LOST_MS + 3000 })
          assert.equal(await fedBy(station, path), 'off')
        }
        listener.close()
        checkArchive(readArchive(join(station.data, 'air', 'main')), family)
      } finally {
        await station.close()
      }
    })
  }

  test('SIGTERM: listeners get the last frames, files are whole, the process ends with 0', async () => {
    const station = await startStation({ mounts: ['/main.mp3'] })
    const encoder = await startEncoder({ port: station.port, path: '/main.mp3', codec: 'mp3' })
    try {
      const listener = await tuneIn({ port: station.port, path: '/main.mp3' })
      const slow = await listen({ port: station.port, path: '/main.mp3' })
      await sleep(5000)
      slow.socket.pause()
      const began = performance.now()
      assert.equal(await station.stop(), 0)
      assert.ok(performance.now() - began < 6000, 'one that does not read does not hold it up')
      await waitFor('the listener is let go', () => !listener.open(), { ms: 2000 })
      await assertSound(listener)
      const files = readArchive(join(station.data, 'air', 'main'))
      checkArchive(files, 'mp3')
      const [file] = files
      const kept = file!.records.at(-1)!
      assert.equal(kept.byteOffset + kept.byteLength, file!.bytes.length, 'every byte of the file is indexed')
      assert.ok(file!.bytes.includes(walk(listener.body(), 'mp3').frames.at(-1)!), 'the last frame heard is kept')
      slow.close()
    } finally {
      await encoder.stop()
      await station.close()
    }
  })
})
