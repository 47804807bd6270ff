import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { suite } from 'node:test'
import { onBothEngines } from '../../test/world/postgres.ts'
import { waitFor } from '../../test/world/wait.ts'
import { systemClock as clock } from '../base/clock.ts'
import { createIds } from '../base/ids.ts'
import { silentLog } from '../base/log.ts'
import { copyName, openCopies } from './copies.ts'
import { createImaging } from './imaging.ts'
import { fromCamera, jpeg, svg } from './photo.fixture.ts'
import { openPhotos } from './photos.ts'

suite('photos that come by wire', () => {
  onBothEngines('are in the library from the first, and are shown as uprightly as ours', async ({ open, folder }) => {
    const files = new Map<string, Buffer>([
      ['/ferry.jpg?v=2', await fromCamera({ width: 600, height: 400 })],
      ['/half.jpg', (await jpeg()).subarray(0, 4_000)],
      ['/drawing.jpg', svg],
    ])
    const asked: string[] = []
    const server = createServer((req, res) => {
      asked.push(req.url ?? '')
      res.writeHead(200, { 'content-type': 'image/jpeg' }).end(files.get(req.url ?? ''))
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
    const store = await open()
    const imaging = createImaging()
    const copies = openCopies({ store, clock, log: silentLog, imaging, allow: new Set([host]), onArrival: () => {} })
    const photos = openPhotos({
      store,
      clock,
      ids: createIds({ clock }),
      log: silentLog,
      imaging,
      data: `${folder}/data`,
      station: 'Oxbow',
      uses: async () => 0,
    })
    const wanted = [...files.keys()].map((path) => ({
      kind: 'picture' as const,
      url: `http://${host}${path}`,
      about: { caption: `From ${path}`, photographer: 'Jordan Lee', terms: 'With its story' },
    }))
    const [ferry, half, drawing] = wanted.map(({ url }) => copyName(url)) as [string, string, string]
    try {
      await store.tx((tx) => copies.want(tx, wanted))
      const before = await photos.get(ferry)
      assert.deepEqual([before?.origin, before?.name, before?.photographer], ['wire', 'ferry.jpg', 'Jordan Lee'])
      assert.equal(before?.file, null)
      assert.equal(await photos.renditions.find(ferry, '320.webp'), null, 'it has not come yet')
      assert.deepEqual(await photos.counts('ines'), { newest: 3, mine: 0, uncredited: 0, unclear: 0, wire: 3 })
      await copies.start()
      await photos.start()
      const file = await waitFor('the photo has come', async () => (await photos.get(ferry))?.file)
      assert.deepEqual([file.type, file.width, file.height], ['image/jpeg', 400, 600], 'upright')
      const shown = await photos.renditions.find(ferry, '320.jpg')
      assert.equal(shown?.type, 'image/jpeg')
      assert.notEqual(shown.blob, file.blob, 'what is served was drawn anew')
      await waitFor(
        'the others have been asked for',
        () => asked.includes('/half.jpg') && asked.includes('/drawing.jpg'),
      )
      for (const name of [half, drawing]) assert.equal((await photos.get(name))?.file, null, 'it is asked for again')
      await store.tx((tx) => copies.want(tx, wanted))
      assert.equal((await photos.counts('ines')).newest, 3)
    } finally {
      await photos.stop()
      await copies.stop()
      server.close()
    }
  })
})
