import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { waitFor } from '../world/wait.ts'
import { launchBrowser, needsBrowser } from './browser.ts'
import { editorOf, openWindow, startNewsroom } from './newsroom-world.ts'
import type { NewsroomWorld, Person } from './newsroom-world.ts'

suite('two at one story', needsBrowser(), () => {
  let world: NewsroomWorld
  let browser: Browser
  let ines: Person
  let rosalind: Person

  before(async () => {
    world = await startNewsroom()
    browser = await launchBrowser()
    ines = await world.hire('Ines Haldorsen', 'reporter')
    rosalind = await world.hire('Rosalind Achterberg', 'editor')
  })
  after(async () => {
    await browser.close()
    await world.stop()
  })

  const at = (id: string) => `/studio/stories/${id}`
  const windowOf = async (person: Person, id: string) => {
    const window = await openWindow(browser, world, { person, path: at(id) })
    return { ...window, editor: editorOf(window.page) }
  }
  const has = async (id: string, words: string) =>
    waitFor(`the station has “${words}”`, async () => (await world.everything(id)).includes(words), {
      ms: 20_000,
      about: () => words,
    })
  const headlines = async (id: string) => {
    const { revisions } = await world.drafts.versions(id)
    const all = await Promise.all(revisions.toReversed().map(({ number }) => world.drafts.content(id, number)))
    return all.map((content) => content?.headline)
  }

  test('the second reads along; a take-over keeps the first one’s text as hers', async () => {
    const id = await world.begin(ines)
    const a = await windowOf(ines, id)
    await a.editor.mine()
    await a.editor.headline.fill('By Ines')
    await a.editor.type('Typed before the take-over.')
    await a.editor.settled()

    const b = await windowOf(rosalind, id)
    await b.page.getByText('Ines Haldorsen is writing.').waitFor()
    assert.equal(await b.editor.headline.inputValue(), 'By Ines')
    assert.equal(await b.editor.body.getAttribute('contenteditable'), 'false')
    // She types on; who reads along sees it.
    await a.editor.type(' And more.')
    await b.page.getByText('And more.').waitFor({ timeout: 10_000 })

    await b.page.getByRole('button', { name: 'Take over' }).click()
    await b.editor.mine()
    // What Ines types until she is told is not lost either.
    await a.editor.type(' Typed into the void.', { delay: 5 })
    await a.page.getByText('Rosalind Achterberg took over; your text is in Versions.').waitFor({ timeout: 20_000 })
    assert.equal(await a.editor.body.getAttribute('contenteditable'), 'false')
    await b.editor.type(' By Rosalind.')
    await b.editor.settled()

    await has(id, 'Typed before the take-over. And more.')
    await has(id, 'By Rosalind.')
    const { revisions } = await world.drafts.versions(id)
    assert.deepEqual(
      revisions.map(({ by, reason }) => [by, reason]),
      [
        [ines.id, 'Taken over'],
        [ines.id, null],
      ],
    )
    assert.deepEqual([a.complaints, b.complaints], [[], []])
    await a.close()
    await b.close()
  })

  test('two windows of one person are two writers', async () => {
    const id = await world.begin(ines)
    const a = await windowOf(ines, id)
    await a.editor.mine()
    const b = await windowOf(ines, id)
    await b.page.getByText('You are writing in another window.').waitFor()
    await a.editor.type('In the first.')
    await a.editor.settled()
    await b.page.getByRole('button', { name: 'Write here' }).click()
    await b.editor.mine()
    await b.editor.type(' In the second.')
    await b.editor.settled()
    await has(id, 'In the first. In the second.')
    await a.close()
    await b.close()
  })

  test('a window without a line keeps its text and sends it when the line is back', async () => {
    const id = await world.begin(ines)
    const a = await windowOf(ines, id)
    await a.editor.mine()
    await a.editor.type('With a line.')
    await a.editor.settled()
    await a.offline(true)
    await a.editor.type(' Without one.')
    await a.editor.unsaved()
    assert.match((await a.editor.saved.textContent()) ?? '', /Not saved since .*, kept on this computer/)
    await a.offline(false)
    await a.editor.settled()
    await has(id, 'With a line. Without one.')
    await a.close()
  })

  test('who loses the line and comes back after somebody else wrote overwrites nothing', async () => {
    const id = await world.begin(ines)
    const a = await windowOf(ines, id)
    await a.editor.mine()
    await a.editor.headline.fill('Version of Ines')
    await a.editor.settled()
    await a.offline(true)
    await a.editor.headline.fill('Version of Ines, without a line')
    await a.editor.unsaved()

    const b = await windowOf(rosalind, id)
    await b.page.getByRole('button', { name: 'Take over' }).click()
    await b.editor.mine()
    await b.editor.headline.fill('Version of Rosalind')
    await b.editor.settled()
    await b.page.getByRole('button', { name: 'Earlier versions' }).click()
    await b.page.waitForURL('**/versions')

    await a.offline(false)
    await a.page.getByText(/Rosalind Achterberg made version 3 while you wrote/).waitFor({ timeout: 30_000 })
    await has(id, 'Version of Ines, without a line')
    // She goes without a word; it is not written over the other's.
    await a.close()
    assert.deepEqual(await headlines(id), ['', 'Version of Ines', 'Version of Rosalind'])
    // It is in the list, shown beside the newest, and becomes the newest only by a press.
    await b.page.reload()
    await b.page
      .getByRole('link', { name: /Ines Haldorsen/ })
      .first()
      .click()
    await b.page.locator('ins', { hasText: 'Ines, without a line' }).waitFor()
    await b.page.getByRole('button', { name: 'Make it the newest version' }).click()
    await b.page.waitForURL('**done=restored')
    assert.equal((await headlines(id)).at(-1), 'Version of Ines, without a line')
    await b.close()
  })

  test('a window that is closed without a word, and one that dies without a line, lose nothing', async () => {
    const id = await world.begin(ines)
    const a = await openWindow(browser, world, { person: ines, path: at(id) })
    const editor = editorOf(a.page)
    await editor.mine()
    await editor.type('Typed and gone at once.', { delay: 0 })
    await a.page.goto('about:blank')
    await has(id, 'Typed and gone at once.')

    await a.page.goto(world.house + at(id))
    await editor.mine()
    await a.offline(true)
    await editor.type(' Typed in a tunnel.')
    await a.page.close({ runBeforeUnload: false })
    // The same browser, later: the computer has kept it.
    await a.offline(false)
    const again = await a.page.context().newPage()
    await again.goto(world.house + at(id))
    await again.getByText('Typed in a tunnel.').waitFor({ timeout: 60_000 })
    await has(id, 'Typed and gone at once. Typed in a tunnel.')
    await a.close()
  })

  test('a text that is too long for a last word is kept on the computer', async () => {
    const id = await world.begin(ines)
    const a = await windowOf(ines, id)
    await a.editor.mine()
    await a.editor.body.click()
    const long = Array.from({ length: 20_000 }, (_, n) => `word${n}`).join(' ')
    await a.page.keyboard.insertText(long)
    // At once: not even the pause of the first saving has passed.
    await a.page.goto('about:blank')
    await a.page.goto(world.house + at(id))
    await a.editor.mine()
    await has(id, 'word19999')
    assert.match((await a.editor.body.textContent()) ?? '', /word0 word1 .*word19999$/)
    assert.equal(await a.page.evaluate(() => Object.keys(localStorage).filter((key) => /text/.test(key)).length), 0)
    await a.close()
  })

  test('the pen is handed to who reads along', async () => {
    const id = await world.begin(ines)
    const a = await windowOf(ines, id)
    await a.editor.mine()
    await a.editor.type('By Ines.')
    const b = await windowOf(rosalind, id)
    await b.page.getByText('Ines Haldorsen is writing.').waitFor()
    await a.page.getByRole('button', { name: 'Hand over to Rosalind' }).click({ timeout: 20_000 })
    await b.editor.mine()
    await b.editor.type(' By Rosalind.')
    await b.editor.settled()
    await has(id, 'By Ines. By Rosalind.')
    await a.page.getByText('Rosalind Achterberg is writing.').waitFor()
    await a.page.getByText('By Ines. By Rosalind.').waitFor({ timeout: 10_000 })
    await a.close()
    await b.close()
  })

  test('the house is killed in mid-typing, and the writer notices nothing but a word', async () => {
    const id = await world.begin(ines)
    const a = await windowOf(ines, id)
    await a.editor.mine()
    const words = Array.from({ length: 60 }, (_, n) => `word${n}`)
    const typing = a.editor.type(words.join(' '), { delay: 25 })
    await world.killHouse()
    await typing
    await a.editor.settled()
    await has(id, words.join(' '))
    assert.deepEqual(a.complaints, [])
    await a.close()
  })
})
