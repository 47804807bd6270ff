import assert from 'node:assert/strict'
import { after, before, describe, test, type TestContext } from 'node:test'
import type { Browser } from 'playwright-core'
import { startEncoder, type Codec } from '../world/encoders.ts'
import type { Program } from '../world/programs.ts'
import { tone } from '../world/tones.ts'
import { sleep, waitFor } from '../world/wait.ts'
import { barIs, heardLevel, launchBrowser, needsBrowser, textOf, visit, type Visit } from './browser.ts'
import { nowBecomes, sendTitle } from './outsiders.ts'
import { makePlace, serve, SOURCE_PASSWORD, writeStation, type Place, type Station } from './program.ts'

/** How long it plays, and how much of that must have moved the clock of the element. */
const PLAYS_S = 60
const HEARD_S = 50
const TITLE = 'Adela Moss - Copper in the Rain'

// Chromium plays packed AAC by itself, but no packed MP3: there hls.js does it. Both go on at the same time.
const rows = [
  { name: 'aac', codec: 'aac', engine: 'hls', way: 'natively' },
  { name: 'mp3', codec: 'mp3', engine: 'hlsjs', way: 'by hls.js' },
] as const

describe('HLS plays for a minute through a new source and a new title', needsBrowser('ffmpeg'), () => {
  let place: Place
  let station: Station
  let browser: Browser
  const encoders = new Map<string, Program>()
  const visits = new Map<string, Visit>()

  const encode = async (name: string, codec: Codec) => {
    const order = { port: place.airPort, path: `/${name}.${codec}`, codec, password: SOURCE_PASSWORD }
    encoders.set(name, await startEncoder(order))
    await nowBecomes(place.house, name, ({ feed }) => feed === 'source')
  }

  before(async () => {
    await Promise.all(rows.map(({ codec }) => tone(codec)))
    place = await makePlace()
    writeStation(place, {
      mounts: rows.map(({ name, codec }) => ({ path: `/${name}.${codec}`, name: `Test ${name}` })),
    })
    station = await serve(place)
    browser = await launchBrowser()
    await Promise.all(rows.map(({ name, codec }) => encode(name, codec)))
    // Chromium breaks off a playlist shorter than three segments when asking again brings nothing new.
    await Promise.all(
      rows.map(({ name }) => waitFor(`three segments of ${name}`, () => segments(name), { ms: 20_000 })),
    )
    for (const { name, engine } of rows) {
      const seen = await visit(browser, `${place.house}/?engine=${engine}`) // oxlint-disable-line no-await-in-loop
      visits.set(name, seen)
      // Natively the sound comes from another port: only so may the page look at it.
      await seen.page.evaluate(() => (document.querySelector('audio')!.crossOrigin = 'anonymous')) // oxlint-disable-line no-await-in-loop
      await seen.page.evaluate(watch) // oxlint-disable-line no-await-in-loop
      await seen.page.click('.streams summary') // oxlint-disable-line no-await-in-loop
      await seen.page.click(`.drawer [data-stream=${name}] .disc`) // oxlint-disable-line no-await-in-loop
      await barIs(seen.page, 'live') // oxlint-disable-line no-await-in-loop
      await seen.page.evaluate(begin) // oxlint-disable-line no-await-in-loop
    }
    await sleep(20_000)
    await Promise.all(
      rows.map(async ({ name, codec }) => {
        await encoders.get(name)?.stop()
        await encode(name, codec)
      }),
    )
    await sleep(15_000)
    const titles = rows.map(({ name, codec }) => ({ mount: `/${name}.${codec}`, title: TITLE }))
    await Promise.all(titles.map((title) => sendTitle(place.air, { ...title, password: SOURCE_PASSWORD })))
    await sleep(18_000)
  })
  after(async () => {
    await browser.close()
    await Promise.all([...encoders.values()].map((encoder) => encoder.stop('SIGKILL')))
    await station.stop()
  })

  const segments = async (name: string) => {
    const playlist = await (await fetch(`${place.air}/hls/${name}/live.m3u8`)).text()
    return playlist.split('#EXTINF').length > 3
  }

  const check = async (t: TestContext, { name, engine }: (typeof rows)[number]) => {
    const { page, complaints } = visits.get(name)!
    const level = await heardLevel(page)
    const rest = await page.evaluate((seconds) => Math.max(0, seconds * 1000 - globalThis.watched.age()), PLAYS_S)
    await page.waitForTimeout(rest)
    const { events, moved, back, longest } = await page.evaluate(() => globalThis.watched)
    t.diagnostic(`${moved.toFixed(1)} s of ${PLAYS_S}; longest standstill ${(longest / 1000).toFixed(1)} s; ${events.join(' ') || 'no events'}`) // prettier-ignore
    assert.equal(
      await page.evaluate(() => document.querySelector<HTMLElement & { engine?: string }>('gw-player')?.engine),
      engine,
    )
    assert.ok(moved >= HEARD_S, `it moved by ${moved} s in ${PLAYS_S} s`)
    assert.equal(back, 0, 'it never jumped back')
    assert.deepEqual(events.filter((type) => /error|emptied|ended|pause/.test(type)), [], 'one attachment, no failure') // prettier-ignore
    assert.ok(level > -40, `the loudest moment was ${level} dB below full scale`)
    await barIs(page, 'live', 1000)
    assert.match(await textOf(page, `.drawer [data-stream=${name}] .plays`), /Copper in the Rain/)
    assert.deepEqual(complaints, [])
  }

  for (const row of rows) test(`${row.codec}, ${row.way}`, (t) => check(t, row))
})

type Watched = { events: string[]; moved: number; back: number; longest: number; age: () => number }

declare global {
  // oxlint-disable-next-line no-var -- a property of the page's globalThis can be declared in no other way
  var watched: Watched
}

/** Runs in the page: readies a record of how the sound moves. */
const watch = () => {
  const audio = document.querySelector('audio')!
  globalThis.watched = { events: [], moved: 0, back: 0, longest: 0, age: () => 0 }
  const types = ['pause', 'emptied', 'ended', 'waiting', 'stalled', 'error', 'seeking']
  for (const type of types) audio.addEventListener(type, () => globalThis.watched.events.push(type))
}

/** Runs in the page: it plays, the record begins. */
const begin = () => {
  const audio = document.querySelector('audio')!
  const { watched } = globalThis
  const began = performance.now()
  watched.events.length = 0
  watched.age = () => performance.now() - began
  let last = { at: began, time: audio.currentTime, moved: began }
  setInterval(() => {
    const [at, time] = [performance.now(), audio.currentTime]
    // A leap over something that could not be heard is not hearing.
    watched.moved += Math.min(Math.max(0, time - last.time), ((at - last.at) / 1000) * 1.5)
    if (time < last.time) watched.back++
    const moved = time > last.time ? at : last.moved
    watched.longest = Math.max(watched.longest, at - last.moved)
    last = { at, time, moved }
  }, 100)
}
