import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { checkArchive, epochSound, readArchive } from '../world/archive.ts'
import { decodeAt } from '../world/decode.ts'
import { FORMATS, startEncoder, type Codec } from '../world/encoders.ts'
import { soundPages, walk, type Family } from '../world/frames.ts'
import { PlaylistWatch } from '../world/hls.ts'
import { tuneIn, type Listener } from '../world/listeners.ts'
import { needs, type Program } from '../world/programs.ts'
import { makeStation, startStation, type Station } from '../world/station.ts'
import { sleep, waitFor } from '../world/wait.ts'

// The air is killed in the middle of its work, again and again: what went out is kept, and no number is used twice.

const FULL = process.env['GROUNDWAVE_FAULTS'] === 'full'
const KILLS = FULL ? 30 : 5
/**
 * Longest time between hearing a frame and its being safe. The promise is one segment, 4 s; but a kill takes nothing
 * that was handed to the kernel, and every tick hands it what came.
 */
const AT_RISK_MS = 2000

const CODECS: Codec[] = ['mp3', 'aac', 'opus']
const pathOf = (codec: Codec) => `/kill-${codec}.${FORMATS[codec].extension}`

const stations: Station[] = []
const programs: Program[] = []
const watchers: { stop: () => Promise<void> }[] = []
after(async () => {
  await Promise.allSettled(watchers.map((watcher) => watcher.stop()))
  await Promise.all(programs.map((program) => program.stop()))
  await Promise.all(stations.map((station) => station.close()))
})

const folderOf = (station: Station, codec: Codec) => join(station.data, 'air', `kill-${codec}`)

/** The frames a listener had got by some moment, as one run of bytes; of Ogg, the pages with sound. */
const soundBy = (listener: Listener, moment: number, family: Family): Buffer => {
  const bytes = Buffer.concat(listener.chunks.filter(({ at }) => at <= moment).map((chunk) => chunk.bytes))
  const { frames } = walk(bytes, family)
  return Buffer.concat(family === 'ogg' ? soundPages(frames) : frames)
}

/** Polls all playlists until told to stop; while the air is away there is nothing to see. */
const watching = (watches: PlaylistWatch[]): { stop: () => Promise<void> } => {
  const state = { stopped: false }
  const polling = (async () => {
    while (!state.stopped) {
      for (const watch of watches) {
        // oxlint-disable-next-line no-await-in-loop -- players poll
        await watch.poll().catch((cause: unknown) => {
          if (!(cause instanceof TypeError)) throw cause
        })
      }
      // oxlint-disable-next-line no-await-in-loop -- as above
      await sleep(300)
    }
  })()
  polling.catch(() => {})
  const stop = () => {
    state.stopped = true
    return polling
  }
  watchers.push({ stop })
  return { stop }
}

const tuneInAll = (port: number): Promise<Listener[]> =>
  Promise.all(CODECS.map((codec) => tuneIn({ port, path: pathOf(codec) })))

const encodeAll = async (port: number): Promise<Program[]> => {
  const started = await Promise.all(CODECS.map((codec) => startEncoder({ port, path: pathOf(codec), codec })))
  programs.push(...started)
  return started
}

/** Everything heard until shortly before `killed` is in the archive, and the archive is sound. */
const checkKept = (station: Station, listeners: Listener[], killed: number): void => {
  for (const [i, codec] of CODECS.entries()) {
    const { family } = FORMATS[codec]
    const files = readArchive(folderOf(station, codec))
    checkArchive(files, family)
    const heard = soundBy(listeners[i]!, killed - AT_RISK_MS, family)
    const kept =
      heard.length === 0 ||
      epochSound(files)
        .values()
        .some((sound) => sound.includes(heard))
    assert.ok(kept, `${codec}: ${heard.length} bytes that a listener heard are not in the archive`)
  }
}

describe('kill -9 of the air', needs('ffmpeg'), () => {
  test(`${KILLS} times while it records`, { timeout: KILLS * 25_000 + 30_000 }, async (t) => {
    const station = await startStation({ mounts: CODECS.map(pathOf) })
    stations.push(station)
    const watches = CODECS.map((codec) => new PlaylistWatch(`${station.url}/hls/kill-${codec}/live.m3u8`))
    const watch = watching(watches)
    let heardBytes = 0
    for (let kill = 0; kill < KILLS; kill++) {
      // oxlint-disable-next-line no-await-in-loop -- one life after the other
      const encoders = await encodeAll(station.port)
      // oxlint-disable-next-line no-await-in-loop -- as above
      const listeners = await tuneInAll(station.port)
      // Every other life is long enough for bytes to be safe; the rest may end before their first segment.
      // oxlint-disable-next-line no-await-in-loop -- as above
      await sleep(kill % 2 === 0 ? 6000 + Math.random() * 5000 : Math.random() * 6000)
      const killed = performance.now()
      // oxlint-disable-next-line no-await-in-loop -- as above
      await station.kill()
      // oxlint-disable-next-line no-await-in-loop -- as above
      await Promise.all(encoders.map((encoder) => encoder.stop()))
      // oxlint-disable-next-line no-await-in-loop -- as above
      await station.start()
      checkKept(station, listeners, killed)
      heardBytes += soundBy(listeners[0]!, killed - AT_RISK_MS, 'mp3').length
      for (const listener of listeners) listener.close()
    }
    await watch.stop()
    assert.ok(heardBytes > 100_000, `only ${heardBytes} bytes were ever safe enough to be looked for`)
    for (const [i, codec] of CODECS.entries()) {
      const files = readArchive(folderOf(station, codec))
      const { edge } = watches[i]!
      const last = files.at(-1)?.records.at(-1)?.seq ?? -1
      assert.ok(edge >= 0 && edge <= last, `the newest segment that was public is ${edge}, the archive's last ${last}`)
      for (const { audio, records } of files) {
        // ffmpeg wants a few frames before it believes a file.
        if (records.reduce((sum, record) => sum + record.frames, 0) < 20) continue
        // oxlint-disable-next-line no-await-in-loop -- two cores
        assert.deepEqual((await decodeAt(audio, FORMATS[codec].family)).errors, [], audio)
      }
      t.diagnostic(`${codec}: ${files.length} hour files, ${last + 1} segments, the newest public one was ${edge}`)
    }
  })

  test('under `serve`, it is back by itself and goes on where it was', { timeout: 60_000 }, async () => {
    const station = await makeStation({ mounts: CODECS.map(pathOf), whole: true })
    stations.push(station)
    await station.start()
    const encoders = await encodeAll(station.port)
    const watches = CODECS.map((codec) => new PlaylistWatch(`${station.url}/hls/kill-${codec}/live.m3u8`))
    const watch = watching(watches)
    const listeners = await tuneInAll(station.port)
    await sleep(9000)
    const killed = performance.now()
    process.kill(airOf(station), 'SIGKILL')
    await Promise.all(encoders.map((encoder) => encoder.stop()))
    await station.logged(/air ended and is started again/)
    const edges = watches.map(({ edge }) => edge)
    const again = await waitFor(
      'the air is back',
      async () => (await fetch(`${station.url}/healthz`).catch(() => null))?.ok,
      { ms: 10_000 },
    )
    assert.equal(again, true)
    checkKept(station, listeners, killed)
    await encodeAll(station.port)
    await waitFor('new segments', () => watches.every(({ edge }, i) => edge > edges[i]!), { ms: 20_000 })
    await watch.stop()
    for (const listener of listeners) listener.close()
  })
})

/** The pid of the supervisor's child that is the air. */
const airOf = (station: Station): number => {
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      const [, parent] = /^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${name}/status`, 'utf8')) ?? []
      const command = readFileSync(`/proc/${name}/cmdline`, 'utf8')
      if (Number(parent) === station.pid() && command.includes('--only\0air')) return Number(name)
    } catch {
      // It has ended between two looks.
    }
  }
  throw new Error('The supervisor has no air.')
}
