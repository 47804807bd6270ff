import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { htmlToBody } from '../../src/newsroom/body-html.ts'
import { ferryPhoto, ferryStory } from '../../src/newsroom/story.fixture.ts'
import type { StoryContent } from '../../src/newsroom/newsroom.ts'
import { waitFor } from '../world/wait.ts'
import { attacks } from './attacks.fixture.ts'
import { launchBrowser, needsBrowser } from './browser.ts'
import { editorOf, openWindow, startNewsroom } from './newsroom-world.ts'
import type { NewsroomWorld, Person } from './newsroom-world.ts'
import { ROOT } from './program.ts'

const PASTES = ['word', 'google-docs', 'outlook', 'web-page']

/** Every field of a story says an attack, each another one. */
const storyOf = (n: number): StoryContent => {
  const attack = (more: number) => attacks[(n + more) % attacks.length]!
  const photo = { ...ferryPhoto, caption: attack(6), photographer: attack(7), agency: attack(8), alt: attack(9) }
  return {
    ...ferryStory,
    slug: attack(1),
    eyebrow: attack(2),
    headline: attack(0),
    dek: attack(3),
    dateline: attack(4),
    bylines: [{ name: attack(5), role: attack(10) }],
    photo: { ...photo, terms: attack(11) },
    photos: { 'ferry.jpg': photo },
    body: {
      type: 'doc',
      content: [
        { type: 'paragraph', content: [{ type: 'text', text: attack(12) }] },
        {
          type: 'quotation',
          attrs: { speaker: attack(13) },
          content: [{ type: 'paragraph', content: [{ type: 'text', text: attack(14) }] }],
        },
        { type: 'pull_quote', attrs: { speaker: attack(15) }, content: [{ type: 'text', text: attack(16) }] },
        { type: 'photo', attrs: { photo: 'ferry.jpg' } },
      ],
    },
    topics: [attack(17).replaceAll(',', ' ')],
    notes: attack(18),
  }
}

suite('attacks by text', needsBrowser(), () => {
  let world: NewsroomWorld
  let browser: Browser
  let editor: Person

  before(async () => {
    world = await startNewsroom()
    browser = await launchBrowser()
    editor = await world.hire('Rosalind <img src=x onerror=hacked=1>', 'editor')
  })
  after(async () => {
    await browser.close()
    await world.stop()
  })

  /** A page that counts what its policy had to stop, and whether anything ran. */
  const watched = async (path: string) => {
    const window = await openWindow(browser, world, { person: editor, path: '/studio/account' })
    await window.page.context().addInitScript(() => {
      const seen: string[] = []
      Object.assign(globalThis, { seen })
      document.addEventListener('securitypolicyviolation', (event) =>
        seen.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`),
      )
    })
    window.complaints.length = 0
    window.page.on('dialog', (dialog) => {
      window.complaints.push(`a dialog: ${dialog.message()}`)
      void dialog.dismiss()
    })
    await window.page.goto(world.house + path)
    return window
  }
  const isClean = async (page: Page, where: string) => {
    const found = await page.evaluate(() => {
      const all = [...document.querySelectorAll('*')]
      return {
        hacked: 'hacked' in globalThis,
        stopped: (globalThis as { seen?: string[] }).seen ?? [],
        handlers: all.flatMap((one) => one.getAttributeNames().filter((name) => name.startsWith('on'))),
        addresses: all.flatMap((one) =>
          ['href', 'src', 'action', 'formaction', 'data'].flatMap((name) =>
            /^\s*(java|data:text)/i.test(one.getAttribute(name) ?? '') ? [one.outerHTML] : [],
          ),
        ),
      }
    })
    assert.deepEqual(found, { hacked: false, stopped: [], handlers: [], addresses: [] }, where)
  }

  test('in every field of a story: nothing runs, and the policy has nothing to stop', async () => {
    const json = (method: string, body: unknown): RequestInit => ({
      method,
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', accept: 'application/json' },
    })
    const stories: { id: string; path: string }[] = []
    for (const n of attacks.keys()) {
      // oxlint-disable no-await-in-loop -- one story after the other
      const id = await world.begin(editor)
      const at = `/studio/stories/${id}`
      const window = `w${n}`
      const saved = await world.ask(
        editor,
        `${at}/copies/${window}`,
        json('PUT', { base: 1, sequence: 1, content: storyOf(n) }),
      )
      assert.equal(saved.status, 200, await saved.clone().text())
      const made = await world.ask(editor, `${at}/versions`, json('POST', { window }))
      assert.equal(made.status, 200, await made.clone().text())
      await world.ask(editor, `${at}/leave`, json('POST', { window }))
      const fields = new URLSearchParams({ when: 'now', revision: '2' })
      const out = await world.ask(editor, `${at}/publish`, { method: 'POST', body: fields })
      assert.equal(out.status, 303, await out.clone().text())
      stories.push({ id, path: (await world.drafts.state(id))?.path ?? '' })
      // oxlint-enable no-await-in-loop
    }
    const window = await watched('/studio')
    const visit = async (path: string) => {
      await window.page.goto(world.house + path)
      await isClean(window.page, path)
    }
    for (const path of ['/studio', '/studio?q=onerror', '/', '/news', '/text', '/search?q=script']) await visit(path)
    for (const [n, { id, path }] of stories.entries()) {
      await visit(path)
      if (n % 4 > 0) continue
      const at = `/studio/stories/${id}`
      await visit(at)
      await editorOf(window.page).mine()
      await isClean(window.page, `${at} as its writer has it`)
      for (const page of ['preview/page', 'versions', 'versions/2', 'publish', 'withdraw']) await visit(`${at}/${page}`)
    }
    assert.deepEqual(window.complaints, [])
    await window.close()
  })

  test('in a body that a program sends: refused as a version, and shown as text', async () => {
    const id = await world.begin(editor)
    const at = `/studio/stories/${id}`
    const link = (href: string) => ({ type: 'text', text: 'x', marks: [{ type: 'link', attrs: { href } }] })
    const bodies = [
      { type: 'doc', content: [{ type: 'script' }] },
      { type: 'doc', content: [{ type: 'paragraph', content: [link('javascript:hacked=1')] }] },
      { type: 'doc', content: [{ type: 'paragraph', content: [link('data:text/html,<script>hacked=1</script>')] }] },
      { type: 'doc', content: [{ type: 'photo', attrs: { photo: '"><img src=x onerror=hacked=1>' } }] },
      { type: 'doc', content: [{ type: 'embed', attrs: { provider: 'x', id: '<script>hacked=1</script>' } }] },
    ]
    for (const [n, body] of bodies.entries()) {
      // oxlint-disable no-await-in-loop -- one batch after the other
      const request = { base: 1, sequence: n + 1, content: { ...ferryStory, body } }
      const send = (path: string, method: string, what: unknown) =>
        world.ask(editor, `${at}/${path}`, {
          method,
          body: JSON.stringify(what),
          headers: { 'content-type': 'application/json', accept: 'application/json' },
        })
      assert.equal((await send('copies/evil', 'PUT', request)).status, 200)
      const refused = await send('versions', 'POST', { window: 'evil' })
      assert.equal(refused.status, 422)
      assert.match(await refused.text(), /\/body\/content\/0/)
      // oxlint-enable no-await-in-loop
    }
    const window = await watched(`${at}/copies/evil`)
    await window.page.getByText('This text cannot be read.').waitFor()
    await isClean(window.page, 'the copy')
    await window.close()
  })

  const paste = (page: Page, html: string, text = '', own = '') =>
    page.evaluate(
      ([html, text, own]) => {
        const data = new DataTransfer()
        if (html) data.setData('text/html', html)
        if (own) data.setData('application/x-groundwave-body', own)
        data.setData('text/plain', text ?? '')
        document
          .querySelector('[data-part="body"]')!
          .dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
      },
      [html, text, own] as const,
    )

  test('pasted: nothing runs, nothing of it is left but words', async () => {
    const id = await world.begin(editor)
    const window = await watched(`/studio/stories/${id}`)
    const { mine, body, settled } = editorOf(window.page)
    await mine()
    await body.click()
    for (const attack of attacks) {
      // oxlint-disable no-await-in-loop -- one paste after the other
      await paste(window.page, attack, attack)
      await paste(window.page, `<p data-pm-slice="1 1 []">${attack}</p>`, attack)
      await paste(window.page, `<figure data-photo='${attack}'></figure><p data-pm-slice="0 0 []">x</p>`)
      const link = { type: 'text', text: attack, marks: [{ type: 'link', attrs: { href: 'javascript:hacked=1' } }] }
      const forged = {
        content: [
          { type: 'paragraph', content: [link] },
          { type: 'photo', attrs: { photo: attack } },
        ],
      }
      await paste(window.page, attack, attack, JSON.stringify(forged))
      // oxlint-enable no-await-in-loop
    }
    await isClean(window.page, 'the editor')
    for (const link of await body.locator('a').all()) await link.click({ force: true })
    await isClean(window.page, 'after every link was pressed')
    await settled()
    assert.deepEqual(window.complaints, [])
    const names = await body.evaluate((one) => [
      ...new Set([...one.querySelectorAll('*')].map(({ tagName }) => tagName)),
    ])
    const ours = /^(P|BR|A|EM|STRONG|FIGURE|IMG|BUTTON|TABLE|TBODY|TR|TD|TH|UL|OL|LI|BLOCKQUOTE|HR|H2|H3|ASIDE)$/
    assert.deepEqual(
      names.filter((name) => !ours.test(name)),
      [],
    )
    await window.close()
  })

  for (const name of PASTES)
    test(`${name}: pasted into the editor it is clean structure`, async () => {
      const html = readFileSync(join(ROOT, 'test/fixtures/news', `paste-${name}.html`), 'utf8')
      const id = await world.begin(editor)
      const window = await watched(`/studio/stories/${id}`)
      const { mine, body, settled } = editorOf(window.page)
      await mine()
      await body.click()
      await paste(window.page, html)
      await settled()
      const wanted = JSON.parse(JSON.stringify(htmlToBody(html).doc)) as StoryContent['body']
      const { copies } = await waitFor('it is saved', async () => {
        const versions = await world.drafts.versions(id)
        return versions.copies.length > 0 && versions
      })
      const got = (copies[0]!.content as StoryContent).body
      assert.deepEqual(withoutEmpty(got), withoutEmpty(wanted))
      const attributes = await body.evaluate((one) => [
        ...new Set([...one.querySelectorAll('*')].flatMap((part) => part.getAttributeNames())),
      ])
      assert.deepEqual(
        attributes.filter((key) => ['style', 'id', 'align', 'color', 'face', 'lang'].includes(key)),
        [],
      )
      await isClean(window.page, name)
      await window.close()
    })
})

/** An empty paragraph at either end says nothing; the editor leaves one to go on writing in. */
const withoutEmpty = ({ content }: StoryContent['body']): unknown[] =>
  content.filter((block) => JSON.stringify(block) !== '{"type":"paragraph"}')
