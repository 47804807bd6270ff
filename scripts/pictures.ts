import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import type { Browser } from 'playwright-core'
import { startDemo } from '../test/journeys/program.ts'
import { launchBrowser } from '../test/site/browser.ts'
import { fillDay } from '../test/world/whole-day.ts'
import type { WholeDay } from '../test/world/whole-day.ts'

// Takes the guide's pictures from a running demo: `npm run pictures [NAME…]`. Each page at 360 and 1280 px, light and
// dark; without names also those of the guide's steps, by following them.

const root = join(import.meta.dirname, '..')
const folder = join(root, 'docs/guide/pictures')

type Shot = {
  name: string
  path: (day: WholeDay) => string
  /** Waited for before the picture is taken. */
  ready?: string
}

/** What follows the guide step by step, and takes a picture of each when it is asked to. */
const journeys = ['first-story', 'photos', 'corrections-and-kills']

const shots: Shot[] = [
  { name: 'front', path: () => '/' },
  { name: 'story', path: () => '' },
  { name: 'schedule', path: () => '/schedule' },
  { name: 'desk', path: () => '/studio' },
  { name: 'editor', path: ({ ids }) => `/studio/stories/${ids['mill-bottom-siren']}`, ready: '.ProseMirror' },
  { name: 'library', path: () => '/studio/photos' },
  { name: 'wire', path: () => '/studio/wire?show=all' },
  { name: 'wire-update', path: ({ waiting }) => `/studio/stories/${waiting}`, ready: '.ProseMirror' },
  { name: 'on-air', path: () => '/studio/on-air' },
  { name: 'look', path: () => '/studio/look' },
  { name: 'people', path: () => '/studio/people' },
  { name: 'search', path: () => '/search?q=bridge' },
]

const take = async (browser: Browser, house: string, day: WholeDay) => {
  const wanted = process.argv.slice(2)
  const [name = '', value = ''] = day.cookie.split('=', 2)
  for (const width of [360, 1280])
    for (const colorScheme of ['light', 'dark'] as const) {
      const viewport = { width, height: width === 360 ? 780 : 900 }
      const context = await browser.newContext({ viewport, colorScheme, reducedMotion: 'reduce' })
      await context.addCookies([{ name, value, url: house }])
      const page = await context.newPage()
      for (const shot of shots) {
        if (wanted.length > 0 && !wanted.includes(shot.name)) continue
        const path = shot.name === 'story' ? await firstStory(house) : shot.path(day)
        await page.goto(house + path)
        if (shot.ready) await page.waitForSelector(shot.ready)
        await page.waitForTimeout(700)
        const file = join(folder, `${shot.name}-${width}-${colorScheme}.webp`)
        await sharp(await page.screenshot())
          .webp({ quality: 82 })
          .toFile(file)
        process.stdout.write(`${file}\n`)
      }
      await context.close()
    }
}

const firstStory = async (house: string): Promise<string> => {
  const { stories } = (await (await fetch(`${house}/api/v1/stories`)).json()) as {
    stories: { url: string; headline: string }[]
  }
  return new URL((stories.find(({ headline }) => headline.startsWith('The bridge opens')) ?? stories[0])!.url).pathname
}

mkdirSync(folder, { recursive: true })
const demo = await startDemo()
const browser = await launchBrowser()
try {
  await take(browser, demo.place.house, await fillDay(demo.place, 'editor'))
} finally {
  await browser.close()
  await demo.stop()
}

if (process.argv.length === 2)
  for (const name of journeys)
    spawnSync(process.execPath, ['--test', join(root, `test/journeys/${name}.test.ts`)], {
      stdio: 'inherit',
      env: { ...process.env, GROUNDWAVE_PICTURES: '1' },
    })
