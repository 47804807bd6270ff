import assert from 'node:assert/strict'
import { suite } from 'node:test'
import { onBothEngines } from '../../test/world/postgres.ts'
import { waitFor } from '../../test/world/wait.ts'
import { systemClock as clock } from '../base/clock.ts'
import { createIds } from '../base/ids.ts'
import { silentLog } from '../base/log.ts'
import { copyName, openCopies } from '../library/copies.ts'
import { createImaging } from '../library/imaging.ts'
import { openPhotos } from '../library/photos.ts'
import { openNewsroom } from '../newsroom/newsroom.ts'
import { ferryPhoto, ferryStory } from '../newsroom/story.fixture.ts'
import { createUpkeep } from './upkeep.ts'

suite('what a house does every hour', () => {
  onBothEngines('copies that only killed stories show go, row and bytes; others stay', async ({ open, folder }) => {
    const store = await open()
    const ids = createIds({ clock })
    const imaging = createImaging()
    const copies = openCopies({ store, clock, log: silentLog, imaging, allow: new Set(), onArrival: () => {} })
    const deps = { store, clock, ids, log: silentLog, imaging, data: `${folder}/data`, station: 'Oxbow' }
    const photos = openPhotos({ ...deps, uses: async () => 0 })
    const newsroom = openNewsroom({ store, folder, clock, ids, copies })
    await newsroom.start()
    await photos.start()

    const blobs = new Map<string, string>()
    const file = async (n: string) => {
      const url = `https://pictures.example/${n}.jpg`
      const name = copyName(url)
      const { id: blob, type, bytes } = await store.blobs.put(Buffer.from(`picture ${n}`))
      await store.tx(async (tx) => {
        await copies.want(tx, [{ kind: 'picture', url }])
        await tx.updateTable('copies').set({ blob, type, bytes }).where('name', '=', name).execute()
        await tx.updateTable('photos').set({ blob, type, bytes }).where('id', '=', name).execute()
      })
      blobs.set(name, blob)
      return name
    }
    const [wrong, shared] = [await file('wrong'), await file('shared')]
    const publish = (photo: string) =>
      newsroom.change('wire', async (edit) => {
        const id = await edit.file({ ...ferryStory, photo: { ...ferryPhoto, file: photo } })
        await edit.publish(id)
        return id
      })
    const killed = await publish(wrong)
    await publish(shared)
    const alsoKilled = await publish(shared)
    const upkeep = createUpkeep({ store, copies, log: silentLog })
    await upkeep.run()
    assert.equal(await store.blobs.has(blobs.get(wrong)!), true, 'nobody was killed yet')

    for (const id of [killed, alsoKilled]) await newsroom.kill('wire', id, { reason: 'a test' })
    await upkeep.run()
    await waitFor('its bytes are gone', async () => !(await store.blobs.has(blobs.get(wrong)!)))
    const rows = await store.read.selectFrom('copies').select('name').execute()
    assert.deepEqual(rows.map(({ name }) => name), [shared]) // prettier-ignore
    const left = await store.read.selectFrom('photos').select('id').execute()
    assert.deepEqual(left.map(({ id }) => id), [shared]) // prettier-ignore
    assert.equal(await store.blobs.has(blobs.get(shared)!), true)
    await photos.stop()
    await newsroom.stop()
  })
})
