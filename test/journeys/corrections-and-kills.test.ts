import assert from 'node:assert/strict'
import { after, before, describe } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { hireStaff, signIn } from '../world/newsroom-day.ts'
import { launchBrowser, needsBrowser } from './browser.ts'
import { followGuide, look } from './guide.ts'
import { startDemo } from './program.ts'
import type { Station } from './program.ts'

const BRIDGE = 'The bridge opens tonight, one winter after the ice took it'

let station: Station
let browser: Browser
let page: Page
let path = ''

const toStory = async (headline: string) => {
  await page.goto(`${station.place.house}/studio`)
  await page.getByRole('link', { name: headline }).click()
  await page.locator('.ProseMirror').waitFor()
}

describe('corrections, embargoes, kills', { ...needsBrowser(), timeout: 240_000 }, () => {
  before(async () => {
    station = await startDemo()
    const { house, folder } = station.place
    const staff = await hireStaff(folder)
    const [name = '', value = ''] = (await signIn(house, staff[0]!)).split('=', 2)
    browser = await launchBrowser()
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
    await context.addCookies([{ name, value, url: house }])
    page = await context.newPage()
    page.setDefaultTimeout(15_000)
  })
  after(async () => {
    await browser?.close()
    await station?.stop()
  })

  followGuide('14-corrections-embargoes-kills.md', {
    page: () => page,
    steps: {
      'Mend the text': async () => {
        await toStory(BRIDGE)
        path = (await page.getByRole('link', { name: 'See it on the site' }).getAttribute('href')) ?? ''
        await page.locator('.ProseMirror p').first().click()
        await page.keyboard.press('Control+End')
        await page.keyboard.type(' The first car is a school bus.', { delay: 30 })
        await page.getByText(/^Saved \d/).waitFor()
        assert.doesNotMatch(await readersSee(), /The first car is a school bus/)
      },
      'Say what was wrong': async () => {
        await page.getByRole('link', { name: 'Correct', exact: true }).click()
        await page
          .getByLabel('What was wrong, and what is right')
          .fill('The first car over the bridge is a school bus, not the mayor’s.')
        await page.getByLabel('Publish the edited text with it').check()
      },
      'See it as readers do': async () => {
        await page.getByRole('button', { name: 'Publish the correction' }).click()
        await page.waitForURL(/studio\/stories\/[^/]+(\?.*)?$/)
        await page.goto(station.place.house + path)
        await page.getByText('not the mayor’s').scrollIntoViewIfNeeded()
        await page.getByText('The first car is a school bus.').waitFor()
      },
      'Set an embargo': async () => {
        await toStory(BRIDGE)
        await page.getByRole('link', { name: 'Set a time or embargo' }).click()
        await page.getByRole('radio', { name: /^Under embargo until/ }).check()
        await page.getByLabel('Time, for the last two').fill('2031-03-14T06:00')
        await look(page, 300)
        await page.getByRole('button', { name: 'Publish' }).click()
        await page.waitForURL(/studio\/stories\/[^/]+(\?.*)?$/)
        assert.equal((await fetch(station.place.house + path)).status, 404)
      },
      'End it early': async () => {
        await page.getByRole('link', { name: 'Set a time or embargo' }).click()
        await page.getByRole('radio', { name: /^Now/ }).check()
        await look(page, 300)
        await page.getByRole('button', { name: 'Publish' }).click()
        await page.waitForURL(/studio\/stories\/[^/]+(\?.*)?$/)
        assert.equal((await fetch(station.place.house + path)).status, 200)
      },
      'Withdraw it': async () => {
        await page.getByRole('link', { name: 'Withdraw or kill' }).click()
        await page.getByLabel('Why, for the staff').fill('The county asks to wait for the inspector.')
        await look(page, 300)
        await page.getByRole('button', { name: 'Withdraw it' }).click()
        await page.waitForURL(/studio\/stories\/[^/]+(\?.*)?$/)
        assert.equal((await fetch(station.place.house + path)).status, 404)
      },
      'Kill it': async () => {
        await page.getByRole('link', { name: 'Kill', exact: true }).click()
        await page.getByLabel('Reason, for the staff').fill('The inspector was misquoted throughout.')
        await page.getByLabel('What readers are told at its address').fill('The interview it rested on was withdrawn.')
        const word = /Type “(.+?)”/.exec((await page.locator('label[for=confirm]').textContent()) ?? '')?.[1] ?? ''
        await page.getByLabel(/^Type/).fill(word)
        await page.getByRole('button', { name: 'Kill the story' }).click()
        await page.waitForURL(/\/kill$/)
        await look(page)
      },
      'See what readers see': async () => {
        const answer = await page.goto(station.place.house + path)
        assert.equal(answer?.status(), 410)
        await page.getByText('The interview it rested on was withdrawn.').waitFor()
        assert.doesNotMatch(await page.content(), /The bridge opens tonight/)
      },
    },
  })
})

const readersSee = async (): Promise<string> => (await fetch(station.place.house + path)).text()
