import assert from 'node:assert/strict'
import { suite } from 'node:test'
import { onBothEngines } from '../../test/world/postgres.ts'
import { createIds } from '../base/ids.ts'
import { systemClock } from '../base/clock.ts'
import { bodyOf, openNewsroom, photoUses } from './newsroom.ts'
import type { Photo, StoryContent } from './newsroom.ts'

const photo = (file: string): Photo => ({
  file,
  width: 9,
  height: 6,
  alt: '',
  caption: '',
  photographer: 'Ines',
  agency: '',
})

const blank: StoryContent = {
  section: 'news',
  slug: 'ferry',
  eyebrow: '',
  headline: 'Ferry',
  dek: '',
  dateline: '',
  bylines: [],
  photo: null,
  audio: null,
  ...bodyOf([]),
  topics: [],
  notes: '',
  source: null,
  place: null,
}

suite('where a photo is used', () => {
  onBothEngines('in newest and public revisions, and no longer in others', async ({ open, folder }) => {
    const store = await open()
    const newsroom = openNewsroom({ store, folder, clock: systemClock, ids: createIds({ clock: systemClock }) })
    const lead = { ...blank, photo: photo('p-1'), photos: { a: photo('p-2') } }
    const uses = async (file: string) =>
      (await photoUses(store.read, file)).map(({ slug, isPublic }) => [slug, isPublic])
    const id = await newsroom.change('ines', (edit) => edit.file(lead))
    assert.deepEqual(await uses('p-1'), [['ferry', false]])
    assert.deepEqual(await uses('p-2'), [['ferry', false]])
    await newsroom.change('ines', (edit) => edit.publish(id))
    await newsroom.change('ines', (edit) =>
      edit.revise(id, { ...lead, slug: 'ferry-2', photo: photo('p-3'), photos: {} }),
    )
    assert.deepEqual(await uses('p-1'), [['ferry', true]], 'readers still see it')
    assert.deepEqual(await uses('p-3'), [['ferry-2', false]])
    await newsroom.change('ines', (edit) => edit.publish(id))
    assert.deepEqual(await uses('p-1'), [])
    assert.deepEqual(await uses('p-3'), [['ferry-2', true]])
    await newsroom.change('ines', (edit) => edit.kill(id, { reason: 'wrong' }))
    assert.equal((await photoUses(store.read, 'p-3'))[0]?.killed, true)
    assert.deepEqual(await uses('p-9'), [])
  })
})
