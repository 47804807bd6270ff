import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { freshDatabase } from '../world/postgres.ts'
import { sleep, waitFor } from '../world/wait.ts'
import { openLine } from '../journeys/houses.ts'
import { groundwave, makePlace, said, sideOf, writeStation } from '../journeys/program.ts'
import type { Place } from '../journeys/program.ts'
import type { Program } from '../world/programs.ts'
import { ask } from '../journeys/wire-world.ts'

const status = (url: string): Promise<number> => ask(url).then(({ status }) => status, () => 0) // prettier-ignore

suite('the database goes away', () => {
  let place: Place
  let line: Awaited<ReturnType<typeof openLine>>
  let program: Program
  before(async () => {
    place = await makePlace()
    writeStation(place, { mounts: [{ path: '/live.mp3' }] })
    line = await openLine(await freshDatabase())
    line.cut()
    program = groundwave(place, ['serve', place.folder], { GROUNDWAVE_DATABASE: line.url })
  })
  after(async () => {
    process.kill(program.pid, 'SIGTERM')
    await program.exited
    line.stop()
  })

  const air = () => status(`${place.air}/status-json.xsl`)

  test('before the house has begun: the air is there, the house tries again with growing pauses, and comes', async () => {
    await waitFor('the air answers', async () => (await air()) === 200, { ms: 20_000, about: program.output })
    await said(program, /house ended and is started again[^\n]*inMs=250/)
    await said(program, /house ended and is started again[^\n]*inMs=500/)
    assert.match(program.output(), /code=75/)
    assert.match(program.output(), /The database does not answer/)
    assert.ok(program.running())
    assert.equal(await status(`${place.house}/`), 0)
    line.mend()
    await said(program, /^ready .*$/m, 40_000)
    assert.equal(await status(`${place.house}/`), 200)
  })

  test('while the house runs: pages say so, air and house go on, and all is well again by itself', async () => {
    const before = sideOf(program, 'house')
    line.cut()
    await waitFor('it shows no stories', async () => (await status(`${place.house}/`)) === 503, { ms: 15_000 })
    assert.equal(await status(`${place.house}/healthz`), 200)
    assert.equal(await air(), 200)
    await sleep(500)
    line.mend()
    await waitFor('it shows stories', async () => (await status(`${place.house}/`)) === 200, { ms: 20_000 })
    assert.equal(sideOf(program, 'house'), before, 'it is the same process')
  })
})
