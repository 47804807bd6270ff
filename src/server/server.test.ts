import assert from 'node:assert/strict'
import { Hono } from 'hono'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { connect } from 'node:net'
import { after, before, suite, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { createAirAddress } from '../config/air-address.ts'
import { smallStation } from '../api/small-station.fixture.ts'
import { GroundwaveError } from '../base/errors.ts'
import { createLog } from '../base/log.ts'
import { createHouseServer } from './server.ts'

const house = () => {
  const lines: string[] = []
  const station = smallStation()
  const gate = Promise.withResolvers<void>()
  const site = new Hono()
    .get('/', (c) => c.text('front'))
    .get('/own-policy', (c) => c.text('text twin', 200, { 'content-security-policy': "default-src 'none'" }))
    .get('/slow', async (c) => (await gate.promise, c.text('at last')))
    .get(
      '/endless',
      () => new Response(new ReadableStream({ start: (controller) => controller.enqueue(new Uint8Array(1)) })),
    )
    .get('/mishap', () => {
      throw new Error('the roof leaks')
    })
    .notFound((c) => c.text('nowhere', 404))
    .onError((_, c) => c.text("the site's own 500 page", 500))
  const cache = {
    ready: () => null,
    size: () => 1234,
    answer: (req: IncomingMessage, res: ServerResponse) => {
      if (req.url !== '/kept') return false
      res.writeHead(200, ['Content-Type', 'text/html', 'ETag', '"1"']).end('kept page')
      return true
    },
  }
  const fetch = (request: Request, env: object): Response | Promise<Response> => {
    if (new URL(request.url).pathname === '/broken') throw new Error('the site itself is gone')
    return site.fetch(request, env)
  }
  const server = createHouseServer({
    api: station.api,
    site: { fetch },
    errorPage: () => '<h1>Something broke on our side</h1>',
    cache,
    airAddress: createAirAddress({ port: () => 8000 }),
    airConnected: () => true,
    version: '0.1.0',
    log: createLog({ clock: { now: () => 0 }, write: (line) => lines.push(line) }),
  })
  return { server, lines, open: () => gate.resolve() }
}

const local = { host: '127.0.0.1', port: 0 }

suite('the house', () => {
  const { server, lines } = house()
  let url = ''
  let port = 0
  before(async () => {
    ;({ port } = await server.start(local))
    url = `http://127.0.0.1:${port}`
  })
  after(() => server.stop())

  const ask = async (path: string, init?: RequestInit) => {
    const response = await fetch(url + path, init)
    return { status: response.status, headers: response.headers, text: await response.text() }
  }

  /** Sends bytes as they are and reads until the server closes, or for a moment. */
  const raw = async (bytes: string) => {
    const socket = connect(port, '127.0.0.1').setEncoding('latin1')
    let text = ''
    socket.on('data', (piece: string) => (text += piece))
    socket.on('error', () => {})
    const closed = new Promise((resolve) => socket.once('close', resolve))
    socket.write(bytes)
    await Promise.race([closed, wait(300)])
    socket.destroy()
    return text
  }

  test('gives pages of the site, kept pages, and the API', async () => {
    assert.equal((await ask('/')).text, 'front')
    assert.equal((await ask('/kept')).text, 'kept page')
    assert.equal(JSON.parse((await ask('/api/v1/now')).text).zone, 'America/New_York')
    assert.equal((await ask('/nowhere')).text, 'nowhere')
    assert.equal(JSON.parse((await ask('/api')).text).error.code, 'PAGE_NOT_FOUND')
    assert.equal((await ask('/apiary')).text, 'nowhere')
  })

  for (const path of ['/', '/kept', '/api/v1/now', '/healthz', '/nowhere', '/mishap', '/broken'])
    test(`protects ${path}`, async () => {
      const { headers } = await ask(path)
      const policy = headers.get('content-security-policy') ?? ''
      assert.match(policy, /^default-src 'none'; script-src 'self'; style-src 'self'; /)
      assert.match(
        policy,
        /; media-src 'self' http:\/\/127\.0\.0\.1:8000 blob:; connect-src 'self' http:\/\/127\.0\.0\.1:8000; /,
      )
      assert.equal(headers.get('x-content-type-options'), 'nosniff')
      assert.equal(headers.get('referrer-policy'), 'strict-origin-when-cross-origin')
      assert.equal(headers.get('cross-origin-opener-policy'), 'same-origin')
      assert.match(headers.get('permissions-policy') ?? '', /geolocation=\(\)/)
    })

  test('lets a page have its own policy', async () =>
    assert.equal((await ask('/own-policy')).headers.get('content-security-policy'), "default-src 'none'"))

  test('lets nobody write into the policy', async () => {
    const answer = await raw(`GET / HTTP/1.1\r\nHost: a; script-src *\r\nConnection: close\r\n\r\n`)
    assert.doesNotMatch(answer, /script-src \*/)
  })

  test('event streams go through it', async () => {
    const response = await fetch(`${url}/api/v1/events`)
    const reader = response.body!.getReader()
    assert.match(Buffer.from((await reader.read()).value ?? []).toString(), /^retry: 2000/)
    assert.match(response.headers.get('content-security-policy') ?? '', /default-src/)
    assert.match((await ask('/metrics')).text, /groundwave_house_sse_clients 1\n/)
    await reader.cancel()
  })

  test('HEAD gives the head alone', async () => {
    for (const path of ['/', '/kept', '/healthz', '/api/v1/now']) {
      const answer = await raw(`HEAD ${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`)
      assert.match(answer, /^HTTP\/1\.1 200 OK\r\n/)
      assert.ok(answer.endsWith('\r\n\r\n'), path)
    }
  })

  test('answers HTTP/1.0 without a Host', async () => assert.match(await raw('GET / HTTP/1.0\r\n\r\n'), /front$/))

  test('refuses what would write', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH']) {
      const { status, headers } = await ask('/', { method, ...(method === 'DELETE' ? {} : { body: 'x' }) })
      assert.deepEqual([status, headers.get('allow')], [405, 'GET, HEAD, OPTIONS'])
    }
    const options = await ask('/', { method: 'OPTIONS' })
    assert.deepEqual([options.status, options.headers.get('allow')], [204, 'GET, HEAD, OPTIONS'])
  })

  test('refuses a header that is too large, and bytes that are no HTTP', async () => {
    assert.match(await raw(`GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`), /^HTTP\/1\.1 431 /)
    assert.match(await raw('what is on?\r\n\r\n'), /^HTTP\/1\.1 400 /)
    assert.match(await raw('GET / HTTP/1.1\r\nHost: [\r\nConnection: close\r\n\r\n'), /^HTTP\/1\.1 400 /)
  })

  test('says how it is', async () => {
    const { headers, text } = await ask('/healthz')
    assert.equal(headers.get('content-type'), 'application/json')
    const { status, version, air, uptime } = JSON.parse(text)
    assert.deepEqual([status, version, air, typeof uptime], ['ok', '0.1.0', 'connected', 'number'])
  })

  test('counts for Prometheus', async () => {
    const { text } = await ask('/metrics')
    for (const line of text.trimEnd().split('\n'))
      assert.match(
        line,
        /^(# (HELP|TYPE) groundwave_house_\w+ .+|groundwave_house_\w+(\{\w+="[^"]*"\})? \d+(\.\d+)?(e-?\d+)?)$/,
      )
    assert.match(text, /^groundwave_house_requests_total\{status="4xx"\} [1-9]/m)
    assert.match(text, /^groundwave_house_page_cache_hits_total [1-9]/m)
    assert.match(text, /^groundwave_house_page_cache_bytes 1234$/m)
    assert.match(text, /^groundwave_house_air_connected 1$/m)
  })

  test('shows the page for what broke, and logs only that', async () => {
    lines.length = 0
    await ask('/nowhere?secret=1')
    assert.equal((await ask('/mishap')).text, "the site's own 500 page")
    const { status, headers, text } = await ask('/broken?secret=1')
    assert.deepEqual(
      [status, headers.get('content-type'), text],
      [500, 'text/html; charset=utf-8', '<h1>Something broke on our side</h1>'],
    )
    await wait(20)
    assert.match(lines.join('\n'), /A request broke\.  cause="Error: the site itself is gone/)
    assert.match(lines.join('\n'), /A request failed\.  method=GET path=\/mishap status=500/)
    assert.doesNotMatch(lines.join('\n'), /secret|nowhere/)
  })
})

suite('starting and stopping', () => {
  test('a port that is taken is named', async () => {
    const [first, second] = [house(), house()]
    const { port } = await first.server.start(local)
    await assert.rejects(
      second.server.start({ ...local, port }),
      (error) =>
        error instanceof GroundwaveError && error.code === 'PORT_TAKEN' && error.message.includes(String(port)),
    )
    await first.server.stop()
    await second.server.start({ ...local, port })
    await second.server.stop()
  })

  test('"::" is everywhere', async () => {
    const { server } = house()
    const { port } = await server.start({ host: '::', port: 0 })
    assert.equal((await fetch(`http://127.0.0.1:${port}/`)).status, 200)
    await server.stop()
  })

  test('stopping ends event streams and idle connections at once, and lets a page finish', async () => {
    const { server, open } = house()
    const { port } = await server.start(local)
    const url = `http://127.0.0.1:${port}`
    const events = (await fetch(`${url}/api/v1/events`)).body!.getReader()
    await events.read()
    const page = fetch(`${url}/slow`)
    await wait(50)
    const began = performance.now()
    const stopped = server.stop()
    while (!(await events.read()).done);
    await assert.rejects(fetch(`${url}/`))
    open()
    assert.equal(await (await page).text(), 'at last')
    await stopped
    assert.ok(performance.now() - began < 2000)
    await server.stop()
  })

  test('what does not finish is cut off after five seconds', async () => {
    const { server } = house()
    const { port } = await server.start(local)
    const response = await fetch(`http://127.0.0.1:${port}/endless`)
    const began = performance.now()
    await server.stop()
    assert.ok(performance.now() - began < 6000)
    await assert.rejects(response.text())
  })
})
