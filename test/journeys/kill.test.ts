import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { cdsStory } from '../../src/wire/cds.fixture.ts'
import { waitFor } from '../world/wait.ts'
import { startDemo } from './program.ts'
import type { Station } from './program.ts'
import { ask, companionStory, ferries, push, untilFound } from './wire-world.ts'
import type { Pushed } from './wire-world.ts'

const CLIENTS = 16
const KILLS = 40

const searches = ['/search?q=ferry', '/text/search?q=ferry&order=newest', '/api/v1/search?q=ferry&order=newest']

/** What shows a story besides its own page. */
const surfaces = ['/', '/news', '/topics/ferries', '/text', '/corrections', '/api/v1/stories', ...searches]

/** After so many one is left until it stands beside others too. */
const BESIDE = 8

suite('a kill under the hammer', () => {
  let station: Station
  let house = ''
  let token = ''
  let companion: Pushed

  before(async () => {
    station = await startDemo()
    house = station.place.house
    token = /editor token: (\S+)/.exec(station.program.output())?.[1] ?? ''
    companion = await push(house, companionStory(0))
    await untilFound(house, 'companion')
  })
  after(() => station.stop())

  test('no request that begins after the answer is given the story, anywhere', async () => {
    /** Words that must not come any more: only those of kills that had been answered when a request begins. */
    const gone = new Set<string>()
    const shown = new Set<string>()
    const leaks: string[] = []
    let current: { word: string; paths: string[] } | null = null
    const over = new AbortController()
    let asked = 0

    const client = async (n: number) => {
      for (let i = n; !over.signal.aborted; i++) {
        const paths = [...surfaces, new URL(companion.storyUrl).pathname, ...(current?.paths ?? [])]
        const path = paths[i % paths.length] ?? '/'
        const forbidden = [...gone]
        const { body } = await ask(`${house}${path}`)
        asked++
        for (const word of forbidden) if (body.includes(word)) leaks.push(`${path} tells of ${word}`)
        if (current && body.includes(current.word)) shown.add(path)
      }
    }
    const clients = Array.from({ length: CLIENTS }, (_, n) => client(n))

    for (let n = 0; n < KILLS; n++) {
      const word = `Zanzibarra${n}x`
      const { storyId, storyUrl } = await push(
        house,
        cdsStory({ id: `lakes-k-${n}`, title: `The ferry ${word}`, more: ferries }),
      )
      const { pathname } = new URL(storyUrl)
      current = { word, paths: [pathname, `/text${pathname}`, `/api/v1/stories/${storyId}`] }
      if (n % BESIDE === 0) {
        await untilFound(house, word)
        await push(house, companionStory(n + 1))
        const beside = new URL(companion.storyUrl).pathname
        await waitFor(`${word} stands beside`, async () => (await ask(house + beside)).body.includes(word))
      }
      await new Promise((soon) => setTimeout(soon, 20))
      const kill = await ask(`${house}/api/v1/stories/${storyId}/kill`, {
        method: 'POST',
        token,
        body: '{"reason":"a test"}',
      })
      gone.add(word)
      assert.equal(kill.status, 200)
      assert.equal((await ask(storyUrl)).status, 410)
    }
    over.abort()
    await Promise.all(clients)
    assert.deepEqual([...new Set(leaks)], [])
    assert.ok(asked > KILLS * CLIENTS, `${asked} requests`)
    // The hammer was where the stories were.
    for (const path of ['/news', '/topics/ferries', '/api/v1/stories', new URL(companion.storyUrl).pathname])
      assert.ok(shown.has(path), `${path} had shown one`)
  })
})
