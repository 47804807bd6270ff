import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { writeAtom } from './atom.ts'
import type { Feed, FeedItem } from './feed-item.ts'
import { htmlToProse } from './html-prose.ts'
import { readInstant } from './instant.ts'
import { writeJsonFeed } from './json-feed.ts'
import { scriptJson, writeNewsArticle, type NewsArticle } from './json-ld.ts'
import { writeOembed, writeOembedXml } from './oembed.ts'
import { proseHtml } from './prose-html.ts'
import { writeRss } from './rss.ts'
import { writeNewsSitemap, writeSitemap, writeSitemapIndex } from './sitemap.ts'
import { child, readXml } from './xml-reader.fixture.ts'

const image = {
  url: 'https://s.example/p.jpg',
  mediaType: 'image/jpeg',
  width: 1200,
  height: 800,
  alt: 'Ice',
  caption: 'Ice & boats',
  photographer: 'Ines Okafor-Lund',
  agency: 'Lakes Desk',
}
const item: FeedItem = {
  id: 'tag:s.example,2026:story/9',
  link: 'https://s.example/news/2026-03-31/ice?a=1&b=2',
  title: 'Harbor pilots & the "long" <winter>',
  summary: 'Fewest ships.',
  contentHtml: '<p>Ice ]]> &amp; boats</p>',
  authors: [{ name: 'Nuria Vandersloot', url: 'https://s.example/people/nv' }, { name: 'Tomasz Hale' }],
  published: '2026-03-10T14:05:00.000Z',
  updated: '2026-03-11T00:00:00.000Z',
  topics: ['Harbor'],
  image,
  audio: { url: 'https://s.example/a.mp3', mediaType: 'audio/mpeg', bytes: 3904000, duration: 244.4, title: 'Ice' },
  source: { owner: 'Lakes Desk', url: 'https://lakesdesk.example/1' },
  copyright: 'Copyright 2026 Lakes Desk.',
}
const feed: Feed = {
  title: 'Station',
  description: 'News',
  link: 'https://s.example/',
  self: 'https://s.example/feeds/front.xml',
  language: 'en-US',
  updated: '2026-03-11T00:00:00.000Z',
  items: [item],
}

test('RSS says everything and is well-formed', () => {
  const channel = child(readXml(writeRss(feed)), 'channel')
  assert.deepEqual(child(channel, 'atom:link').attributes, {
    rel: 'self',
    type: 'application/rss+xml',
    href: feed.self,
  })
  const one = child(channel, 'item')
  assert.equal(child(one, 'title').text, item.title)
  assert.deepEqual([child(one, 'guid').text, child(one, 'guid').attributes], [item.id, { isPermaLink: 'false' }])
  assert.equal(child(one, 'pubDate').text, 'Tue, 10 Mar 2026 14:05:00 GMT')
  assert.equal(child(one, 'content:encoded').text, item.contentHtml)
  assert.deepEqual(
    one.children.filter(({ name }) => name === 'dc:creator').map(({ text }) => text),
    ['Nuria Vandersloot', 'Tomasz Hale'],
  )
  assert.deepEqual(child(one, 'enclosure').attributes, {
    url: 'https://s.example/a.mp3',
    length: '3904000',
    type: 'audio/mpeg',
  })
  assert.deepEqual(
    child(one, 'media:content').children.map(({ text }) => text),
    ['Ice & boats', 'Ines Okafor-Lund', 'Lakes Desk'],
  )
})

test('Atom has what RFC 4287 requires, and tells withdrawals', () => {
  const root = readXml(writeAtom({ ...feed, deleted: [{ id: 'tag:s.example,2026:story/8', when: feed.updated }] }))
  for (const name of ['id', 'title', 'updated', 'author']) assert.ok(child(root, name).name, name)
  assert.equal(child(root, 'at:deleted-entry').attributes['ref'], 'tag:s.example,2026:story/8')
  const entry = child(root, 'entry')
  assert.deepEqual(
    [child(entry, 'id').text, child(entry, 'updated').text, child(entry, 'content').text],
    [item.id, item.updated, item.contentHtml],
  )
  assert.equal(child(entry, 'content').attributes['type'], 'html')
})

test('JSON Feed 1.1', () => {
  const read = JSON.parse(writeJsonFeed(feed)) as { version: string; items: Record<string, unknown>[] }
  assert.equal(read.version, 'https://jsonfeed.org/version/1.1')
  assert.deepEqual(
    [read.items[0]!['id'], read.items[0]!['content_html'], read.items[0]!['authors']],
    [item.id, item.contentHtml, item.authors],
  )
  assert.deepEqual(read.items[0]!['attachments'], [
    {
      url: 'https://s.example/a.mp3',
      mime_type: 'audio/mpeg',
      title: 'Ice',
      size_in_bytes: 3904000,
      duration_in_seconds: 244,
    },
  ])
})

const article: NewsArticle = {
  url: item.link,
  headline: 'Ends </script><!-- here',
  description: '',
  published: item.published,
  updated: item.updated,
  authors: item.authors,
  publisher: { name: 'Station', url: 'https://s.example/' },
  images: [image],
  section: 'News',
  keywords: ['Harbor'],
  dateline: 'PORT AMBROSE',
  corrections: [{ at: item.updated, text: 'It was 388.' }],
  source: { url: 'https://lakesdesk.example/1', owner: 'Lakes Desk', copyright: 'Copyright 2026 Lakes Desk' },
  language: 'en-US',
}

test('NewsArticle carries corrections, credit and source, and cannot leave its script', () => {
  const text = writeNewsArticle(article)
  assert.doesNotMatch(text, /[<>&]/)
  const read = JSON.parse(text) as Record<string, unknown>
  assert.equal(read['headline'], article.headline)
  assert.deepEqual(read['correction'], [
    { '@type': 'CorrectionComment', datePublished: item.updated, text: 'It was 388.' },
  ])
  assert.deepEqual(
    [read['isBasedOn'], read['mainEntityOfPage']],
    ['https://lakesdesk.example/1', { '@type': 'WebPage', '@id': 'https://lakesdesk.example/1' }],
  )
  assert.equal((read['image'] as { creditText: string }[])[0]!.creditText, 'Ines Okafor-Lund / Lakes Desk')
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const written = scriptJson(value)
      assert.doesNotMatch(written, /[<>&\u2028\u2029]/)
      assert.deepEqual(JSON.parse(written), JSON.parse(JSON.stringify(value)))
    }),
  )
})

test('sitemaps hold what they may', () => {
  assert.equal(
    readXml(writeSitemap([{ url: 'https://s.example/?a&b', updated: item.updated }, { url: 'https://s.example/' }]))
      .children.length,
    2,
  )
  assert.equal(readXml(writeSitemapIndex([{ url: 'https://s.example/sitemap.xml' }])).name, 'sitemapindex')
  const now = Date.parse('2026-03-12T00:00:00Z')
  const at = (hours: number) => new Date(now - hours * 3_600_000).toISOString()
  const stories = [1, 47, 49, -1].map((hours) => ({
    url: `https://s.example/${hours}`,
    title: 'T',
    published: at(hours),
  }))
  const root = readXml(writeNewsSitemap(stories, { publication: 'Station', language: 'en-US', now }))
  assert.deepEqual(
    root.children.map((url) => child(url, 'loc').text),
    ['https://s.example/1', 'https://s.example/47'],
  )
  const news = child(root.children[0]!, 'news:news')
  assert.deepEqual(
    child(news, 'news:publication').children.map(({ text }) => text),
    ['Station', 'en'],
  )
  const many = Array.from({ length: 1_200 }, () => stories[0]!)
  assert.equal(readXml(writeNewsSitemap(many, { publication: 'Station', language: 'en', now })).children.length, 1_000)
})

test('oEmbed answers within the size asked for', () => {
  const story = {
    url: item.link,
    title: 'A "quoted" <b>title</b>',
    author: 'N',
    provider: 'Station',
    providerUrl: 'https://s.example/',
    thumbnail: { url: image.url, width: 1200, height: 800 },
    player: { url: 'https://s.example/embed/9', width: 600, height: 180 },
  }
  const read = JSON.parse(writeOembed(story, { maxWidth: 400, cacheAge: 300 })) as Record<string, string | number>
  assert.deepEqual(
    [read['version'], read['type'], read['width'], read['height'], read['thumbnail_url']],
    ['1.0', 'rich', 400, 180, undefined],
  )
  assert.doesNotMatch(String(read['html']), /<b>|title=""/)
  const { player: _player, ...plain } = story
  const answer = readXml(writeOembedXml(plain))
  assert.deepEqual([child(answer, 'type').text, child(answer, 'title').text], ['link', story.title])
  assert.deepEqual(
    ['thumbnail_url', 'thumbnail_width', 'thumbnail_height'].map((name) => child(answer, name).text),
    [image.url, '1200', '800'],
  )
})

test('any text gives well-formed XML that says the same, less what XML forbids', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string(), (title, contentHtml) => {
      const one = { ...item, title, contentHtml, topics: [title], authors: [{ name: title }] }
      const written = child(child(readXml(writeRss({ ...feed, items: [one] })), 'channel'), 'item')
      assert.equal(
        child(written, 'title').text,
        title.toWellFormed().replace(/(?![\t\n\r])\p{Cc}|[\uFFFE\uFFFF]/gu, ''),
      )
      readXml(writeAtom({ ...feed, title, items: [one] }))
      readXml(
        writeNewsSitemap([{ url: title, title, published: feed.updated }], {
          publication: title,
          language: title,
          now: Date.parse(feed.updated),
        }),
      )
    }),
  )
})

test('a body written for feeds is read back as it was', () => {
  const html =
    '<h2>H</h2><p>a <strong>b</strong> <em>c</em> <a href="https://a.example/?x=1&amp;y=2">d</a> &lt;i&gt;</p><ul><li>1<ol><li>2</li></ol></li></ul><blockquote><p>q</p><footer>S</footer></blockquote><table><tr><th>h</th><th>k</th></tr><tr><td>v</td><td></td></tr></table><hr/>'
  const { blocks } = htmlToProse(html)
  assert.equal(proseHtml(blocks, { base: 'https://s.example/' }), html)
  assert.equal(
    proseHtml(
      [
        { type: 'paragraph', runs: [{ text: 'x', href: '/news' }] },
        { type: 'photo', photo: 'p' },
        { type: 'embed', provider: 'twitter', id: '5', title: '' },
      ],
      { base: 'https://s.example/', photo: () => image },
    ),
    '<p><a href="https://s.example/news">x</a></p><figure><img src="https://s.example/p.jpg" width="1200" height="800" alt="Ice"/><figcaption>Ice &amp; boats (Ines Okafor-Lund / Lakes Desk)</figcaption></figure><p><a href="https://x.com/i/status/5">See it at X</a></p>',
  )
})

test('moments as wires write them', () => {
  const cases: [unknown, string | null][] = [
    ['2026-03-08T01:59:59-06:00', '2026-03-08T07:59:59.000Z'],
    ['20160908T132446+0100', '2016-09-08T12:24:46.000Z'],
    ['2026-12-31T23:59:60Z', '2027-01-01T00:00:00.000Z'],
    ['2026-09-04T12:20:50.952-05:00', '2026-09-04T17:20:50.952Z'],
    ['2026-03-31', '2026-03-31T05:00:00.000Z'],
    ['2026-02-30T00:00:00Z', null],
    ['0000-01-01', null],
    ['2026-03-31T25:00:00Z', null],
    ['yesterday', null],
    [1e12, null],
  ]
  for (const [written, iso] of cases) assert.equal(readInstant(written, '-05:00'), iso, String(written))
  fc.assert(fc.property(fc.string(), (written) => void readInstant(written)))
})
