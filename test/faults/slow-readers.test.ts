import assert from 'node:assert/strict'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { startEncoder } from '../world/encoders.ts'
import { tuneIn } from '../world/listeners.ts'
import { needs, run } from '../world/programs.ts'
import { startStation } from '../world/station.ts'
import { sleep, waitFor } from '../world/wait.ts'
import { LONGEST_GAP_MS, memoryOf, metric } from './steady.ts'

// Listeners that stop reading cost next to nothing and are let go; the others never notice.

const root = process.getuid?.() === 0
const FULL = process.env['GROUNDWAVE_FAULTS'] === 'full'
const ownNetwork = root ? needs('ffmpeg', 'unshare', 'ip') : { skip: 'only root can make a network of its own' }

describe('slow readers', () => {
  // A connection of this machine to itself may hold 4 MB back in the kernel, minutes of a stream: over a real line it
  // is far less. So that the server notices in time, the test runs where the kernel is as strict.
  test('500 that stop reading are let go, 20 others hear on', { ...ownNetwork, timeout: 120_000 }, async (t) => {
    const strict = 'ip link set lo up && echo "4096 16384 131072" > /proc/sys/net/ipv4/tcp_wmem && exec "$0" "$@"'
    const script = join(import.meta.dirname, 'stuck-readers.ts')
    const inside = await run('unshare', ['-n', 'sh', '-c', strict, process.execPath, script], { timeoutMs: 110_000 })
    assert.equal(inside.code, 0, `${inside.stdout.toString()}\n${inside.stderr}`)
    t.diagnostic(inside.stdout.toString().trim())
  })

  // The same with this machine's own kernel, which takes longer: the short form leaves it out where the other ran.
  const wide = FULL || 'skip' in ownNetwork ? needs('ffmpeg') : { skip: 'only in the long form' }

  test('readers that stop on a wide stream are let go', { ...wide, timeout: 90_000 }, async (t) => {
    const station = await startStation({ mounts: ['/wide.flac'] })
    const { port } = station
    // Wide enough that even what the kernel holds back is soon full.
    const encoder = await startEncoder({ port, path: '/wide.flac', codec: 'flac', toneName: 'wide-flac' })
    const stuck: Socket[] = []
    try {
      const healthy = await tuneIn({ port, path: '/wide.flac' })
      await sleep(4000)
      const before = memoryOf(station.pid())
      const began = performance.now()
      for (let i = 0; i < 40; i++) {
        const socket = connect({ port, host: '127.0.0.1' })
        socket.on('error', () => {})
        socket.pause()
        socket.write('GET /wide.flac HTTP/1.0\r\n\r\n')
        stuck.push(socket)
      }
      await sleep(1000)
      assert.equal(await metric(station, 'listeners', '/wide.flac'), 41)
      const alone = async () => (await metric(station, 'listeners', '/wide.flac')) === 1
      await waitFor('they are let go', alone, { ms: 60_000, every: 500 })
      const grown = memoryOf(station.pid()) - before
      const gap = healthy.longestGap(began)
      t.diagnostic(`after ${Math.round((performance.now() - began) / 1000)} s; memory grew by ${Math.round(grown)} MiB`)
      assert.equal(await metric(station, 'listeners_dropped_total', '/wide.flac'), 40)
      assert.ok(grown < 48, `memory grew by ${grown} MiB`)
      assert.ok(gap < LONGEST_GAP_MS, `the healthy listener waited ${gap} ms`)
      healthy.close()
    } finally {
      for (const socket of stuck) socket.destroy()
      await encoder.stop()
      await station.close()
    }
  })
})
