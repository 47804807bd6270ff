import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { join } from 'node:path'
import { photograph } from '../world/newsroom-day.ts'
import { launchBrowser, needsBrowser } from './browser.ts'
import { followGuide, look, PACE, typeIn } from './guide.ts'
import { makePlace, ROOT, serve, writeStation } from './program.ts'
import type { Station } from './program.ts'

const HEADLINE = 'The ferry is painted for the first time since 1988'
/** What the acceptance of a first story asks for, ms. */
const MOST = 180_000

let station: Station
let browser: Browser
let page: Page
let began = 0

describe('your first story, on a phone', { ...needsBrowser(), timeout: 240_000 }, () => {
  before(async () => {
    const place = await makePlace()
    writeStation(place, {
      station: { name: 'Oxbow Public Radio', line: 'Your source along the Merrow', zone: 'America/New_York' },
      house: { port: place.housePort },
      air: { port: place.airPort },
      mounts: [{ path: '/news.mp3', name: 'Oxbow News' }],
    })
    station = await serve(place)
    browser = await launchBrowser()
    const context = await browser.newContext({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true })
    page = await context.newPage()
    page.setDefaultTimeout(15_000)
    began = Date.now()
  })
  after(async () => {
    await browser?.close()
    await station?.stop()
  })

  followGuide('12-your-first-story.md', {
    page: () => page,
    steps: {
      'Open the link': async () => {
        const [, link] = /first sign-in (\S+)/.exec(station.program.output()) ?? []
        await page.goto(link!)
        await typeIn(page, 'Your name', 'Mina Okafor')
        await typeIn(page, 'E-mail', 'mina@oxbow.example')
        await typeIn(page, 'Password', 'four ferries in a row')
      },
      'Begin a story': async () => {
        await page.getByRole('button', { name: 'Begin' }).tap()
        await page.waitForURL('**/studio')
        await look(page)
        await page.getByRole('button', { name: 'New story' }).first().tap()
        await page.waitForURL('**/studio/stories/**')
        await page.locator('.ProseMirror').waitFor()
      },
      'Write it': async () => {
        await typeIn(page, 'Headline', HEADLINE)
        await typeIn(page, 'Dek', 'Eleven volunteers, forty litres, and a captain who holds the ladder.')
        await page.locator('.ProseMirror').tap()
        await page.keyboard.type('The ferry at Harl lies on the slip, and she is green.', { delay: PACE })
        await page.keyboard.press('Enter')
        await page.keyboard.type('She has been grey since 1988.', { delay: PACE })
        await page.getByText(/^Saved \d/).waitFor()
      },
      'Say where it belongs': async () => {
        await page.getByLabel('Section', { exact: true }).selectOption({ label: 'News' })
        await typeIn(page, 'Topics', 'Ferries, Harl')
        await page.getByLabel('Section', { exact: true }).scrollIntoViewIfNeeded()
      },
      'Add a photo': async () => {
        await page.getByRole('button', { name: 'Choose a photo' }).tap()
        await look(page)
        const photo = await photograph(join(ROOT, 'demo/station'), 'ferry.svg', {
          caption: 'The ferry on the slip at Harl.',
        })
        await page
          .locator('#picker input[type=file]')
          .setInputFiles({ name: 'ferry.jpg', mimeType: 'image/jpeg', buffer: photo })
        await page.locator('#picker').waitFor({ state: 'hidden' })
        await typeIn(page, 'Photographer', 'Mina Okafor')
        await typeIn(page, 'For those who cannot see it', 'A ferry on a slip, half of it green.')
      },
      'Look at it': async () => {
        await page.getByText(/^Saved \d/).waitFor()
        await page.getByRole('link', { name: 'Preview' }).tap()
        await page.waitForURL('**/preview')
        await page.frameLocator('iframe').first().getByRole('heading', { name: HEADLINE }).waitFor()
        await look(page)
      },
      'Publish it': async () => {
        await page.goBack()
        await page.getByRole('link', { name: 'Publish…' }).tap()
        await page.getByRole('radio', { name: /^Now/ }).check()
      },
      'See it on the site': async () => {
        await page.getByRole('button', { name: 'Publish' }).tap()
        await page.getByRole('link', { name: 'See the page' }).tap()
        await page.getByRole('heading', { name: HEADLINE }).waitFor()
        await page.getByText('The ferry on the slip at Harl.').waitFor()
        await page.getByText('Mina Okafor').first().waitFor()
      },
    },
  })

  test('it took less than three minutes, and the photo is there', async (t) => {
    const seconds = Math.round((Date.now() - began) / 1000)
    t.diagnostic(`${seconds} s`)
    assert.ok(Date.now() - began < MOST, `${seconds} s`)
    assert.ok(
      await page
        .locator('main img')
        .first()
        .evaluate((img: HTMLImageElement) => img.complete && img.naturalWidth > 0),
    )
  })
})
