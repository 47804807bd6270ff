import assert from 'node:assert/strict'
import { appendFileSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { checkArchive, readArchive } from '../world/archive.ts'
import { decodeAt } from '../world/decode.ts'
import { PlaylistWatch } from '../world/hls.ts'
import { needs, run } from '../world/programs.ts'
import { makeStation, type Station } from '../world/station.ts'
import { sleep, waitFor } from '../world/wait.ts'
import { metric, startSteady, STEADY_MOUNT, STEADY_PATH } from './steady.ts'

// The disk is full: the archive stops and says so, the air goes on, and when there is room the archive goes on too.

const SIZE = '3m'
const root =
  process.getuid?.() === 0 ? needs('ffmpeg', 'mount', 'umount') : { skip: 'only root can mount a small disk' }

type Health = { status: string; troubles: { mount: string; what: string; since: string }[] }
const health = async (station: Station): Promise<Health> =>
  (await fetch(`${station.url}/healthz`)).json() as Promise<Health>

/** Writes until nothing more goes in. */
const fill = (file: string): void => {
  for (let size = 64 * 1024; size >= 1; size = Math.floor(size / 2)) {
    try {
      for (;;) appendFileSync(file, Buffer.alloc(size, 1))
    } catch (cause) {
      assert.equal((cause as NodeJS.ErrnoException).code, 'ENOSPC')
    }
  }
}

describe('full disk', { ...root, timeout: 90_000 }, () => {
  test('stops the archive, never the air, and resumes', async () => {
    const station = await makeStation({ mounts: [STEADY_MOUNT] })
    mkdirSync(station.data)
    const mounted = await run('mount', ['-t', 'tmpfs', '-o', `size=${SIZE}`, 'none', station.data])
    assert.equal(mounted.code, 0, mounted.stderr)
    try {
      await station.start()
      const steady = await startSteady(station.port)
      const watch = new PlaylistWatch(`${station.url}/hls/steady/live.m3u8`)
      const edge = async () => (await watch.poll())?.segments.at(-1)?.sequence ?? -1
      await waitFor('two segments', async () => (await edge()) >= 1, { ms: 15_000, every: 300 })
      assert.deepEqual((await health(station)).troubles, [])

      const ballast = join(station.data, 'ballast')
      fill(ballast)
      const said = await station.logged(/the archive of \/steady\.mp3 has stopped; the air goes on/)
      assert.match(said, / error .*ENOSPC/)
      const [trouble] = (await health(station)).troubles
      assert.deepEqual([trouble?.mount, (await health(station)).status], [STEADY_PATH, 'troubled'])
      assert.match(trouble?.what ?? '', /is not archived: .*ENOSPC/)
      assert.equal(await metric(station, 'archive_stopped', STEADY_PATH), 1)

      // Listeners and live HLS go on, with segments that can be had.
      const from = await edge()
      await waitFor('HLS goes on', async () => (await edge()) >= from + 2, { ms: 15_000, every: 300 })
      for (const { url } of (await watch.poll())!.segments) {
        // oxlint-disable-next-line no-await-in-loop -- as a player loads them
        assert.equal((await fetch(url)).status, 200, url)
      }
      await steady.check()

      rmSync(ballast)
      await station.logged(/the archive of \/steady\.mp3 goes on/, { ms: 25_000 })
      await waitFor('no trouble is left', async () => (await health(station)).troubles.length === 0)
      assert.equal(await metric(station, 'archive_stopped', STEADY_PATH), 0)
      const resumed = await edge()
      await waitFor('two more segments', async () => (await edge()) >= resumed + 2, { ms: 12_000, every: 300 })
      await steady.check()
      await steady.stop()
      assert.equal(await station.stop(), 0)

      const files = readArchive(join(station.data, 'air', 'steady'))
      checkArchive(files, 'mp3', { holes: true })
      const numbers = files.flatMap(({ records }) => records.map((record) => record.seq))
      assert.ok(
        numbers.some((seq) => seq > resumed),
        'what came after is archived',
      )
      for (const { audio } of files) {
        // oxlint-disable-next-line no-await-in-loop -- one or two
        assert.deepEqual((await decodeAt(audio, 'mp3')).errors, [])
      }
    } finally {
      await station.stop()
      // Nobody may be looking into it any more.
      await sleep(100)
      await run('umount', [station.data])
      await station.close()
    }
  })
})
