import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { errorRegistry } from '../../src/base/errors.ts'
import { decode } from '../world/decode.ts'
import { startEncoder } from '../world/encoders.ts'
import { walk } from '../world/frames.ts'
import { listen, tuneIn } from '../world/listeners.ts'
import { needs, startProgram } from '../world/programs.ts'
import { sleep, waitFor } from '../world/wait.ts'
import { hourFiles } from './archive.ts'
import { nowBecomes } from './outsiders.ts'
import {
  command,
  descendants,
  environment,
  groundwave,
  isAlive,
  makePlace,
  ROOT,
  said,
  SOURCE_PASSWORD,
  startDemo,
  writeStation,
  type Place,
} from './program.ts'

describe('starting and stopping', () => {
  test('`npm start` stops cleanly, keeps what went out, and starts again', needs('npm', 'ffmpeg'), async (t) => {
    const place = await makePlace()
    const npm = startProgram('npm', ['start'], {
      cwd: ROOT,
      env: environment(place, { GROUNDWAVE_DATA: place.folder, PATH: process.env['PATH'] }),
    })
    await said(npm, /^ready .*$/m, 60_000)
    const processes = descendants(npm.pid)
    const main = processes.find(({ args }) => /^\S*node scripts\/groundwave\.ts demo$/.test(args))
    assert.ok(main, JSON.stringify(processes))
    const crowd = await Promise.all(
      ['/news.mp3', '/music.mp3', '/classical.mp3'].map((path) => listen({ port: place.airPort, path })),
    )
    const ends = crowd.map(({ socket }) => once(socket, 'end', { signal: AbortSignal.timeout(20_000) }))
    await sleep(6000)

    const began = performance.now()
    process.kill(main.pid, 'SIGTERM')
    assert.equal(await npm.exited, 0, npm.output())
    const took = performance.now() - began
    t.diagnostic(`stopped after ${Math.round(took)} ms`)
    assert.ok(took < 8000, `${took} ms`)
    await Promise.all(ends)
    assert.deepEqual(
      processes.filter(({ pid }) => isAlive(pid)),
      [],
      'no process is left',
    )
    for (const [i, mount] of ['news', 'music', 'classical'].entries()) {
      const heard = walk(crowd[i]!.body(), 'mp3')
      assert.deepEqual([heard.rest, heard.junk], [0, 0], 'listeners got whole frames to the end')
      const file = hourFiles(join(place.folder, 'data'), mount).at(-1)
      assert.ok(file, `there is an archive of ${mount}`)
      assert.equal(file.audio.length, file.indexed, `every byte of ${file.path} is indexed`)
      assert.ok(file.audio.includes(Buffer.concat(heard.frames.slice(-40))), 'what was heard last was kept')
      // oxlint-disable-next-line no-await-in-loop -- three files
      const decoded = await decode(file.audio, 'mp3')
      assert.deepEqual(decoded.errors, [])
      assert.ok(decoded.seconds > 5 && decoded.level > -60, JSON.stringify(decoded))
    }

    const restarted = performance.now()
    const again = groundwave(place, ['demo'], { GROUNDWAVE_DATA: place.folder })
    await said(again, /^ready .*$/m)
    const ready = performance.now() - restarted
    t.diagnostic(`the second start was heard after ${Math.round(ready)} ms`)
    process.kill(again.pid, 'SIGTERM')
    assert.equal(await again.exited, 0)
    assert.ok(ready < 5000, `${ready} ms`)
  })

  test('Ctrl-C, which every process of the terminal gets at once, is a clean stop', needs('npm'), async (t) => {
    const place = await makePlace()
    // A group of its own, as a terminal makes it.
    const options = { cwd: ROOT, env: environment(place, { GROUNDWAVE_DATA: place.folder }), detached: true }
    const npm = spawn('npm', ['start'], { ...options, stdio: ['ignore', 'pipe', 'inherit'] })
    t.after(() => npm.exitCode ?? npm.signalCode ?? process.kill(-npm.pid!, 'SIGKILL'))
    let words = ''
    npm.stdout.on('data', (chunk: Buffer) => (words += chunk.toString()))
    await waitFor('npm start is ready', () => /^ready /m.test(words), { ms: 60_000, about: () => words })
    const processes = descendants(npm.pid!)
    await sleep(1500)
    process.kill(-npm.pid!, 'SIGINT')
    await once(npm, 'exit')
    await waitFor('all are gone', () => processes.every(({ pid }) => !isAlive(pid)), { ms: 8000 })
    const file = hourFiles(join(place.folder, 'data'), 'news').at(-1)
    assert.equal(file?.audio.length, file?.indexed, `every byte of ${file?.path} is indexed`)
    assert.ok((file?.indexed ?? 0) > 0)
  })

  test('a port that is taken is named, with the way to mend it, and the exit code is 1', async () => {
    for (const side of ['air', 'house'] as const) {
      const taken = createServer().listen({ port: 0, host: '::' })
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      await once(taken, 'listening')
      const { port } = taken.address() as AddressInfo
      const place = await makePlace() // oxlint-disable-line no-await-in-loop
      writeStation(place, { mounts: [{ path: '/live.mp3' }] })
      const program = groundwave(place, ['serve', place.folder], { [`GROUNDWAVE_${side.toUpperCase()}_PORT`]: String(port) }) // prettier-ignore
      const late = setTimeout(() => process.kill(program.pid, 'SIGKILL'), 15_000)
      const code = await program.exited // oxlint-disable-line no-await-in-loop
      clearTimeout(late)
      taken.close()
      const { message, hint } = errorRegistry.PORT_TAKEN
      assert.equal(code, 1, program.output())
      assert.ok(program.output().includes(`${message} (${port})\n  ${hint}`), program.output())
      assert.ok(!/ready|\bat .*\.ts:\d/.test(program.output()), 'no promise, no stack')
    }
  })

  test('a file that cannot be read is answered with line and hint, and nothing starts', async () => {
    const place = await makePlace()
    writeFileSync(
      join(place.folder, 'groundwave.yaml'),
      'station:\n  name: Typo Radio\nmounts:\n  - path: /live.mp3\n    name: Live\n    sourse: { password: x }\n',
    )
    const { code, said: words } = await command(place, ['serve', place.folder])
    assert.equal(code, 1)
    assert.match(words, /groundwave\.yaml:6:\d+ .*sourse/)
    assert.match(words, /source/, 'the key that was meant')
    assert.ok(words.includes(errorRegistry.CONFIG_INVALID.hint), words)
    assert.ok(!/\bat .*\.ts:\d/.test(words), words)
  })

  test('air and house started apart find each other, whoever comes first', needs('ffmpeg'), async () => {
    const place = await makePlace()
    writeStation(place, { mounts: [{ path: '/live.mp3' }] })
    const house = groundwave(place, ['serve', place.folder, '--only', 'house'])
    await answers(place, 'house')
    const page = await (await fetch(place.house)).text()
    assert.match(page, /<gw-player/, 'the player stands on the page before the air is there')
    let air = groundwave(place, ['serve', place.folder, '--only', 'air'])
    await answers(place, 'air')
    const encoder = await startEncoder({
      port: place.airPort,
      path: '/live.mp3',
      codec: 'mp3',
      password: SOURCE_PASSWORD,
    })
    await nowBecomes(place.house, 'live', ({ feed, up }) => up && feed === 'source')
    const listener = await tuneIn({ port: place.airPort, path: '/live.mp3' })
    await listener.heard(40_000)
    process.kill(house.pid, 'SIGTERM')
    assert.equal(await house.exited, 0)
    await listener.heard(listener.length() + 40_000)
    const second = groundwave(place, ['serve', place.folder, '--only', 'house'])
    await nowBecomes(place.house, 'live', ({ feed }) => feed === 'source')

    process.kill(air.pid, 'SIGTERM')
    assert.equal(await air.exited, 0)
    const gone = await nowBecomes(place.house, 'live', ({ up }) => !up, 15_000)
    assert.equal(gone.feed, 'off', 'an air that stays away is said to be off')
    air = groundwave(place, ['serve', place.folder, '--only', 'air'])
    await answers(place, 'air')
    await encoder.stop()
    const back = await startEncoder({ port: place.airPort, path: '/live.mp3', codec: 'mp3', password: SOURCE_PASSWORD })
    await nowBecomes(place.house, 'live', ({ feed }) => feed === 'source')
    await back.stop()
    process.kill(air.pid, 'SIGTERM')
    process.kill(second.pid, 'SIGTERM')
    assert.deepEqual(await Promise.all([air.exited, second.exited]), [0, 0])
  })

  test('a supervisor that is killed leaves no orphan', async () => {
    const { program } = await startDemo()
    const processes = descendants(program.pid)
    assert.equal(processes.length, 2)
    process.kill(program.pid, 'SIGKILL')
    await waitFor('both processes end by themselves', () => processes.every(({ pid }) => !isAlive(pid)), { ms: 10_000 })
  })
})

const answers = (place: Place, side: 'air' | 'house') =>
  waitFor(`${side} answers`, () => fetch(`${place[side]}/healthz`).then(() => true, () => false), { every: 20 }) // prettier-ignore
