import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { launchBrowser, skip } from '../site/browser.ts'
import { faultsOfPages, looks } from './faults.ts'
import { startHouse } from './house.ts'
import type { Hired, House } from './house.ts'

suite('on air and the week', { skip }, () => {
  let house: House
  let desmond: Hired
  let browser: Browser
  before(async () => {
    const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
    house = await startHouse({
      programs: {
        light: { name: 'First Light', host: 'Sam Tillery' },
        freight: { name: 'Night Freight', kind: 'music' },
      },
      schedule: {
        news: [
          { days, start: '00:00', end: '12:00', program: 'light', episode: 'A ferry timetable, read aloud' },
          { days: days.slice(0, 5), start: '12:00', end: '24:00', program: 'freight' },
        ],
      },
    })
    desmond = await house.hire('Desmond Yarrow', 'engineer')
    browser = await launchBrowser()
  })
  after(async () => {
    await browser.close()
    await house.stop()
  })

  for (const look of looks)
    test(`usable by everybody: ${look.width} px, ${look.colorScheme}`, async () => {
      const paths = [
        '/studio/on-air',
        '/studio/week',
        '/studio/week?stream=news&of=2027-01-01',
        '/studio/week?of=2026-02-30',
      ]
      assert.deepEqual(await faultsOfPages({ browser, url: house.url, cookie: desmond.header, paths, ...look }), [])
    })

  test('a house that hears no air says so, and counts nobody', async () => {
    const page = await (await desmond.ask('/studio/on-air')).text()
    assert.match(page, /<b>The air does not answer\.<\/b>/)
    assert.match(page, /Nobody can say how many listen\./)
  })

  test('an empty place of the week is said', async () => {
    const page = await (await desmond.ask('/studio/week')).text()
    assert.match(page, /2 places are empty:<\/b>\s*Saturday noon \(12 h\), Sunday noon \(12 h\)\./)
  })
})
