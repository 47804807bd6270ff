import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import type { AxeResults } from 'axe-core'
import type { Browser, FileChooser, Page } from 'playwright-core'
import { bomb, fromAgency, fromCamera, iptcBlock, jpeg, svg, withIptc } from '../../src/library/photo.fixture.ts'
import { startHouse } from '../studio/house.ts'
import type { Hired, House } from '../studio/house.ts'
import { waitFor } from '../world/wait.ts'
import { launchBrowser, needsBrowser } from './browser.ts'
import { pictureOf } from './guide.ts'
import { ROOT } from './program.ts'

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** A file as somebody drops it. */
type Dropped = { name: string; type: string; bytes: Buffer }

/** One of the demo's drawings as a JPEG, made in a process of its own: the house in this one reads no SVG. */
const freightAtNight = (): Buffer => {
  const day = pathToFileURL(join(ROOT, 'test/world/newsroom-day.ts')).href
  const code = `const { photograph } = await import('${day}')
    process.stdout.write(await photograph(process.argv[1], 'freight.svg', {}))`
  const args = ['--input-type=module', '-e', code, join(ROOT, 'demo/station')]
  return execFileSync(process.execPath, args, { maxBuffer: 2 ** 25 })
}

describe('the photo library, by its people', needsBrowser(), () => {
  let house: House
  let ines: Hired
  let browser: Browser

  before(async () => {
    house = await startHouse()
    ines = await house.hire('Ines Haldorsen', 'editor')
    browser = await launchBrowser()
  })
  after(async () => {
    await browser.close()
    await house.stop()
  })

  const open = async (path: string, options: Parameters<Browser['newContext']>[0] = {}) => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options })
    await context.addCookies([{ name: ines.cookie.name, value: ines.cookie.value, url: house.url }])
    const page = await context.newPage()
    await page.goto(house.url + path)
    return { context, page }
  }
  const rows = () => house.store.read.selectFrom('photos').selectAll().orderBy('made_at').execute()
  const photoNamed = async (name: string) => {
    const found = (await rows()).find((row) => row.name === name)
    assert.ok(found, `${name} is in the library`)
    return found
  }

  /** As the system does it when files are let go over the page. */
  const drop = async (page: Page, files: Dropped[]) => {
    await page.evaluate(() => customElements.whenDefined('studio-photos').then(() => true))
    const given = files.map(({ name, type, bytes }) => ({ name, type, text: bytes.toString('base64') }))
    await page.evaluate((given) => {
      const transfer = new DataTransfer()
      for (const { name, type, text } of given)
        transfer.items.add(new File([Uint8Array.fromBase64(text)], name, { type }))
      const main = document.querySelector('main')!
      for (const kind of ['dragover', 'drop'])
        main.dispatchEvent(new DragEvent(kind, { dataTransfer: transfer, bubbles: true, cancelable: true }))
    }, given)
  }
  const line = (page: Page, name: string) => page.locator('.uploads li', { hasText: name })

  test('an empty library tells what to do', async () => {
    const { context, page } = await open('/studio/photos')
    await page.getByText('No photos yet. Drop some anywhere on this page').waitFor()
    await context.close()
  })

  test('several are dropped at once; each says when it is kept, and what its file told of it', async () => {
    const { context, page } = await open('/studio/photos')
    const said = iptcBlock({ 120: ['Brücke über die Öre'], 80: ['Jörg Åberg'], 110: ['Lakes News'], 40: ['Web only'] })
    await drop(page, [
      { name: 'ferry.jpg', type: 'image/jpeg', bytes: await fromCamera({ width: 2400, height: 1600 }) },
      { name: 'gate.jpg', type: 'image/jpeg', bytes: await fromAgency() },
      { name: 'bridge.jpg', type: 'image/jpeg', bytes: withIptc(await jpeg(), said) },
      { name: 'unnamed.jpg', type: 'image/jpeg', bytes: await jpeg({ width: 1600, height: 900 }) },
    ])
    for (const name of ['ferry.jpg', 'gate.jpg', 'bridge.jpg', 'unnamed.jpg'])
      await line(page, name).getByText('Kept').waitFor() // oxlint-disable-line no-await-in-loop -- one after the other
    const tiles = page.locator('.tiles li')
    await waitFor('all stand in the list', async () => (await tiles.count()) === 4)
    await page.getByText('Tom & Ines – Ж at the gate').first().waitFor()
    assert.match(
      (await tiles.filter({ hasText: 'Brücke über die Öre' }).textContent()) ?? '',
      /Jörg Åberg \| Lakes News/,
    )
    assert.match((await tiles.filter({ hasText: 'unnamed.jpg' }).textContent()) ?? '', /No photographer/)
    assert.equal(await line(page, 'unnamed.jpg').getByRole('link', { name: 'Say who took it' }).count(), 1)
    assert.equal((await photoNamed('ferry.jpg')).caption, 'Ferry at the quay')
    await context.close()
  })

  test('a photo that has not come yet is there as a blurred idea', async () => {
    const { context, page } = await open('/studio')
    const said: string[] = []
    page.on('console', (line) => void (line.type() === 'error' && said.push(line.text())))
    const held = Promise.withResolvers<void>()
    await page.route('**/pictures/**', async (route) => {
      await held.promise
      await route.continue()
    })
    await page.goto(`${house.url}/studio/photos`, { waitUntil: 'commit' })
    const image = page.locator('.tiles li', { hasText: 'Ferry at the quay' }).locator('img')
    const behind = () => image.evaluate((one) => getComputedStyle(one).backgroundImage)
    await waitFor('the idea is there', async () => (await behind()).startsWith('url("data:image/png;base64,'))
    held.resolve()
    await waitFor('the photo takes its place', async () => (await behind()) === 'none')
    assert.equal(await image.evaluate((one: HTMLImageElement) => one.naturalWidth > 100), true)
    assert.deepEqual(said, [])
    await context.close()
  })

  test('a credit is demanded, and one press says who took it', async () => {
    const { context, page } = await open('/studio/photos?show=uncredited')
    await page.locator('.tiles a.pic').first().click()
    await page.getByText('Cannot be shown until someone is credited.').waitFor()
    await page.getByRole('button', { name: 'Yes, Ines Haldorsen' }).click()
    await page.getByText('Kept.').waitFor()
    assert.equal(await page.getByText('Cannot be shown until someone is credited.').count(), 0)
    assert.equal(await page.getByLabel('Photographer').inputValue(), 'Ines Haldorsen')
    await page.goto(`${house.url}/studio/photos?show=uncredited`)
    await page.getByText('Every photo says who took it.').waitFor()
    await context.close()
  })

  test('what is refused says why and leaves nothing behind', async () => {
    const { context, page } = await open('/studio/photos')
    const remains = async () => [
      await rows(),
      ...['data/blobs', 'data/uploads'].map((place) => {
        const path = join(house.folder, place)
        return existsSync(path) ? readdirSync(path, { recursive: true }).map(String).toSorted() : []
      }),
    ]
    await waitFor(
      'the jobs to be done',
      async () => (await house.store.read.selectFrom('jobs').select('id').execute()).length === 0,
    )
    const before = await remains()
    const photo = await jpeg({ width: 2000, height: 1500 })
    await drop(page, [
      { name: 'drawing.jpg', type: 'image/jpeg', bytes: svg },
      { name: 'bomb.png', type: 'image/png', bytes: bomb() },
      { name: 'half.jpg', type: 'image/jpeg', bytes: photo.subarray(0, photo.length >> 1) },
    ])
    await page.evaluate(() => {
      const transfer = new DataTransfer()
      transfer.items.add(new File([new Uint8Array(200 * 2 ** 20)], 'huge.jpg', { type: 'image/jpeg' }))
      document
        .querySelector('main')!
        .dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }))
    })
    await line(page, 'drawing.jpg').getByText('This file is not a photo that can be shown.').waitFor()
    await line(page, 'bomb.png').getByText('This photo has too many pixels. (60000 × 60000)').waitFor()
    await line(page, 'half.jpg').getByText('It breaks off before its end.').waitFor()
    await line(page, 'huge.jpg').getByText('It has 200 MB, and the library takes 40.').waitFor()
    assert.deepEqual(await remains(), before)
    await page.getByRole('button', { name: 'Put away: huge.jpg' }).click()
    assert.equal(await line(page, 'huge.jpg').count(), 0)
    await context.close()
  })

  test('a line that breaks is told with its place, and the upload goes on from there', async () => {
    const { context, page } = await open('/studio/photos')
    const bytes = await jpeg({ width: 1400, height: 900 })
    // Bytes after a JPEG's end are no harm; they make it long enough for several pieces.
    const long = Buffer.concat([bytes, Buffer.alloc(3 * 2 ** 20 + 77 - bytes.length)])
    let pieces = 0
    const from: string[] = []
    await page.route('**/studio/photos/uploads/*', async (route) => {
      if (route.request().method() !== 'PUT') return route.continue()
      from.push(new URL(route.request().url()).searchParams.get('offset') ?? '')
      pieces += 1
      return pieces === 3 ? route.abort('connectionreset') : route.continue()
    })
    await drop(page, [{ name: 'long.jpg', type: 'image/jpeg', bytes: long }])
    await line(page, 'long.jpg').getByText('The line broke at 66 %.').waitFor()
    assert.equal(
      (await rows()).some(({ name }) => name === 'long.jpg'),
      false,
    )
    await page.getByRole('button', { name: 'Go on from 66 %: long.jpg' }).click()
    await line(page, 'long.jpg').getByText('Kept').waitFor()
    const mega = 2 ** 20
    assert.deepEqual(from.map(Number), [0, mega, 2 * mega, 2 * mega, 3 * mega])
    assert.equal((await photoNamed('long.jpg')).bytes, long.length)
    await context.close()
  })

  test('a line that breaks before the last answer makes no second photo', async () => {
    const { context, page } = await open('/studio/photos')
    let lost = 0
    await page.route('**/studio/photos/uploads/*', async (route) => {
      if (route.request().method() !== 'PUT' || lost > 0) return route.continue()
      lost += 1
      await route.fetch()
      return route.abort('connectionreset')
    })
    await drop(page, [{ name: 'once.jpg', type: 'image/jpeg', bytes: await jpeg({ width: 300, height: 200 }) }])
    await page.getByRole('button', { name: /^Go on from .*once\.jpg/ }).click()
    await line(page, 'once.jpg').getByText('Kept').waitFor()
    assert.equal((await rows()).filter(({ name }) => name === 'once.jpg').length, 1)
    await context.close()
  })

  test('by keyboard alone: find a photo, say what it is, move its focus, keep it', async () => {
    const { context, page } = await open('/studio/photos')
    const focused = () =>
      page.evaluate(() => {
        const at = document.activeElement
        return at instanceof HTMLInputElement || at instanceof HTMLTextAreaElement
          ? at.name
          : (at?.getAttribute('href') ?? at?.textContent?.trim() ?? '')
      })
    const tabTo = async (place: RegExp, key = 'Tab') => {
      for (let n = 0; n < 80; n += 1) {
        if (place.test(await focused())) return
        await page.keyboard.press(key)
      }
      assert.fail(`the keyboard does not get to ${place}`)
    }
    await tabTo(/^q$/)
    await page.keyboard.type('unnamed')
    await page.keyboard.press('Enter')
    await page.waitForURL(/q=unnamed/)
    await tabTo(/^\/studio\/photos\/p-/)
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/studio\/photos\/p-/)
    await tabTo(/^focusX$/)
    for (let n = 0; n < 30; n += 1) await page.keyboard.press('ArrowLeft')
    assert.equal(await page.locator('[name=focusX]').getAttribute('aria-valuetext'), '20 percent from the left')
    const crop = page.locator('.crop[data-shape="1x1"]')
    assert.equal(await crop.getAttribute('viewBox'), '0 0 900 900', 'the cut follows at once')
    await tabTo(/^focusY$/)
    await page.keyboard.press('End')
    await tabTo(/^caption$/)
    await page.keyboard.type('The quay at noon.')
    await tabTo(/^alt$/)
    await page.keyboard.type('A stone quay without people.')
    await tabTo(/^Keep$/)
    await page.keyboard.press('Enter')
    await page.waitForURL(/saved/)
    const { caption, alt, focus_x, focus_y } = await photoNamed('unnamed.jpg')
    assert.deepEqual([caption, alt, focus_x, focus_y], ['The quay at noon.', 'A stone quay without people.', 200, 1000])
    await tabTo(/^Delete this photo$/)
    await page.keyboard.press('Enter')
    await tabTo(/^Delete for good$/)
    await page.keyboard.press('Enter')
    await page.getByText('The photo is deleted.').waitFor()
    assert.equal(
      (await rows()).some(({ name }) => name === 'unnamed.jpg'),
      false,
    )
    await context.close()
  })

  test('the button opens the phone’s camera or files, by keyboard too', async () => {
    const { context, page } = await open('/studio/photos', { viewport: { width: 360, height: 740 } })
    const input = page.locator('input[type=file]')
    assert.match((await input.getAttribute('accept')) ?? '', /image\/jpeg/)
    await page.evaluate(() => customElements.whenDefined('studio-photos').then(() => true))
    await input.focus()
    // A page that is laid out anew between the key's two halves takes the press for let go: one presses again.
    const chosen = new Promise<FileChooser>((resolve) => page.once('filechooser', resolve))
    let isOpen = false
    void chosen.then(() => (isOpen = true))
    await waitFor(
      'the key opens the files',
      async () => {
        if (!isOpen) await page.keyboard.press('Space')
        return isOpen
      },
      { ms: 20_000, every: 1_000 },
    )
    await (await chosen).setFiles({ name: 'phone.jpg', mimeType: 'image/jpeg', buffer: await fromCamera() })
    await line(page, 'phone.jpg').getByText('Kept').waitFor()
    await context.close()
  })

  test('the guide’s page “Photos and credit”, step by step', async () => {
    const folder = join(import.meta.dirname, '../../docs/guide')
    const file = readdirSync(folder).find((name) => name.endsWith('photos-and-credit.md')) ?? ''
    const guide = readFileSync(join(folder, file), 'utf8')
    const steps = [...guide.matchAll(/^\d+\. \*\*([^*]+?)\.\*\*/gm)].map(([, title]) => title)
    const { context, page } = await open('/studio')
    const done: string[] = []
    const step = async (title: string, walk: () => Promise<unknown>) => {
      await walk()
      done.push(title)
      await pictureOf(page, file, done.length)
    }
    await step('Bring photos in', async () => {
      await page.getByRole('navigation', { name: 'Studio', exact: true }).getByRole('link', { name: 'Photos' }).click()
      await page.locator('.button.add').waitFor()
      const theirs = withIptc(freightAtNight(), iptcBlock({ 116: ['© Lakes News'] }))
      await drop(page, [{ name: 'guide.jpg', type: 'image/jpeg', bytes: theirs }])
      await line(page, 'guide.jpg').getByText('Kept').waitFor()
    })
    await step('Say who took it', async () => {
      await page.getByRole('link', { name: /^Missing a credit/ }).click()
      await page.locator('.filters [aria-current]', { hasText: 'Missing a credit' }).waitFor()
      await page.goto(`${house.url}/studio/photos?show=unclear`)
      await page.locator('.tiles li', { hasText: 'guide.jpg' }).locator('a.pic').click()
      await page.getByText('Cannot be shown until someone says on what terms.').waitFor()
      await page.getByRole('button', { name: 'Yes, Ines Haldorsen' }).click()
      await page.getByText('Kept.').waitFor()
      assert.equal(await page.getByLabel('Photographer').inputValue(), 'Ines Haldorsen')
      assert.equal(await page.getByLabel('Agency', { exact: true }).inputValue(), '© Lakes News')
    })
    await step('Say on what terms', () => page.getByLabel('Terms').fill('Web only, until April 12'))
    await step('Say what is to be seen', async () => {
      await page.getByLabel('For those who cannot see it').fill('A field of one colour.')
      await page.getByLabel('Caption').fill('The field on Thursday.')
    })
    await step('Set the focus', async () => {
      const cut = page.locator('.crop[data-shape="1x1"]')
      assert.equal(await cut.getAttribute('viewBox'), '400 0 1600 1600')
      const box = (await page.locator('.focus-photo').boundingBox())!
      await page.locator('.focus-photo').click({ position: { x: box.width * 0.9, y: box.height / 2 } })
      assert.equal(await cut.getAttribute('viewBox'), '800 0 1600 1600')
      await page.getByLabel('Across').press('ArrowLeft')
    })
    await step('Keep it', async () => {
      await page.getByRole('button', { name: 'Keep', exact: true }).click()
      await page.getByText('Kept.').waitFor()
      assert.equal(await page.locator('.panel .warnline').count(), 0)
    })
    assert.deepEqual(done, steps)
    const { terms, alt, focus_x } = await photoNamed('guide.jpg')
    assert.deepEqual([terms, alt], ['Web only, until April 12', 'A field of one colour.'])
    assert.ok(focus_x >= 880 && focus_x <= 900)
    const said = (await page.locator('main, nav').allTextContents()).join(' ')
    for (const word of ['Photos', 'Add photos', 'Missing a credit', 'Rights unclear', 'Used in'])
      assert.ok(guide.includes(`**${word}**`) && said.includes(word), word)
    await context.close()
  })

  for (const colorScheme of ['light', 'dark'] as const)
    for (const width of [320, 1280])
      test(`${colorScheme}, ${width} px: no violation, nothing scrolls sideways`, async () => {
        const { context, page } = await open('/studio/photos', {
          colorScheme,
          viewport: { width, height: 800 },
          bypassCSP: true,
        })
        const wrong: string[] = []
        await drop(page, [{ name: 'drawing.svg', type: 'image/svg+xml', bytes: svg }])
        await page.getByRole('button', { name: 'Put away: drawing.svg' }).waitFor()
        wrong.push(...(await troubles(page)))
        const one = await photoNamed('gate.jpg')
        for (const path of [
          `/studio/photos/${one.id}`,
          '/studio/photos?q=nothing-of-that',
          '/studio/photos?show=unclear',
        ]) {
          await page.goto(house.url + path) // oxlint-disable-line no-await-in-loop -- one page at a time
          wrong.push(...(await troubles(page)).map((what) => `${path}: ${what}`)) // oxlint-disable-line no-await-in-loop
        }
        assert.deepEqual(wrong, [])
        await context.close()
      })
})

const troubles = async (page: Page): Promise<string[]> => {
  await page.addScriptTag({ content: axe })
  const { violations } = await page.evaluate(
    (tags) =>
      (window as unknown as { axe: { run(o: object): Promise<AxeResults> } }).axe.run({
        runOnly: { type: 'tag', values: tags },
      }),
    TAGS,
  )
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  return [
    ...violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`),
    ...(wide > 0 ? [`${wide} px too wide`] : []),
  ]
}
