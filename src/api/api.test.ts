import assert from 'node:assert/strict'
import { get as httpGet } from 'node:http'
import { after, before, suite, test } from 'node:test'
import { nowAnswer } from './now-answer.ts'
import { smallStation } from './small-station.fixture.ts'

suite('the API', () => {
  const station = smallStation()
  let url = ''
  before(async () => {
    url = await station.start()
  })
  after(() => station.stop())

  const ask = async (path: string, init?: RequestInit) => {
    const response = await fetch(url + path, init)
    // oxlint-disable-next-line typescript/no-explicit-any -- what comes is looked at by assert
    return { response, json: (await response.json()) as any }
  }

  test('/now tells what is on, as it is documented', async () => {
    const { response, json } = await ask('/api/v1/now')
    assert.equal(response.status, 200)
    assert.equal(response.headers.get('content-type'), 'application/json')
    assert.equal(response.headers.get('access-control-allow-origin'), '*')
    nowAnswer.parse(json)
    assert.deepEqual(json.streams[0], {
      name: 'news',
      mount: '/news.mp3',
      title: 'Oxbow News',
      label: '90.3 FM',
      url: 'http://127.0.0.1:8000/news.mp3',
      hls: 'http://127.0.0.1:8000/hls/news/live.m3u8',
      codec: 'mp3',
      up: true,
      since: '2026-07-01T10:00:00.000Z',
      feed: 'source',
      streamTitle: null,
      now: {
        program: 'the-way-home',
        title: 'The Way Home',
        host: 'Mina Castellane',
        kind: 'talk',
        episode: 'The bridge',
        picture: 'mina.svg',
        start: '2026-07-01T20:00:00.000Z',
        end: '2026-07-01T22:30:00.000Z',
      },
      next: {
        program: 'last-ferry',
        title: 'Last Ferry',
        host: '',
        kind: 'talk',
        episode: null,
        picture: null,
        start: '2026-07-02T03:00:00.000Z',
        end: '2026-07-02T04:00:00.000Z',
      },
    })
    assert.deepEqual(
      [
        json.at,
        json.zone,
        json.streams[1].hls,
        json.streams[1].codec,
        json.streams[1].streamTitle,
        json.streams[1].now,
      ],
      ['2026-07-01T21:00:00.000Z', 'America/New_York', null, null, null, null],
    )
  })

  test('stream addresses follow the name the listener used, and only if it is a name', async () => {
    const streamUrl = (host: string) =>
      new Promise<string>((resolve, reject) => {
        httpGet(`${url}/api/v1/now`, { headers: { host } }, (response) => {
          response.setEncoding('utf8')
          let text = ''
          response.on('data', (piece: string) => (text += piece))
          response.on('end', () =>
            resolve(response.statusCode === 200 ? JSON.parse(text).streams[0].url : `${response.statusCode}`),
          )
        }).on('error', reject)
      })
    assert.equal(await streamUrl('Radio.Example:8080'), 'http://radio.example:8000/news.mp3')
    assert.equal(await streamUrl('[2001:db8::1]:8080'), 'http://[2001:db8::1]:8000/news.mp3')
    assert.match(await streamUrl('evil"; script-src *'), /^400$|localhost:8000/)
  })

  test('/schedule tells a day of the station, today when none is named', async () => {
    const { response, json } = await ask('/api/v1/schedule')
    assert.equal(response.status, 200)
    assert.deepEqual([json.date, json.zone], ['2026-07-01', 'America/New_York'])
    assert.deepEqual(
      json.streams.map((stream: { name: string }) => stream.name),
      ['news', 'music'],
    )
    assert.deepEqual(
      json.streams[0].airings.map((airing: { program: string }) => airing.program),
      ['the-way-home', 'last-ferry'],
    )
    const thursday = await ask('/api/v1/schedule?date=2026-07-02&stream=news')
    assert.deepEqual(thursday.json.streams[0].airings, [])
  })

  for (const date of ['2026-02-30', 'today', '01.05.2026', '', '2026-07-01T00:00', '2026-07-01&date=2026-07-02'])
    test(`/schedule refuses date=${date}`, async () => {
      const { response, json } = await ask(`/api/v1/schedule?date=${date}`)
      assert.equal(response.status, 400)
      assert.equal(json.error.code, 'BAD_REQUEST')
      assert.match(json.error.message, /date needs a day such as 2026-05-01/)
      assert.ok(json.error.hint)
    })

  for (const date of ['0000-01-01', '9999-12-31'])
    test(`/schedule knows ${date}`, async () =>
      assert.equal((await ask(`/api/v1/schedule?date=${date}`)).response.status, 200))

  test('/schedule names the streams when asked for another', async () => {
    const { response, json } = await ask('/api/v1/schedule?stream=auto')
    assert.equal(response.status, 404)
    assert.match(json.error.message, /The streams are: news, music\./)
  })

  test('an address that is not there is answered in JSON', async () => {
    const { response, json } = await ask('/api/v1/nowhere')
    assert.equal(response.status, 404)
    assert.deepEqual(Object.keys(json.error), ['code', 'message', 'hint'])
  })

  test('a browser of another site may ask first', async () => {
    const response = await fetch(`${url}/api/v1/now`, {
      method: 'OPTIONS',
      headers: { origin: 'https://else.example' },
    })
    assert.equal(response.status, 204)
    assert.equal(response.headers.get('access-control-allow-origin'), '*')
  })

  test('the description names every address, and every reference in it leads somewhere', async () => {
    const { json } = await ask('/api/v1/openapi.json')
    assert.equal(json.openapi, '3.1.0')
    assert.deepEqual(Object.keys(json.paths).sort(), [
      '/api/v1/events',
      '/api/v1/now',
      '/api/v1/schedule',
      '/api/v1/stories',
      '/api/v1/stories/{id}',
      '/api/v1/stories/{id}/correct',
      '/api/v1/stories/{id}/embargo',
      '/api/v1/stories/{id}/hold',
      '/api/v1/stories/{id}/kill',
      '/api/v1/stories/{id}/publish',
      '/api/v1/stories/{id}/release',
      '/api/v1/stories/{id}/withdraw',
      '/api/v1/wire/{source}',
    ])
    const references = [...JSON.stringify(json).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(
      (found) => found[1]!,
    )
    assert.ok(references.length > 3)
    for (const reference of references) assert.ok(json.components.schemas[reference], reference)
    const operations = Object.values<Record<string, { operationId: string; responses: object }>>(json.paths).flatMap(
      (path) => Object.values(path),
    )
    assert.equal(new Set(operations.map(({ operationId }) => operationId)).size, 15)
    for (const { responses } of operations) assert.ok('200' in responses || '201' in responses)
    const parameters = json.paths['/api/v1/schedule'].get.parameters
    assert.deepEqual(
      parameters.map((one: { name: string; in: string }) => `${one.in} ${one.name}`),
      ['query date', 'query stream'],
    )
  })
})
