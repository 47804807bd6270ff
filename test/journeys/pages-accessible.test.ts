import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import { after, before, describe, test } from 'node:test'
import { HtmlValidate, type ConfigData } from 'html-validate'
import type { AxeResults } from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { launchBrowser, needsBrowser, visit } from './browser.ts'
import { startDemo, type Station } from './program.ts'

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

describe('every public page is accessible', needsBrowser(), () => {
  let station: Station
  let browser: Browser
  let pages: Map<string, string>

  before(async () => {
    station = await startDemo()
    browser = await launchBrowser()
    const front = await (await fetch(station.place.house)).text()
    const first = (pattern: RegExp) => {
      const found = pattern.exec(front)?.[1]
      assert.ok(found, `the front page leads to ${pattern}`)
      return found
    }
    const story = first(/<h1 class="h1">\s*<a href="([^"]+)"/)
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)
    pages = new Map([
      ['front', '/'],
      ['a story', story],
      ['a section', '/county'],
      ['an author', '/authors/ines-haldorsen'],
      ['a topic', '/topics/calder-street-bridge'],
      ['the schedule', '/schedule'],
      ['a day', `/schedule/${tomorrow}`],
      ['a stream’s day', `/schedule/${tomorrow}/music`],
      ['programmes', '/programs'],
      ['a programme', first(/href="(\/programs\/[^"]+)"/)],
      ['listen', '/listen'],
      ['streams', '/streams'],
      ['corrections', '/corrections'],
      ['text', '/text'],
      ['text of a story', `/text${story}`],
      ['text of the schedule', '/text/schedule'],
      ['no such page', '/nothing-here'],
    ])
  })
  after(async () => {
    await browser.close()
    await station.stop()
  })

  for (const colorScheme of ['light', 'dark'] as const)
    for (const width of [320, 1280])
      test(`${colorScheme}, ${width} px: no violation, nothing scrolls sideways`, async () => {
        const { page, close } = await visit(browser, 'about:blank', {
          colorScheme,
          viewport: { width, height: 800 },
          // axe is not the page's own; what the policy allows is another test's matter.
          bypassCSP: true,
        })
        const wrong: string[] = []
        for (const [name, path] of pages) {
          await page.goto(station.place.house + path) // oxlint-disable-line no-await-in-loop -- one page at a time
          const found = [...(await violations(page)), ...(await sideways(page))] // oxlint-disable-line no-await-in-loop
          // What opens must hold as well.
          if (name === 'front') {
            await page.locator('.streams summary').click() // oxlint-disable-line no-await-in-loop
            found.push(...(await violations(page)), ...(await sideways(page))) // oxlint-disable-line no-await-in-loop
          }
          wrong.push(...found.map((what) => `${name} (${path}): ${what}`))
        }
        assert.deepEqual(wrong, [])
        await close()
      })

  test('the player while it plays has no violation', async () => {
    const { page, close } = await visit(browser, station.place.house, { bypassCSP: true })
    await page.click('button.player-play')
    await page.waitForSelector('.player.bar[data-state=live]')
    assert.deepEqual(await violations(page), [])
    await close()
  })

  test('every page is valid HTML', async () => {
    const validator = new HtmlValidate(RULES)
    const wrong: string[] = []
    for (const [name, path] of pages) {
      const text = await (await fetch(station.place.house + path)).text() // oxlint-disable-line no-await-in-loop
      const { results } = await validator.validateString(text) // oxlint-disable-line no-await-in-loop
      for (const { messages } of results)
        for (const { ruleId, message, line, selector } of messages)
          wrong.push(`${name} (${path}:${line}) ${ruleId}: ${message} ${selector}`)
    }
    assert.deepEqual(wrong, [])
  })
})

const RULES: ConfigData = {
  extends: ['html-validate:standard', 'html-validate:document', 'html-validate:a11y'],
  elements: ['html5', { 'gw-player': { flow: true, permittedContent: ['@flow'] } }],
  rules: {
    // Matters of taste, about which oxfmt decides.
    'void-style': 'off',
    'no-trailing-whitespace': 'off',
    'long-title': 'off',
    // All assets are our own.
    'require-sri': 'off',
    'no-inline-style': 'error',
    // The player with its drawer stands before the page's own heading, so that it is first for everybody.
    'heading-level': ['error', { minInitialRank: 'h2' }],
    'prefer-native-element': ['error', { exclude: ['region'] }],
  },
}

const violations = async (page: Page): Promise<string[]> => {
  await page.evaluate(axe)
  const { violations: found } = await page.evaluate<AxeResults, string[]>(
    (tags) => globalThis.axe.run(document, { runOnly: { type: 'tag', values: tags } }),
    TAGS,
  )
  return found.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`)
}

/** Whatever makes the page wider than the window, beyond named regions that can be focused and scrolled themselves. */
const sideways = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const { clientWidth, scrollWidth } = document.documentElement
    const wrong = scrollWidth > clientWidth ? [`the page is ${scrollWidth} px wide in ${clientWidth}`] : []
    for (const element of document.querySelectorAll('*')) {
      if (element.scrollWidth <= element.clientWidth + 1 || !element.checkVisibility()) continue
      const { overflowX } = getComputedStyle(element)
      if (overflowX !== 'auto' && overflowX !== 'scroll') continue
      const isNamed = element.hasAttribute('aria-label') || element.hasAttribute('aria-labelledby')
      if (!isNamed || element.getAttribute('tabindex') !== '0')
        wrong.push(`${element.localName}.${element.className} scrolls without name or focus`)
    }
    return wrong
  })

declare global {
  // oxlint-disable-next-line no-var -- axe puts itself there
  var axe: { run(context: Document, options: object): Promise<AxeResults> }
}
