import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { launchBrowser, skip } from './browser.ts'
import { startHarness, type Harness } from './harness.ts'

describe('the search page, by keyboard', { skip }, () => {
  let browser: Browser
  let house: Harness
  let page: Page

  before(async () => {
    house = await startHarness()
    browser = await launchBrowser()
    page = await browser.newPage()
  })
  after(async () => {
    await browser.close()
    await house.stop()
  })

  const tabTo = async (what: string) => {
    for (let n = 0; n < 60; n++) {
      await page.keyboard.press('Tab')
      const here = await page.evaluate(() => {
        const focused = document.activeElement
        return focused?.getAttribute('name') ?? focused?.textContent?.trim()
      })
      if (here === what) return
    }
    assert.fail(`Tab never came to ${what}`)
  }

  test('from the front page to a story, with a word misspelt on the way', async () => {
    await page.goto(house.url)
    await tabTo('Search')
    await page.keyboard.press('Enter')
    await page.waitForSelector('.find')
    await tabTo('q')
    await page.keyboard.type('brigde')
    await page.keyboard.press('Enter')
    await page.waitForSelector('.found-none')
    assert.match(
      (await page.textContent('.found-none')) ?? '',
      /Nothing for “brigde”\.\s+Did you mean “bridge”\?\s+\d+ stor(y|ies)\./,
    )
    await tabTo('“bridge”')
    await page.keyboard.press('Enter')
    await page.waitForSelector('.found')
    assert.equal(await page.inputValue('#q'), 'bridge')
    assert.match((await page.textContent('.found mark')) ?? '', /bridge/i)
    const headline = (await page.textContent('.found h3'))?.trim() ?? ''
    await tabTo(headline)
    await page.keyboard.press('Enter')
    await page.waitForSelector('.story-head')
    assert.equal((await page.textContent('h1'))?.trim(), headline)
  })

  test('what is typed is shown as text, whatever it is', async () => {
    let ran = false
    page.on('dialog', (dialog) => ((ran = true), void dialog.dismiss()))
    for (const typed of ['<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', '<mark>bridge</mark>']) {
      await page.goto(`${house.url}/search?q=${encodeURIComponent(typed)}`)
      assert.equal(await page.inputValue('#q'), typed)
      assert.equal(await page.locator('main script, main img[src=x]').count(), 0)
    }
    assert.equal(ran, false)
  })

  test('is kept by nobody, and is not for search engines', async () => {
    const response = await fetch(`${house.url}/search?q=bridge`)
    assert.equal(response.headers.get('cache-control'), 'no-store')
    assert.match(await response.text(), /<meta name="robots" content="noindex" \/>/)
    assert.equal(
      (await fetch(`${house.url}/search?q=${'x'.repeat(5000)}&page=-1&from=x&order=y&section=z`)).status,
      200,
    )
  })
})
