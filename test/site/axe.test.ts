import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { after, before, describe, test } from 'node:test'
import type { AxeResults } from 'axe-core'
import type { Browser } from 'playwright-core'
import { launchBrowser, skip } from './browser.ts'
import { startHarness, type Harness } from './harness.ts'
import { pagePaths } from './paths.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** Finds what a page breaks; runs in the browser. */
const findFaults = async (names: string[]) => {
  const { axe } = globalThis as unknown as { axe: { run(context: Document, options: object): Promise<AxeResults> } }
  const { violations } = await axe.run(document, { runOnly: { type: 'tag', values: names } })
  const wide = document.documentElement.scrollWidth > innerWidth ? ['the page scrolls sideways'] : []
  return [
    ...wide,
    ...violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`),
  ]
}

describe('every page is usable by everybody', { skip }, () => {
  let browser: Browser
  let house: Harness

  before(async () => {
    house = await startHarness()
    browser = await launchBrowser()
  })
  after(async () => {
    await browser.close()
    await house.stop()
  })

  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [320, 1280]) {
      test(`${width} px, ${colorScheme}`, async () => {
        const context = await browser.newContext({
          colorScheme,
          viewport: { width, height: 900 },
          reducedMotion: 'reduce',
          bypassCSP: true,
        })
        const page = await context.newPage()
        const faults: string[] = []
        for (const [name, path] of Object.entries(pagePaths)) {
          await page.goto(house.url + path)
          await page.addScriptTag({ content: axe })
          for (const fault of await page.evaluate(findFaults, tags)) faults.push(`${name}: ${fault}`)
        }
        await page.goto(house.url + pagePaths.story)
        await page.evaluate(() => {
          const link = document.createElement('a')
          link.className = 'under'
          link.href = location.pathname
          link.textContent = 'Read it as it is now'
          const later = document.createElement('button')
          later.textContent = 'Not now'
          document.querySelector('.story-news')?.replaceChildren('This story was corrected at 4:20 pm.', link, later)
        })
        await page.addScriptTag({ content: axe })
        for (const fault of await page.evaluate(findFaults, tags)) faults.push(`notice: ${fault}`)
        await page.goto(house.url)
        await page.click('.streams summary')
        await page.addScriptTag({ content: axe })
        for (const fault of await page.evaluate(findFaults, tags)) faults.push(`drawer: ${fault}`)
        await context.close()
        assert.deepEqual(faults, [])
      })
    }
  }
})
