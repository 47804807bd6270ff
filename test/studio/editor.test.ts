import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { HtmlValidate } from 'html-validate'
import type { Browser } from 'playwright-core'
import { ferryPhoto, ferryStory } from '../../src/newsroom/story.fixture.ts'
import type { StoryContent } from '../../src/newsroom/newsroom.ts'
import { launchBrowser, needsBrowser } from '../journeys/browser.ts'
import { faultsOf, looks } from './faults.ts'
import { startHouse } from './house.ts'
import type { Hired, House } from './house.ts'

const validator = new HtmlValidate({
  extends: ['html-validate:recommended'],
  rules: {
    // Spelling that HTML leaves free.
    'void-style': 'off',
    'attribute-boolean-style': 'off',
    'no-trailing-whitespace': 'off',
    'long-title': 'off',
    'doctype-style': 'off',
    'tel-non-breaking': 'off',
    'no-implicit-button-type': 'off',
    'no-implicit-input-type': 'off',
    'prefer-native-element': ['error', { exclude: ['region', 'img', 'textbox', 'toolbar'] }],
    'no-inline-style': 'error',
  },
})

type Answer = { status: number; said: Record<string, unknown> & { error?: { code: string; message: string } } }

suite('a story in the studio', () => {
  let house: House
  let ines: Hired
  let jonah: Hired
  let rosalind: Hired
  let theo: Hired

  before(async () => {
    house = await startHouse()
    ines = await house.hire('Ines Haldorsen', 'reporter')
    jonah = await house.hire('Jonah Prewitt', 'reporter')
    rosalind = await house.hire('Rosalind Achterberg', 'editor')
    theo = await house.hire('Theo Brandt', 'engineer')
  })
  after(() => house.stop())

  const send = async (who: Hired, path: string, body: unknown, method = 'POST'): Promise<Answer> => {
    const answer = await who.ask(path, {
      method,
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', accept: 'application/json' },
    })
    return { status: answer.status, said: (await answer.json()) as Answer['said'] }
  }
  const begin = async (who: Hired) => (await who.post('/studio/stories')).headers.get('location') ?? ''
  /** Writes this as a version of the story. */
  const write = async (who: Hired, at: string, content: Partial<StoryContent> = {}, window = 'w1') => {
    const opened = await send(who, `${at}/open`, { window })
    const sequence = Number(opened.said['sequence']) + 1
    const whole = { ...ferryStory, bylines: [{ name: who.account.name, role: '' }], ...content }
    const batch = { base: opened.said['revision'], sequence, content: whole }
    assert.equal((await send(who, `${at}/copies/${window}`, batch, 'PUT')).status, 200)
    const made = await send(who, `${at}/versions`, { window })
    await send(who, `${at}/leave`, { window })
    return made
  }
  const text = async (who: Hired, path: string) => (await who.ask(path)).text()
  const headers = async (path: string) => (await fetch(house.url + path)).status
  const pathOf = async (at: string) => {
    const id = at.split('/').at(-1) ?? ''
    const row = await house.store.read.selectFrom('stories').select('path').where('id', '=', id).executeTakeFirst()
    return row?.path ?? ''
  }
  const publish = (who: Hired, at: string, revision: number, more: Record<string, string> = {}) =>
    who.post(`${at}/publish`, { when: 'now', revision: String(revision), ...more })

  test('one’s own is one’s own: others of the same role read it, and no more', async () => {
    const at = await begin(ines)
    assert.equal((await write(ines, at)).status, 200)
    const opened = await send(jonah, `${at}/open`, { window: 'j' })
    assert.deepEqual([opened.status, opened.said['pen']], [200, null], 'he reads, and takes no pen')
    const batch = { base: 2, sequence: 1, content: ferryStory }
    const tries: [string, Promise<number>][] = [
      ['save', send(jonah, `${at}/copies/j`, batch, 'PUT').then(({ status }) => status)],
      ['take over', send(jonah, `${at}/take-over`, { window: 'j' }).then(({ status }) => status)],
      ['restore', jonah.post(`${at}/versions/1/restore`).then(({ status }) => status)],
      ['publish', publish(jonah, at, 2).then(({ status }) => status)],
      ['withdraw', jonah.post(`${at}/withdraw`).then(({ status }) => status)],
      ['spike', jonah.post(`${at}/spike`).then(({ status }) => status)],
      ['kill', ines.post(`${at}/kill`, { reason: 'x', confirm: 'kill' }).then(({ status }) => status)],
      ['write', send(theo, `${at}/copies/t`, batch, 'PUT').then(({ status }) => status)],
    ]
    for (const [verb, status] of tries) assert.equal(await status, 403, verb)
    assert.match(await text(jonah, at), /data-write="false"/)
    assert.equal((await send(rosalind, `${at}/copies/r`, batch, 'PUT')).status, 200)
  })

  test('what is missing is told before it goes out, and nothing goes out', async () => {
    const at = await begin(ines)
    await write(ines, at, { headline: '', photo: { ...ferryPhoto, photographer: '' } })
    const page = await ines.ask(`${at}/publish`)
    const said = await page.text()
    assert.match(said, /There is no headline\./)
    assert.match(said, /The photo has no photographer\.<\/b>It cannot be shown without one\./)
    assert.equal((await publish(ines, at, 2)).status, 409)
    assert.equal(await pathOf(at), '')
  })

  test('now, and again with changes; who publishes has seen what goes out', async () => {
    const at = await begin(ines)
    await write(ines, at, { headline: 'The first' })
    assert.equal((await publish(ines, at, 1)).status, 409, 'another version than the one seen')
    assert.equal((await publish(ines, at, 2)).status, 303)
    const path = await pathOf(at)
    assert.match(await (await fetch(house.url + path)).text(), /The first/)
    await write(ines, at, { headline: 'The second' })
    assert.match(await (await fetch(house.url + path)).text(), /The first/, 'a version is not public by itself')
    await publish(ines, at, 3)
    assert.match(await (await fetch(house.url + path)).text(), /The second/)
  })

  test('at a time and under an embargo, in the station’s zone', async () => {
    for (const when of ['later', 'embargo']) {
      // oxlint-disable no-await-in-loop -- one story after the other
      const at = await begin(ines)
      await write(ines, at)
      assert.equal((await publish(ines, at, 2, { when, time: '2020-01-01T10:00' })).status, 400)
      assert.equal((await publish(ines, at, 2, { when, time: 'soon' })).status, 400)
      assert.equal((await publish(ines, at, 2, { when, time: '2099-07-01T09:30' })).status, 303)
      const path = await pathOf(at)
      assert.equal(await headers(path), 404, when)
      assert.match(await text(ines, at), when === 'later' ? /Goes at Jul 1, 2099/ : /Embargo until Jul 1, 2099/)
      assert.equal((await publish(ines, at, 2)).status, 303)
      assert.equal(await headers(path), 200, `${when}, then now`)
      // oxlint-enable no-await-in-loop
    }
  })

  test('corrected, withdrawn, brought back, killed', async () => {
    const at = await begin(ines)
    await write(ines, at, { headline: 'Nine feet' })
    await publish(ines, at, 2)
    const path = await pathOf(at)
    await write(ines, at, { headline: 'Ten feet' })
    assert.equal((await ines.post(`${at}/correct`, { text: '' })).status, 400)
    const fields = { text: 'It was ten feet, not nine.', with: 'text' }
    assert.equal((await ines.post(`${at}/correct`, fields)).status, 303)
    const page = await (await fetch(house.url + path)).text()
    assert.match(page, /It was ten feet, not nine\./)
    assert.match(page, /Ten feet/)

    assert.equal((await ines.post(`${at}/withdraw`, { reason: 'The lawyer reads it.' })).status, 303)
    assert.equal(await headers(path), 404)
    assert.equal((await publish(ines, at, 3)).status, 303)
    assert.equal(await headers(path), 200)

    assert.equal((await rosalind.post(`${at}/kill`, { reason: 'A forgery.', confirm: 'yes' })).status, 400)
    assert.equal((await rosalind.post(`${at}/kill`, { reason: '', confirm: 'kill' })).status, 400)
    assert.equal(await headers(path), 200)
    assert.equal(
      (await rosalind.post(`${at}/kill`, { reason: 'A forgery.', note: 'Not so.', confirm: 'Kill' })).status,
      303,
    )
    assert.equal(await headers(path), 410)
    const proof = await text(ines, `${at}/kill`)
    assert.match(proof, /Gone from everything we serve at \d{1,2}:\d\d:\d\d\.\d\./)
    assert.match(proof, /A forgery\.[^]*Not so\.[^]*Search and related[^]*House by house[^]*, after \d+\.\d s/)
    assert.match(proof, /asked as a reader asks, at \d\d places: none of them has it\./)
    assert.match(proof, new RegExp(`href="${path}">Its address</a></span\\s*><span class="meta">410, withdrawn`))
    assert.doesNotMatch(proof, /no answer|>has it/)
    // What somebody still types is kept, and stays where it is.
    const late = await send(ines, `${at}/copies/w1`, { base: 3, sequence: 99, content: ferryStory }, 'PUT')
    assert.equal(late.status, 200)
    assert.equal((await publish(ines, at, 3)).status, 409)
  })

  test('a draft is spiked and brought back', async () => {
    const at = await begin(ines)
    await write(ines, at, { headline: 'Thrown away' })
    assert.equal((await ines.post(`${at}/spike`, { reason: 'Old.' })).headers.get('location'), '/studio')
    assert.match(await text(ines, at), /Spiked/)
    await ines.post(`${at}/spike`)
    assert.match(await text(ines, at), /Draft/)
  })

  test('versions show what changed, and one is brought back as a new one', async () => {
    const at = await begin(ines)
    await write(ines, at, { headline: 'The ferry stops' })
    await write(ines, at, { headline: 'The ferry goes on' })
    assert.match(await text(ines, `${at}/versions`), /Version 3<\/b>, Ines Haldorsen/)
    assert.match(await text(ines, `${at}/versions/3`), /The ferry <del>stops<\/del><ins>goes on<\/ins>/)
    assert.match(await text(ines, `${at}/versions/2?with=newest`), /<ins>goes on<\/ins>/)
    assert.equal((await ines.ask(`${at}/versions/0`)).status, 404)
    assert.equal((await ines.ask(`${at}/versions/44`)).status, 404)
    await ines.post(`${at}/versions/2/restore`)
    assert.match(await text(ines, `${at}/versions`), /Version 4.*Version 2 again/s)
  })

  test('the preview is the site’s page, for the staff only', async () => {
    const at = await begin(ines)
    await write(ines, at, { headline: 'Not public yet' })
    const page = await ines.ask(`${at}/preview/page`)
    assert.match(await page.text(), /<h1 class="h1">Not public yet<\/h1>/)
    assert.equal(page.headers.get('cache-control'), 'no-store')
    assert.match(page.headers.get('content-security-policy') ?? '', /frame-ancestors 'self'/)
    assert.equal((await fetch(`${house.url}${at}/preview/page`, { redirect: 'manual' })).status, 303)
    assert.equal((await fetch(`${house.url}/studio`, { redirect: 'manual' })).headers.get('x-frame-options'), null)
  })

  test('what is too large, or no batch, is refused with a sentence', async () => {
    const at = await begin(ines)
    const huge = { base: 1, sequence: 1, content: { notes: 'x'.repeat(9 * 2 ** 20) } }
    assert.equal((await send(ines, `${at}/copies/w1`, huge, 'PUT')).status, 413)
    for (const wrong of [{}, { base: 1, sequence: -1 }, { base: 1, sequence: 1.5 }, []])
      assert.equal((await send(ines, `${at}/copies/w1`, wrong, 'PUT')).status, 400)
    assert.equal(
      (await send(ines, `${at}/copies/${'w'.repeat(200)}`, { base: 1, sequence: 1, content: {} }, 'PUT')).status,
      400,
    )
    assert.equal((await send(ines, '/studio/stories/nothing/open', { window: 'w' })).said.error?.code, 'STORY_UNKNOWN')
  })

  test('without script the text can be read, and the reason is told', async () => {
    const at = await begin(ines)
    await write(ines, at, { headline: 'Readable' })
    const page = await text(ines, at)
    assert.match(page, /<noscript.*The editor needs JavaScript/s)
    assert.match(page, /Readable/)
    assert.match(page, /<p>The ferry stops on Friday\.<\/p>/)
  })

  suite('every page of it is usable by everybody', needsBrowser(), () => {
    let browser: Browser
    const stories: string[] = []
    before(async () => {
      browser = await launchBrowser()
      const draft = await begin(rosalind)
      const lacking = await begin(rosalind)
      await write(rosalind, lacking, {
        headline: 'A long headline that goes on for longer than the places it stands in have room, as some do',
      })
      await write(rosalind, lacking, {
        photo: { ...ferryPhoto, photographer: '', alt: '' },
        photos: { a: { ...ferryPhoto, terms: '' } },
        body: {
          type: 'doc',
          content: [
            ...ferryStory.body.content,
            { type: 'heading', attrs: { level: 2 }, content: [{ type: 'text', text: 'A heading' }] },
            { type: 'photo', attrs: { photo: 'a' } },
            { type: 'photo', attrs: { photo: 'gone' } },
          ],
        },
      })
      const out = await begin(rosalind)
      await write(rosalind, out)
      await publish(rosalind, out, 2)
      await write(rosalind, out, { headline: 'Changed since' })
      await send(ines, `${out}/open`, { window: 'reads' })
      const taken = await begin(rosalind)
      await send(rosalind, `${taken}/open`, { window: 'elsewhere' })
      await send(jonah, `${out}/copies/j`, { base: 1, sequence: 1, content: ferryStory }, 'PUT')
      await send(rosalind, `${taken}/copies/loose`, { base: 1, sequence: 1, content: ferryStory }, 'PUT')
      stories.push(
        draft,
        lacking,
        `${lacking}/publish`,
        `${lacking}/versions`,
        `${lacking}/versions/3`,
        out,
        `${out}/publish`,
        `${out}/correct`,
        `${out}/withdraw`,
        `${out}/preview`,
        taken,
        `${taken}/copies/loose`,
        `${draft}/spike`,
      )
    })
    after(() => browser.close())

    test('as HTML', async () => {
      const faults: string[] = []
      for (const path of stories) {
        // oxlint-disable-next-line no-await-in-loop -- one page after the other
        const report = await validator.validateString(await text(rosalind, path))
        for (const { messages } of report.results)
          faults.push(
            ...messages.map(
              ({ ruleId, message, line, selector }) => `${path}: ${ruleId} ${message} (${line}, ${selector})`,
            ),
          )
      }
      assert.deepEqual(faults, [])
    })

    for (const { colorScheme, width } of looks)
      test(`${width} px, ${colorScheme}`, async () => {
        const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 }, bypassCSP: true })
        const [name = '', value = ''] = rosalind.header.split('=')
        await context.addCookies([{ name, value, url: house.url }])
        const page = await context.newPage()
        const faults: string[] = []
        page.on('pageerror', (error) => faults.push(`an error: ${error.message}`))
        for (const path of stories) {
          await page.goto(house.url + path)
          const editor = page.locator('story-editor')
          // Its parts are there when it says who writes.
          if ((await editor.count()) > 0) await page.locator('[data-part="faces"] .meta').waitFor()
          for (const fault of await faultsOf(page)) faults.push(`${path}: ${fault}`)
          if (width > 400 || (await editor.count()) === 0) continue
          const small = await page.evaluate(() =>
            [...document.querySelectorAll<HTMLElement>('.tools button, .ebar .button, .panel .button')]
              .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 44)
              .map((one) => one.textContent?.trim() || one.getAttribute('aria-label')),
          )
          if (small.length > 0) faults.push(`${path}: smaller than a finger: ${small.join(', ')}`)
        }
        assert.deepEqual(faults, [])
        await context.close()
      })
  })
})
