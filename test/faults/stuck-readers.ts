// Run by slow-readers.test.ts in a network of its own, where the kernel holds as little back as on a real line.
import assert from 'node:assert/strict'
import { connect, type Socket } from 'node:net'
import { startStation } from '../world/station.ts'
import { sleep } from '../world/wait.ts'
import { memoryOf, metric, startSteady, STEADY_MOUNT, STEADY_PATH } from './steady.ts'

const STUCK = 500
const HEALTHY = 20
/** Ten seconds of grace, a skip forward, ten seconds more, and what the kernel holds of a 128 kb/s stream. */
const LET_GO_MS = 45_000
const MEMORY_MIB = 32

const station = await startStation({ mounts: [STEADY_MOUNT] })
const steady = await startSteady(station.port, { count: HEALTHY })
await sleep(4000)
const before = memoryOf(station.pid())
const began = performance.now()
const stuck: Socket[] = []
for (let i = 0; i < STUCK; i++) {
  const socket = connect({ port: station.port, host: '127.0.0.1' })
  socket.on('error', () => {})
  socket.pause()
  socket.write(`GET ${STEADY_PATH} HTTP/1.0\r\n\r\n`)
  stuck.push(socket)
}
let most = before
let dropped = 0
let seen = 0
while (dropped < STUCK && performance.now() - began < LET_GO_MS) {
  // oxlint-disable-next-line no-await-in-loop -- watches as time goes by
  await sleep(1000)
  most = Math.max(most, memoryOf(station.pid()))
  // oxlint-disable-next-line no-await-in-loop -- as above
  dropped = await metric(station, 'listeners_dropped_total', STEADY_PATH)
  // oxlint-disable-next-line no-await-in-loop -- as above
  seen = Math.max(seen, await metric(station, 'listeners', STEADY_PATH))
  // oxlint-disable-next-line no-await-in-loop -- as above
  await steady.check()
}
const seconds = Math.round((performance.now() - began) / 1000)
process.stdout.write(
  `${dropped} of ${STUCK} let go after ${seconds} s; memory ${Math.round(before)} MiB, at most ${Math.round(most)} MiB\n`,
)
assert.equal(seen, STUCK + HEALTHY, 'all were listeners at first')
assert.equal(dropped, STUCK, 'all that do not read are let go')
assert.equal(await metric(station, 'listeners', STEADY_PATH), HEALTHY)
assert.ok(most - before < MEMORY_MIB, `memory grew by ${most - before} MiB`)
for (const socket of stuck) socket.destroy()
await steady.stop()
await station.close()
