import assert from 'node:assert/strict'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { cdsStory } from '../../src/wire/cds.fixture.ts'
import { waitFor } from '../world/wait.ts'
import { ROOT, startDemo } from './program.ts'
import type { Station } from './program.ts'
import { ask, push, startPictures } from './wire-world.ts'
import type { Pushed } from './wire-world.ts'

const samples = join(ROOT, '../shared/samples/npr-cds/examples')

suite('a story by wire', () => {
  let pictures: Awaited<ReturnType<typeof startPictures>>
  let station: Station
  let house = ''
  let token = ''
  let photo = ''
  let pushed: Pushed
  const page = () => ask(pushed.storyUrl)

  before(async () => {
    pictures = await startPictures()
    pictures.state.broken = true
    station = await startDemo({ GROUNDWAVE_FETCH_ALLOW: pictures.host })
    house = station.place.house
    token = /editor token: (\S+)/.exec(station.program.output())?.[1] ?? ''
  })
  after(async () => {
    await station.stop()
    pictures.stop()
  })

  test('stands on its page when the push is answered, every part in its order', async () => {
    pushed = await push(house, cdsStory({ pictures: `http://${pictures.host}` }))
    assert.equal(pushed.decision, 'published')
    assert.deepEqual(pushed.item, {
      provider: 'demo-wire',
      id: 'lakes-2001',
      version: Date.parse('2026-03-10T14:05:00Z'),
    })
    assert.equal(new URL(pushed.storyUrl).pathname, '/news/2026-03-10/the-ferry-stops-for-the-winter')
    const { status, body } = await page()
    assert.equal(status, 200)
    assertOrder(body, [
      '<link rel="canonical" href="https://lakesnews.example/lakes-2001"',
      'The ferry stops for the winter</h1>',
      'The last boat leaves on Friday',
      'March 10, 2026, 10:05 am',
      'Dana Whitfield',
      '<a rel="author" href="/authors/ines-haldorsen">Ines Haldorsen</a>',
      'href="https://lakesnews.example/people/ines">Biography',
      'José Núñez',
      'The ferry <em>stops</em>.',
      'We will be back.',
      'Captain Ruiz',
      'It was a good year.',
      'Correction, <time',
      'An earlier version named the wrong pier.',
      'Copyright 2026 NPR. To see more, visit',
      'Distributed by the Lakes News Cooperative.',
    ])
    // The photo cannot be fetched yet: the story is out without it.
    assert.doesNotMatch(body, /<figure/)
  })

  test('gets its photo by itself, with caption, photographer and agency, from our own address', async () => {
    pictures.state.broken = false
    const body = await waitFor('the photo stands on the page', async () => {
      const { body } = await page()
      return body.includes('<figure') ? body : undefined
    })
    assertOrder(body, [
      '<figure',
      'alt="A white ferry at a stone pier."',
      'The Amery Star at her pier.',
      'Jordan Lee',
      'Lakes News',
      'Dana Whitfield',
    ])
    photo = /<img\s+src="(\/pictures\/w-[0-9a-f]+\/16x10-320\.jpg)"[^>]+width="4"/.exec(body)?.[1] ?? ''
    const picture = await ask(`${house}${photo}`)
    assert.deepEqual([picture.status, picture.type], [200, 'image/jpeg'])
    assert.ok(!body.includes(pictures.host), 'a reader is not sent elsewhere for it')
  })

  test('never shows, asks for or names what is restricted', async () => {
    const { body } = await page()
    assert.ok(!body.includes('nobody may see'))
    assert.ok(!(await ask(`${house}/api/v1/stories/${pushed.storyId}`)).body.includes('secret.png'))
    assert.deepEqual(
      pictures.asked.filter((path) => path.includes('secret')),
      [],
    )
  })

  test('is on the front page, in its section, in the text twin and in the API', async () => {
    for (const path of [
      '/news',
      '/text/news/2026-03-10/the-ferry-stops-for-the-winter',
      `/api/v1/stories/${pushed.storyId}`,
    ])
      assert.match((await ask(`${house}${path}`)).body, /The ferry stops for the winter/, path)
  })

  test('follows its source', async () => {
    const again = await push(
      house,
      cdsStory({
        pictures: `http://${pictures.host}`,
        modified: '2026-03-10T16:00:00Z',
        title: 'The ferry goes on',
        more: { editorialMajorUpdateDateTime: '2026-03-10T16:00:00Z' },
      }),
    )
    assert.deepEqual([again.decision, again.storyUrl], ['updated', pushed.storyUrl])
    const { body } = await page()
    assertOrder(body, ['The ferry goes on</h1>', 'Updated', 'noon'])
    assert.equal((await push(house, cdsStory({ pictures: `http://${pictures.host}` }))).decision, 'duplicate')
  })

  test('is corrected by a person', async () => {
    const act = `${house}/api/v1/stories/${pushed.storyId}/correct`
    const order = JSON.stringify({ text: 'The last boat leaves on Saturday.' })
    assert.equal((await ask(act, { method: 'POST', body: order })).status, 401)
    assert.equal((await ask(act, { method: 'POST', body: order, token: 'gw_wrong' })).status, 401)
    assert.equal((await ask(act, { method: 'POST', body: '{}', token })).status, 400)
    assert.equal((await ask(act, { method: 'POST', body: order, token })).status, 200)
    assert.match((await page()).body, /The last boat leaves on Saturday\./)
    assert.match((await ask(`${house}/corrections`)).body, /The last boat leaves on Saturday\./)
  })

  test('is killed: gone from everywhere, and its address says so', async () => {
    const order = JSON.stringify({ reason: 'The timetable was false.', note: 'The timetable we relied on was false' })
    const kill = await ask(`${house}/api/v1/stories/${pushed.storyId}/kill`, { method: 'POST', body: order, token })
    assert.equal(kill.status, 200)
    const { status, body } = await page()
    assert.equal(status, 410)
    assert.match(body, /We have taken this story back\.[^]*The timetable we relied on was false\./)
    assert.doesNotMatch(body, /The ferry (goes|stops)|good year/)
    assert.equal((await ask(pushed.storyUrl.replace('/news/', '/text/news/'))).status, 410)
    assert.equal((await ask(`${house}${photo}`)).status, 404)
    assert.equal((await ask(`${house}/api/v1/stories/${pushed.storyId}`)).status, 410)
    for (const path of ['/', '/news', '/text', '/corrections', '/api/v1/stories'])
      assert.doesNotMatch((await ask(`${house}${path}`)).body, /The ferry goes on/, path)
    const waiting = await push(house, cdsStory({ modified: '2026-03-10T18:00:00Z' }))
    assert.equal(waiting.decision, 'waiting')
    assert.equal((await page()).status, 410)
  })

  test('is refused with a wrong token, to a wrong name, and when it is too large', async () => {
    const to = (wire: string) => `${house}/api/v1/wire/${wire}`
    const body = cdsStory({ id: 'lakes-3' })
    assert.equal((await ask(to('demo-wire'), { method: 'POST', body })).status, 401)
    assert.equal((await ask(to('demo-wire'), { method: 'POST', body, token: 'wrong' })).status, 401)
    assert.equal((await ask(to('nobody'), { method: 'POST', body, token: 'demo' })).status, 404)
    const large = await ask(to('demo-wire'), { method: 'POST', body: ' '.repeat(4 * 2 ** 20 + 1), token: 'demo' })
    assert.equal(large.status, 413)
    assert.equal((await ask(`${house}/schedule`, { method: 'POST', body: '{}' })).status, 405)
  })

  test(
    'goes through, or is quarantined with a reason, whatever NPR’s examples hold',
    { skip: !existsSync(samples) },
    async () => {
      for (const name of readdirSync(samples)) {
        const { decision, reasons, storyUrl } = await push(house, readFileSync(join(samples, name), 'utf8'))
        if (['quarantined', 'waiting', 'restricted'].includes(decision)) assert.ok(reasons.length > 0, name)
        else if (decision === 'published') assert.equal((await ask(storyUrl)).status, 200, name)
      }
    },
  )
})

const assertOrder = (text: string, parts: string[]) => {
  let at = 0
  for (const part of parts) {
    const found = text.indexOf(part, at)
    assert.ok(found >= 0, `“${part}” stands behind “${text.slice(Math.max(0, at - 60), at)}”`)
    at = found + part.length
  }
}
