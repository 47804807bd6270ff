import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { brotliCompressSync } from 'node:zlib'
import { HtmlValidate } from 'html-validate'
import { startHarness, type Harness } from './harness.ts'
import { noticeStatus, pagePaths } from './paths.ts'
import { worldConfig, worldStories } from './world.ts'

/** Bytes compressed, as DESIGN §10 allows them before play is pressed; the text twin's are bytes as they are. */
const BUDGET = { script: 20_000, style: 15_000, text: 20_000 }

const validator = new HtmlValidate({
  extends: ['html-validate:recommended'],
  rules: {
    // Spelling that HTML leaves free.
    'void-style': 'off',
    'attribute-boolean-style': 'off',
    'no-trailing-whitespace': 'off',
    'long-title': 'off',
    'doctype-style': 'off',
    // A line's or a dash's breaking is the writer's.
    'tel-non-breaking': 'off',
    // The reference calls a region's label by aria-label where there is no heading to point at.
    'prefer-native-element': ['error', { exclude: ['region', 'img'] }],
    'no-inline-style': 'error',
  },
  elements: ['html5', { 'gw-player': { flow: true, permittedContent: ['@flow', 'script'] } }],
})

const faultsOf = async (text: string) => {
  const { results } = await validator.validateString(text)
  return results.flatMap(({ messages }) => messages.map(({ line, ruleId, message }) => `${line} ${ruleId}: ${message}`))
}

test('a long list goes on over pages, every story once, and ends with a last line', async () => {
  const sample = worldStories.find(({ id }) => id === 'bridge-opens')!
  const stories = Array.from({ length: 130 }, (_, n) => ({
    ...sample,
    id: `s-${n}`,
    headline: `Number ${n}.`,
    path: `/merrow-county/2026-03-01/s-${n}`,
    published: new Date(Date.parse('2026-03-01T12:00:00Z') - n * 3_600_000).toISOString(),
  }))
  const house = await startHarness({ stories })
  try {
    for (const list of ['/merrow-county', '/topics/roads', '/authors/ines-haldorsen']) {
      const seen: string[] = []
      let pages = 0
      for (let path: string | undefined = list; path; pages++) {
        const response: Response = await fetch(house.url + path)
        assert.equal(response.status, 200, path)
        const text = await response.text()
        assert.deepEqual(await faultsOf(text), [])
        seen.push(...[...text.matchAll(/<h3[^>]*><a href="([^"]+)"/g)].map(([, href]) => href ?? ''))
        const isLast = pages === 2
        assert.equal(/That is all (of|by) /.test(text), isLast, path)
        const next: string | undefined = /<a class="button" rel="next" href="([^"]+)"/.exec(text)?.[1]
        assert.equal(next, isLast ? undefined : `${list}/page/${pages + 2}`)
        assert.equal(/<link rel="next" href="([^"]+)"/.exec(text)?.[1], next)
        path = next
      }
      assert.equal(pages, 3)
      assert.deepEqual(seen.toSorted(), stories.map(({ path }) => path).toSorted())
      for (const none of ['/page/1', '/page/4', '/page/40', '/page/02', '/page/x'])
        assert.equal((await fetch(house.url + list + none)).status, 404, list + none)
    }
  } finally {
    await house.stop()
  }
})

test('the twin of a very long story goes on over pages, none of them heavy, nothing lost', async () => {
  const sample = worldStories.find(({ id }) => id === 'bridge-opens')!
  const body = Array.from({ length: 120 }, (_, n) => ({
    type: 'paragraph' as const,
    text: `Paragraph ${n}. ${'The river rose again. '.repeat(20)}`,
  }))
  const house = await startHarness({ stories: [{ ...sample, body }] })
  try {
    const seen: string[] = []
    let path: string | undefined = `/text${sample.path}`
    for (let pages = 0; path; pages++) {
      assert.ok(pages < 12)
      const text: string = await (await fetch(house.url + path)).text()
      assert.ok(Buffer.byteLength(text) <= BUDGET.text, `${path}: ${Buffer.byteLength(text)} bytes`)
      assert.deepEqual(await faultsOf(text), [])
      assert.match(text, /It is eleven\. The audio has been corrected too\.[^]*Copyright 2026/, 'on every page')
      seen.push(...(text.match(/Paragraph \d+\./g) ?? []))
      path = /<a rel="next" href="([^"]+)"/.exec(text)?.[1]
    }
    assert.deepEqual(
      seen,
      body.map((_, n) => `Paragraph ${n}.`),
    )
    assert.equal((await fetch(`${house.url}/text${sample.path}/page/40`)).status, 404)
  } finally {
    await house.stop()
  }
})

describe('the public pages', () => {
  let folder: string
  let house: Harness

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'gw-site-'))
    writeFileSync(join(folder, 'story.mp3'), Buffer.alloc(1000, 7))
    house = await startHarness({ audio: folder })
  })
  after(async () => {
    await house.stop()
    rmSync(folder, { recursive: true })
  })

  const get = async (path: string, headers: Record<string, string> = {}) => {
    const response = await fetch(house.url + path, { headers })
    return { response, text: await response.text() }
  }

  for (const [name, path] of Object.entries(pagePaths)) {
    test(`${name}: valid, without inline script or style`, async () => {
      const { response, text } = await get(path)
      assert.equal(response.status, noticeStatus[path] ?? 200)
      assert.deepEqual(await faultsOf(text), [])
      assert.doesNotMatch(text, /<style|\sstyle=|\son[a-z]+=|<script(?![^>]*(src=|application\/(ld\+)?json))/)
      assert.doesNotMatch(text, /undefined|NaN|\[object|>null</)
    })
  }

  test('no link within the site is dead', async () => {
    const seen = new Set<string>()
    const todo = Object.values(pagePaths)
    const dead: string[] = []
    for (let path = todo.pop(); path !== undefined; path = todo.pop()) {
      if (seen.has(path)) continue
      seen.add(path)
      const { response, text } = await get(path)
      if (response.status !== 200 && !(path in noticeStatus)) dead.push(path)
      if (!response.headers.get('content-type')?.startsWith('text/html')) continue
      for (const [, found = ''] of text.matchAll(/(?:href|src)="(\/[^"]*)"/g)) {
        const next = found.replace(/#.*/, '').replaceAll('&amp;', '&')
        // Next week has a next week.
        if (!/^\/(pictures\/|schedule\/\d)/.test(next)) todo.push(next)
      }
      for (const [, id = ''] of text.matchAll(/href="#([^"]+)"/g))
        if (!text.includes(`id="${id}"`)) dead.push(`${path}#${id}`)
    }
    assert.deepEqual(dead, [])
    assert.ok(seen.size > 60, `${seen.size} pages`)
  })

  test('scripts and styles are within their budgets', async () => {
    const { text } = await get('/')
    const weigh = async (pattern: RegExp, importsOf: (href: string) => Promise<string[]> = async () => []) => {
      let bytes = 0
      const todo = [...text.matchAll(pattern)].map(([, href = '']) => href)
      const seen = new Set<string>()
      for (let href = todo.pop(); href !== undefined; href = todo.pop()) {
        if (seen.has(href)) continue
        seen.add(href)
        todo.push(...(await importsOf(href)))
        const { length } = Buffer.from(
          await (await fetch(house.url + href, { headers: { 'accept-encoding': 'identity' } })).arrayBuffer(),
        )
        assert.ok(length > 0)
        const coded = await fetch(house.url + href, { headers: { 'accept-encoding': 'gzip' } })
        bytes += Number(
          coded.headers.get('content-length') ?? brotliCompressSync(Buffer.from(await coded.arrayBuffer())).length,
        )
      }
      return bytes
    }
    const script = await weigh(/<script[^>]+src="([^"]+)"/g, async (href) => {
      const code = await (await fetch(house.url + href)).text()
      // What is loaded before anything is pressed: not what `import()` fetches later.
      return [...code.matchAll(/(?:^|[;}\s])import[^"'();]*["'](\.[^"']+)["']/g)].map(
        ([, from = '']) => new URL(from, house.url + href).pathname,
      )
    })
    const style = await weigh(/<link rel="stylesheet" href="([^"]+)"/g)
    assert.ok(script > 0 && script <= BUDGET.script, `${script} bytes of script`)
    assert.ok(style > 0 && style <= BUDGET.style, `${style} bytes of style`)
  })

  test('the text twin is small and has no script, font or picture', async () => {
    for (const path of [pagePaths.text, pagePaths['text schedule'], pagePaths['text story']]) {
      const { text } = await get(path)
      assert.ok(Buffer.byteLength(text) <= BUDGET.text, `${path}: ${Buffer.byteLength(text)} bytes`)
      assert.doesNotMatch(text, /<script|<img|\.woff2|<link[^>]+preload/)
    }
  })

  test('a story of others points to its source, and carries its owner’s lines', async () => {
    const { text } = await get(pagePaths['wire story'])
    assert.match(text, /<link rel="canonical" href="https:\/\/lakesnews\.example\/story\/7731"/)
    assert.match(
      text,
      /Copyright 2026 Lakes News Cooperative\. All rights reserved\.\s+To see more, visit\s+<a class="under" href="https:\/\/lakesnews\.example\/story\/7731"/,
    )
    assert.match(text, /Material from the Lakes News Cooperative was used in this report\./)
  })

  test('a story has its photo’s three credits, its times and its correction', async () => {
    const { text } = await get(pagePaths.story)
    assert.match(text, /<b>Jonah Prewitt<\/b>\s*<span class="agency">Oxbow Public Radio<\/span>/)
    assert.match(text, /<time datetime="2026-03-12T14:05:00-04:00">March 12, 2026, 2:05 pm<\/time>/)
    assert.match(text, /4:20 pm<\/time>,\s+<a class="under" href="#corr">with a correction<\/a>/)
    assert.match(text, /It is eleven\. The audio has been corrected too\./)
  })

  test('audio is sent whole or in the part that is asked for', async () => {
    const whole = await get('/audio/story.mp3')
    assert.equal(whole.response.headers.get('accept-ranges'), 'bytes')
    assert.equal(whole.text.length, 1000)
    const part = await get('/audio/story.mp3', { range: 'bytes=10-19' })
    assert.equal(part.response.status, 206)
    assert.equal(part.response.headers.get('content-range'), 'bytes 10-19/1000')
    assert.equal((await get('/audio/story.mp3', { range: 'bytes=5000-' })).response.status, 416)
    assert.equal((await get('/audio/..%2f..%2fpackage.json')).response.status, 404)
  })

  test('list files name the stream’s absolute address', async () => {
    const { response, text } = await get('/streams/music.m3u')
    assert.match(response.headers.get('content-type') ?? '', /^audio\/x-mpegurl/)
    assert.equal(text.trim().split('\n').at(-1), `http://localhost:${worldConfig.air.port}/music.mp3`)
    assert.match((await get('/streams/music.pls')).text, /File1=http:\/\/localhost/)
    assert.equal((await get('/streams/nothing.m3u')).response.status, 404)
  })

  test('a page is not sent again to who has it', async () => {
    const first = await get('/')
    const etag = first.response.headers.get('etag') ?? ''
    const again = await get('/', { 'if-none-match': etag })
    assert.equal(again.response.status, 304)
  })

  test('a stream that goes off the air is said to be off on the next page asked for', async () => {
    await get('/schedule')
    house.air.set('news', { up: false, feed: 'silence', since: house.clock.now() - 60_000 })
    const { text } = await get('/schedule')
    assert.match(text, /<span class="tally off">Off the air<\/span>/)
    house.air.set('news', { up: true, feed: 'source' })
  })

  test('an alert leaves when it expires', async () => {
    const at = house.clock.now()
    assert.match((await get('/')).text, /Flood watch/)
    house.clock.set(Date.parse('2026-03-13T09:00:00-04:00'))
    assert.doesNotMatch((await get('/')).text, /Flood watch/)
    house.clock.set(at)
  })
})
