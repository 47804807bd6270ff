import assert from 'node:assert/strict'
import { suite } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { silentLog } from '../base/log.ts'
import { systemClock } from '../base/clock.ts'
import { faults, startCdsServer } from './cds-server.fixture.ts'
import { cdsStory } from './cds.fixture.ts'
import { openPuller } from './puller.ts'
import { readPull } from './pull-store.ts'
import { sourcesOf, withWire } from './wire.fixture.ts'
import type { WireWorld } from './wire.fixture.ts'

type Pullers = WireWorld & {
  service: Awaited<ReturnType<typeof startCdsServer>>
  /** Another house that asks the same source. */
  house: () => Promise<{ stop: () => Promise<void> }>
}

const withPullers = (name: string, fn: (world: Pullers) => Promise<void>) =>
  withWire(name, async (world) => {
    const service = await startCdsServer()
    const fetch = { url: service.url, token: 'cds-token', every: '80ms', since: '20000d', recheck: '1h' }
    const sources = sourcesOf({ live: { format: 'cds', route: 'publish', fetch } })
    const running = new Set<() => Promise<void>>()
    const house = async () => {
      const store = await world.open(systemClock)
      const wire = world.again(sources)
      const allow = new Set([service.host])
      const puller = openPuller({ store, wire, sources, clock: systemClock, log: silentLog, allow })
      await puller.start()
      const stop = async () => {
        running.delete(stop)
        await puller.stop()
        await wire.stop()
      }
      running.add(stop)
      return { stop }
    }
    try {
      await fn({ ...world, service, house })
    } finally {
      for (const stop of running) await stop()
      await service.stop()
    }
  })

const at = (n: number) => new Date(Date.parse('2026-03-11T10:00:00Z') + n * 1000).toISOString()
const put = (service: Pullers['service'], from: number, to: number) => {
  for (let n = from; n <= to; n++) service.put(cdsStory({ id: `lakes-${n}`, title: `Story ${n}`, modified: at(n) }))
}

suite('a station that asks', () => {
  withPullers(
    'goes on asking, says since when it cannot, and comes back by itself',
    async ({ service, house, store, newsroom }) => {
      put(service, 1, 3)
      service.suffer(faults.status(503), faults.status(503))
      await house()
      await until(async () => (await readPull(store.read, 'live')).failures > 0)
      const broken = await readPull(store.read, 'live')
      assert.match(broken.error ?? '', /HTTP 503/)
      assert.ok(broken.errorSince && broken.next && broken.next > broken.errorSince)
      await until(() => newsroom.stories().length === 3)
      await until(async () => (await readPull(store.read, 'live')).error === null)
      put(service, 4, 5)
      await until(() => newsroom.stories().length === 5)
    },
  )

  withPullers(
    'stopped in the middle and begun again, nothing is lost and nothing twice',
    async ({ service, house, store, newsroom }) => {
      put(service, 1, 40)
      service.suffer(faults.slow, faults.slow)
      for (let round = 0; round < 4; round++) {
        const one = await house()
        await sleep(30 + 40 * round)
        await one.stop()
      }
      await house()
      await until(() => newsroom.stories().length === 40)
      const messages = await store.read.selectFrom('wire_messages').select('hash').execute()
      assert.equal(new Set(messages.map(({ hash }) => hash)).size, messages.length)
      assert.equal(messages.length, 40)
    },
  )

  withPullers('of two houses one asks at a time', async ({ service, house, newsroom, store }) => {
    put(service, 1, 5)
    await Promise.all([house(), house()])
    await until(() => newsroom.stories().length === 5)
    await until(() => service.asked.length > 12)
    const jobs = await store.read.selectFrom('jobs').select('state').where('kind', '=', 'wire.pull').execute()
    assert.equal(jobs.length, 1)
    assert.equal(service.state.most, 1, 'two questions at once')
    assert.equal((await store.read.selectFrom('wire_messages').select('id').execute()).length, 5)
  })
})

const until = async (is: () => boolean | Promise<boolean>) => {
  for (let tries = 0; !(await is()); tries++) {
    assert.ok(tries < 600, 'it took too long')
    await sleep(25)
  }
}
