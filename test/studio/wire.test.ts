import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { after, before, suite, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { cdsStory } from '../../src/wire/cds.fixture.ts'
import { smallPng } from '../journeys/wire-world.ts'
import { launchBrowser, skip } from '../site/browser.ts'
import { faultsOfPages, looks } from './faults.ts'
import { startHouse } from './house.ts'
import type { Hired, House } from './house.ts'
import { fillWire, push, sources, story } from './wire-items.ts'

const MILL = '/studio/wire/items/lakes-news/lakes-mill'

suite('the wire’s page', () => {
  let house: House
  let editor: Hired
  let reporter: Hired
  let host: Hired
  let storyId = ''
  before(async () => {
    house = await startHouse({ wire: sources })
    editor = await house.hire('Rosalind Achterberg', 'editor')
    reporter = await house.hire('Ines Haldorsen', 'reporter')
    host = await house.hire('Sam Tillery', 'host')
    const page = await read(editor, '/studio/wire?show=all')
    assert.match(page, /Nothing has come yet\. What a source sends stands here at once\./)
    ;({ storyId } = await fillWire(house, editor.account.id))
  })
  after(() => house.stop())

  const read = async (who: Hired, path: string) => {
    const answer = await who.ask(path)
    assert.equal(answer.status, 200, path)
    return answer.text()
  }
  /** The item's line in the list. */
  const lineOf = (page: string, headline: string) =>
    /<li[^>]*>(?:(?!<\/li>)[^])*$/.exec(page.split(headline)[0] ?? '')![0] +
    (page.split(headline)[1] ?? '').split('</li>')[0]

  test('every item says how it stands, in words, with its versions in a box', async () => {
    const whole = await read(editor, '/studio/wire?show=all')
    const page = whole.slice(whole.indexOf('<ol class="items">'))
    for (const [headline, state, version] of [
      ['Ferry hearing moved to the capital', 'Withdrawn by the source', 2],
      ['Lake ports agree', 'On the site, News', 1],
      ['Rail cars of salt', 'Closed to us', 1],
      ['Milk board', 'On the site, News', 2],
      ['Budget: water and roads', 'New', 1],
      ['County sets May 15 limit', 'Updates our story', 2],
    ] as const) {
      const line = lineOf(page, headline)
      assert.match(line, new RegExp(`${state}</span>`), headline)
      assert.match(line, new RegExp(`>v${version}</span>`), headline)
    }
    assert.match(lineOf(page, 'Ferry hearing moved'), /<li class="kill"/)
    assert.match(whole, /Updates to ours <span>1<\/span>/)
    assert.match(whole, /Kills <span>1<\/span>/)
    assert.match(whole, /Lakes News withdrew “Ferry hearing moved to the capital” at \d+:\d\d:\d\d\./)
    assert.match(whole, /Gone from everything we serve at \d+:\d\d:\d\d\./)
    const killed = await read(editor, '/studio/wire/items/lakes-news/lakes-hearing')
    assert.match(killed, /Who confirmed<\/h3>[^]*gone from everything we serve at \d+:\d\d:\d\d\.\d/)
    assert.match(killed, /Each has looked through: story page, front, sections and topics, search/)
    const [first] = /<h3>[^]*?<\/h3>/.exec(page) ?? []
    assert.match(first ?? '', /Dam operator/, 'the last that came stands first')
  })

  test('it is filtered by state, source, section and words', async () => {
    const headlines = async (query: string) =>
      [...(await read(editor, `/studio/wire?${query}`)).matchAll(/<h3><a[^>]*>([^<]*)<\/a><\/h3>/g)].map(
        ([, one]) => one,
      )
    assert.deepEqual(await headlines('show=kills'), ['Ferry hearing moved to the capital'])
    assert.deepEqual(await headlines('show=updates'), ['County sets May 15 limit on Mill Bottom offer'])
    assert.equal((await headlines('show=all&source=statehouse')).length, 2)
    assert.deepEqual(await headlines('show=all&section=music'), [])
    assert.deepEqual(await headlines('show=all&find=MILK'), ['Milk board puts off vote for a fourth time'])
    assert.deepEqual(await headlines('show=all&find=%25'), [])
    assert.equal((await headlines('show=new')).length, 2)
  })

  test('an open list learns how much has come since', async () => {
    const count = async (since: number) =>
      ((await (await host.ask(`/studio/wire/news?since=${since}`)).json()) as { count: number }).count
    assert.equal(await count(0), 7)
    assert.equal(await count(Date.now()), 0)
  })

  test('what could not be read stands there with its reason, and as text', async () => {
    const page = await read(host, '/studio/wire/unreadable')
    assert.match(page, /The document has an id that CDS does not allow\./)
    assert.doesNotMatch(page, /Read all of them again/, 'a host may not')
    const path = /\/studio\/wire\/messages\/[\w-]+/.exec(page)![0]
    const message = await read(editor, path)
    assert.match(message, /lakes-&lt;script&gt;alert\(1\)&lt;\/script&gt;/)
    assert.doesNotMatch(message, /<script>alert/)
    const bytes = await editor.ask(`${path}/bytes`)
    assert.equal(await bytes.text(), '{"resources":[{"id":"lakes-<script>alert(1)</script>","title":"x"}]}')
    assert.match(bytes.headers.get('content-disposition') ?? '', /^attachment/)
    assert.match(bytes.headers.get('content-type') ?? '', /octet-stream/)
    const again = await editor.post('/studio/wire/reparse')
    assert.equal(again.headers.get('location'), '/studio/wire/unreadable?read=0&still=1')
    assert.match(await read(editor, again.headers.get('location')!), /Nothing more could be read\./)
  })

  test('a source that does not answer says since when, and when it is tried again; its token is nowhere', async () => {
    const page = await read(editor, '/studio/wire')
    assert.match(page, /not answering since/)
    assert.match(page, /The service does not answer\.[^]*It is tried again at\s+\d+:\d\d:\d\d; nothing is lost\./)
    assert.doesNotMatch(page, /secret-of-npr/)
    assert.equal((await editor.post('/studio/wire/sources/npr/ask')).status, 303)
    assert.equal((await editor.post('/studio/wire/sources/lakes-news/ask')).status, 404)
    assert.equal((await host.post('/studio/wire/sources/npr/ask')).status, 403)
  })

  test('what waits is shown as a difference, and taken by who may', async () => {
    const page = await read(reporter, MILL)
    assert.match(page, /A person has changed the story; an editor decides about this update\./)
    assert.match(page, /<del>June<\/del><ins>May 15<\/ins>/)
    assert.match(page, /<ins>, after which the money goes back to the state<\/ins>/)
    const [, id] = /updates\/([\w-]+)\/take/.exec(page)!
    const writing = await read(editor, `/studio/stories/${storyId}`)
    assert.match(writing, /<b id="offer">Lakes News has changed it</)
    assert.match(writing, /<del>June<\/del><ins>May 15<\/ins>/)
    assert.ok(writing.includes(`action="/studio/wire/updates/${id}/take"`))
    assert.equal((await host.post(`/studio/wire/updates/${id}/take`)).status, 403)
    assert.equal((await reporter.post(`/studio/wire/updates/${id}/take`)).status, 403, 'it is public, and not theirs')
    const before = await (await fetch(`${house.url}/news`)).text()
    assert.match(before, /County sets a limit on the Mill Bottom offer/)
    const taken = await editor.post(`/studio/wire/updates/${id}/take`)
    assert.equal(taken.headers.get('location'), `/studio/stories/${storyId}`)
    assert.match(await (await fetch(`${house.url}/news`)).text(), /County sets May 15 limit on Mill Bottom offer/)
    assert.equal((await editor.post(`/studio/wire/updates/${id}/leave`)).status, 409)
    assert.match(await read(editor, '/studio/wire?show=updates'), /No update waits\./)
    assert.doesNotMatch(await read(editor, `/studio/stories/${storyId}`), /has changed it/)
  })

  test('an item goes to the desk, to a section, or is passed over, by hand', async () => {
    const item = '/studio/wire/items/statehouse/state-budget'
    assert.equal((await host.post(`${item}/pass`)).status, 403)
    assert.equal((await reporter.post(`${item}/publish`, { section: 'music' })).status, 403)
    assert.equal((await reporter.post(`${item}/pass`)).status, 303)
    assert.match(await read(editor, item), /Passed over by Ines Haldorsen/)
    assert.doesNotMatch(await read(editor, '/studio/wire?show=new'), /Budget: water/)
    assert.equal((await reporter.post(`${item}/unpass`)).status, 303)
    assert.equal((await editor.post(`${item}/publish`, { section: 'none' })).status, 400)
    assert.equal((await editor.post(`${item}/publish`, { section: 'music' })).status, 303)
    assert.match(await (await fetch(`${house.url}/music`)).text(), /Budget: water and roads, full tables/)
    const dam = await reporter.post('/studio/wire/items/statehouse/state-dam/take')
    assert.match(dam.headers.get('location') ?? '', /^\/studio\/stories\/[\da-f-]{36}$/)
    assert.equal((await editor.post('/studio/wire/items/lakes-news/lakes-salt/take')).status, 409)
    assert.equal((await editor.ask('/studio/wire/items/lakes-news/none')).status, 404)
    assert.doesNotMatch(await read(editor, '/studio/wire/items/lakes-news/lakes-salt'), /The ferry/)
  })

  test('rules are made on the screen and hold for what comes then', async () => {
    assert.equal((await reporter.ask('/studio/wire/rules')).status, 403)
    const rule = {
      source: 'lakes-news',
      profile: 'story',
      route: 'publish',
      section: 'music',
      topics: 'Boats',
      expire: '9000d',
    }
    const wrong = await editor.post('/studio/wire/rules', { ...rule, expire: 'soon' })
    assert.equal(wrong.status, 422)
    assert.match(await wrong.text(), /This rule cannot be used\./)
    assert.equal((await editor.post('/studio/wire/rules', rule)).status, 303)
    const page = await read(editor, '/studio/wire/rules')
    assert.match(
      page,
      /What is of the kind story: goes straight to the site, in Music, with the topic Boats, for 9000 days\./,
    )
    await push(house, 'lakes-news', story('lakes-tug', 'A tug for the winter'))
    assert.match(await (await fetch(`${house.url}/music`)).text(), /A tug for the winter/)
    const [path] = /\/studio\/wire\/rules\/[\w-]+\/delete/.exec(page)!
    assert.equal((await editor.post(path)).status, 303)
    assert.doesNotMatch(await read(editor, '/studio/wire/rules'), /Boats/)
  })

  test('a photo that cannot be fetched leaves its place empty, the studio says so, and it appears by itself', async () => {
    let open = false
    const pictures = createServer((_req, res) =>
      open ? res.writeHead(200, { 'content-type': 'image/png' }).end(smallPng) : res.writeHead(503).end(),
    ).listen(0, '127.0.0.1')
    await once(pictures, 'listening')
    const host = `127.0.0.1:${(pictures.address() as AddressInfo).port}`
    try {
      process.env['GROUNDWAVE_FETCH_ALLOW'] = host
      const own = await startHouse({ wire: sources })
      delete process.env['GROUNDWAVE_FETCH_ALLOW']
      try {
        const ines = await own.hire('Ines Haldorsen', 'reporter')
        const pushed = await push(own, 'lakes-news', cdsStory({ pictures: `http://${host}` }))
        const page = async () => (await fetch(pushed.storyUrl!)).text()
        const item = '/studio/wire/items/lakes-news/lakes-2001'
        await until(async () => (await read(ines, item)).includes('(HTTP 503)'))
        assert.match(await read(ines, item), /tried (once|\d+ times), again at/)
        assert.doesNotMatch(await page(), /The Amery Star at her pier/)
        open = true
        const name = /files\/(w-[0-9a-f]{32})\/retry/.exec(await read(ines, item))![1]
        assert.equal((await ines.post(`/studio/wire/files/${name}/retry`)).status, 303)
        await until(async () => (await page()).includes('The Amery Star at her pier'))
        assert.match(await page(), /Jordan Lee/)
        assert.doesNotMatch(await read(ines, item), /Not here yet/)
      } finally {
        await own.stop()
      }
    } finally {
      pictures.close()
    }
  })

  test('a station without a source is told how to get one', async () => {
    const own = await startHouse()
    try {
      const engineer = await own.hire('Desmond Okafor', 'engineer')
      const page = await (await engineer.ask('/studio/wire')).text()
      assert.match(page, /the station has no source\./)
      assert.match(page, /<code>fetch<\/code>/)
    } finally {
      await own.stop()
    }
  })

  suite('in a browser', { skip }, () => {
    let browser: Browser
    before(async () => (browser = await launchBrowser()))
    after(() => browser.close())

    for (const { colorScheme, width } of looks)
      test(`no fault at ${width} px, ${colorScheme}`, async () => {
        const unreadable = await read(editor, '/studio/wire/unreadable')
        const paths = [
          '/studio/wire',
          '/studio/wire?show=all',
          '/studio/wire?show=embargoed',
          MILL,
          '/studio/wire/items/lakes-news/lakes-hearing',
          '/studio/wire/items/lakes-news/lakes-salt',
          '/studio/wire/unreadable',
          /\/studio\/wire\/messages\/[\w-]+/.exec(unreadable)![0],
          '/studio/wire/rules',
        ]
        const visit = { browser, url: house.url, paths, cookie: editor.header, colorScheme, width }
        assert.deepEqual(await faultsOfPages(visit), [])
      })

    test('with the keyboard alone: to an item, and what waits is left', async () => {
      const again = story('lakes-mill', 'County sets May 20 limit on Mill Bottom offer', { minutes: 90 })
      const { token } = await house.people.makeToken({ accountId: editor.account.id, name: 'k', by: 'test' })
      await fetch(`${house.url}/api/v1/stories/${storyId}/correct`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ text: 'The day was wrong.', headline: 'Ours again' }),
      })
      await push(house, 'lakes-news', again)
      const context = await browser.newContext()
      const [name = '', value = ''] = editor.header.split('=')
      await context.addCookies([{ name, value, url: house.url }])
      const page = await context.newPage()
      await page.goto(`${house.url}/studio/wire?show=updates`)
      const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim() ?? '')
      const tabTo = async (text: string) => {
        for (let n = 0; n < 80; n++) {
          await page.keyboard.press('Tab')
          if ((await focused()).startsWith(text)) return
        }
        assert.fail(`${text} is not reached by Tab`)
      }
      await tabTo('County sets May 20')
      await page.keyboard.press('Enter')
      await page.waitForURL(/items\/lakes-news\/lakes-mill/)
      await tabTo('Leave ours as it is')
      await page.keyboard.press('Enter')
      await page.waitForFunction(() => !document.body.textContent?.includes('Leave ours as it is'))
      assert.match(await (await fetch(`${house.url}/news`)).text(), /Ours again/)
      await context.close()
    })
  })
})

const until = async (is: () => Promise<boolean>) => {
  for (let tries = 0; !(await is()); tries++) {
    assert.ok(tries < 400, 'it took too long')
    await sleep(50)
  }
}
