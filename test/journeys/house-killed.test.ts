import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, describe, test, type TestContext } from 'node:test'
import { walk } from '../world/frames.ts'
import { listen, type Listener } from '../world/listeners.ts'
import { sleep, waitFor } from '../world/wait.ts'
import { recordingOf, runsOf, type Recording } from './heard.ts'
import { follow, type Follower } from './outsiders.ts'
import { isAlive, ROOT, sideOf, startDemo, type Station } from './program.ts'

const LISTENERS = 200 // and one before them
const MOUNT = '/news.mp3'

describe('the house is killed, and no listener notices', () => {
  let station: Station
  let follower: Follower
  let crowd: Listener[] = []
  let playout: Recording

  before(async () => {
    playout = recordingOf('playout', join(ROOT, 'demo/station/audio/news-hour.mp3'))
    station = await startDemo()
    follower = follow(station.place.house)
    const port = station.place.airPort
    // One begins before the others: its recording holds theirs.
    crowd = [await listen({ port, path: MOUNT })]
    for (let i = 0; i < LISTENERS; i += 20)
      // oxlint-disable-next-line no-await-in-loop -- they come in twenties
      crowd.push(...(await Promise.all(Array.from({ length: 20 }, () => listen({ port, path: MOUNT })))))
    await Promise.all(crowd.map((listener) => listener.heard(16_000)))
  })
  after(async () => {
    follower.close()
    for (const listener of crowd) listener.close()
    await station.stop()
  })

  const kill = async (t: TestContext) => {
    const { program, place } = station
    const [air, house] = [sideOf(program, 'air'), sideOf(program, 'house')]
    const { connections } = { connections: follower.connections() }
    const began = performance.now()
    process.kill(house, 'SIGKILL')
    await waitFor('the house is gone', () => !isAlive(house))
    await assert.rejects(fetch(`${place.house}/healthz`), 'nobody answers in its place')
    await waitFor('the house is back', () => fetch(`${place.house}/api/v1/now`).then(({ ok }) => ok, () => false), { every: 20 }) // prettier-ignore
    t.diagnostic(`the house was back after ${Math.round(performance.now() - began)} ms`)
    assert.notEqual(sideOf(program, 'house'), house)
    assert.equal(sideOf(program, 'air'), air, 'the air was left alone')
    await waitFor('the follower of events is back', () => follower.connections() > connections)
    assert.equal(follower.heard('news').at(-1)?.feed, 'backup', 'and is told what is on')
    await sleep(1500)
    const gaps = crowd.map((listener) => listener.longestGap(began)).toSorted((a, b) => a - b)
    t.diagnostic(
      `longest wait for bytes: ${Math.round(gaps.at(-1)!)} ms, median ${Math.round(gaps[LISTENERS / 2]!)} ms`,
    )
    assert.ok(gaps.at(-1)! <= 1000, `a listener waited ${gaps.at(-1)} ms`)
  }

  test('killed once: everybody hears on, and the house comes back by itself', kill)
  test('killed again, at once', kill)

  test('nobody lost a byte', () => {
    const lost = crowd
      .filter((listener) => !listener.open())
      .map((listener) => `${listener.head.split('\r')[0]}: ${listener.length()}`)
    assert.deepEqual(lost, [], 'all are still connected')
    const [first, ...others] = crowd.map((listener) => listener.body())
    const runs = runsOf(walk(first!, 'mp3').frames, [playout])
    assert.equal(runs.length, 1, `every frame of the recording, in its order: ${JSON.stringify(runs)}`)
    const seconds = (runs[0]!.count * 1152) / 44_100
    assert.ok(seconds > 8, `${seconds} s`)
    for (const body of others) {
      const at = first!.indexOf(body.subarray(0, 4096))
      assert.ok(at >= 0, 'it begins somewhere in the first recording')
      const length = Math.min(body.length, first!.length - at)
      assert.ok(first!.subarray(at, at + length).equals(body.subarray(0, length)), 'and goes on like it')
      // All get the same buffers; what is under way between two of them is less than a second.
      assert.ok(first!.length - at - body.length < 8000, 'to the same end')
    }
  })
})
