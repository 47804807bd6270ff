import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { cdsStory } from '../../src/wire/cds.fixture.ts'
import { sleep, waitFor } from '../world/wait.ts'
import { openLine, startHouses, WIRE } from './houses.ts'
import type { House, Houses } from './houses.ts'
import { ask, push } from './wire-world.ts'
import type { Answer, Pushed } from './wire-world.ts'

type Heard = { began: number; path: string; answer: Answer }

suite('a house that loses touch with the database', () => {
  let world: Houses
  let line: Awaited<ReturnType<typeof openLine>>
  let near: House
  let far: House
  let number = 0
  before(async () => {
    world = await startHouses({ engine: 'postgres', count: 1 })
    line = await openLine(world.database ?? '')
    near = world.houses[0]!
    far = await world.start({ database: line.url })
  })
  after(async () => {
    await world.stop()
    line.stop()
  })

  const publish = async () => {
    const word = `Zanzibarra${number++}x`
    const pushed = await push(near.url, cdsStory({ id: `lakes-c-${number}`, title: `The ferry ${word}` }), WIRE)
    const path = new URL(pushed.storyUrl).pathname
    await waitFor('the other house shows it', async () => (await ask(far.url + path)).status === 200)
    return { word, path, ...pushed }
  }

  const kill = async ({ storyId }: Pushed) => {
    const body = '{"reason":"a test"}'
    const answer = await ask(`${near.url}/api/v1/stories/${storyId}/kill`, { method: 'POST', token: world.token, body })
    assert.equal(answer.status, 200, answer.body)
    return Date.now() + 1
  }

  const proofOf = async ({ storyId }: Pushed) => {
    const { body } = await ask(`${near.url}/api/v1/stories/${storyId}/kill`, { token: world.token })
    const proof = JSON.parse(body) as { houses: { house: string; how: string }[]; completeAt: string | null }
    assert.ok(proof.completeAt)
    return proof.houses.map(({ house, how }) => [house.split(':')[1], how])
  }

  /** Asks the far house without a pause. */
  const listen = (paths: string[]) => {
    const heard: Heard[] = []
    const over = new AbortController()
    const one = async (path: string) => {
      while (!over.signal.aborted) {
        const began = Date.now()
        const answer = await ask(far.url + path).catch(() => null)
        if (answer) heard.push({ began, path, answer })
        await sleep(2)
      }
    }
    const all = Promise.all(paths.map(one))
    return {
      heard,
      async stop() {
        over.abort()
        await all
      },
    }
  }

  const isBack = () => waitFor('it is back', async () => (await ask(`${far.url}/news`)).status === 200, { ms: 20_000 })

  for (const way of ['cut', 'hang'] as const)
    test(`its line is ${way}: it shows no story rather than a killed one, and comes back`, async (t) => {
      const story = await publish()
      const listener = listen(['/', '/news', story.path, '/text', '/api/v1/stories', `/text${story.path}`])
      line[way]()
      const ordered = Date.now()
      const killed = await kill(story)
      t.diagnostic(`the kill was answered after ${killed - ordered} ms`)
      await sleep(300)
      const health = await ask(`${far.url}/healthz`)
      assert.equal((JSON.parse(health.body) as { database: string }).database, 'out of touch')
      assert.notEqual((await ask(`${far.url}/api/v1/now`)).status, 503, 'what is on the air is told')
      line.mend()
      await isBack()
      await listener.stop()
      const after = listener.heard.filter(({ began }) => began >= killed)
      assert.ok(after.length > 10)
      assert.deepEqual(after.filter(({ answer }) => answer.body.includes(story.word)).map(({ path }) => path), []) // prettier-ignore
      assert.ok(after.some(({ answer }) => answer.status === 503))
      const before = listener.heard.filter(({ began }) => began < killed)
      assert.ok(before.some(({ answer }) => answer.body.includes(story.word)), 'it had shown it') // prettier-ignore
      assert.equal((await ask(far.url + story.path)).status, 410)
      assert.deepEqual(await proofOf(story), [
        [String(near.place.housePort), 'forgotten'],
        [String(far.place.housePort), 'lapsed'],
      ])
    })

  test('it is stopped, and goes on later: the first it says is not what was killed meanwhile', async () => {
    const story = await publish()
    const paths = ['/', '/news', story.path, '/api/v1/stories']
    await Promise.all(paths.map((path) => ask(far.url + path)))
    process.kill(far.program.pid, 'SIGSTOP')
    await kill(story)
    const waiting = paths.map((path) => ask(far.url + path))
    await sleep(200)
    process.kill(far.program.pid, 'SIGCONT')
    for (const { body } of await Promise.all(waiting)) assert.ok(!body.includes(story.word))
    await isBack()
    assert.equal((await ask(far.url + story.path)).status, 410)
  })

  test('what is written while the database is away is refused in words, and taken when it is back', async () => {
    line.cut()
    const body = cdsStory({ id: 'lakes-late', title: 'Late' })
    const order = { method: 'POST', token: WIRE.token, body }
    const refused = await ask(`${far.url}/api/v1/wire/${WIRE.wire}`, order)
    assert.equal(refused.status, 503)
    assert.equal((JSON.parse(refused.body) as { error: { code: string } }).error.code, 'DATABASE_UNREACHABLE')
    const read = await ask(`${far.url}/api/v1/stories/1/kill`, { token: world.token })
    assert.equal(read.status, 503)
    line.mend()
    await isBack()
    assert.equal((await ask(`${far.url}/api/v1/wire/${WIRE.wire}`, order)).status, 201)
  })

  test('a second house on SQLite is refused in words', async () => {
    const alone = await startHouses({ engine: 'sqlite', count: 1 })
    await assert.rejects(alone.start(), /A house of this station is running already/)
    await alone.stop()
  })
})
