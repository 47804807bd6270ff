import assert from 'node:assert/strict'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { errorRegistry } from '../../src/base/errors.ts'
import { startEncoder } from '../world/encoders.ts'
import { needs } from '../world/programs.ts'
import { nowBecomes } from './outsiders.ts'
import { command, makePlace, serve } from './program.ts'

describe('the command line', () => {
  test('help names every command, and a word it does not know is answered kindly', async () => {
    const place = await makePlace()
    const help = await command(place, ['help'])
    assert.equal(help.code, 0)
    for (const name of ['demo', 'init DIR', 'serve DIR', 'check DIR', 'doctor DIR'])
      assert.ok(help.said.includes(`groundwave ${name}`), help.said)
    assert.deepEqual(await command(place, []), help, 'nothing said is a question, too')
    const { code, said } = await command(place, ['broadcast'])
    assert.equal(code, 1)
    assert.ok(said.includes(errorRegistry.USAGE.message) && said.includes('"broadcast"'), said)
  })

  test(
    'init, check, serve, encode with the printed password, doctor: a new station is on the air',
    needs('ffmpeg'),
    async () => {
      const place = await makePlace()
      const folder = join(place.folder, 'station')
      const made = await command(place, ['init', folder])
      assert.equal(made.code, 0, made.said)
      const typed = (label: string) => {
        const found = new RegExp(`^ +${label} +(\\S+)$`, 'm').exec(made.said)
        assert.ok(found, `${label} is printed:\n${made.said}`)
        return found[1]!
      }
      const [password, path, user] = [typed('Password'), typed('Mountpoint'), typed('User')]
      const file = join(folder, 'groundwave.yaml')
      assert.ok(!readFileSync(file, 'utf8').includes(password), 'the file keeps only a hash')
      assert.equal(statSync(file).mode & 0o077, 0, 'and is read by its owner only')

      const checked = await command(place, ['check', folder])
      assert.deepEqual([checked.code, checked.said], [0, `${file} is in order.\n`])

      const before = await command(place, ['doctor', folder])
      assert.equal(before.code, 0, before.said)
      assert.match(before.said, /air does not run; port \d+ is free/)

      const station = await serve({ ...place, folder })
      const encoder = await startEncoder({ port: place.airPort, path, codec: 'mp3', user, password })
      await nowBecomes(place.house, 'live', ({ feed }) => feed === 'source')
      const { code, said } = await command(place, ['doctor', folder])
      assert.equal(code, 0, said)
      assert.match(said, /^ok +heard \d+\.\d s of mp3 on \/live\.mp3 in 5 s$/m)
      assert.match(said, /^ok +\/live\.mp3 has its encoder since .* \(mp3\)$/m)
      assert.match(said, /^ok +the house answers on port \d+$/m)
      assert.ok(!/^(BAD|look) /m.test(said.replace(/^look .*(GB free).*\n.*\n/m, '')), said)
      const page = await (await fetch(place.house)).text()
      assert.match(page, /My Station/)
      await encoder.stop()
      assert.equal(await station.stop(), 0)
    },
  )

  test('an encoder with a wrong password is refused and never heard', needs('ffmpeg'), async () => {
    const place = await makePlace()
    const folder = join(place.folder, 'station')
    await command(place, ['init', folder])
    const station = await serve({ ...place, folder })
    const encoder = await startEncoder({ port: place.airPort, path: '/live.mp3', codec: 'mp3', password: 'guess' })
    assert.notEqual(await encoder.exited, 0)
    assert.match(encoder.output(), /401|authori[sz]/i)
    assert.equal((await nowBecomes(place.house, 'live', () => true)).up, false)
    await station.stop()
  })

  test('init leaves a station that is there alone', async () => {
    const place = await makePlace()
    await command(place, ['init', place.folder])
    const before = readFileSync(join(place.folder, 'groundwave.yaml'), 'utf8')
    const { code, said } = await command(place, ['init', place.folder])
    assert.equal(code, 1)
    const { message, hint } = errorRegistry.FOLDER_NOT_EMPTY
    assert.ok(said.includes(message) && said.includes(hint), said)
    assert.equal(readFileSync(join(place.folder, 'groundwave.yaml'), 'utf8'), before)
  })

  test('check names every problem of a broken file by its line', async () => {
    const place = await makePlace()
    const file = join(place.folder, 'groundwave.yaml')
    writeFileSync(file, BROKEN)
    const { code, said } = await command(place, ['check', place.folder])
    assert.equal(code, 1)
    for (const problem of PROBLEMS) assert.match(said, problem)
    const lines = [...said.matchAll(/groundwave\.yaml:(\d+):\d+ /g)].map(([, line]) => Number(line))
    assert.ok(lines.length >= PROBLEMS.length, said)
    assert.deepEqual(
      lines,
      lines.toSorted((a, b) => a - b),
      'in the order of the file',
    )
    assert.match(said, new RegExp(`^${lines.length} to mend\\.$`, 'm'))

    writeFileSync(file, 'station:\n  name: "unfinished\nmounts: [\n')
    const unreadable = await command(place, ['check', place.folder])
    assert.equal(unreadable.code, 1)
    assert.match(unreadable.said, /groundwave\.yaml:\d+:\d+ /)
    const none = await command(place, ['check', join(place.folder, 'nowhere')])
    assert.equal(none.code, 1)
    assert.ok(none.said.includes(errorRegistry.CONFIG_MISSING.message), none.said)
  })
})

const BROKEN = `station:
  name: ''
  zone: Mars/Olympus
hause:
  port: 8080
mounts:
  - path: /live.wav
    name: Live
    source: { password: x }
    archive: { keep: forever }
  - path: /two.mp3
    name: Two
    source: { password: x }
    backups: [/three.mp3]
programs:
  morning: { name: Morning }
schedule:
  two:
    - { days: [mon], start: '6:00', end: '09:00', program: morning }
    - { days: [mon], start: '09:00', end: '10:00', program: mourning }
`

const PROBLEMS = [
  /:2:\d+ station\.name/,
  /:3:\d+ station\.zone.*IANA/,
  /:4:\d+ .*hause.*house/,
  /:7:\d+ .*path.*\.mp3/,
  /:10:\d+ .*keep.*14d/,
  /:14:\d+ .*backups.*no mount/,
  /:19:\d+ .*start.*16:30/,
  /:20:\d+ .*mourning.*morning/,
]
