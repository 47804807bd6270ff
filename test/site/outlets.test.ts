import assert from 'node:assert/strict'
import { request } from 'node:http'
import { after, before, describe, test } from 'node:test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith'
import { SaxesParser } from 'saxes'
import type { Story } from '../../src/newsroom/newsroom.ts'
import { startHarness, type Harness } from './harness.ts'
import { jsonFeedSchema, newsArticleSchema, oembedSchema } from './outlet-schemas.ts'
import { pagePaths } from './paths.ts'
import { worldConfig, worldStories } from './world.ts'

type Answer = { status: number; headers: Record<string, string | undefined>; text: string }

/** As somebody asks who came by this host name. */
const ask = (url: string, headers: Record<string, string> = {}): Promise<Answer> =>
  new Promise((done, fail) => {
    const asking = request(url, { headers }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () =>
        done({
          status: response.statusCode ?? 0,
          headers: response.headers as Answer['headers'],
          text: Buffer.concat(chunks).toString(),
        }),
      )
    })
    asking.on('error', fail)
    asking.end()
  })

/** Throws where XML 1.0 with namespaces would. */
const assertWellFormed = (xml: string) => {
  const parser = new SaxesParser({ xmlns: true })
  parser.on('error', (error) => {
    throw error
  })
  parser.write(xml).close()
}

const ajv = new Ajv2020({ strict: true, strictRequired: false })
const assertValid = (schema: object, value: unknown) => {
  const validate = ajv.compile(schema)
  assert.ok(validate(value), ajv.errorsText(validate.errors))
}

const bridge = worldStories.find(({ id }) => id === 'bridge-opens') as Story
const dataOf = (page: string) =>
  JSON.parse(/<script type="application\/ld\+json">([^]*?)<\/script>/.exec(page)?.[1] ?? 'null') as Record<
    string,
    unknown
  >

describe('what programs read', () => {
  let house: Harness
  const get = (path: string, headers?: Record<string, string>) => ask(house.url + path, headers)

  before(async () => {
    house = await startHarness()
  })
  after(() => house.stop())

  test('RSS: a stranger reads the station, its stories, photos with credit, and the correction', async () => {
    const { text, headers } = await get('/feeds/front.xml')
    assert.equal(headers['content-type'], 'application/rss+xml; charset=utf-8')
    assertWellFormed(text)
    const feed = parseRssFeed(text)
    assert.deepEqual(
      [feed.title, feed.link, feed.language],
      [worldConfig.station.name, `${house.url}/`, worldConfig.station.language],
    )
    const item = feed.items?.find(({ title }) => title === bridge.headline)
    assert.equal(item?.link, house.url + bridge.path)
    assert.match(item?.guid?.value ?? '', /^urn:uuid:[0-9a-f-]{36}$/)
    assert.equal(Date.parse(item?.pubDate ?? ''), Date.parse(bridge.published))
    assert.equal(Date.parse(item?.atom?.updated ?? ''), Date.parse(bridge.updated ?? ''))
    assert.deepEqual(item?.dc?.creators, ['Ines Haldorsen'])
    assert.match(item?.content?.encoded ?? '', /<strong>Correction, March 12, 2026, 4:20 pm\.<\/strong> An earlier/)
    assert.match(item?.content?.encoded ?? '', /truck full of gravel/)
    assert.deepEqual(
      item?.media?.contents?.[0]?.credits?.map(({ role, value }) => [role, value]),
      [
        ['photographer', 'Jonah Prewitt'],
        ['provider', worldConfig.station.name],
      ],
    )
    assert.equal(new Set(feed.items?.map(({ guid }) => guid?.value)).size, feed.items?.length)
  })

  test('of others’ stories: what announces them, whose they are, and the way there', async () => {
    const atom = await get('/feeds/section/news.atom')
    assert.equal(atom.headers['content-type'], 'application/atom+xml; charset=utf-8')
    assertWellFormed(atom.text)
    const feed = parseAtomFeed(atom.text)
    const wire = feed.entries?.find(({ title }) => title?.value?.startsWith('Lake ports'))
    assert.deepEqual(
      wire?.links?.map(({ rel, href }) => [rel, href]),
      [
        ['alternate', `${house.url}/news/2026-03-12/lake-ports`],
        ['via', 'https://lakesnews.example/story/7731'],
      ],
    )
    assert.match(wire?.content?.value ?? '', /To see more, visit <a href="https:\/\/lakesnews\.example\/story\/7731"/)
    assert.ok(feed.entries?.every(({ id, updated, title }) => id && updated && title))
    assert.ok(!feed.entries?.some(({ title }) => title?.value === bridge.headline), 'another section’s story stays out')
  })

  test('JSON Feed is valid by its schema, and carries credit and corrections', async () => {
    const { text, headers } = await get('/feeds/front.json')
    assert.equal(headers['content-type'], 'application/feed+json; charset=utf-8')
    const read = JSON.parse(text) as { items: { url: string; _groundwave: { corrections?: unknown } }[] }
    assertValid(jsonFeedSchema, read)
    assert.equal(parseJsonFeed(text).items?.length, read.items.length)
    const item = read.items.find(({ url }) => url.endsWith(bridge.path))
    assert.deepEqual(item?._groundwave.corrections, bridge.corrections)
  })

  test('feeds and maps are not sent again to who has them, and name the host that was asked', async () => {
    for (const path of ['/feeds/front.xml', '/feeds/front.json', '/sitemap.xml', '/sitemap-news.xml', '/robots.txt']) {
      const first = await get(path)
      assert.equal(first.status, 200, path)
      assert.equal(first.headers['access-control-allow-origin'], '*')
      assert.equal((await get(path, { 'if-none-match': first.headers['etag'] ?? '' })).status, 304, path)
      const other = await get(path, { host: 'radio.example' })
      assert.match(other.text, /http:\/\/radio\.example\//)
      assert.doesNotMatch(other.text, /localhost/, path)
      assert.equal((await get(path)).text, first.text, 'another host’s answer is not ours')
    }
  })

  test('there is no feed of what is not there', async () => {
    for (const path of ['/feeds/nothing.xml', '/feeds/front.rdf', '/feeds/section/nothing.xml', '/sitemap-7.xml'])
      assert.equal((await get(path)).status, 404, path)
  })

  test('the sitemap holds what is at home here, and the news sitemap our own of two days', async () => {
    const all = await get('/sitemap.xml')
    assert.equal(all.headers['content-type'], 'application/xml; charset=utf-8')
    assertWellFormed(all.text)
    const locs = [...all.text.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, loc]) => loc)
    assert.ok(locs.includes(house.url + bridge.path) && locs.includes(`${house.url}/schedule`))
    assert.ok(!locs.some((loc) => loc?.endsWith('/lake-ports')), 'it is at home elsewhere')
    const news = await get('/sitemap-news.xml')
    assertWellFormed(news.text)
    assert.ok(news.text.includes(bridge.path) && !news.text.includes('lake-ports'))
    for (const [, at = ''] of news.text.matchAll(/<news:publication_date>([^<]+)</g))
      assert.ok(house.clock.now() - Date.parse(at) < 48 * 3_600_000, at)
    const at = house.clock.now()
    house.clock.set(Date.parse(bridge.published) + 48 * 3_600_000 + 1)
    assert.ok(!(await get('/sitemap-news.xml')).text.includes(bridge.path), 'after two days it is out by itself')
    house.clock.set(at)
  })

  test('robots.txt names the maps', async () => {
    const { text } = await get('/robots.txt')
    assert.deepEqual(
      [...text.matchAll(/^Sitemap: (.+)$/gm)].map(([, url]) => url),
      [`${house.url}/sitemap.xml`, `${house.url}/sitemap-news.xml`],
    )
  })

  test('oEmbed answers for public stories of ours and for nothing else', async () => {
    const page = encodeURIComponent(house.url + bridge.path)
    const json = await get(`/oembed?url=${page}&maxwidth=600`)
    assert.equal(json.headers['content-type'], 'application/json; charset=utf-8')
    const read = JSON.parse(json.text) as Record<string, unknown>
    assertValid(oembedSchema, read)
    assert.deepEqual(
      [read['title'], read['author_name'], read['thumbnail_url']],
      [bridge.headline, 'Ines Haldorsen', undefined],
    )
    assertValid(oembedSchema, JSON.parse((await get(`/oembed?url=${page}`)).text))
    assert.equal(read['type'], 'rich', 'it has sound')
    const silent = encodeURIComponent(house.url + pagePaths['wire story'])
    assert.equal(JSON.parse((await get(`/oembed?url=${silent}`)).text).type, 'link')
    const xml = await get(`/oembed?url=${page}&format=xml`)
    assert.equal(xml.headers['content-type'], 'text/xml; charset=utf-8')
    assertWellFormed(xml.text)
    const status = async (query: string) => (await get(`/oembed?${query}`)).status
    assert.equal(await status(`url=${encodeURIComponent(`${house.url}/merrow-county/2026-03-12/nothing`)}`), 404)
    assert.equal(await status(`url=${encodeURIComponent(`https://elsewhere.example${bridge.path}`)}`), 404)
    assert.equal(await status(`url=${page}&format=yaml`), 501)
    assert.equal(await status('url=nonsense'), 404)
    assert.equal(await status(''), 400)
  })

  test('the frame of a sound may stand anywhere, can do nothing, and goes with its story', async () => {
    const frame = await get(`/embed${bridge.path}`)
    assert.equal(frame.status, 200)
    assert.match(frame.headers['content-security-policy'] ?? '', /^default-src 'none';.*frame-ancestors \*$/)
    assert.match(frame.text, /<audio controls preload="none" src="\/audio\//)
    assert.doesNotMatch(frame.text, /<script|<form/)
    assert.equal((await get(`/embed${pagePaths['wire story']}`)).status, 404, 'it has no sound')
    assert.equal((await get(`/embed${pagePaths['withdrawn story']}`)).status, 410)
  })

  test('a page names its feeds, its card and its oEmbed, and all of them answer', async () => {
    const { text } = await get(pagePaths.story)
    const links = [...text.matchAll(/<link rel="alternate" type="([^"]+)"[^>]*href="([^"]+)"/g)]
    assert.deepEqual(links.map(([, type]) => type).toSorted(), [
      'application/atom+xml',
      'application/feed+json',
      'application/json+oembed',
      'application/rss+xml',
      'text/xml+oembed',
    ])
    for (const [, , href = ''] of links) {
      const url = new URL(href.replaceAll('&amp;', '&'), house.url)
      assert.equal((await ask(url.href)).status, 200, href)
    }
    const meta = (name: string) => new RegExp(`<meta (?:property|name)="${name}" content="([^"]*)"`).exec(text)?.[1]
    assert.deepEqual(
      ['og:type', 'og:url', 'og:image', 'og:image:width', 'twitter:card', 'article:published_time'].map(meta),
      [
        'article',
        house.url + bridge.path,
        `${house.url}/pictures/bridge.svg`,
        '1500',
        'summary_large_image',
        '2026-03-12T14:05:00-04:00',
      ],
    )
    assert.match((await get(pagePaths.section)).text, /href="\/feeds\/section\/merrow-county\.xml"/)
  })

  test('NewsArticle is valid by its schema, with corrections, credit and source', async () => {
    const data = dataOf((await get(pagePaths.story)).text)
    assertValid(newsArticleSchema, data)
    assert.equal(data['headline'], bridge.headline)
    assert.match(JSON.stringify(data['correction']), /It is eleven/)
    assert.equal((data['image'] as { creditText: string }[])[0]?.creditText, 'Jonah Prewitt / Oxbow Public Radio')
    const wire = dataOf((await get(pagePaths['wire story'])).text)
    assertValid(newsArticleSchema, wire)
    assert.deepEqual(
      [wire['isBasedOn'], (wire['mainEntityOfPage'] as Record<string, string>)['@id']],
      ['https://lakesnews.example/story/7731', 'https://lakesnews.example/story/7731'],
    )
  })
})

test('a large station’s sitemap is an index over parts', async () => {
  const stories = Array.from({ length: 5001 }, (_, n) => ({ ...bridge, id: `s-${n}`, path: `/news/2026-03-01/s-${n}` }))
  const house = await startHarness({ stories })
  try {
    const index = await ask(`${house.url}/sitemap.xml`)
    assertWellFormed(index.text)
    assert.match(index.text, /<sitemapindex/)
    const parts = [...index.text.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, loc]) => loc ?? '')
    assert.equal(parts.length, 3)
    const texts = await Promise.all(parts.map(async (part) => (await ask(part)).text))
    const locs = texts.flatMap((text) => [...text.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, loc]) => loc))
    assert.equal(locs.filter((loc) => loc?.includes('/s-')).length, 5001)
    assert.equal(new Set(locs).size, locs.length)
  } finally {
    await house.stop()
  }
})
