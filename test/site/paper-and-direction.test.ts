import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { launchBrowser, skip } from './browser.ts'
import { startHarness, type Harness } from './harness.ts'
import { pagePaths } from './paths.ts'
import { worldConfig } from './world.ts'

/** Tops of what stands on the page, in the order it is named; null for what is not shown. */
const topsOf = (page: Page, selectors: string[]): Promise<(number | null)[]> =>
  page.evaluate(
    (names) =>
      names.map((name) => {
        const found = document.querySelector(name)
        return found?.checkVisibility() ? Math.round(found.getBoundingClientRect().top) : null
      }),
    selectors,
  )

describe('on paper, and from right to left', { skip }, () => {
  let browser: Browser
  let house: Harness
  let arabic: Harness

  before(async () => {
    house = await startHarness()
    arabic = await startHarness({
      config: { ...worldConfig, station: { ...worldConfig.station, language: 'ar' } },
    })
    browser = await launchBrowser()
  })
  after(async () => {
    await browser.close()
    await house.stop()
    await arabic.stop()
  })

  test('a printed story is the story: name, headline, photo, who and when, two columns, correction, rights', async () => {
    const page = await browser.newPage({ viewport: { width: 740, height: 1000 } })
    await page.goto(house.url + pagePaths.story)
    await page.emulateMedia({ media: 'print' })
    const parts = ['.plate-small .name', 'h1', '.story-photo img', '.byline', '.stamps', '.prose', '.note', '.rights']
    const tops = await topsOf(page, parts)
    assert.ok(!tops.includes(null), String(tops))
    assert.deepEqual(
      tops,
      tops.toSorted((a, b) => (a ?? 0) - (b ?? 0)),
    )
    const gone = [
      '.player',
      '.topline',
      '.sections',
      '.alert',
      '.share',
      '.cut',
      '.story-rail',
      '.rail',
      '.ask',
      '.foot',
    ]
    assert.deepEqual(
      await topsOf(page, gone),
      gone.map(() => null),
    )
    assert.equal(await page.evaluate(() => getComputedStyle(document.querySelector('.prose')!).columnCount), '2')
    const link = await page.evaluate(() => getComputedStyle(document.querySelector('.rights a')!, '::after').content)
    assert.match(link, /http/)
    const pdf = (await page.pdf({ format: 'Letter' })).toString('latin1')
    const pages = pdf.match(/\/Type\s*\/Page\b/g)?.length ?? 0
    assert.ok(pages >= 1 && pages <= 3, `${pages} pages`)
    await page.close()
  })

  for (const width of [320, 1280]) {
    test(`from right to left at ${width} px: everything turns but the rulers`, async () => {
      const page = await browser.newPage({ viewport: { width, height: 900 } })
      for (const path of [pagePaths.story, pagePaths.front, pagePaths.section, pagePaths.schedule, pagePaths.text]) {
        await page.goto(arabic.url + path)
        const found = await page.evaluate(() => {
          const { clientWidth, scrollWidth, dir } = document.documentElement
          const heading = document.querySelector('h1')!
          const range = document.createRange()
          range.selectNodeContents(heading)
          const [text, box] = [range.getBoundingClientRect(), heading.getBoundingClientRect()]
          return { dir, isWide: scrollWidth > clientWidth, isAtEnd: Math.abs(box.right - text.right) < 2 }
        })
        const isFront = path === pagePaths.front
        assert.deepEqual(
          { ...found, isAtEnd: isFront || found.isAtEnd },
          { dir: 'rtl', isWide: false, isAtEnd: true },
          path,
        )
      }
      await page.goto(arabic.url + pagePaths.front)
      // Time on a ruler runs from left to right in every script.
      const [line, played] = await page.evaluate(() => {
        const ruler = [...document.querySelectorAll('svg.ruler')].find((one) => one.checkVisibility())!
        return ['.base', '.played'].map((name) => ruler.querySelector(name)!.getBoundingClientRect().left)
      })
      assert.ok(Math.abs((line ?? 0) - (played ?? 9)) < 1, `${line} ${played}`)
      await page.close()
    })
  }
})
