import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { cdsStory } from '../../src/wire/cds.fixture.ts'
import { waitFor } from '../world/wait.ts'
import { launchBrowser, needsBrowser, textOf, visit } from './browser.ts'
import { ROOT, startDemo } from './program.ts'
import type { Station } from './program.ts'
import { ask, push, startPictures } from './wire-world.ts'
import type { Pushed } from './wire-world.ts'

/** NPR's own examples, where they are; none of them is in this repository. */
const samples = join(process.env['GROUNDWAVE_SAMPLES'] ?? join(ROOT, '../shared/samples'), 'npr-cds/examples')

/** Topics that the story shares with an earlier one, so that there is something related. */
const topic = {
  collections: [
    {
      href: '/v1/documents/lakes-topic',
      rels: ['topic'],
      embed: { id: 'lakes-topic', title: 'Ferries', profiles: [{ href: '/v1/profiles/topic', rels: ['type'] }] },
    },
  ],
}

suite('the page of a CDS story', () => {
  let pictures: Awaited<ReturnType<typeof startPictures>>
  let station: Station
  let pushed: Pushed
  let page = ''

  before(async () => {
    pictures = await startPictures()
    station = await startDemo({ GROUNDWAVE_FETCH_ALLOW: pictures.host })
    const { house } = station.place
    const address = `http://${pictures.host}`
    await push(
      house,
      cdsStory({ id: 'lakes-1', title: 'The ferry begins again in March', pictures: address, more: topic }),
    )
    pushed = await push(
      house,
      cdsStory({
        pictures: address,
        more: { ...topic, editorialMajorUpdateDateTime: '2026-03-10T15:00:00Z' },
      }),
    )
    page = await waitFor('the lead photo stands on the page', async () => {
      const { body } = await ask(pushed.storyUrl)
      return body.includes('<figure') ? body : undefined
    })
  })
  after(async () => {
    await station.stop()
    pictures.stop()
  })

  test('has every part of a member station’s page, in its order', () => {
    assertOrder(page, [
      // The station's line.
      /<p class="station-line">Your source for news and music along the Merrow<\/p>/,
      // The player: play, what is on now, elapsed and total time, what is next, every stream with what it plays.
      /Play Live Radio/,
      /On air now|Scheduled now/,
      /aria-valuetext="[^"]+ of [^"]+"/,
      /Next Up/,
      /On-air streams/,
      /Oxbow News/,
      /Oxbow Music/,
      // The story.
      /<h1[^>]*>The ferry stops for the winter<\/h1>/,
      /Published[^]{0,40}<time datetime="2026-03-10T10:05:00-04:00">March 10, 2026, 10:05 am<\/time>/,
      /Updated[^]{0,40}<time datetime="2026-03-10T11:00:00-04:00">/,
      /<img\s+src="\/pictures\/w-[0-9a-f]+\/[^"]+"[^>]*alt="A white ferry at a stone pier\."/,
      /The Amery Star at her pier\./,
      /<b>Jordan Lee<\/b>/,
      /class="agency">Lakes News</,
      /Dana Whitfield/,
      /Ines Haldorsen/,
      /href="https:\/\/lakesnews\.example\/people\/ines"/,
      /José Núñez/,
      /The ferry <em>stops<\/em>\./,
      /<aside class="pull"[^]*?We will be back\.[^]*?Captain Ruiz/,
      /<blockquote class="quote">[^]*?It was a good year\./,
      /<h2[^>]*>Correction, <time[^]*?An earlier version named the wrong pier\./,
      /Copyright 2026 NPR\. To see more, visit\s+<a class="under" href="https:\/\/lakesnews\.example\/lakes-2001">/,
      /Distributed by the Lakes News Cooperative\./,
      /<a class="under" href="https:\/\/lakesnews\.example\/lakes-2001">Read the source<\/a>/,
      /Related stories/,
      /The ferry begins again in March/,
    ])
  })

  test('is at home elsewhere, and says so everywhere', async () => {
    assert.match(page, /<link rel="canonical" href="https:\/\/lakesnews\.example\/lakes-2001" \/>/)
    assert.equal(page.match(/rel="canonical"/g)?.length, 1)
    const data = JSON.parse(/<script type="application\/ld\+json">([^]*?)<\/script>/.exec(page)?.[1] ?? '{}')
    assert.equal(data.isBasedOn, 'https://lakesnews.example/lakes-2001')
    assert.deepEqual(
      data.author.map(({ name }: { name: string }) => name),
      ['Dana Whitfield', 'Ines Haldorsen', 'José Núñez'],
    )
    assert.equal(data.correction[0].text, 'An earlier version named the wrong pier.')
    const { house } = station.place
    for (const path of ['/sitemap.xml', '/sitemap-news.xml'])
      assert.ok(!(await ask(house + path)).body.includes(new URL(pushed.storyUrl).pathname), path)
    assert.match(
      (await ask(`${house}/feeds/front.atom`)).body,
      /rel="via" title="NPR" href="https:\/\/lakesnews\.example/,
    )
  })

  test('shows, names and asks for nothing that is restricted', async () => {
    const { house } = station.place
    const twin = pushed.storyUrl.replace('/news/', '/text/news/')
    const feeds = ['xml', 'atom', 'json'].map((kind) => `${house}/feeds/section/news.${kind}`)
    for (const url of [pushed.storyUrl, twin, ...feeds]) {
      const { status, body } = await ask(url)
      assert.equal(status, 200, url)
      assert.match(body, /The ferry stops for the winter/, url)
      assert.doesNotMatch(body, /nobody may see|secret/i, url)
    }
    assert.ok(!pictures.asked.some((path) => path.includes('secret')))
  })

  test('is whole in the text twin, corrections and rights too, and light', async () => {
    const { body } = await ask(pushed.storyUrl.replace('/news/', '/text/news/'))
    assertOrder(body, [
      /<link rel="canonical" href="https:\/\/lakesnews\.example\/lakes-2001"/,
      /<h1>The ferry stops for the winter<\/h1>/,
      /Dana Whitfield, Ines Haldorsen, José Núñez/,
      /Published March 10, 2026, 10:05 am\. Updated/,
      /The Amery Star at her pier\.\s+Jordan Lee, Lakes News/,
      /It was a good year\./,
      /Correction[^]*?An earlier version named the wrong pier\./,
      /Copyright 2026 NPR\. To see more, visit/,
      /Distributed by the Lakes News Cooperative\./,
    ])
    assert.ok(Buffer.byteLength(body) <= 20_000, `${Buffer.byteLength(body)} bytes`)
  })

  test('leads to everything its writers wrote', async () => {
    const { status, body } = await ask(`${station.place.house}/authors/ines-haldorsen`)
    assert.equal(status, 200)
    assertOrder(body, [
      /Ines Haldorsen<\/h1>/,
      /href="https:\/\/lakesnews\.example\/people\/ines">Biography/,
      /The ferry stops/,
    ])
  })

  test(
    'NPR’s examples go through, or are kept with a reason',
    { skip: existsSync(samples) ? false : 'the examples are not here' },
    async () => {
      const seen: string[] = []
      for (const name of readdirSync(samples).toSorted()) {
        const { decision, reasons, storyUrl } = await push(
          station.place.house,
          readFileSync(join(samples, name), 'utf8'),
        )
        seen.push(decision)
        if (['quarantined', 'waiting', 'restricted'].includes(decision))
          assert.ok(reasons.length > 0 && reasons.every((reason) => reason.length > 10), `${name}: ${decision}`)
        else if (storyUrl) assert.equal((await ask(storyUrl)).status, 200, name)
      }
      assert.ok(seen.includes('published'), seen.join(' '))
    },
  )
})

suite('a reader of a story', needsBrowser(), () => {
  let station: Station
  let browser: Browser
  let token = ''

  before(async () => {
    station = await startDemo()
    token = /editor token: (\S+)/.exec(station.program.output())?.[1] ?? ''
    browser = await launchBrowser()
  })
  after(async () => {
    await browser.close()
    await station.stop()
  })

  test('is told quietly that it was corrected, and later that it was withdrawn; nothing jumps', async () => {
    const { house } = station.place
    const { storyId, storyUrl } = await push(house, cdsStory())
    const act = (verb: string, order: object) =>
      ask(`${house}/api/v1/stories/${storyId}/${verb}`, { method: 'POST', token, body: JSON.stringify(order) })
    const { page, complaints, close } = await visit(browser, storyUrl)
    await waitFor('the page follows the house', async () =>
      /sse_clients\S* [1-9]/.test((await ask(`${house}/metrics`)).body) ? true : undefined,
    )
    await page.evaluate(() => scrollTo(0, 400))
    const before = await page.evaluate(() => [
      scrollY,
      document.querySelector('.story-text')?.getBoundingClientRect().y,
    ])

    assert.equal((await act('correct', { text: 'The last boat leaves on Saturday.' })).status, 200)
    await page.waitForSelector('.story-news a', { timeout: 15_000 })
    assert.match(
      await textOf(page, '.story-news[role=status]'),
      /^This story was corrected at .+\. Read it as it is now/,
    )
    assert.deepEqual(
      await page.evaluate(() => [scrollY, document.querySelector('.story-text')?.getBoundingClientRect().y]),
      before,
    )
    assert.ok(!(await textOf(page, '.story-text')).includes('Saturday'), 'what is being read stays')
    await page.click('.story-news a')
    await page.waitForFunction(() => document.querySelector('.story-text')?.textContent?.includes('Saturday'))
    assert.equal(await textOf(page, '.story-news'), '')

    assert.equal((await act('kill', { reason: 'A test.' })).status, 200)
    await page.waitForSelector('.story-news a', { timeout: 15_000 })
    assert.match(await textOf(page, '.story-news'), /^This story has been withdrawn\. Read why/)
    const atom = (await ask(`${house}/feeds/front.atom`)).body
    assert.match(atom, new RegExp(`<at:deleted-entry ref="urn:uuid:${storyId}" when="[^"]+"/>`))
    assert.doesNotMatch(atom, /The ferry stops/)
    assert.deepEqual(
      complaints.filter((complaint) => !complaint.includes('410')),
      [],
      'the policy finds nothing wrong with a page’s data',
    )
    await close()
  })

  test('shares it without a share sheet of the system, and without script by mail', async () => {
    const { storyUrl } = await push(station.place.house, cdsStory({ id: 'lakes-9', title: 'A ferry to share' }))
    const { page, close } = await visit(browser, storyUrl, { permissions: ['clipboard-read', 'clipboard-write'] })
    await page.click('.share [data-do=share]')
    await page.waitForFunction(() => document.querySelector('[data-said]')?.textContent === 'Address copied')
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), storyUrl)
    await close()
    const plain = await visit(browser, storyUrl, { javaScriptEnabled: false })
    const shown = await plain.page
      .locator('.share > :visible')
      .evaluateAll((all) => all.map((one) => one.getAttribute('href')))
    assert.equal(shown[0], `mailto:?subject=A%20ferry%20to%20share&body=${encodeURIComponent(storyUrl)}`)
    assert.equal(shown[1], `/text${new URL(storyUrl).pathname}`)
    await plain.close()
  })
})

const assertOrder = (text: string, parts: RegExp[]) => {
  let at = 0
  for (const part of parts) {
    const found = part.exec(text.slice(at))
    assert.ok(found, `${part} stands behind “${text.slice(Math.max(0, at - 80), at)}”`)
    at += found.index + found[0].length
  }
}
