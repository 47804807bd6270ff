import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { launchBrowser, skip } from '../site/browser.ts'
import { faultsOfPages, looks } from './faults.ts'
import { startHouse } from './house.ts'
import type { Hired, House } from './house.ts'

const states = ['all', 'mine', 'draft', 'scheduled', 'public', 'held', 'killed', 'spiked']

suite('the desk’s page', () => {
  let house: House
  let ines: Hired
  let editor: Hired
  before(async () => {
    house = await startHouse()
    ines = await house.hire('Ines Haldorsen', 'reporter')
    editor = await house.hire('Rosalind Achterberg', 'editor')
  })
  after(() => house.stop())

  test('an empty desk says what to do, in every view', async () => {
    for (const state of states) {
      const page = await (await ines.ask(`/studio?show=${state}`)).text()
      assert.match(page, /<div class="empty">\s*<p>(No|Nothing) [^<]{15,}\.<\/p>/, state)
    }
    assert.match(await (await ines.ask('/studio')).text(), /“New story” begins the first\./)
  })

  test('a new story is a draft of who pressed, with their name over it', async () => {
    const answer = await ines.post('/studio/stories')
    assert.equal(answer.status, 303)
    const to = answer.headers.get('location') ?? ''
    assert.match(to, /^\/studio\/stories\/[\da-f-]{36}$/)
    const page = await (await ines.ask('/studio?show=mine')).text()
    assert.ok(page.includes(`href="${to}">No headline yet</a>`))
    assert.match(page, /<span class="state draft">Draft<\/span>/)
    assert.match(page, /Ines Haldorsen/)
    assert.match(page, /That is all: one story\./)
    assert.match(page, /Desk<span class="count"\s*>1<span class="hidden"> draft<\/span>/)
  })

  test('states are said in words, the search keeps its view, and markup in a headline stays text', async () => {
    const story = (headline: string) => ({
      headline,
      section: 'news',
      body: [{ type: 'paragraph', text: 'It is so.' }],
    })
    const { id } = await editor.order('', story('Ferry <b>hearing</b> moved'))
    await editor.order(`/${id}/publish`, {})
    const { id: killed } = await editor.order('', story('Wrong ferry'))
    await editor.order(`/${killed}/publish`, {})
    await editor.order(`/${killed}/kill`, { reason: 'wrong' })
    const { id: planned } = await editor.order('', story('Tomorrow’s ferry'))
    await editor.order(`/${planned}/publish`, { at: new Date(Date.now() + 86_400_000 * 400).toISOString() })
    const page = await (await ines.ask('/studio?find=ferry')).text()
    assert.match(page, /Ferry &lt;b&gt;hearing&lt;\/b&gt; moved/)
    assert.match(page, /<span class="state public">Public<\/span>/)
    assert.match(page, /<span class="state killed"><svg[^]*?<\/svg>\s*Killed by Rosalind<\/span>/)
    assert.match(page, /<span class="state due"><svg[^]*?<\/svg>\s*Goes at \w+ \d+, \d{4}<\/span>/)
    const only = await (await ines.ask('/studio?show=killed&find=ferry')).text()
    assert.match(only, /Wrong ferry/)
    assert.doesNotMatch(only, /Tomorrow’s ferry/)
    assert.match(only, /name="show" value="killed"/)
    const none = await (await ines.ask('/studio?find=%3Cscript%3E')).text()
    assert.match(none, /Nothing for “&lt;script&gt;”\./)
  })

  test('a long list comes in pages that end', async () => {
    for (let n = 0; n < 55; n++) await ines.post('/studio/stories')
    const seen = new Set<string>()
    let path = '/studio?show=draft'
    let pages = 0
    for (; path && pages < 5; pages++) {
      const page = await (await ines.ask(path)).text()
      for (const [, id] of page.matchAll(/href="\/studio\/stories\/([\da-f-]+)"/g)) seen.add(id!)
      const next: string | undefined = /<a class="under" href="([^"]+)">Older ones/.exec(page)?.[1]
      if (!next) assert.match(page, /That is all: 56 stories\./)
      path = next?.replaceAll('&amp;', '&') ?? ''
    }
    assert.equal(pages, 2)
    assert.equal(seen.size, 56)
    assert.match(await (await ines.ask('/studio?after=nonsense&show=nothing')).text(), /<h1>Desk<\/h1>/)
  })

  suite('in a browser', { skip }, () => {
    let browser: Browser
    before(async () => {
      browser = await launchBrowser()
    })
    after(() => browser.close())

    for (const look of looks)
      test(`usable by everybody: ${look.width} px, ${look.colorScheme}`, async () => {
        const paths = ['/studio', '/studio?show=spiked', '/studio?find=zzz', '/studio/nowhere']
        assert.deepEqual(await faultsOfPages({ browser, url: house.url, cookie: ines.header, paths, ...look }), [])
        const outside = [
          '/studio/sign-in',
          (await house.people.invite({ email: 'x@y.example', role: 'host', by: 'test' })).path,
        ]
        assert.deepEqual(await faultsOfPages({ browser, url: house.url, paths: outside, ...look }), [])
      })

    test('by keyboard: skip, search, begin a story; the menu opens, and Escape gives the place back', async () => {
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
      const [name = '', value = ''] = ines.header.split('=')
      await context.addCookies([{ name, value, url: house.url }])
      const page = await context.newPage()
      await page.goto(`${house.url}/studio`)
      await page.keyboard.press('Tab')
      assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'Skip to the page')
      await page.keyboard.press('Enter')
      assert.equal(await page.evaluate(() => document.activeElement?.id), 'main')
      await page.keyboard.press('Tab')
      await page.keyboard.type('wrong')
      await page.keyboard.press('Enter')
      await page.waitForURL('**/studio?find=wrong')
      await page.focus('summary.me')
      await page.keyboard.press('Enter')
      assert.ok(await page.isVisible('text=Sign out'))
      await page.keyboard.press('Escape')
      assert.ok(!(await page.isVisible('text=Sign out')))
      assert.equal(await page.evaluate(() => document.activeElement?.tagName), 'SUMMARY')
      await page.focus('text=New story')
      await page.keyboard.press('Enter')
      await page.waitForURL(/\/studio\/stories\/[\da-f-]+$/)
      await context.close()
    })
  })
})
