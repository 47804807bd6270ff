import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { ferryStory } from '../newsroom/story.fixture.ts'
import type { StoryState } from '../newsroom/newsroom.ts'
import { lookFor } from './kill-check.ts'

const path = '/news/2026-07-01/ferry-winter'
const killed = { id: 's-1', path, content: ferryStory } as StoryState

const statusOf = (asked: string): number =>
  asked.endsWith(path) || asked.includes('/stories/') ? (asked === path ? 410 : 404) : 200

suite('looking for a killed story', () => {
  test('it is looked for wherever it stood or could stand', async () => {
    const looked = await lookFor(killed, async (asked) => ({ status: statusOf(asked), body: 'Something else.' }))
    assert.deepEqual(
      looked.filter(({ isThere, status }) => isThere || status === null),
      [],
    )
    const asked = looked.map(({ path }) => path)
    for (const one of [
      path,
      `/text${path}`,
      '/',
      '/news',
      '/topics/ferries',
      '/authors/ines-haldorsen',
      '/sitemap.xml',
    ])
      assert.ok(asked.includes(one), one)
    assert.ok(asked.some((one) => one === '/search?q=The+ferry+stops+for+the+winter'))
  })

  test('a list with the way to it has it, and so has an address of its own that answers', async () => {
    const looked = await lookFor(killed, async (asked) => ({
      status: asked === `/text${path}` ? 200 : statusOf(asked),
      body: asked === '/feeds/front.json' ? `{"url":"https://radio.example${path}"}` : 'Something else.',
    }))
    assert.deepEqual(
      looked.filter(({ isThere }) => isThere).map(({ path }) => path),
      [`/text${path}`, '/feeds/front.json'],
    )
  })

  test('where no answer comes nothing is known', async () => {
    const looked = await lookFor(killed, (asked) =>
      asked === '/' ? Promise.reject(new Error('no answer')) : Promise.resolve({ status: statusOf(asked), body: '' }),
    )
    assert.deepEqual(
      looked.filter(({ status }) => status === null).map(({ place }) => place),
      ['The front page'],
    )
  })

  test('one that never had an address stood nowhere', async () => {
    assert.deepEqual(await lookFor({ ...killed, path: null }, () => Promise.reject(new Error('not asked'))), [])
  })
})
