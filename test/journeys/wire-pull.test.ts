import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, before, suite, test } from 'node:test'
import { parse } from 'yaml'
import { faults, startCdsServer } from '../../src/wire/cds-server.fixture.ts'
import { cdsStory } from '../../src/wire/cds.fixture.ts'
import { waitFor } from '../world/wait.ts'
import { groundwave, makePlace, ROOT, said, sideOf, writeStation } from './program.ts'
import type { Place } from './program.ts'
import { ask } from './wire-world.ts'

const STORIES = 40
const at = (n: number) => new Date(Date.now() - 3_600_000 + n * 1000).toISOString()
/** In one of the collections that the guide's source asks for. */
const story = (n: number, { more = {}, ...rest }: Parameters<typeof cdsStory>[0] = {}) =>
  cdsStory({
    id: `lakes-${n}`,
    title: `Story ${n} of the wire`,
    modified: at(n),
    more: { collections: [{ href: '/v1/documents/1003', rels: ['topic'] }], ...more },
    ...rest,
  })

/** What the guide tells one to write. */
const guide = () => {
  const [page] = globSync(join(ROOT, 'docs/guide/*-stories-from-npr.md'))
  const text = readFileSync(page!, 'utf8')
  const blocks = [...text.matchAll(/```yaml\n([^]*?)```/g)].map(
    ([, yaml]) => parse(yaml!) as { wire: Record<string, object> },
  )
  return { text, blocks }
}

suite('stories from NPR, as the guide tells it', () => {
  let place: Place
  let service: Awaited<ReturnType<typeof startCdsServer>>
  let program: ReturnType<typeof groundwave>
  const start = async () => {
    program = groundwave(place, ['serve', place.folder], { GROUNDWAVE_FETCH_ALLOW: service.host })
    await said(program, /^ready .*$/m)
  }
  const stop = async () => {
    process.kill(program.pid, 'SIGTERM')
    await program.exited
  }
  const page = async (path: string) => (await ask(place.house + path)).body
  const titles = async () => new Set((await page('/api/v1/stories')).match(/Story \d+ of the wire/g))

  before(async () => {
    place = await makePlace()
    service = await startCdsServer()
    // The file the guide writes, with the service of this test in the place of NPR's, and less patience.
    const [first] = guide().blocks
    const npr = first!.wire['npr'] as { fetch: Record<string, unknown>; [key: string]: unknown }
    const fetch = { ...npr.fetch, url: service.url, token: 'cds-token', every: '300ms', recheck: '1s' }
    writeStation(place, {
      mounts: [{ path: '/live.mp3' }],
      wire: { npr: { ...npr, route: 'publish', fetch } },
    })
    for (let n = 1; n <= STORIES; n++) service.put(story(n))
  })
  after(async () => {
    await stop()
    await service.stop()
  })

  test('the house is killed while it asks, and the service stumbles: every story comes, once', async () => {
    service.suffer(null, faults.broken, null, faults.status(503), faults.truncated, faults.slow)
    await start()
    for (let n = 0; n < 3; n++) {
      const before = service.asked.length
      await waitFor('it has asked', () => service.asked.length > before, { ms: 30_000, every: 5 })
      process.kill(sideOf(program, 'house'), 'SIGKILL')
      await waitFor('the house is back', () => isUp(place.house), { ms: 30_000 })
    }
    await waitFor('all are there', async () => (await titles()).size === STORIES, { ms: 60_000, every: 200 })
    const db = new DatabaseSync(join(place.folder, 'data/groundwave.db'), { readOnly: true })
    const twice = db.prepare('select hash from wire_messages group by hash having count(*) > 1').all()
    const stories = db.prepare('select count(*) as count from stories').get()
    // A biography may come after its stories; then they have it in their next revision.
    const again = db
      .prepare('select headline from story_revisions group by story_id, headline, dek, body, parts having count(*) > 1')
      .all()
    db.close()
    assert.deepEqual([twice, again, stories?.['count']], [[], [], STORIES])
  })

  test('a story names its source as the guide says, with biography and organisation', async () => {
    service.organizations.set('s77', { displayName: 'Lakes Radio' })
    const owners = [{ href: `${service.url}/v4/services/s77` }]
    service.put(story(100, { title: 'A named story', modified: new Date().toISOString(), more: { owners } }))
    const path = '/news/2026-03-10/a-named-story'
    await waitFor('it is there', async () => (await ask(place.house + path)).status === 200, { ms: 20_000 })
    const text = await page(path)
    assert.match(text, /Copyright 2026 Lakes Radio\. To see more, visit/)
    assert.match(text, /<link rel="canonical" href="https:\/\/lakesnews\.example\/lakes-100"/)
    assert.match(text, /Ines Haldorsen/)
    assert.doesNotMatch(text, /A picture nobody may see/)
  })

  test('an update follows by itself, and a deletion is found: the address says that it is gone', async () => {
    service.put(story(100, { title: 'A renamed story', modified: new Date(Date.now() + 1000).toISOString() }))
    const path = '/news/2026-03-10/a-named-story'
    await waitFor('it follows', async () => (await page(path)).includes('A renamed story'), { ms: 20_000 })
    service.delete('lakes-100')
    await waitFor('it is gone', async () => (await ask(place.house + path)).status === 410, { ms: 30_000 })
    assert.doesNotMatch(await page('/feeds/front.xml'), /renamed story/)
  })

  test('what the guide lists is in the program: decisions, states, screens', () => {
    const { text } = guide()
    for (const words of ['Updates our story', 'Withdrawn by the source', 'Closed to us', 'Could not be read'])
      assert.ok(text.includes(words), words)
  })
})

const isUp = (house: string) =>
  ask(`${house}/healthz`).then(
    ({ status }) => status === 200 || status === 503,
    () => false,
  )
