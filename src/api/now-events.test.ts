import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { ServerResponse } from 'node:http'
import { connect } from 'node:net'
import type { AddressInfo } from 'node:net'
import { suite, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { NowEvents } from './now-events.ts'
import { smallStation } from './small-station.fixture.ts'

/** Reads server-sent events one by one. */
const follow = async (url: string) => {
  const response = await fetch(`${url}/api/v1/events`)
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  const block = async (): Promise<string | null> => {
    while (!text.includes('\n\n')) {
      const { done, value } = await reader.read()
      if (done) return null
      text += value
    }
    const end = text.indexOf('\n\n')
    const found = text.slice(0, end)
    text = text.slice(end + 2)
    return found
  }
  return { response, block, leave: () => reader.cancel() }
}

const dataOf = (block: string | null) => JSON.parse(/^event: now\ndata: (.*)$/.exec(block ?? '')?.[1] ?? 'null')

const until = async (condition: () => boolean) => {
  for (let tries = 0; !condition(); tries++) {
    assert.ok(tries < 200, 'it never came to be')
    await wait(10)
  }
}

suite('/api/v1/events', () => {
  test('says how things are at once, and again when they change', async () => {
    const station = smallStation()
    const url = await station.start()
    const client = await follow(url)
    assert.equal(client.response.headers.get('content-type'), 'text/event-stream; charset=utf-8')
    assert.equal(client.response.headers.get('access-control-allow-origin'), '*')
    assert.equal(await client.block(), 'retry: 2000')
    assert.deepEqual(dataOf(await client.block()), await (await fetch(`${url}/api/v1/now`)).json())
    assert.equal(station.api.clients(), 1)

    station.views[0]!.title = 'Odile Fanshaw - Wind in the Poplars'
    station.change()
    station.change()
    assert.equal(dataOf(await client.block()).streams[0].streamTitle, 'Odile Fanshaw - Wind in the Poplars')

    // A notice that changes nothing we tell (a listener came) is passed over: the next event is the next change.
    station.views[0]!.listeners++
    station.change()
    await wait(80)
    station.views[0]!.feed = 'backup'
    station.change()
    assert.equal(dataOf(await client.block()).streams[0].feed, 'backup')

    await client.leave()
    await until(() => station.api.clients() === 0)
    station.stop()
  })

  test('tells once that stories have changed, however many have, and nothing of them', async () => {
    const station = smallStation()
    const client = await follow(await station.start())
    await client.block()
    await client.block()
    for (let n = 0; n < 50; n++) station.changeStories()
    assert.equal(await client.block(), 'event: stories\ndata: {}')
    station.views[0]!.feed = 'backup'
    station.change()
    assert.equal(dataOf(await client.block()).streams[0].feed, 'backup')
    await client.leave()
    station.stop()
  })

  test('tells the next programme when its time comes', async () => {
    const station = smallStation()
    const boundary = Date.parse('2026-07-01T22:30:00Z')
    const offset = boundary - 150 - Date.now()
    station.clock.now = () => Date.now() + offset
    const client = await follow(await station.start())
    await client.block()
    assert.equal(dataOf(await client.block()).streams[0].now.program, 'the-way-home')
    const after = dataOf(await client.block())
    assert.equal(after.streams[0].now, null)
    assert.equal(after.streams[0].next.program, 'last-ferry')
    assert.ok(Date.parse(after.at) >= boundary && Date.parse(after.at) < boundary + 500)
    station.stop()
  })

  test('ends with the house, and lets go of the air', async () => {
    const station = smallStation()
    const url = await station.start()
    const client = await follow(url)
    await client.block()
    await client.block()
    assert.equal(station.followers(), 1)
    station.api.stop()
    assert.equal(await client.block(), null)
    assert.equal(station.followers(), 0)
    const late = await fetch(`${url}/api/v1/events`)
    assert.equal(late.status, 503)
    assert.equal(typeof ((await late.json()) as { error: { hint: string } }).error.hint, 'string')
    station.stop()
  })

  test('answers HEAD without opening a stream', async () => {
    const station = smallStation()
    const response = await fetch(`${await station.start()}/api/v1/events`, { method: 'HEAD' })
    assert.equal(response.status, 200)
    assert.equal(station.api.clients(), 0)
    station.stop()
  })
})

suite('followers', () => {
  /** A server that hands every request to `events`. */
  const serve = async (events: NowEvents) => {
    const server = createServer((_, res: ServerResponse) => void events.add(res, 'http://air'))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return {
      port: (server.address() as AddressInfo).port,
      stop: () => (events.stop(), server.closeAllConnections(), server.close()),
    }
  }
  const still = { onChange: () => () => {} }
  const never = { nextChange: () => null }
  const clock = { now: () => 0 }

  test('hear a heartbeat', async () => {
    const board = { render: () => '{}', fingerprint: () => '', wipe() {} }
    const events = new NowEvents({ board, air: still, stories: still, schedule: never, clock, heartbeat: 20 })
    events.start()
    const { port, stop } = await serve(events)
    const client = await follow(`http://127.0.0.1:${port}`)
    const blocks = [await client.block(), await client.block(), await client.block(), await client.block()]
    assert.deepEqual(blocks, ['retry: 2000', 'event: now\ndata: {}', ':', ':'])
    stop()
  })

  test('are told of a programme whose minute passes while the timer before it is at work', async () => {
    const boundary = 1000
    let now = boundary - 20
    const board = {
      render: () => JSON.stringify({ now }),
      // The timer came a moment early; the minute passes while the board is looked at.
      fingerprint: () => {
        const said = now < boundary ? 'before' : 'after'
        if (now === boundary - 1) now = boundary
        return said
      },
      wipe() {
        if (now < boundary) now = boundary - 1
      },
    }
    const schedule = { nextChange: (at: number) => (at < boundary ? boundary : null) }
    const events = new NowEvents({ board, air: still, stories: still, schedule, clock: { now: () => now } })
    events.start()
    const { port, stop } = await serve(events)
    const client = await follow(`http://127.0.0.1:${port}`)
    await client.block()
    await client.block()
    assert.equal(dataOf(await client.block()).now, boundary)
    stop()
  })

  test('who do not read are let go, the others go on; one rendering serves all', async () => {
    let version = 0
    let renderings = 0
    let notify = () => {}
    const board = {
      render: () => {
        renderings++
        return JSON.stringify({ version, filler: 'x'.repeat(200_000) })
      },
      fingerprint: () => String(version),
      wipe() {},
    }
    const air = { onChange: (listener: () => void) => ((notify = listener), () => {}) }
    const events = new NowEvents({ board, air, stories: still, schedule: never, clock, settle: 1 })
    events.start()
    const { port, stop } = await serve(events)
    const sleeper = connect(port, '127.0.0.1')
    sleeper.on('error', () => {})
    sleeper.pause()
    sleeper.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n')
    const reader = await follow(`http://127.0.0.1:${port}`)
    await until(() => events.clients() === 2)
    await reader.block()
    await reader.block()
    const before = renderings
    for (version = 1; events.clients() === 2; version++) {
      assert.ok(version < 200, 'the sleeper is never let go')
      notify()
      assert.equal(dataOf(await reader.block()).version, version)
    }
    assert.equal(renderings - before, version - 1)
    assert.equal(events.clients(), 1)
    sleeper.destroy()
    stop()
  })
})
