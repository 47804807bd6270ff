import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { launchBrowser, skip } from './browser.ts'
import { startFakeStream, toneMp3, type FakeStream } from './fake-stream.ts'
import { startHarness, type Harness } from './harness.ts'
import { worldConfig } from './world.ts'

const bar = '.player.bar'
const state = (page: Page, kind: string, timeout = 10_000) =>
  page.waitForFunction((wanted) => document.querySelector<HTMLElement>('.player.bar')?.dataset.state === wanted, kind, {
    timeout,
  })

describe('the player in Chromium', { skip }, () => {
  let browser: Browser
  let stream: FakeStream
  let house: Harness
  let folder: string

  before(async () => {
    stream = await startFakeStream()
    folder = mkdtempSync(join(tmpdir(), 'gw-player-'))
    writeFileSync(join(folder, 'story.mp3'), await toneMp3())
    house = await startHarness({
      config: { ...worldConfig, air: { ...worldConfig.air, url: stream.url } },
      audio: folder,
    })
    browser = await launchBrowser()
  })
  after(async () => {
    await browser.close()
    await house.stop()
    await stream.stop()
    rmSync(folder, { recursive: true })
  })

  const open = async (path = '/', options = {}) => {
    const page = await browser.newPage(options)
    const errors: string[] = []
    page.on('pageerror', (error) => errors.push(error.message))
    await page.goto(house.url + path)
    return { page, errors }
  }

  test('is a link to the list file without script', async () => {
    const { page } = await open('/', { javaScriptEnabled: false })
    assert.equal(await page.locator('a.player-play').getAttribute('href'), '/streams/news.m3u')
    const list = await (await fetch(`${house.url}/streams/news.m3u`)).text()
    assert.equal(list, `#EXTM3U\r\n#EXTINF:-1,Oxbow News\r\n${stream.url}/news.mp3\r\n`)
    await page.close()
  })

  test('plays live, says so, and stops', async () => {
    const { page, errors } = await open()
    await page.click('button.player-play')
    await state(page, 'live')
    assert.equal(await page.textContent(`${bar} .player-play b`), 'Stop')
    assert.equal(await page.textContent(`${bar} .tally`), 'Live')
    assert.equal(stream.listeners(), 1)
    const before = await page.evaluate(() => document.querySelector('audio')?.currentTime ?? 0)
    await page.waitForTimeout(700)
    assert.ok((await page.evaluate(() => document.querySelector('audio')?.currentTime ?? 0)) > before)
    await page.click('button.player-play')
    await state(page, 'idle')
    await page.waitForTimeout(300)
    assert.equal(stream.listeners(), 0, 'the connection is let go')
    assert.deepEqual(errors, [])
    await page.close()
  })

  test('plays on without a pause while the reader walks through the site', async () => {
    const { page, errors } = await open()
    await page.click('button.player-play')
    await state(page, 'live')
    await page.evaluate(() => {
      const audio = document.querySelector('audio')
      for (const type of ['pause', 'emptied', 'ended'])
        audio?.addEventListener(type, () => (document.title = `${type}!`))
      document.querySelector('gw-player')?.setAttribute('data-first', '')
    })
    await page.click('.lead .h1 a')
    await page.waitForURL('**/bridge-opens')
    await page.waitForSelector('h1:has-text("The bridge opens tonight")')
    await page.click('.plate-small .name')
    await page.waitForSelector('.nameplate')
    await page.goBack()
    await page.waitForSelector('.story-head')
    assert.match(await page.title(), /^The bridge opens tonight/)
    assert.equal(await page.locator('gw-player[data-first]').count(), 1, 'the same element')
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'main')
    assert.equal(stream.listeners(), 1)
    await state(page, 'live')
    assert.deepEqual(errors, [])
    await page.close()
  })

  test('plays a story, goes back to live radio after it, and shows where it is', async () => {
    const { page, errors } = await open('/merrow-county/2026-03-12/bridge-opens')
    await page.click('button.player-play')
    await state(page, 'live')
    await page.click('.story-text > .cut .disc')
    await state(page, 'demand')
    assert.equal(stream.listeners(), 0)
    assert.equal(await page.textContent(`${bar} .what b`), 'The bridge opens tonight, one winter after the ice took it')
    assert.equal((await page.textContent(`${bar} .player-next`))?.trim(), 'ThenBack to live radio')
    await page.waitForSelector('.story-text > .cut > .ruler')
    await page.waitForFunction(() => document.querySelector('.player [data-total]')?.textContent === '0:04')
    await page.click(`${bar} [data-do=forward]`)
    await state(page, 'live', 15_000)
    assert.equal(await page.locator('.cut > .ruler').count(), 0)
    assert.deepEqual(errors, [])
    await page.close()
  })

  test('keeps its page when the house does not answer, and plays on', async () => {
    const { page } = await open('/listen')
    await page.click('.big')
    await state(page, 'live')
    await page.route('**/*', (route) =>
      route.request().url().startsWith(house.url) ? route.abort() : route.continue(),
    )
    await page.click('header .name')
    await page.waitForSelector('h1:has-text("This page did not come.")', { timeout: 15_000 })
    await state(page, 'live')
    await page.unrouteAll()
    await page.click('.notice .button')
    await page.waitForSelector('.nameplate')
    await state(page, 'live')
    await page.close()
  })

  test('remembers stream and volume, and shows both on the full screen', async () => {
    const { page } = await open('/listen')
    await page.click('[data-choose=music]')
    assert.equal(await page.textContent('main h1'), 'Open Water')
    await page.goto(`${house.url}/`)
    assert.equal(await page.textContent(`${bar} .player-play .wide`), 'Oxbow Music 91.7')
    await page.click('.streams summary')
    await page.locator('.volume input').fill('40')
    await page.reload()
    assert.equal(await page.evaluate(() => document.querySelector('audio')?.volume), 0.4)
    await page.keyboard.press('Escape')
    await page.close()
  })

  test('takes a broken line up again by itself', async () => {
    const { page } = await open()
    await page.click('button.player-play')
    await state(page, 'live')
    const before = stream.total()
    stream.cut()
    for (let tries = 0; tries < 100 && stream.total() === before; tries += 1) await page.waitForTimeout(100)
    assert.equal(stream.total(), before + 1)
    await state(page, 'live', 15_000)
    assert.equal(stream.listeners(), 1)
    await page.close()
  })

  test('says since when the stream is gone, whose fault it is, and offers another', async () => {
    const { page } = await open()
    await page.click('button.player-play')
    await state(page, 'live')
    stream.cut(true)
    await state(page, 'error', 30_000)
    assert.match((await page.textContent(`${bar} .say b`)) ?? '', /^This stream stopped at \d+:\d\d [ap]m\.$/)
    assert.match(
      (await page.textContent(`${bar} .say span`)) ?? '',
      /our fault.*play Oxbow Music or tune to 90\.3 FM\./,
    )
    stream.accept()
    await state(page, 'live', 30_000)
    await page.close()
  })

  test('says that the stream is off the air when the house says so, and goes on when it is back', async () => {
    const { page } = await open()
    await page.click('button.player-play')
    await state(page, 'live')
    house.air.set('news', { up: false, feed: 'silence', since: house.clock.now() - 120_000 })
    await state(page, 'offline')
    assert.equal(await page.textContent(`${bar} .say b`), 'Oxbow News has been off the air since 4:40 pm.')
    house.air.set('news', { up: true, feed: 'source', since: house.clock.now() })
    await state(page, 'live')
    await page.close()
  })

  test('follows the air without a reload', async () => {
    const { page } = await open()
    house.air.set('music', { title: 'Adela Moss - Copper in the Rain' })
    await page.waitForFunction(() =>
      document.querySelector('.also')?.textContent?.includes('“Copper in the Rain,” Adela Moss'),
    )
    assert.equal(await page.textContent('.drawer [data-stream=music] .plays'), '“Copper in the Rain,” Adela Moss')
    house.clock.set(Date.parse('2026-03-12T18:30:05-04:00'))
    house.tell()
    await page.waitForFunction(() => document.querySelector('.player-now b')?.textContent === 'County Line')
    await page.waitForFunction(() => document.querySelector('.now h3')?.textContent === 'County Line')
    await page.waitForFunction(() => document.querySelector('.strip .on b')?.textContent === 'County Line')
    house.clock.set(Date.parse('2026-03-12T16:42:16-04:00'))
    house.tell()
    await page.close()
  })
})
