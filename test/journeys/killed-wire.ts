import assert from 'node:assert/strict'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { cdsStory } from '../../src/wire/cds.fixture.ts'
import { sleep, waitFor } from '../world/wait.ts'
import { makePlace, serve, sideOf, writeStation } from './program.ts'
import { ask, push } from './wire-world.ts'

const SENDERS = 4

/** Pushes as senders do, while the house is killed again and again, and looks whether every acknowledged message is there once. */
export const pushAndKill = async ({ pushes, kills }: { pushes: number; kills: number }): Promise<void> => {
  const place = await makePlace()
  const wire = { live: { format: 'cds', token: 'open', route: 'publish' } }
  writeStation(place, { mounts: [{ path: '/live.mp3' }], wire })
  const station = await serve(place)
  const acknowledged = new Set<string>()
  let next = 0
  const sender = async () => {
    while (next < pushes) {
      const id = `lakes-${1000 + next++}`
      // What was not acknowledged is sent again, though it may have arrived.
      while (!acknowledged.has(id))
        await push(place.house, cdsStory({ id, title: `Story ${id}` }), { wire: 'live', token: 'open' }).then(
          () => acknowledged.add(id),
          () => sleep(50),
        )
    }
  }
  const senders = Array.from({ length: SENDERS }, sender)
  for (let n = 1; n <= kills; n++) {
    await waitFor('some have been sent', () => next >= (pushes / (kills + 1)) * n, { ms: 120_000, every: 5 })
    process.kill(sideOf(station.program, 'house'), 'SIGKILL')
    await waitFor('the house is back', () => isUp(place.house), { ms: 60_000 })
  }
  await Promise.all(senders)
  await station.stop()

  const db = new DatabaseSync(join(place.folder, 'data/groundwave.db'), { readOnly: true })
  const rows = db
    .prepare(
      `select i.item_id as id, count(*) as stories from wire_items i
       join story_publications p on p.story_id = i.story_id and p.ended_at is null group by i.item_id`,
    )
    .all()
  const twice = db.prepare('select headline from story_revisions group by headline having count(*) > 1').all()
  const unread = db.prepare('select count(*) as n from wire_messages where read_at is null').get()
  db.close()
  const there = new Map(rows.map(({ id, stories }) => [String(id), Number(stories)]))
  assert.equal(acknowledged.size, pushes)
  assert.deepEqual([...acknowledged].filter((id) => there.get(id) !== 1), []) // prettier-ignore
  assert.deepEqual(twice, [])
  assert.equal(unread?.['n'], 0)
}

const isUp = (house: string): Promise<boolean> =>
  ask(`${house}/healthz`).then(
    ({ status }) => status === 200,
    () => false,
  )
