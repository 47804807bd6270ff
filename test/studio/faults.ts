import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Browser, Page } from 'playwright-core'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** What a page breaks of WCAG 2.2 AA and of good practice, and whether it scrolls sideways. */
export const faultsOf = async (page: Page): Promise<string[]> => {
  await page.addScriptTag({ content: axe })
  return page.evaluate(async (names) => {
    const { axe } = globalThis as unknown as { axe: { run(context: Document, options: object): Promise<AxeResults> } }
    const { violations } = await axe.run(document, { runOnly: { type: 'tag', values: names } })
    const beyond = [...document.querySelectorAll('body *')].filter(
      (one) => one.getBoundingClientRect().right > innerWidth + 1,
    )
    const wide =
      document.documentElement.scrollWidth > innerWidth
        ? [
            `the page scrolls sideways: ${beyond
              .slice(0, 5)
              .map((one) => `${one.tagName}.${one.className}`)
              .join(', ')}`,
          ]
        : []
    return [
      ...wide,
      ...violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`),
    ]
  }, tags)
}

export const looks = (['light', 'dark'] as const).flatMap((colorScheme) =>
  [320, 1280].map((width) => ({ colorScheme, width })),
)

type Visit = {
  browser: Browser
  url: string
  paths: readonly string[]
  cookie?: string
  colorScheme: 'light' | 'dark'
  width: number
}

/** The faults of all these pages, each named with its path; what the console or the policy complained of too. */
export const faultsOfPages = async ({ browser, url, paths, cookie, colorScheme, width }: Visit): Promise<string[]> => {
  // axe is a script of ours and not of the page's.
  const context = await browser.newContext({
    colorScheme,
    viewport: { width, height: 900 },
    reducedMotion: 'reduce',
    bypassCSP: true,
  })
  const [name = '', value = ''] = (cookie ?? '').split('=')
  if (cookie) await context.addCookies([{ name, value, url }])
  const page = await context.newPage()
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(`an error: ${error.message}`))
  for (const path of paths) {
    await page.goto(url + path)
    for (const fault of await faultsOf(page)) faults.push(`${path}: ${fault}`)
  }
  await context.close()
  return faults
}
