import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { ferryStory } from '../../src/newsroom/story.fixture.ts'
import type { StoryContent } from '../../src/newsroom/newsroom.ts'
import { startNewsroom } from '../journeys/newsroom-world.ts'
import { sleep } from '../world/wait.ts'

/** `npm run test:faults` asks for all of them. */
const KILLS = process.env['GROUNDWAVE_FAULTS'] === 'full' ? 20 : 4
const WRITERS = 3

suite('kill -9 of the house while people write', () => {
  test(`${KILLS} times: every batch that was acknowledged is there once, and none later was lost`, async () => {
    const world = await startNewsroom()
    try {
      const person = await world.hire('Ines Haldorsen', 'editor')
      const stories = await Promise.all(Array.from({ length: WRITERS }, () => world.begin(person)))
      const state = { isOver: false }
      const acknowledged = stories.map(() => 0)
      const sent = stories.map(() => 0)

      /** Types and sends as the editor does: the whole text, with the next number, again until it is taken. */
      const write = async (id: string, at: number) => {
        for (let sequence = 1; !state.isOver; sequence++) {
          const content = { ...ferryStory, headline: `Batch ${sequence}`, notes: numbers(sequence) }
          const body = JSON.stringify({ base: 1, sequence, content })
          sent[at] = sequence
          for (let taken = false; !taken && !state.isOver;) {
            // oxlint-disable no-await-in-loop -- one batch at a time
            const answer = await world
              .ask(person, `/studio/stories/${id}/copies/w${at}`, {
                method: 'PUT',
                body,
                headers: { 'content-type': 'application/json', accept: 'application/json' },
              })
              .catch(() => null)
            taken = answer?.status === 200
            if (answer && taken) assert.equal(((await answer.json()) as { sequence: number }).sequence, sequence)
            else await sleep(50)
            // oxlint-enable no-await-in-loop
          }
          if (!state.isOver) acknowledged[at] = sequence
        }
      }

      const writers = stories.map(write)
      for (let kill = 0; kill < KILLS; kill++) {
        // oxlint-disable no-await-in-loop -- one kill after the other
        await sleep(200 + Math.random() * 400)
        await world.killHouse()
        // oxlint-enable no-await-in-loop
      }
      await sleep(300)
      state.isOver = true
      await Promise.all(writers)

      for (const [at, id] of stories.entries()) {
        // oxlint-disable-next-line no-await-in-loop
        const { copies, revisions } = await world.drafts.versions(id)
        assert.equal(revisions.length, 1)
        assert.equal(copies.length, 1, 'one copy for one window')
        const { sequence, content } = copies[0]!
        assert.ok(acknowledged[at]! > KILLS, `${acknowledged[at]} batches were taken`)
        assert.ok(sequence >= acknowledged[at]! && sequence <= sent[at]!, `${sequence} of ${acknowledged[at]}`)
        assert.deepEqual(
          [(content as StoryContent).headline, (content as StoryContent).notes],
          [`Batch ${sequence}`, numbers(sequence)],
        )
      }
    } finally {
      await world.stop()
    }
  })
})

/** Every batch holds all that was typed before it. */
const numbers = (upTo: number) => Array.from({ length: upTo }, (_, n) => n + 1).join(' ')
