import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { faultsOfPages, looks } from '../studio/faults.ts'
import { fillDay } from '../world/whole-day.ts'
import { launchBrowser, needsBrowser } from './browser.ts'
import { startDemo, type Station } from './program.ts'

/** Where a walk begins; everything else is found by following links. */
const DOORS = ['/', '/studio', '/studio/account', '/text', '/corrections', '/search?q=bridge']

/** One page of each kind is enough: what tells two of a kind apart is taken out. */
const kindOf = (path: string): string =>
  path
    .replace(/[?&](q|before|after|page|of|week|story|photo|stream)=[^&]*/g, '')
    .replace(/\d{4}-\d\d-\d\d(\/[^/?]+)?/, 'DAY')
    .replace(/^\/(programs|authors|topics)\/.*/, '/$1/X')
    .replace(/^\/(text\/)?(news|county|statehouse|music|classical)(?=\/|$)/, '/$1SECTION')
    .replace(/^\/studio\/(stories|photos)\/[^/?]+/, '/studio/$1/X')
    .replace(/\/items\/[^/]+\/[^/?]+/, '/items/X')
    .replace(/\/(versions|copies)\/[^/?]+/, '/$1/X')

suite('every page of a station with a day’s work in it', needsBrowser(), () => {
  let station: Station
  let browser: Browser
  let cookie: string
  const pages = new Map<string, string>()

  before(async () => {
    station = await startDemo()
    ;({ cookie } = await fillDay(station.place, 'admin'))
    browser = await launchBrowser()
  })
  after(async () => {
    await browser.close()
    await station.stop()
  })

  test('is found by links, and there', async (context) => {
    const todo = DOORS.map((path) => ({ path, from: '' }))
    const dead: string[] = []
    for (let next = todo.shift(); next !== undefined; next = todo.shift()) {
      const { path, from } = next
      if (pages.has(kindOf(path))) continue
      // oxlint-disable-next-line no-await-in-loop -- each page leads to the next
      const answer = await fetch(station.place.house + path, { headers: { cookie } })
      // The proof of a kill leads to where the story was.
      const isProven = answer.status === 410 && from.endsWith('/kill')
      if (answer.status !== 200 && !isProven) dead.push(`${answer.status} ${path} from ${from}`)
      // oxlint-disable-next-line no-await-in-loop
      const html = await answer.text()
      if (!answer.headers.get('content-type')?.startsWith('text/html')) continue
      pages.set(kindOf(path), path)
      for (const [, href = ''] of html.matchAll(/<a\b[^>]*?\bhref="(\/[^"#]*)/g))
        todo.push({ path: href.replaceAll('&amp;', '&'), from: path })
    }
    assert.deepEqual(dead, [])
    assert.ok(pages.size > 50, `${pages.size} kinds of pages: ${[...pages.keys()].join(' ')}`)
    context.diagnostic(`${pages.size} kinds of pages`)
  })

  // Each page has a test of its own in all four looks; here it has more to show.
  for (const look of looks.filter(({ width, colorScheme }) => (width === 320) === (colorScheme === 'light')))
    test(`can be used by everybody: ${look.width} px, ${look.colorScheme}`, async () => {
      const paths = [...pages.values()]
      assert.deepEqual(await faultsOfPages({ browser, url: station.place.house, paths, cookie, ...look }), [])
    })
})
