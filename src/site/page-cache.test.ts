import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, get, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { createPageCache, encodingOf, isMatch, perHostKey, type Page } from './page-cache.ts'

const clock = { at: 1000, now: () => clock.at }
const page = (body: string, more: Partial<Page> = {}): Page => ({ body, tags: [], until: 2000, ...more })
const textOf = async (cached: Promise<{ variant(accepted?: string): { body: Buffer } }>) =>
  (await cached).variant(undefined).body.toString()

test('a page is rendered once while it is true', async () => {
  clock.at = 1000
  const cache = createPageCache({ clock })
  let renderings = 0
  const render = () => page(`rendering ${++renderings}`)
  assert.equal(await textOf(cache.page('/', render)), 'rendering 1')
  assert.equal(await textOf(cache.page('/', render)), 'rendering 1')
  clock.at = 2000
  assert.equal(await textOf(cache.page('/', render)), 'rendering 2')
})

test('many who ask at once share one rendering', async () => {
  clock.at = 1000
  const cache = createPageCache({ clock })
  let renderings = 0
  const slow = async () => {
    await new Promise((resolve) => setTimeout(resolve, 5))
    return page(`rendering ${++renderings}`)
  }
  const pages = await Promise.all(Array.from({ length: 20 }, () => textOf(cache.page('/', slow))))
  assert.deepEqual(new Set(pages), new Set(['rendering 1']))
})

test('a page that names its host is given to those who came by that host, before any router too', async () => {
  clock.at = 1000
  const cache = createPageCache({ clock })
  for (const host of ['a.example', 'b.example'])
    await cache.page(perHostKey('/feed', host), () => page(`of ${host}`, { tags: ['stories'] }))
  const ready = (host?: string) => cache.ready('/feed', undefined, host)?.body.toString()
  assert.deepEqual(
    [ready('a.example'), ready('b.example'), ready('c.example'), ready()],
    ['of a.example', 'of b.example', undefined, undefined],
  )
  cache.forget(['stories'])
  assert.deepEqual([ready('a.example'), ready('b.example')], [undefined, undefined])
})

test('a change forgets exactly the pages that show it', async () => {
  clock.at = 1000
  const cache = createPageCache({ clock })
  await cache.page('/a', () => page('a', { tags: ['stories'] }))
  await cache.page('/b', () => page('b', { tags: ['air'] }))
  cache.forget(['stories'])
  assert.equal(await textOf(cache.page('/a', () => page('a again'))), 'a again')
  assert.equal(await textOf(cache.page('/b', () => page('b again'))), 'b')
})

test('a rendering that began before a change is not kept, and not given to who asks after it', async () => {
  clock.at = 1000
  const cache = createPageCache({ clock })
  let finish = () => {}
  const old = cache.page('/', async () => {
    await new Promise<void>((resolve) => (finish = resolve))
    return page('old', { tags: ['story:1'] })
  })
  cache.forget(['story:1'])
  const fresh = cache.page('/', () => page('new', { tags: ['story:1'] }))
  assert.equal(await textOf(fresh), 'new')
  finish()
  assert.equal(await textOf(old), 'old', 'who asked before the change gets what was true then')
  assert.equal(await textOf(cache.page('/', () => page('newer'))), 'new')
})

test('a rendering that fails is told to all who wait, and tried again by the next', async () => {
  const cache = createPageCache({ clock })
  await assert.rejects(
    cache.page('/', () => Promise.reject(new Error('no'))),
    /no/,
  )
  assert.equal(await textOf(cache.page('/', () => page('yes'))), 'yes')
})

test('the oldest pages go when there are too many', async () => {
  clock.at = 1000
  const cache = createPageCache({ clock, limit: 4000 })
  for (let number = 0; number < 10; number += 1) await cache.page(`/${number}`, () => page('x'.repeat(1000)))
  assert.ok(cache.size() <= 4000)
  assert.equal(await textOf(cache.page('/9', () => page('again'))), 'x'.repeat(1000))
  assert.equal(await textOf(cache.page('/0', () => page('again'))), 'again')
})

test('answers before the router: compressed, with an ETag, and 304 to who has it', async () => {
  clock.at = 1000
  const cache = createPageCache({ clock, headers: { 'X-Frame-Options': 'DENY' } })
  const server = createServer((request, response) => {
    if (!cache.answer(request, response)) response.writeHead(404).end()
  }).listen(0)
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const ask = async (path: string, headers: Record<string, string> = {}) => {
    const [response] = (await once(get({ port, path, headers }), 'response')) as [IncomingMessage]
    return { response, body: Buffer.concat((await response.toArray()) as Buffer[]) }
  }
  const text = 'news '.repeat(500)
  await cache.page('/story', () => page(text))

  const br = await ask('/story', { 'accept-encoding': 'gzip, br' })
  assert.equal(br.response.headers['content-encoding'], 'br')
  assert.equal(brotliDecompressSync(br.body).toString(), text)
  assert.equal(br.response.headers['cache-control'], 'public, max-age=0, must-revalidate')
  assert.equal(br.response.headers['x-frame-options'], 'DENY')
  assert.equal(br.response.headers.vary, 'Accept-Encoding')

  const gzip = await ask('/story', { 'accept-encoding': 'gzip, br;q=0' })
  assert.equal(gunzipSync(gzip.body).toString(), text)
  assert.notEqual(gzip.response.headers.etag, br.response.headers.etag)

  const same = await ask('/story', { 'accept-encoding': 'br', 'if-none-match': br.response.headers.etag ?? '' })
  assert.equal(same.response.statusCode, 304)
  assert.equal(same.body.length, 0)

  assert.equal((await ask('/other')).response.statusCode, 404)
  clock.at = 2000
  assert.equal((await ask('/story')).response.statusCode, 404)
  server.close()
})

test('a coding that is weighed with zero is refused', () => {
  assert.equal(encodingOf('gzip, deflate, br'), 'br')
  assert.equal(encodingOf('gzip;q=1.0, br;q=0'), 'gzip')
  assert.equal(encodingOf('br;q=0.5'), 'br')
  assert.equal(encodingOf('gzip;q=0.0'), 'identity')
  assert.equal(encodingOf(undefined), 'identity')
})

test('an ETag is found in a list, weak or strong', () => {
  assert.ok(isMatch('"a", W/"b"', '"b"'))
  assert.ok(isMatch('*', '"b"'))
  assert.ok(!isMatch('"a"', '"b"'))
  assert.ok(!isMatch(undefined, '"b"'))
})
