import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { startEncoder } from '../world/encoders.ts'
import type { Program } from '../world/programs.ts'
import { tone } from '../world/tones.ts'
import { barIs, launchBrowser, needsBrowser, textOf, visit, type Visit } from './browser.ts'
import { nowBecomes } from './outsiders.ts'
import { makePlace, serve, SOURCE_PASSWORD, writeStation, type Place, type Station } from './program.ts'

const MINUTE = 60_000
const bar = '.player.bar'

describe('what a browser is told while it stays on its page', needsBrowser('ffmpeg'), () => {
  let place: Place
  let station: Station
  let browser: Browser
  let waiting: Visit
  let boundary: number
  const encoders = new Map<string, Program>()

  const encode = async (name: string) => {
    const order = { port: place.airPort, path: `/${name}.mp3`, codec: 'mp3' as const, password: SOURCE_PASSWORD }
    encoders.set(name, await startEncoder(order))
    await nowBecomes(place.house, name, ({ feed }) => feed === 'source')
  }

  before(async () => {
    await tone('mp3')
    place = await makePlace()
    browser = await launchBrowser()
    boundary = Math.ceil((Date.now() + 12_000) / MINUTE) * MINUTE
    writeStation(place, weekThatTurnsAt(boundary))
    station = await serve(place)
    await Promise.all(['talk', 'songs'].map(encode))
    waiting = await visit(browser, place.house)
    await waiting.page.evaluate(() => Object.assign(globalThis, { isTheSame: true }))
    assert.ok(Date.now() < boundary, 'all of this happens before the programme ends')
  })
  after(async () => {
    await browser.close()
    await Promise.all([...encoders.values()].map((encoder) => encoder.stop('SIGKILL')))
    await station.stop()
  })

  test('before the full minute, the first programme is on and the second is next', async () => {
    const { page } = waiting
    assert.equal(await textOf(page, `${bar} .what b`), 'Before the Bell')
    assert.equal(await textOf(page, `${bar} .player-next b`), 'After the Bell')
  })

  test('a stream that goes down is told truthfully, and goes on by itself when it is back', async () => {
    const { page, complaints, close } = await visit(browser, place.house)
    await page.click('button.player-play')
    await barIs(page, 'live')
    await encoders.get('talk')?.stop()
    await barIs(page, 'offline')
    assert.match(await textOf(page, `${bar} .say b`), /^Talk Radio has been off the air since (noon|\d+:\d\d [ap]m)\.$/)
    assert.match(await textOf(page, `${bar} .say span`), /our fault, not yours.*play Song Radio or tune to 90\.1 FM\.$/)
    assert.equal(await textOf(page, '.say-live'), await textOf(page, `${bar} .say b`), 'it is spoken, too')
    assert.match(await textOf(page, '.drawer [data-stream=talk]'), /Talk Radio/)
    await encode('talk')
    await barIs(page, 'live')
    assert.equal(await textOf(page, `${bar} .tally`), 'Live')
    const at = await page.evaluate(() => document.querySelector('audio')!.currentTime)
    await page.waitForFunction((time) => document.querySelector('audio')!.currentTime > time + 1, at)
    assert.deepEqual(complaints, [])
    await close()
  })

  test('the stream that is offered instead is one press away', async () => {
    const { page, close } = await visit(browser, place.house)
    await page.click('button.player-play')
    await barIs(page, 'live')
    await encoders.get('talk')?.stop()
    await barIs(page, 'offline')
    await page.click(`${bar} .say :is(a, button)`)
    await page.waitForFunction(() => document.querySelector('audio')?.currentSrc.includes('/songs.mp3'))
    await barIs(page, 'live')
    await encode('talk')
    await close()
  })

  test('at the full minute now and next change, without a reload', async () => {
    const { page, complaints, close } = waiting
    await page.waitForFunction((selector) => document.querySelector(`${selector} .what b`)?.textContent === 'After the Bell', bar, { timeout: boundary - Date.now() + 5000 }) // prettier-ignore
    const late = Date.now() - boundary
    assert.ok(late < 5000, `${late} ms after the minute`)
    assert.equal(await page.evaluate(() => 'isTheSame' in globalThis), true, 'the page is the same')
    assert.match(await textOf(page, `${bar} .player-next b`), /^(Before the Bell|Nothing announced)$/)
    assert.match(await textOf(page, '.drawer [data-stream=talk] .plays'), /After the Bell/)
    assert.match(await textOf(page, 'main'), /After the Bell/, 'the front page says it as well')
    const fresh = await (await fetch(place.house)).text()
    assert.match(fresh, /<b>After the Bell<\/b>/, 'and so does a page that is asked for now')
    assert.deepEqual(complaints, [])
    await close()
  })
})

/** A week in which every day changes its programme at this minute. */
const weekThatTurnsAt = (boundary: number) => {
  // A zone in which it is about noon: a day's own end is then far away.
  const offset = 12 - new Date(boundary).getUTCHours()
  const zone = `Etc/GMT${offset > 0 ? '-' : '+'}${Math.abs(offset)}`
  const turn = `12:${String(new Date(boundary).getUTCMinutes()).padStart(2, '0')}`
  const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
  const airings = [
    { days, start: '00:00', end: turn, program: 'before' },
    { days, start: turn, end: '24:00', program: 'after' },
  ]
  return {
    station: { name: 'Minute Radio', zone },
    mounts: [
      { path: '/talk.mp3', name: 'Talk Radio', label: '90.1 FM' },
      { path: '/songs.mp3', name: 'Song Radio', label: '90.1 HD2' },
    ],
    programs: { before: { name: 'Before the Bell' }, after: { name: 'After the Bell' } },
    schedule: { talk: airings, songs: airings },
  }
}
