import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { smallStation } from '../api/small-station.fixture.ts'
import { silentLog } from '../base/log.ts'
import { createAirAddress } from '../config/air-address.ts'
import { createHouseServer } from './server.ts'

suite('a house that is out of touch with the database', () => {
  const state = { inTouch: false }
  const station = smallStation()
  const kept = { headers: ['Content-Type', 'text/html', 'Content-Length', '5'], body: Buffer.from('story') }
  const server = createHouseServer({
    api: station.api,
    site: { fetch: () => new Response('story') },
    errorPage: () => '',
    cache: {
      ready: () => kept,
      size: () => 0,
      answer: (req, res) => {
        if (req.url !== '/') return false
        res.writeHead(200, kept.headers).end(kept.body)
        return true
      },
    },
    inTouch: () => state.inTouch,
    airAddress: createAirAddress({ port: () => 8000 }),
    airConnected: () => true,
    version: '0.1.0',
    log: silentLog,
  })
  let url = ''
  before(async () => {
    url = `http://127.0.0.1:${(await server.start({ host: '127.0.0.1', port: 0 })).port}`
  })
  after(() => server.stop())

  test('gives nothing that may hold a story, kept or not, on a connection new or old', async () => {
    for (const headers of [{}, { 'if-none-match': '"1"' }])
      for (const path of [
        '/',
        '/news',
        '/news/2026-03-10/a',
        '/text',
        '/search?q=a',
        '/feeds/front.xml',
        '/sitemap.xml',
        '/pictures/a.jpg',
        '/audio/a.mp3',
        '/oembed?url=a',
        '/api/v1/stories',
        '/api/v1/stories/1',
        '/nowhere',
      ]) {
        const answer = await fetch(url + path, { headers })
        assert.equal(answer.status, 503, path)
        assert.equal(answer.headers.get('retry-after'), '5')
        assert.equal(answer.headers.get('cache-control'), 'no-store')
        const body = await answer.text()
        assert.ok(!body.includes('story"') && body !== 'story', path)
        if (path.startsWith('/api/')) assert.equal(JSON.parse(body).error.code, 'HOUSE_OUT_OF_TOUCH')
      }
    state.inTouch = true
    assert.equal(await (await fetch(`${url}/`)).text(), 'story')
    state.inTouch = false
    assert.equal((await fetch(`${url}/`)).status, 503, 'the page door asks each time')
  })

  test('goes on with what shows none', async () => {
    for (const path of ['/healthz', '/metrics', '/api/v1/now', '/assets/site.css', '/streams/news.m3u'])
      assert.notEqual((await fetch(url + path)).status, 503, path)
    const health = await (await fetch(`${url}/healthz`)).json()
    assert.equal((health as { database: string }).database, 'out of touch')
  })
})
