import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { launchBrowser, skip } from '../site/browser.ts'
import { faultsOfPages, looks } from './faults.ts'
import { startHouse } from './house.ts'
import type { Hired, House } from './house.ts'

const HEADLINES = ['The oldest ferry', 'The middle milk', 'The newest bridge']

suite('editors arrange the front', () => {
  let house: House
  let editor: Hired
  const ids = new Map<string, string>()
  before(async () => {
    house = await startHouse()
    editor = await house.hire('Rosalind Achterberg', 'editor')
    for (const headline of HEADLINES) {
      await publish(headline)
      // Publication times are told to the second.
      await new Promise((soon) => setTimeout(soon, 1100))
    }
  })
  after(() => house.stop())

  const publish = async (headline: string) => {
    const { id } = await editor.order('', {
      headline,
      section: 'news',
      body: [{ type: 'paragraph', text: 'It is so.' }],
    })
    await editor.order(`/${id}/publish`, {})
    ids.set(headline, id)
  }
  /** Headlines in the order of a page. */
  const orderAt = async (path: string) => {
    const page = await (await fetch(house.url + path)).text()
    return HEADLINES.filter((one) => page.includes(one)).toSorted((a, b) => page.indexOf(a) - page.indexOf(b))
  }
  const over = async () =>
    /name="over" value="([^"]*)"/.exec(await (await editor.ask('/studio/front')).text())?.[1] ?? ''
  const deed = async (name: string, headline: string, from?: string) =>
    editor.post(`/studio/front/${name}`, { story: ids.get(headline) ?? '', over: from ?? (await over()) })

  test('without a hand the newest leads; a lead that is given stays, and the rest flows by age', async () => {
    const [oldest = '', middle = '', newest = ''] = HEADLINES
    for (const path of ['/', '/text']) assert.deepEqual(await orderAt(path), [newest, middle, oldest], path)
    assert.equal((await deed('lead', oldest)).status, 303)
    for (const path of ['/', '/text']) assert.deepEqual(await orderAt(path), [oldest, newest, middle], path)
    await deed('place', middle)
    for (const path of ['/', '/text']) assert.deepEqual(await orderAt(path), [oldest, middle, newest], path)
    await deed('up', middle)
    assert.deepEqual(await orderAt('/'), [middle, oldest, newest])
    const page = await (await editor.ask('/studio/front')).text()
    assert.match(page, /Arranged by Rosalind Achterberg/)
    await deed('take-out', middle)
    await deed('take-out', oldest)
    assert.deepEqual(await orderAt('/'), [newest, middle, oldest])
  })

  test('of two who change it at once the second is told, and loses nothing of the first', async () => {
    const [oldest = '', middle = ''] = HEADLINES
    const seen = await over()
    assert.equal((await deed('lead', oldest, seen)).status, 303)
    const late = await deed('lead', middle, seen)
    assert.equal(late.status, 400)
    assert.match(await late.text(), /Somebody else has changed this meanwhile\./)
    assert.equal((await orderAt('/'))[0], oldest)
  })

  test('a killed lead leaves its place to the next, at once, and cannot be placed again', async () => {
    const [oldest = '', middle = '', newest = ''] = HEADLINES
    await deed('lead', oldest)
    await deed('place', middle)
    await editor.order(`/${ids.get(oldest)}/kill`, { reason: 'wrong' })
    assert.deepEqual(await orderAt('/'), [middle, newest])
    await deed('up', middle)
    const again = await deed('lead', oldest)
    assert.equal(again.status, 404)
    assert.doesNotMatch(await (await editor.ask('/studio/front')).text(), /keeps a place/)
  })

  suite('in a browser', { skip }, () => {
    let browser: Browser
    before(async () => {
      browser = await launchBrowser()
      // The one in the middle has every button there is.
      for (const headline of ['The first boat', 'The second boat', 'The third boat']) {
        await publish(headline)
        await deed('place', headline)
      }
    })
    after(() => browser.close())
    for (const look of looks)
      test(`usable by everybody: ${look.width} px, ${look.colorScheme}`, async () => {
        const paths = ['/studio/front']
        assert.deepEqual(await faultsOfPages({ browser, url: house.url, cookie: editor.header, paths, ...look }), [])
      })
  })
})
