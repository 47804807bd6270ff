import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { silentLog } from '../base/log.ts'
import type { WireFetch } from '../config/schema.ts'
import { faults, startCdsServer } from './cds-server.fixture.ts'
import { openCdsService, readRetryAfter } from './cds-service.ts'
import { cdsStory } from './cds.fixture.ts'
import { pauseAfter } from './puller.ts'
import { pullRound, recheck } from './pull.ts'
import { readPull } from './pull-store.ts'
import { sourcesOf, withWire } from './wire.fixture.ts'
import type { WireWorld } from './wire.fixture.ts'

type Service = Awaited<ReturnType<typeof startCdsServer>>
type Pulling = WireWorld & {
  service: Service
  /** One round, with pages of two documents. */
  round: (fetch?: Partial<WireFetch>) => Promise<void>
  check: () => Promise<void>
  messages: () => Promise<{ source: string; via: string; quarantined_at: number | null }[]>
  headlines: () => string[]
}

const withService = (name: string, fn: (world: Pulling) => Promise<void>) =>
  withWire(name, async (world) => {
    const { store, clock, newsroom, again } = world
    const service = await startCdsServer()
    const sources = sourcesOf({
      live: { format: 'cds', route: 'publish', fetch: { url: service.url, token: 'cds-token' } },
    })
    const wire = again(sources)
    const vain = new Map<string, number>()
    const depsOf = (more: Partial<WireFetch> = {}) => {
      const fetch = { ...sources['live']!.fetch!, ...more }
      const allow = new Set([service.host])
      const open = openCdsService({ ...fetch, token: fetch.token, allow, now: () => clock.at })
      const signal = new AbortController().signal
      return { source: 'live', fetch, service: open, store, wire, clock, log: silentLog, vain, signal }
    }
    try {
      await fn({
        ...world,
        service,
        round: (fetch) => pullRound(depsOf(fetch), { page: 2 }),
        check: () => recheck(depsOf({ recheck: 0 })),
        messages: () => store.read.selectFrom('wire_messages').select(['source', 'via', 'quarantined_at']).execute(),
        headlines: () =>
          newsroom
            .stories()
            .map(({ headline }) => headline)
            .toSorted(),
      })
    } finally {
      await wire.stop()
      await service.stop()
    }
  })

const at = (minute: number) => new Date(Date.parse('2026-03-11T11:00:00Z') + minute * 60_000).toISOString()
const story = (n: number, minute = n, more: object = {}) =>
  cdsStory({ id: `lakes-${n}`, title: `Story ${n}`, modified: at(minute), more: { ...more } })

suite('asking a service', () => {
  withService('everything comes, page by page, once; the next round asks from a little before', async (world) => {
    const { service, round, headlines, messages, store } = world
    for (let n = 1; n <= 7; n++) service.put(story(n))
    await round()
    assert.deepEqual(
      headlines(),
      [1, 2, 3, 4, 5, 6, 7].map((n) => `Story ${n}`),
    )
    assert.match(
      service.asked[0] ?? '',
      /profileIds=story.*DateTime=2026-03-10T12:00:00.000Z\.\.\.&sort=editorialLast\w+:asc/,
    )
    assert.equal((await readPull(store.read, 'live')).cursor, Date.parse(at(7)))
    service.asked.length = 0
    await round({ overlap: 60_000 })
    assert.match(service.asked[0] ?? '', /2026-03-11T11:06:00.000Z\.\.\./)
    assert.deepEqual(
      (await messages()).map(({ via }) => via),
      Array(7).fill('pull'),
    )
  })

  withService('many changed in one moment are gone through by their places', async ({ service, round, headlines }) => {
    for (let n = 1; n <= 7; n++) service.put(story(n, 5))
    await round()
    assert.equal(headlines().length, 7)
  })

  withService('a service that does not keep the order loses nothing', async ({ service, round, headlines }) => {
    service.state.ordered = false
    for (let n = 1; n <= 7; n++) service.put(story(n))
    await round()
    assert.equal(headlines().length, 7)
  })

  withService('a document that appears late, within the overlap, comes too', async ({ service, round, headlines }) => {
    service.put(story(9))
    await round()
    service.put(story(4))
    await round()
    assert.deepEqual(headlines(), ['Story 4', 'Story 9'])
  })

  withService('an update follows; an older version after it changes nothing', async ({ service, round, headlines }) => {
    service.put(story(1))
    await round()
    service.put(cdsStory({ id: 'lakes-1', title: 'Later', modified: at(20) }))
    await round()
    service.put(cdsStory({ id: 'lakes-1', title: 'Between', modified: at(15) }))
    await round()
    assert.deepEqual(headlines(), ['Later'])
  })

  withService('names of others come along before the story goes out', async ({ service, round, newsroom }) => {
    const owner = `${service.url}/v4/services/s77`
    service.organizations.set('s77', { name: 'Lakes News Inc', brand: { displayName: 'Lakes Radio' } })
    service.put(story(1, 1, { owners: [{ href: owner }] }))
    await round()
    const [one] = newsroom.stories()
    assert.equal(
      one?.source?.copyright,
      'Copyright 2026 Lakes Radio. To see more, visit https://lakesnews.example/lakes-1',
    )
    // Its biography is a document of its own, in no answer to our question for stories.
    assert.deepEqual(
      one?.bylines.map(({ name }) => name),
      ['Dana Whitfield', 'Ines Haldorsen', 'José Núñez'],
    )
    const asked = service.asked.length
    service.put(story(2, 2, { owners: [{ href: owner }] }))
    await round()
    // Known names are not asked for again: one question for stories, one page more.
    assert.ok(service.asked.slice(asked).every((path) => path.includes('sort=')))
  })

  withService('a name that cannot be had yet keeps no story back, and is put right', async (world) => {
    const { service, round, newsroom, clock } = world
    service.put(story(1, 1, { owners: [{ href: `${service.url}/v4/services/s77` }] }))
    await round()
    assert.match(newsroom.stories()[0]?.source?.copyright ?? '', /^Copyright 2026 lakesnews\.example\./)
    service.organizations.set('s77', { displayName: 'Lakes Radio' })
    await round()
    assert.match(newsroom.stories()[0]?.source?.copyright ?? '', /lakesnews\.example\./, 'not asked again at once')
    clock.at += 3_700_000
    await round()
    assert.match(newsroom.stories()[0]?.source?.copyright ?? '', /^Copyright 2026 Lakes Radio\./)
  })

  withService(
    'what cannot be read is kept once, and the rest goes on',
    async ({ service, round, messages, headlines }) => {
      service.put(story(1, 1, { title: '' }))
      service.put(story(2))
      await round()
      await round()
      assert.deepEqual(headlines(), ['Story 2'])
      assert.deepEqual(
        (await messages()).map(({ quarantined_at }) => quarantined_at !== null),
        [true, false],
      )
    },
  )

  for (const [name, fault] of Object.entries({
    '429': faults.status(429, { 'retry-after': '120' }),
    '500': faults.status(500),
    'broken JSON': faults.broken,
    'an answer cut short': faults.truncated,
    'a page of a proxy': faults.page(200),
  }))
    withService(`${name} is trouble: nothing is lost, nothing twice, nothing kept of it`, async (world) => {
      const { service, round, headlines, messages } = world
      for (let n = 1; n <= 5; n++) service.put(story(n))
      service.suffer(null, null, fault)
      await assert.rejects(round(), { name: 'Error', ...(name === '429' && { wait: 120_000 }) })
      const before = headlines().length
      assert.ok(before > 0 && before < 5, `${before} had come`)
      await round()
      assert.equal(headlines().length, 5)
      assert.equal((await messages()).length, 5)
    })

  withService('a slow service is waited for', async ({ service, round, headlines }) => {
    service.put(story(1))
    service.suffer(faults.slow)
    await round()
    assert.deepEqual(headlines(), ['Story 1'])
  })

  withService('a wrong token is told, and is not in the words', async ({ service, round }) => {
    service.state.token = 'another'
    await assert.rejects(
      round(),
      (error: Error) => /token \(HTTP 401\)/.test(error.message) && !/cds-token/.test(error.message),
    )
  })

  withService('what the service has no longer is withdrawn; trouble never withdraws', async (world) => {
    const { service, round, check, headlines, newsroom, messages } = world
    for (let n = 1; n <= 3; n++) service.put(story(n))
    await round()
    service.delete('lakes-2')
    for (const fault of [faults.status(503), faults.page(404), faults.broken, faults.status(401)]) {
      service.suffer(null, fault)
      await assert.rejects(check())
      assert.equal(headlines().length, 3)
    }
    service.suffer(null, faults.status(410))
    await check()
    assert.deepEqual(headlines(), ['Story 1', 'Story 3'])
    assert.equal(newsroom.withdrawn('/news/2026-03-10/story-2')?.note, 'Its source has withdrawn it.')
    service.delete('lakes-3')
    await check()
    assert.deepEqual(headlines(), ['Story 1'])
    assert.equal((await messages()).filter(({ via }) => via === 'recheck').length, 2)
    await check()
    assert.equal((await messages()).length, 5)
  })

  withService('a service that has lost everything is not believed', async ({ service, round, check, headlines }) => {
    for (let n = 1; n <= 12; n++) service.put(story(n))
    await round()
    for (let n = 1; n <= 12; n++) service.delete(`lakes-${n}`)
    await assert.rejects(check(), /is it the right one/)
    assert.equal(headlines().length, 12)
  })

  withService(
    'what is closed without a new version is taken off',
    async ({ service, round, check, headlines, messages }) => {
      service.put(story(1))
      await round()
      service.put(story(1, 1, { isRestrictedToAuthorizedOrgServiceIds: true }))
      await check()
      await check()
      assert.deepEqual(headlines(), [])
      assert.equal((await messages()).length, 2)
    },
  )
})

test('the pause grows with each failure, up to half an hour, and is never the same for all', () => {
  const pause = (failures: number, random = 0.5) => pauseAfter({ every: 60_000, failures, random })
  assert.deepEqual(
    [0, 1, 2, 5, 40].map((n) => pause(n)),
    [60_000, 120_000, 240_000, 1_800_000, 1_800_000],
  )
  assert.deepEqual([pause(0, 0), pause(0, 0.999)], [45_000, 74_970])
})

test('Retry-After is seconds or a date', () => {
  const now = Date.parse('2026-03-11T12:00:00Z')
  assert.equal(readRetryAfter('90', now), 90_000)
  assert.equal(readRetryAfter('Wed, 11 Mar 2026 12:01:00 GMT', now), 60_000)
  assert.equal(readRetryAfter('Wed, 11 Mar 2026 11:00:00 GMT', now), 0)
  assert.equal(readRetryAfter('soon', now), null)
  assert.equal(readRetryAfter(undefined, now), null)
})
