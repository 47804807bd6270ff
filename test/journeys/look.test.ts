import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { launchBrowser, needsBrowser } from './browser.ts'
import { comeInFirst } from './first-admin.ts'
import { startDemo } from './program.ts'
import type { Place, Station } from './program.ts'

let place: Place
let station: Station
let browser: Browser
let page: Page

describe('the look of a station', { ...needsBrowser(), timeout: 120_000 }, () => {
  before(async () => {
    station = await startDemo()
    place = station.place
    browser = await launchBrowser()
    page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
    await comeInFirst(page, station, 'Ruth Abara')
    await page.goto(`${place.house}/studio/look`)
  })
  after(async () => {
    await browser?.close()
    await station?.stop()
  })

  const preview = () => page.frameLocator('iframe')
  const setRange = (name: string, value: string) =>
    page.locator(`[name="${name}"]`).evaluate((input, to) => {
      ;(input as HTMLInputElement).value = to
      input.dispatchEvent(new Event('input', { bubbles: true }))
    }, value)
  const houseOf = (where: { locator: Page['locator'] }) =>
    where.locator('html').evaluate((html) => getComputedStyle(html).getPropertyValue('--station-house-hue').trim())

  test('the page beside the sliders follows them before anything is saved', async () => {
    await preview().locator('.station-line').waitFor()
    await setRange('houseHue', '300')
    assert.equal(await houseOf(preview() as never), '300')
    await page.fill('#line', 'Your source along the river')
    await preview().getByText('Your source along the river').first().waitFor()
    const site = await (await fetch(`${place.house}/`)).text()
    assert.doesNotMatch(site, /along the river<|theme\//)
  })

  test('the lightness of the signal goes with its hue; a lighter one is warned of, in words', async () => {
    await setRange('signalHue', '140')
    assert.equal(await page.inputValue('#signalLight'), '0.455')
    assert.equal(await page.locator('.warnings li').count(), 0)
    await setRange('signalLight', '0.7')
    await page.getByText(/The signal on paper in the light: \d\.\d to 1, and it needs 4.5 to 1/).waitFor()
    await setRange('signalLight', '0.455')
    assert.equal(await page.locator('.warnings li').count(), 0)
  })

  test('a logo with anything but shapes in it is refused, and what was chosen stays', async () => {
    await page.locator('.paste summary').click()
    await page.fill('#logo', '<svg viewBox="0 0 8 8"><script>alert(1)</script></svg>')
    await page.getByRole('button', { name: 'Make it our look' }).click()
    await page.getByText('this one has script').waitFor()
    assert.equal(await page.inputValue('#houseHue'), '300')
    assert.equal(await page.inputValue('#line'), 'Your source along the river')
  })

  test('saved, it is the look of every page, and of the studio', async () => {
    await page.locator('.paste summary').click()
    await page.fill('#logo', '<svg viewBox="0 0 8 8"><path fill="#c00" d="M0 0L8 8"/></svg>')
    await page.getByRole('button', { name: 'Make it our look' }).click()
    await page.getByText('the look of every page now').waitFor()
    assert.equal(await houseOf(page), '300')
    await page.goto(`${place.house}/`)
    assert.equal(await houseOf(page), '300')
    await page.getByText('Your source along the river').first().waitFor()
    assert.equal(await page.locator('header .logo path').first().getAttribute('d'), 'M0 0L8 8')
    assert.match(await (await fetch(`${place.house}/favicon.svg`)).text(), /M0 0L8 8/)
  })

  test('the standard colours come back with one press', async () => {
    await page.goto(`${place.house}/studio/look`)
    await page.getByRole('button', { name: 'Back to the standard colours' }).click()
    await page.getByText('the look of every page now').waitFor()
    assert.equal(await houseOf(page), '212')
    assert.doesNotMatch(await (await fetch(`${place.house}/`)).text(), /\/theme\//)
  })
})
