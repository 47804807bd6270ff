import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { launchBrowser, skip } from '../site/browser.ts'
import { faultsOfPages, looks } from './faults.ts'
import { startHouse } from './house.ts'
import type { Hired, House } from './house.ts'

suite('sections and topics', () => {
  let house: House
  let editor: Hired
  let key: string
  before(async () => {
    house = await startHouse()
    editor = await house.hire('Rosalind Achterberg', 'editor')
    key = (await house.people.makeToken({ accountId: editor.account.id, name: 'test', by: 'test' })).token
  })
  after(() => house.stop())

  const api = (path: string, body: object) =>
    fetch(`${house.url}/api/v1/stories${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  const publish = async (headline: string, section: string, topics: string[] = []) => {
    const filed = await api('', { headline, section, topics, body: [{ type: 'paragraph', text: 'It is so.' }] })
    assert.equal(filed.status, 201, headline)
    const { id } = (await filed.json()) as { id: string }
    return (await (await api(`/${id}/publish`, {})).json()) as { url: string }
  }
  const overs = async () => {
    const page = await (await editor.ask('/studio/sections')).text()
    const [sections = '', topics = ''] = page.split('id="topics"')
    const over = (part: string) => /name="over" value="([^"]*)"/.exec(part)?.[1] ?? ''
    return { sections: over(sections), topics: over(topics) }
  }
  const deed = async (verb: string, fields: Record<string, string>) =>
    editor.post(`/studio/sections/${verb}`, { over: (await overs()).sections, ...fields })
  const page = async (path: string) => {
    const answer = await fetch(house.url + path)
    return { status: answer.status, text: await answer.text() }
  }

  test('a new section is there at once: in the nav, at its address, for stories', async () => {
    assert.equal((await page('/merrow-county')).status, 404)
    await page('/')
    assert.equal((await deed('add', { name: 'Merrow County' })).status, 303)
    assert.match((await page('/')).text, /href="\/merrow-county"/)
    const { url } = await publish('The mill stands', 'merrow-county')
    assert.match(new URL(url).pathname, /^\/merrow-county\//)
    assert.match((await page('/merrow-county')).text, /The mill stands/)
  })

  test('what cannot be is said: a taken name, a page’s address, a section with stories', async () => {
    for (const name of ['Music', 'Studio', 'Search']) {
      const answer = await deed('add', { name })
      assert.equal(answer.status, 400)
      assert.match(await answer.text(), /There is a section of this name, or another page at its address\./)
    }
    const full = await deed('remove', { id: 'merrow-county' })
    assert.match(await full.text(), /There are stories in this section, or it is the last one\./)
    assert.equal((await page('/merrow-county')).status, 200)
  })

  test('a new name stands over every page, and stories stay where they are', async () => {
    await deed('rename', { id: 'merrow-county', name: 'Merrow & Harl' })
    assert.match((await page('/merrow-county')).text, /Merrow &amp; Harl/)
    await deed('add', { name: 'Short lived' })
    await deed('up', { id: 'short-lived' })
    const order = [...(await (await editor.ask('/studio/sections')).text()).matchAll(/\/([\w-]+), (?:one|\d)/g)].map(
      ([, id]) => id,
    )
    assert.deepEqual(order, ['news', 'music', 'short-lived', 'merrow-county'])
    await deed('remove', { id: 'short-lived' })
    assert.equal((await page('/short-lived')).status, 404)
  })

  test('two topics become one, in every list, and a story is under it once', async () => {
    await publish('One ferry', 'news', ['Ferrys', 'Ferries'])
    await publish('Two ferries', 'news', ['Ferries'])
    assert.match((await page('/topics/ferrys')).text, /One ferry/)
    const over = (await overs()).topics
    const renamed = await editor.post('/studio/topics/rename', { from: 'Ferrys', to: 'Ferries', over })
    assert.equal(renamed.status, 303)
    assert.equal((await page('/topics/ferrys')).status, 404)
    const { text } = await page('/topics/ferries')
    assert.match(text, /One ferry/)
    assert.match(text, /Two ferries/)
    const list = await (await editor.ask('/studio/sections')).text()
    assert.match(list, /<b>Ferries<\/b>[^]*?2 stories/)
    assert.doesNotMatch(list, /value="Ferrys"/)
    const late = await editor.post('/studio/topics/rename', { from: 'Ferries', to: 'Boats', over })
    assert.match(await late.text(), /Somebody else has changed this meanwhile\./)
  })

  suite('in a browser', { skip }, () => {
    let browser: Browser
    before(async () => {
      browser = await launchBrowser()
    })
    after(() => browser.close())
    for (const look of looks)
      test(`usable by everybody: ${look.width} px, ${look.colorScheme}`, async () => {
        const paths = ['/studio/sections']
        assert.deepEqual(await faultsOfPages({ browser, url: house.url, cookie: editor.header, paths, ...look }), [])
      })
  })
})
