import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { launchBrowser, needsBrowser } from './browser.ts'
import { comeInFirst } from './first-admin.ts'
import { tone } from '../world/tones.ts'
import { readFileSync } from 'node:fs'
import { startDemo } from './program.ts'
import type { Place, Station } from './program.ts'

let place: Place
let station: Station
let browser: Browser
let page: Page

describe('audio for stories', { ...needsBrowser('ffmpeg'), timeout: 120_000 }, () => {
  before(async () => {
    station = await startDemo()
    place = station.place
    browser = await launchBrowser()
    page = await browser.newPage({ viewport: { width: 360, height: 740 } })
    await comeInFirst(page, station, 'Ruth Vantongeren')
    await page.goto(`${place.house}/studio/audio`)
  })
  after(async () => {
    await browser?.close()
    await station?.stop()
  })

  test('the empty room says what to do', async () => {
    await page.getByText('No audio yet. Add a recording').waitFor()
  })

  test('several files at once: what plays is taken, what does not is refused in words', async () => {
    await page.setInputFiles('input[type=file]', [
      { name: 'bridge_tape.mp3', mimeType: 'audio/mpeg', buffer: readFileSync(await tone('mp3')) },
      { name: 'page.mp3', mimeType: 'audio/mpeg', buffer: Buffer.from('<script>alert(1)</script>'.repeat(500)) },
    ])
    await page.getByText('It is in the library.').waitFor()
    await page.getByText('This is no sound that browsers play. Send MP3').waitFor()
    await page.reload()
    assert.equal(await page.locator('.sounds li').count(), 1)
    assert.equal(await page.locator('.sounds .title').textContent(), 'bridge tape')
    assert.equal(await page.evaluate('document.documentElement.scrollWidth'), 360)
  })

  test('the staff hears it before it is in any story; nobody else does', async () => {
    const src = await page.locator('.sounds audio').getAttribute('src')
    const seconds = await page.locator('.sounds audio').evaluate(
      (audio: HTMLAudioElement) =>
        new Promise<number>((done, fail) => {
          audio.addEventListener('loadedmetadata', () => done(audio.duration))
          audio.addEventListener('error', () => fail(new Error('It does not play.')))
          audio.load()
        }),
    )
    assert.ok(seconds > 1)
    assert.equal((await fetch(`${place.house}${src}`)).status, 404)
  })

  test('a recording goes into a story from the editor, and is heard on its page', async () => {
    await page.goto(`${place.house}/studio`)
    await page.getByRole('button', { name: 'New story' }).first().click()
    await page.locator('.ProseMirror').waitFor()
    await page.getByLabel('Headline', { exact: true }).fill('The bridge, from below')
    await page.getByLabel('Section', { exact: true }).selectOption({ label: 'News' })
    await page.getByRole('button', { name: 'Choose audio' }).click()
    const recording = { name: 'from_below.mp3', mimeType: 'audio/mpeg', buffer: readFileSync(await tone('mp3')) }
    await page.locator('#sound-picker input[type=file]').setInputFiles(recording)
    await page.locator('#sound-picker').waitFor({ state: 'hidden' })
    await page.getByLabel('Title', { exact: true }).fill('Under the bridge')
    await page.getByLabel('Transcript', { exact: true }).fill('Hammers on steel.')
    await page.getByRole('button', { name: 'Audio', exact: true }).click()
    await page.getByRole('button', { name: /^bridge tape/ }).click()
    await page.getByText('Audio: bridge tape').waitFor()
    await page.getByText(/^Saved \d/).waitFor()
    await page.getByRole('link', { name: 'Publish…' }).click()
    await page.getByRole('button', { name: 'Publish' }).click()
    await page.getByRole('link', { name: 'See the page' }).click()
    await page.getByText('Under the bridge').first().waitFor()
    await page.getByText('bridge tape').first().waitFor()
    const hrefs = new Set([...(await page.content()).matchAll(/\/audio\/s-[\w.-]+/g)].map(([href]) => href))
    assert.equal(hrefs.size, 2, [...hrefs].join())
    for (const href of hrefs) {
      const part = await fetch(`${place.house}${href}`, { headers: { range: 'bytes=0-99' } })
      assert.equal(part.status, 206)
      assert.equal(part.headers.get('content-type'), 'audio/mpeg')
    }
  })
})
