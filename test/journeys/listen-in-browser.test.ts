import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { listen } from '../world/listeners.ts'
import { waitFor } from '../world/wait.ts'
import { barIs, heardLevel, launchBrowser, needsBrowser, textOf, visit } from './browser.ts'
import { startDemo, type Station } from './program.ts'

const bar = '.player.bar'
const playing = (page: Page) => page.evaluate(() => document.querySelector('audio')?.currentTime ?? 0)
const source = (page: Page) => page.evaluate(() => document.querySelector('audio')?.currentSrc ?? '')

describe('listening in a browser', needsBrowser(), () => {
  let station: Station
  let browser: Browser
  let house: string

  before(async () => {
    station = await startDemo()
    house = station.place.house
    browser = await launchBrowser()
  })
  after(async () => {
    await browser.close()
    await station.stop()
  })

  const listenersOf = async (mount: string) => {
    const { icestats } = (await (await fetch(`${station.place.air}/status-json.xsl`)).json()) as {
      icestats: { source: { listenurl: string; listeners: number }[] }
    }
    return icestats.source.find(({ listenurl }) => listenurl.endsWith(mount))?.listeners
  }

  test('press play, and it sounds', async (t) => {
    const { page, complaints, close } = await visit(browser, house)
    // The stream comes from another port: only so may the page look at the sound itself.
    await page.evaluate(() => (document.querySelector('audio')!.crossOrigin = 'anonymous'))
    const pressed = performance.now()
    await page.click('button.player-play')
    await barIs(page, 'live')
    t.diagnostic(`live ${Math.round(performance.now() - pressed)} ms after the press`)
    assert.equal(await textOf(page, `${bar} .player-play b`), 'Stop')
    assert.equal(await textOf(page, `${bar} .tally`), 'Live')
    const before = await playing(page)
    const level = await heardLevel(page)
    assert.ok(level > -40, `the loudest moment was ${level} dB below full scale`)
    const moved = (await playing(page)) - before
    assert.ok(moved > 2 && moved < 5, `three seconds moved it by ${moved} s`)
    const session = await page.evaluate(() => {
      const { metadata, playbackState } = navigator.mediaSession
      return { title: metadata?.title, artist: metadata?.artist, album: metadata?.album, playbackState }
    })
    assert.equal(session.playbackState, 'playing')
    assert.equal(session.album, 'Oxbow Public Radio')
    assert.ok(session.title && session.artist, JSON.stringify(session))
    assert.equal(session.title, await textOf(page, `${bar} .what b`), 'the lock screen says what the bar says')
    assert.equal(await listenersOf('/news.mp3'), 1)
    await page.click('button.player-play')
    await barIs(page, 'idle')
    await waitFor('the connection is let go', async () => (await listenersOf('/news.mp3')) === 0)
    assert.deepEqual(complaints, [])
    await close()
  })

  test('it plays on while the listener walks through six pages and back', async () => {
    const { page, complaints, close } = await visit(browser, house)
    await page.click('button.player-play')
    await barIs(page, 'live')
    await page.evaluate(watchSound)
    const walk: [press: string, arrival: string][] = [
      ['.lead .h1 a', '.story-head h1'],
      ['nav.sections a[href="/county"]', 'h1:has-text("Merrow County")'],
      ['nav.sections a[href="/schedule"]', 'nav.sections a[href="/schedule"][aria-current]'],
      ['footer a[href="/streams"]', 'h1:has-text("tream")'],
      ['footer a[href="/corrections"]', 'h1:has-text("orrection")'],
      ['footer a[href="/listen"]', 'body.listen main h1'],
    ]
    for (const [press, arrival] of walk) {
      await page.click(press) // oxlint-disable-line no-await-in-loop -- one page after the other
      await page.waitForSelector(arrival) // oxlint-disable-line no-await-in-loop
      await page.waitForTimeout(700) // oxlint-disable-line no-await-in-loop
    }
    for (let back = 0; back < 3; back++) await page.goBack() // oxlint-disable-line no-await-in-loop
    await page.waitForSelector('nav.sections a[href="/schedule"][aria-current]')
    await page.waitForTimeout(1000)
    const { events, samples } = await page.evaluate(soundWatched)
    assert.deepEqual(events, [], 'the element was never paused, emptied or left waiting')
    const [first, last] = [samples[0]!, samples.at(-1)!]
    assert.ok(last.at - first.at > 5000, 'one document all the way')
    for (const [i, sample] of samples.entries()) {
      const later = samples.find(({ at }) => at - sample.at >= 1000)
      if (later)
        assert.ok(later.time - sample.time > 0.5, `from sample ${i} on it moved ${later.time - sample.time} s in ${later.at - sample.at} ms`) // prettier-ignore
    }
    const drift = (last.at - first.at) / 1000 - (last.time - first.time)
    assert.ok(Math.abs(drift) < 0.5, `${drift} s were not heard`)
    await barIs(page, 'live')
    assert.deepEqual(complaints, [])
    await close()
  })

  test('the drawer switches streams; stream and volume are remembered', async () => {
    const { page, complaints, close } = await visit(browser, house)
    await page.click('.streams summary')
    await page.click('.drawer [data-stream=classical] .disc')
    await barIs(page, 'live')
    assert.match(await source(page), /\/classical\.mp3/)
    assert.match(await textOf(page, `${bar} .player-play small`), /Oxbow Classical/)
    assert.equal(await page.locator('.drawer [aria-current=true]').getAttribute('data-stream'), 'classical')
    await page.click('.drawer [data-stream=music] .disc')
    await page.waitForFunction(() => document.querySelector('audio')?.currentSrc.includes('/music.mp3'))
    await barIs(page, 'live')
    const slider = page.locator('.volume input')
    await slider.fill('40')
    assert.equal(await page.evaluate(() => document.querySelector('audio')?.volume), 0.4)

    await page.reload()
    await barIs(page, 'live')
    assert.match(await source(page), /\/music\.mp3/, 'what played goes on after a reload')
    await page.click('button.player-play')
    await barIs(page, 'idle')
    await page.reload()
    await page.waitForSelector('button.player-play')
    await barIs(page, 'idle')
    assert.match(await textOf(page, `${bar} .player-play small`), /Oxbow Music/)
    assert.equal(await page.evaluate(() => document.querySelector('audio')?.volume), 0.4)
    await page.click('.streams summary')
    assert.equal(await slider.inputValue(), '40')
    assert.deepEqual(complaints, [])
    await close()
  })

  test('the keyboard is enough', async () => {
    const { page, complaints, close } = await visit(browser, house)
    const tabTo = async (selector: string) => {
      for (let presses = 0; presses < 40; presses++) {
        await page.keyboard.press('Tab') // oxlint-disable-line no-await-in-loop -- as fingers do
        // oxlint-disable-next-line no-await-in-loop
        if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) {
          // oxlint-disable-next-line no-await-in-loop
          const ring = await page.evaluate(() => getComputedStyle(document.activeElement!).outlineStyle)
          return assert.notEqual(ring, 'none', `${selector} shows that it has the focus`)
        }
      }
      assert.fail(`40 presses of Tab do not lead to ${selector}`)
    }
    await page.keyboard.press('Tab')
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('href')), '#main', 'first, past it all')
    await tabTo('button.player-play')
    await page.keyboard.press('Enter')
    await barIs(page, 'live')
    await tabTo('.streams summary')
    await page.keyboard.press('Enter')
    await page.waitForSelector('.streams[open]')
    await tabTo('.drawer [data-stream=music] .disc')
    await page.keyboard.press('Enter')
    await page.waitForFunction(() => document.querySelector('audio')?.currentSrc.includes('/music.mp3'))
    await barIs(page, 'live')
    await page.keyboard.press('Escape')
    await page.waitForSelector('.streams:not([open])')
    assert.equal(await page.evaluate(() => document.activeElement?.localName), 'summary', 'the focus is where it was')
    await page.keyboard.press('m')
    assert.equal(await page.evaluate(() => document.querySelector('audio')?.muted), true)
    await page.locator('button.player-play').focus()
    await page.keyboard.press('Space')
    await barIs(page, 'idle')
    assert.deepEqual(complaints, [])
    await close()
  })

  test('without script the knob is a link to the list file, and the list leads to the sound', async () => {
    const { page, complaints, close } = await visit(browser, house, { javaScriptEnabled: false })
    const href = await page.locator('a.player-play').getAttribute('href')
    const list = await fetch(new URL(href ?? '', house))
    assert.match(list.headers.get('content-type') ?? '', /mpegurl/)
    const address = (await list.text()).split(/\r?\n/).find((line) => line.startsWith('http'))
    assert.equal(address, `${station.place.air}/news.mp3`)
    const { port, pathname } = new URL(address)
    const listener = await listen({ port: Number(port), path: pathname })
    await listener.heard(16_000)
    listener.close()
    await page.click('.streams summary')
    const links = await page
      .locator('.drawer a.disc')
      .evaluateAll((all) => all.map((link) => link.getAttribute('href')))
    assert.deepEqual(links, ['/streams/news.m3u', '/streams/music.m3u', '/streams/classical.m3u'])
    await page.click('.streams summary')
    await page.click('.lead .h1 a')
    await page.waitForSelector('.story-head h1')
    assert.deepEqual(complaints, [])
    await close()
  })

  test('no page of the site complains on the console', async () => {
    const { page, complaints, close } = await visit(browser, house)
    const links = await page.locator('a[href^="/"]').evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? '')) // prettier-ignore
    const pages = new Set(links.map((link) => link.split('#', 1)[0]!).filter((link) => !/\.\w+$/.test(link)))
    assert.ok(pages.size > 20, [...pages].join(' '))
    for (const path of pages) {
      const answer = await page.goto(house + path) // oxlint-disable-line no-await-in-loop -- one page after the other
      assert.equal(answer?.status(), 200, path)
    }
    assert.deepEqual(complaints, [])
    await close()
  })
})

type Watched = { events: string[]; samples: { at: number; time: number }[] }

/** Runs in the page: notes every break of the sound, and how it moves. */
const watchSound = () => {
  const audio = document.querySelector('audio')!
  const watched: Watched = { events: [], samples: [] }
  for (const type of ['pause', 'emptied', 'ended', 'waiting', 'stalled', 'error', 'seeking'])
    audio.addEventListener(type, () => watched.events.push(type))
  setInterval(() => watched.samples.push({ at: performance.now(), time: audio.currentTime }), 100)
  Object.assign(globalThis, { watched })
}

const soundWatched = () => (globalThis as unknown as { watched: Watched }).watched
