import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { faultsOf } from '../studio/faults.ts'
import { launchBrowser, needsBrowser, visit } from './browser.ts'
import { said, startDemo } from './program.ts'
import type { Station } from './program.ts'

suite('from the printed link to the first words, on a phone', needsBrowser(), () => {
  let station: Station
  let browser: Browser
  before(async () => {
    station = await startDemo()
    browser = await launchBrowser()
  })
  after(async () => {
    await browser.close()
    await station.stop()
  })

  test('the first admin comes in, sees the desk, begins a story, and signs in again another day', async () => {
    const line = await said(station.program, /studio: first sign-in (http:\S+)/)
    const link = line.replace(/^.* /, '')
    assert.ok(link.startsWith(`${station.place.house}/studio/welcome/`), link)
    const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true }
    const { page, complaints, close } = await visit(browser, link, phone)
    assert.equal(await page.textContent('h1'), 'Your station’s first admin')

    // A password anybody would try is refused in words, and the rest stays typed.
    await page.fill('#name', 'Rosalind Achterberg')
    await page.fill('#email', 'rosalind.a@oxbow.example')
    await page.fill('#password', 'password123')
    await page.tap('text=Begin')
    await page.waitForSelector('[role=alert] >> text=That password will not do.')
    complaints.length = 0 // the browser tells of the 400 it was answered with
    assert.equal(await page.inputValue('#email'), 'rosalind.a@oxbow.example')
    await page.fill('#password', 'slow ferry paper lanterns')
    await page.tap('text=Begin')

    // The desk, with the air line over it and the tabs under it.
    await page.waitForURL(`${station.place.house}/studio`)
    assert.ok((await page.locator('.rows > li').count()) > 10)
    assert.deepEqual(await page.locator('.tabbar a').allTextContents(), ['Desk', 'Wire', 'On air', 'Week', 'Photos'])
    assert.match((await page.textContent('.airline .account summary')) ?? '', /RA/)
    for (const tab of ['Wire', 'On air', 'Week', 'Photos', 'Desk']) {
      await page.tap(`.tabbar >> text=${tab}`)
      await page.waitForSelector(`.tabbar a[aria-current=page] >> text=${tab}`)
      assert.ok(
        await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth),
        `${tab} scrolls sideways`,
      )
    }

    // A first story.
    await page.tap('text=New story')
    await page.waitForURL(/\/studio\/stories\/[\da-f-]{36}$/)
    await page.waitForSelector('story-editor .ProseMirror')
    await page.getByLabel('Headline').fill('The ferry goes on Friday')
    await page.waitForSelector('[data-part=saved] >> text=/^Saved/')
    await page.tap('.tabbar >> text=Desk')
    await page.waitForSelector('.rows >> text=The ferry goes on Friday')
    assert.match((await page.textContent('.filters a >> text=Mine')) ?? '', /1/)

    // Another day: out, and in again, to where one wanted to go.
    await page.tap('.account summary')
    await page.tap('text=Sign out')
    await page.waitForURL(/\/studio\/sign-in$/)
    await page.goto(`${station.place.house}/studio/people`)
    await page.fill('#email', 'rosalind.a@oxbow.example')
    await page.fill('#password', 'slow ferry paper lanterns')
    await page.tap('button >> text=Sign in')
    await page.waitForURL(`${station.place.house}/studio/people`)
    assert.match((await page.textContent('main')) ?? '', /Rosalind Quarles/)
    assert.deepEqual(complaints, [])
    await close()

    // The link is dead, and says so.
    const late = await fetch(link)
    assert.equal(late.status, 410)
    assert.match(await late.text(), /This link has been used, or is too old\./)
  })

  test('the board of the running demo has no faults, and follows who listens', async () => {
    const { house, air, folder } = station.place
    assert.ok(folder)
    const { page, close } = await visit(browser, `${house}/studio/sign-in`, {
      bypassCSP: true,
      viewport: { width: 1280, height: 900 },
    })
    await page.fill('#email', 'rosalind.a@oxbow.example')
    await page.fill('#password', 'slow ferry paper lanterns')
    await page.keyboard.press('Enter')
    await page.waitForURL(`${house}/studio`)
    await page.goto(`${house}/studio/on-air`)
    const listening = () => page.textContent('section[aria-label="Oxbow News"] .big')
    assert.equal(await listening(), '0')
    assert.match((await page.textContent('section[aria-label="Oxbow News"] .chain [aria-current]')) ?? '', /Playout/)
    const listener = new AbortController()
    const heard = await fetch(`${air}/news.mp3`, { signal: listener.signal })
    await page.waitForFunction(
      () => document.querySelector('section[aria-label="Oxbow News"] .big')?.textContent === '1',
      undefined,
      { timeout: 20_000 },
    )
    listener.abort()
    await heard.body?.cancel().catch(() => {})
    assert.deepEqual(await faultsOf(page), [])
    await close()
  })
})
