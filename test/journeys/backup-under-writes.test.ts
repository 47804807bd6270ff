import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { systemClock as clock } from '../../src/base/clock.ts'
import { createIds } from '../../src/base/ids.ts'
import { silentLog } from '../../src/base/log.ts'
import { copyName } from '../../src/library/copies.ts'
import { openStore } from '../../src/store/store.ts'
import { cdsStory } from '../../src/wire/cds.fixture.ts'
import { freshDatabase } from '../world/postgres.ts'
import { sleep, waitFor } from '../world/wait.ts'
import { startHouses, WIRE } from './houses.ts'
import { groundwave, makePlace } from './program.ts'
import type { Place } from './program.ts'
import { ask, push, startPictures } from './wire-world.ts'

/** Begun every so many ms: fifty a second, as fast as the machine takes them. */
const EVERY_MS = 20
const STORIES = 8

const PAGES = ['/', '/news', '/topics/ferries', '/text', '/schedule', '/corrections', '/feeds/front.xml', '/feeds/front.json', '/sitemap.xml', '/api/v1/stories', '/search?q=boat'] // prettier-ignore

/** Pages say what time it is; nothing else may differ. */
const withoutTimes = (body: string): string =>
  body
    .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)/g, 'INSTANT')
    .replaceAll(/\b\d{1,2}:\d\d(:\d\d)?( ?[ap]\.?m\.?)?/gi, 'TIME')

const run = async (place: Place, args: string[], env: NodeJS.ProcessEnv): Promise<string> => {
  const program = groundwave(place, args, env)
  assert.equal(await program.exited, 0, program.output())
  return program.output()
}

const topic = {
  collections: [
    {
      href: '/v1/documents/t',
      rels: ['topic'],
      embed: { id: 't', title: 'Ferries', profiles: [{ href: '/v1/profiles/topic', rels: ['type'] }] },
    },
  ],
}

for (const engine of ['sqlite', 'postgres'] as const)
  suite(`a backup while the newsroom writes (${engine})`, () => {
    test('holds all that was acknowledged before, and the station made of it serves the same pages', async (t) => {
      const pictures = await startPictures()
      const allow = { GROUNDWAVE_FETCH_ALLOW: pictures.host }
      const world = await startHouses({ engine, count: 1, more: allow })
      const house = world.houses[0]!
      const database = world.database ? { GROUNDWAVE_DATABASE: world.database } : {}

      const paths = [...PAGES]
      for (let n = 0; n < STORIES; n++) {
        const of = `http://${pictures.host}/${n}`
        const body = cdsStory({ id: `lakes-b-${n}`, title: `The boat number ${n}`, pictures: of, more: topic })
        const { pathname } = new URL((await push(house.url, body, WIRE)).storyUrl)
        paths.push(pathname, `/text${pathname}`, `/pictures/${copyName(`${of}/ferry.png`)}`)
      }
      const isWhole = async () => (await Promise.all(paths.filter((path) => path.startsWith('/pictures/')).map((path) => ask(house.url + path)))).every(({ status }) => status === 200) // prettier-ignore
      await waitFor('the photos have come', isWhole, { ms: 60_000 })

      // Drafts: the pages stay as they are, the database does not.
      const acknowledged: string[] = []
      const writes: Promise<void>[] = []
      const draft = async (n: number) => {
        const body = JSON.stringify({
          section: 'news',
          headline: `Draft ${n}`,
          body: [{ type: 'paragraph', text: 'A' }],
        })
        const answer = await ask(`${house.url}/api/v1/stories`, { method: 'POST', token: world.token, body })
        assert.equal(answer.status, 201, answer.body)
        acknowledged.push((JSON.parse(answer.body) as { id: string }).id)
      }
      const writing = setInterval(() => writes.push(draft(writes.length)), EVERY_MS)
      await sleep(1_000)
      const before = [...acknowledged]
      const file = join((await makePlace()).folder, 'station.backup')
      const began = performance.now()
      t.diagnostic((await run(house.place, ['backup', world.folder, file], database)).split('\n')[0] ?? '')
      const during = acknowledged.length - before.length
      const seconds = (performance.now() - began) / 1000
      clearInterval(writing)
      await Promise.all(writes)
      assert.ok(during > 5, `${during} writes were acknowledged meanwhile`)
      const rate = (during / seconds).toFixed(0)
      t.diagnostic(`${before.length} drafts before, ${during} in the ${seconds.toFixed(1)} s of it: ${rate} a second`)

      const ask1 = async (path: string) => {
        const { status, body } = await ask(house.url + path)
        return [path, status, path.startsWith('/pictures/') ? createHash('sha256').update(body).digest('hex') : withoutTimes(body)] as const // prettier-ignore
      }
      const shown = await Promise.all(paths.map(ask1))
      await house.stop()
      pictures.stop()

      const place: Place = { ...house.place, folder: join((await makePlace()).folder, 'restored') }
      const url = world.database ? await freshDatabase() : null
      const restored = url ? { GROUNDWAVE_DATABASE: url } : {}
      await run(house.place, ['restore', file, place.folder], restored)
      assert.match(await run(place, ['check', place.folder], restored), /is in order/)

      const store = await openStore({ url, folder: place.folder, clock, ids: createIds({ clock }), log: silentLog })
      const there = new Set((await store.read.selectFrom('stories').select('id').execute()).map(({ id }) => id))
      await store.stop()
      assert.deepEqual(before.filter((id) => !there.has(id)), []) // prettier-ignore

      // At the same ports, so that addresses are the same too.
      const program = groundwave(place, ['serve', place.folder, '--only', 'house'], restored)
      try {
        await waitFor('it answers', () => ask(`${place.house}/healthz`).then(({ status }) => status === 200, () => false), { ms: 30_000, about: program.output }) // prettier-ignore
        for (const [path, status, body] of shown) {
          const again = await ask1(path)
          assert.equal(again[1], status, path)
          assert.equal(again[2], body, path)
        }
      } finally {
        process.kill(program.pid, 'SIGTERM')
        await program.exited
      }
    })
  })
