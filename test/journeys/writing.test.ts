import assert from 'node:assert/strict'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { fromCamera } from '../../src/library/photo.fixture.ts'
import { launchBrowser, needsBrowser } from './browser.ts'
import { editorOf, openWindow, startNewsroom } from './newsroom-world.ts'
import type { NewsroomWorld, Person } from './newsroom-world.ts'

const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 }

suite('writing', needsBrowser(), () => {
  let world: NewsroomWorld
  let browser: Browser
  let ines: Person

  before(async () => {
    world = await startNewsroom()
    browser = await launchBrowser()
    ines = await world.hire('Ines Haldorsen', 'reporter')
  })
  after(async () => {
    await browser.close()
    await world.stop()
  })

  /** A new story in a window of its own. */
  const beginStory = async (options: BrowserContextOptions = {}) => {
    const id = await world.begin(ines)
    return { id, ...(await openWindow(browser, world, { person: ines, path: `/studio/stories/${id}`, options })) }
  }

  /** Walks by the Tab key until the thing of this name has the focus. */
  const tabTo = async (page: Page, name: RegExp, { back = false } = {}) => {
    for (let presses = 0; presses < 80; presses++) {
      // oxlint-disable no-await-in-loop -- one press after the other
      const focused = await page.evaluate(() => {
        const one = document.activeElement as HTMLInputElement | null
        const label = one?.labels?.[0]?.textContent ?? ''
        return one?.getAttribute('aria-label') || label || one?.textContent?.trim() || ''
      })
      if (name.test(focused.trim())) return
      await page.keyboard.press(back ? 'Shift+Tab' : 'Tab')
      // oxlint-enable no-await-in-loop
    }
    throw new Error(`The Tab key does not come to ${name}.`)
  }

  test('from the desk to a correction by the keyboard alone', async () => {
    const { page, complaints, close } = await openWindow(browser, world, { person: ines, path: '/studio' })
    const press = (key: string) => page.keyboard.press(key)
    const type = (text: string) => page.keyboard.type(text, { delay: 5 })
    const { mine, settled } = editorOf(page)

    await tabTo(page, /^New story$|^Write/)
    await press('Enter')
    await page.waitForURL('**/studio/stories/*')
    await mine()
    await tabTo(page, /^Headline$/)
    await type('The ferry stops for the winter')
    await press('Enter')
    await type('It comes back in April.')
    await tabTo(page, /^Bold$/)
    // The toolbar is one stop; the arrows walk in it.
    await press('ArrowRight')
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('aria-label')), 'Italic')
    await press('ArrowLeft')
    await tabTo(page, /^Story$/)
    await type('The ferry stops on ')
    await press('Control+b')
    await type('Friday')
    await press('Control+b')
    await type('.')
    await press('Enter')
    await type('## ')
    await type('What else')
    await press('Enter')
    await type('- Buses run')
    await press('Enter')
    await type('So do trains')
    await press('Enter')
    await press('Enter')
    await press('Control+Shift+9')
    await type('We will miss it.')
    await tabTo(page, /^Who says it$/, { back: true })
    await type('Harold Pell')
    await tabTo(page, /^Section$/)
    await type('News')
    await settled()
    // By the keyboard one also comes out of the text again.
    await tabTo(page, /^Publish…$/, { back: true })
    await press('Enter')
    await page.waitForURL('**/publish')
    await tabTo(page, /^Publish$/)
    await press('Enter')
    await page.waitForURL('**done=now')
    await mine()
    const path = (await world.drafts.state(new URL(page.url()).pathname.split('/').at(-1) ?? ''))?.path ?? ''
    const published = await (await fetch(world.house + path)).text()
    assert.match(published, /The ferry stops on <strong>Friday<\/strong>\./)
    assert.match(published, /<h2>What else<\/h2>/)
    assert.match(published, /We will miss it\.<\/p>\s*<footer>Harold Pell<\/footer>/)
    assert.match(published, /<li>Buses run<\/li>\s*<li>So do trains<\/li>/)

    await tabTo(page, /^Story$/)
    await press('Control+Home')
    await type('Corrected: ')
    await settled()
    await tabTo(page, /^Correct$/)
    await press('Enter')
    await page.waitForURL('**/correct')
    await tabTo(page, /^What was wrong/)
    await type('It stops on Friday, not on Thursday.')
    await tabTo(page, /^Publish the correction$/)
    await press('Enter')
    await page.waitForURL('**done=corrected')
    const corrected = await (await fetch(world.house + path)).text()
    assert.match(corrected, /It stops on Friday, not on Thursday\./)
    assert.match(corrected, /Corrected: The ferry/)
    assert.deepEqual(complaints, [])
    await close()
  })

  test('what is undone, copied, cut, linked and saved by keys is right', async () => {
    const { page, complaints, close } = await beginStory({ permissions: ['clipboard-read', 'clipboard-write'] })
    const { mine, body, type, settled } = editorOf(page)
    await mine()
    await type('One two')
    await page.keyboard.press('Control+a')
    await page.keyboard.press('Control+b')
    await page.keyboard.press('Control+c')
    await page.keyboard.press('End')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Control+v')
    await body.locator('p:has(strong)').nth(1).waitFor()
    assert.equal(
      withoutBreaks(await body.innerHTML()),
      '<p><strong>One two</strong></p><p><strong>One two</strong></p>',
    )
    await page.keyboard.press('Control+z')
    await page.keyboard.press('Control+z')
    await page.waitForFunction(() => document.querySelectorAll('[data-part="body"] p').length === 1)
    await page.keyboard.press('Control+a')
    await page.keyboard.press('Control+k')
    await page.getByLabel('Address').fill('javascript:alert(1)')
    await page.getByRole('button', { name: 'Set the link' }).click()
    await page.getByText('That is no address').waitFor()
    await page.getByLabel('Address').fill('station.example/ferry')
    await page.keyboard.press('Enter')
    assert.equal(await body.locator('a').getAttribute('href'), 'https://station.example/ferry')
    await page.keyboard.press('Control+s')
    await page.getByText('This is version 2 now.').waitFor()
    await page.keyboard.press('Control+a')
    await page.keyboard.press('Control+x')
    await page.waitForFunction(() => document.querySelector('[data-part="body"]')?.textContent === '')
    // An address of a provider on the list, alone on its line, becomes its player.
    await body.evaluate((one) => {
      const data = new DataTransfer()
      data.setData('text/plain', 'https://www.youtube.com/watch?v=dQw4w9WgXcQ')
      one.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
    })
    await body.getByText('YouTube: dQw4w9WgXcQ').waitFor()
    await body.getByRole('button', { name: 'Take it out' }).click()
    await page.waitForFunction(() => !document.querySelector('[data-provider]'))
    await settled()
    assert.deepEqual(complaints, [])
    await close()
  })

  test('keys that are faster than the browser tells of the cursor mean the place where it is', async () => {
    const { page, complaints, close } = await beginStory()
    const { mine, body, type, settled } = editorOf(page)
    await mine()
    await type('Line 0')
    for (let n = 1; n <= 12; n++) {
      for (const key of ['Control+a', 'Control+End', 'Enter']) await page.keyboard.press(key)
      await page.keyboard.type(`Line ${n}`)
    }
    assert.equal(await body.innerText().then((text) => text.match(/Line \d+/g)?.length), 13)
    await settled()
    assert.deepEqual(complaints, [])
    await close()
  })

  test('a table by the keyboard alone, from its heading to the page', async () => {
    const { id, page, complaints, close } = await beginStory()
    const { mine, body, type, settled } = editorOf(page)
    const press = (key: string) => page.keyboard.press(key)
    await mine()
    await page.getByLabel('Headline', { exact: true }).fill('Where it rained most')
    await type('It rained.')
    await tabTo(page, /^Bold$/, { back: true })
    for (let n = 0; n < 10 && (await focusedIn(page)) !== 'Table'; n++) await press('ArrowRight')
    await press('Enter')
    for (const cell of ['Town', 'Inches', 'Hours', 'Tamsin Falls', '31', '6']) {
      await page.keyboard.type(cell)
      await press('Tab')
    }
    // What is selected over two cells is emptied; the cells stay, and it comes back.
    const rows = () => body.locator('table tr').allInnerTexts().then(words)
    for (const key of ['Shift+Tab', 'ArrowRight', ...Array.from({ length: 4 }, () => 'Shift+ArrowLeft'), 'Backspace'])
      await press(key)
    assert.deepEqual((await rows()).slice(0, 2), ['Town Inches Hours', 'Tamsin Falls 3'])
    assert.equal(await body.locator('table tr').nth(1).locator('td').count(), 3)
    await press('Control+z')
    assert.deepEqual((await rows()).slice(0, 2), ['Town Inches Hours', 'Tamsin Falls 31 6'])
    await page.keyboard.type('7')
    assert.deepEqual((await rows()).slice(0, 2), ['Town Inches Hours', 'Tamsin Falls 37'])
    assert.equal(await body.locator('table tr').nth(1).locator('td').count(), 3)
    await press('Control+z')
    assert.deepEqual((await rows()).slice(0, 2), ['Town Inches Hours', 'Tamsin Falls 31 6'])
    for (const key of ['Tab', 'Tab']) await press(key)
    await press('Escape')
    await tabTo(page, /^Remove row$/)
    await press('Enter')
    await press('Escape')
    await tabTo(page, /^Remove column$/)
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true)
    await press('Enter')
    assert.deepEqual(await rows(), ['Inches Hours', '31 6'])
    await press('Control+z')
    assert.deepEqual(await rows(), ['Town Inches Hours', 'Tamsin Falls 31 6'])
    for (const key of ['Enter', 'Enter']) await press(key)
    await page.keyboard.type('Then it stopped.')
    await tabTo(page, /^Section$/)
    await page.keyboard.type('News')
    await settled()
    await page.getByRole('link', { name: 'Publish…' }).click()
    await page.waitForURL('**/publish')
    await page.getByRole('button', { name: 'Publish', exact: true }).click()
    await page.waitForURL('**done=now')
    const path = (await world.drafts.state(id))?.path ?? ''
    await page.goto(world.house + path)
    assert.deepEqual(await page.locator('main table tr').allInnerTexts().then(words), [
      'Town Inches Hours',
      'Tamsin Falls 31 6',
    ])
    assert.equal(await page.locator('main table th').count(), 3)
    assert.deepEqual(complaints, [])
    await close()
  })

  test('on a phone: a story with a photo, in under three minutes, without a dead end', async (context) => {
    const file = join(mkdtempSync(join(tmpdir(), 'groundwave-photo-')), 'quay.jpg')
    writeFileSync(file, await fromCamera())
    const { page, complaints, close } = await openWindow(browser, world, {
      person: ines,
      path: '/studio',
      options: phone,
    })
    const began = Date.now()
    // A hurried thumb.
    const pace = { delay: 60 }
    await page
      .getByRole('button', { name: /New story|Write/ })
      .first()
      .tap()
    await page.waitForURL('**/studio/stories/*')
    const { headline, mine, body, settled } = editorOf(page)
    await mine()
    await headline.tap()
    await page.keyboard.type('The ferry stops for the winter', pace)
    await body.tap()
    await page.keyboard.type('The ferry stops on Friday. It comes back in April, the county said.', pace)

    // The toolbar stands at the foot, where a keyboard would push it up, and every tool takes a finger.
    const bar = (await page.locator('.tools').boundingBox())!
    assert.equal(Math.round(bar.y + bar.height), phone.viewport.height)
    await page.getByLabel('Section').selectOption('News')
    await page.getByRole('button', { name: 'Choose a photo' }).tap()
    await page.locator('#picker input[type="file"]').setInputFiles(file)
    await page.locator('[data-part="photo"] img').waitFor({ timeout: 30_000 })
    assert.equal(await page.locator('[data-part="photo"]').getByLabel('Photographer').inputValue(), 'Ines Haldorsen')
    // Too early: it is told what is missing, and led there.
    await settled()
    await page.getByRole('link', { name: 'Publish…' }).tap()
    await page.getByText('One thing is missing before it can be public.').waitFor()
    await page.getByRole('link', { name: 'Describe it' }).tap()
    await mine()
    await page.waitForFunction(() => document.activeElement?.closest('[data-photo-field="alt"]'))
    await page.keyboard.type('A ferry at its quay in the rain.', pace)
    await settled()
    await page.getByRole('link', { name: 'Publish…' }).tap()
    await page.waitForURL('**/publish')
    await page.getByRole('button', { name: 'Publish' }).tap()
    await page.waitForURL('**done=now')
    await page.getByRole('link', { name: 'See the page' }).tap()
    await page.getByRole('heading', { level: 1, name: 'The ferry stops for the winter' }).waitFor()
    const photo = page.locator('.story-photo img')
    await photo.waitFor()
    assert.ok(await photo.evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth > 0)))
    await page.getByText('Ines Haldorsen').first().waitFor()
    const seconds = Math.round((Date.now() - began) / 1000)
    context.diagnostic(`from the desk to the page: ${seconds} s`)
    assert.ok(seconds < 180)
    assert.deepEqual(complaints, [])
    await close()
  })
})

const withoutBreaks = (html: string) => html.replaceAll(/<br[^>]*>|<img class="ProseMirror-separator"[^>]*>/g, '')

const focusedIn = (page: Page) => page.evaluate(() => document.activeElement?.getAttribute('aria-label'))

/** Rows of a table as words with single spaces. */
const words = (rows: string[]) => rows.map((row) => row.replaceAll(/\s+/g, ' ').trim())
