import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { waitFor } from '../world/wait.ts'
import { launchBrowser, needsBrowser } from './browser.ts'
import { comeInFirst } from './first-admin.ts'
import { startDemo } from './program.ts'
import type { Station } from './program.ts'

let station: Station
let browser: Browser
let page: Page

describe('levels of what goes out', { ...needsBrowser(), timeout: 120_000 }, () => {
  before(async () => {
    station = await startDemo()
    browser = await launchBrowser()
    page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
    await comeInFirst(page, station, 'Desmond Okafor')
    await page.goto(`${station.place.house}/studio/on-air`)
  })
  after(async () => {
    await browser?.close()
    await station?.stop()
  })

  const reading = async () => (await page.locator('studio-level svg').first().getAttribute('aria-label')) ?? ''
  const listening = async (): Promise<number> => {
    const text = await (await fetch(`${station.place.air}/status-json.xsl`)).text()
    return [...text.matchAll(/"listeners":(\d+)/g)].reduce((sum, [, count]) => sum + Number(count), 0)
  }

  test('pressed, the meter shows what is heard, in words too', async () => {
    await page.getByRole('button', { name: 'Show levels of Oxbow Music' }).click()
    const words = await waitFor('a level', async () => /left -\d+ dB, right -\d+ dB/.exec(await reading())?.[0], {
      ms: 15_000,
    })
    const [left] = /-\d+/.exec(words) ?? []
    assert.ok(Number(left) > -55 && Number(left) <= 0, words)
    assert.ok((await page.locator('studio-level rect.ok').count()) >= 1)
  })

  test('it goes on when the board is renewed', async () => {
    const meter = await page.locator('studio-level svg').first().elementHandle()
    const before = await page.locator('.board').innerHTML()
    await waitFor('the board to change', async () => (await page.locator('.board').innerHTML()) !== before)
    await page.waitForTimeout(6000)
    assert.equal(await meter?.evaluate((svg) => svg.isConnected), true)
    await waitFor('a level', async () => /left -\d+ dB/.test(await reading()), { ms: 10_000 })
  })

  test('hidden, it stops listening', async () => {
    assert.ok((await listening()) >= 1)
    await page.getByRole('button', { name: 'Hide levels' }).click()
    await page.getByRole('button', { name: 'Show levels of Oxbow Music' }).waitFor()
    await waitFor('nobody listens', async () => (await listening()) === 0, { ms: 15_000 })
  })
})
