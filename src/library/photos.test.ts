import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { suite } from 'node:test'
import sharp from 'sharp'
import { onBothEngines } from '../../test/world/postgres.ts'
import { GroundwaveError } from '../base/errors.ts'
import { createIds } from '../base/ids.ts'
import { silentLog } from '../base/log.ts'
import type { Store } from '../store/store.ts'
import { createImaging } from './imaging.ts'
import { avif, bomb, fromAgency, fromCamera, jpeg, png, svg, webp } from './photo.fixture.ts'
import { lacksOf, MOST_BYTES, openPhotos } from './photos.ts'
import type { LibraryPhoto, Photos } from './photos.ts'

type World = {
  photos: Photos
  store: Store
  clock: { at: number; now(): number }
  used: Set<string>
  take: (bytes: Buffer, name?: string, by?: string) => Promise<LibraryPhoto>
  /** All there is: rows, blobs, files on their way in. */
  remains: () => Promise<unknown>
}

const withLibrary = (name: string, fn: (world: World) => Promise<void>) =>
  onBothEngines(name, async ({ open, folder }) => {
    const clock = { at: Date.parse('2026-07-01T12:00:00Z'), now: () => clock.at }
    const store = await open({ clock })
    const used = new Set<string>()
    const photos = openPhotos({
      store,
      clock,
      ids: createIds({ clock }),
      log: silentLog,
      imaging: createImaging(),
      data: join(folder, 'data'),
      station: 'Oxbow Public Radio',
      uses: async (_, id) => (used.has(id) ? 1 : 0),
    })
    const files = (place: string) => {
      try {
        return readdirSync(join(folder, 'data', place), { recursive: true })
          .map(String)
          .toSorted()
      } catch {
        return []
      }
    }
    const remains = async () => ({
      rows: await Promise.all(
        (['photos', 'photo_renditions', 'jobs', 'events'] as const).map((table) =>
          store.read.selectFrom(table).selectAll().execute(),
        ),
      ),
      blobs: (await Array.fromAsync(store.blobs.list())).map(({ id }) => id),
      incoming: [...files('uploads'), ...files('blobs/incoming')],
    })
    const take = (bytes: Buffer, name = 'photo.jpg', by = 'ines') =>
      photos.take({ name, size: bytes.length, by, source: Readable.from([bytes]) })
    await photos.start()
    try {
      await fn({ photos, store, clock, used, take, remains })
    } finally {
      await photos.stop()
    }
  })

const refused = (code: string, words?: RegExp) => (error: unknown) => {
  assert.ok(error instanceof GroundwaveError, String(error))
  assert.equal(error.code, code)
  if (words) assert.match(error.message, words)
  return true
}

const quietly = async (make: () => Promise<boolean>): Promise<void> => {
  for (let tries = 0; tries < 400 && !(await make()); tries += 1) await new Promise((soon) => setTimeout(soon, 20))
}

suite('the photo library', () => {
  withLibrary('every kind that is shown comes in, whatever its name says', async ({ take, photos }) => {
    const made = { width: 400, height: 300 }
    const kinds: [string, Buffer][] = [
      ['image/jpeg', await jpeg(made)],
      ['image/png', await png(made)],
      ['image/webp', await webp(made)],
      ['image/avif', await avif(made)],
      [
        'image/gif',
        await sharp(await png(made))
          .gif()
          .toBuffer(),
      ],
      [
        'image/tiff',
        await sharp(await png(made))
          .tiff()
          .toBuffer(),
      ],
    ]
    for (const [type, bytes] of kinds) {
      const { id, file } = await take(bytes, 'anything.exe')
      assert.deepEqual([file?.type, file?.width, file?.height, file?.bytes], [type, 400, 300, bytes.length])
      assert.ok(await photos.renditions.find(id, '320.webp'), type)
    }
  })

  withLibrary('of an animation the first frame is taken', async ({ take, photos, store }) => {
    const frames = [await png({ width: 64, height: 48 }), await png({ width: 64, height: 48, colour: '#00f' })]
    const { id, file } = await take(
      await sharp(frames, { join: { animated: true } })
        .gif()
        .toBuffer(),
    )
    assert.deepEqual([file?.width, file?.height], [64, 48])
    const found = await photos.renditions.find(id, '320.jpg')
    const shown = await sharp(await buffer((await store.blobs.get(found!.blob))!)).metadata()
    assert.deepEqual([shown.width, shown.height], [64, 48])
  })

  withLibrary('its words come from its file, and what they leave open is to be mended', async ({ take, photos }) => {
    const ours = await take(await fromCamera({ width: 600, height: 400 }))
    assert.deepEqual([ours.caption, ours.photographer], ['Ferry at the quay', 'Ines Haldorsen'])
    assert.deepEqual([ours.agency, ours.terms], ['Oxbow Public Radio', 'Ours'])
    assert.deepEqual([ours.file?.width, ours.file?.height], [400, 600], 'it is seen upright')
    assert.deepEqual(lacksOf(ours), ['alt'])
    const theirs = await take(await fromAgency())
    assert.deepEqual([theirs.agency, theirs.terms], ['Lakes & Rivers', 'Web only'])
    assert.deepEqual(lacksOf(theirs), [])
    const copied = await sharp(await jpeg())
      .withExif({ IFD0: { Copyright: 'Someone Else' } })
      .toBuffer()
    const unclear = await take(copied)
    assert.deepEqual([unclear.agency, unclear.terms], ['Someone Else', ''])
    assert.deepEqual(lacksOf(unclear), ['terms', 'credit', 'alt'])
    assert.equal((await photos.get(unclear.id))?.thumbhash, unclear.thumbhash)
    assert.ok(Buffer.from(unclear.thumbhash, 'base64').length > 10)
  })

  withLibrary('what is served says nothing of where it was taken', async ({ take, photos, store }) => {
    const { id } = await take(await fromCamera({ width: 600, height: 400 }))
    for (const name of ['320.webp', '320.jpg', '3x2-320.webp', '1x1-320.jpg']) {
      const found = await photos.renditions.find(id, name)
      const bytes = await buffer((await store.blobs.get(found!.blob))!)
      const { exif, xmp, iptc, orientation, space, width, height } = await sharp(bytes).metadata()
      assert.deepEqual([exif, xmp, iptc, orientation, space], [undefined, undefined, undefined, undefined, 'srgb'])
      assert.equal(bytes.includes('GPS') || bytes.includes('Haldorsen'), false)
      if (name === '320.jpg') assert.deepEqual([width, height], [320, 480])
    }
  })

  withLibrary('what is no photo is refused in words, and nothing of it is left', async ({ take, photos, remains }) => {
    const before = await remains()
    const photo = await jpeg({ width: 2000, height: 1500 })
    const attacks: [Buffer, string, RegExp?][] = [
      [svg, 'PHOTO_KIND'],
      [Buffer.concat([Buffer.from('\uFEFF<?xml version="1.0"?>'), svg]), 'PHOTO_KIND'],
      [Buffer.concat([Buffer.from('GIF89a'), svg]), 'PHOTO_BROKEN'],
      [Buffer.concat([photo.subarray(0, 4), svg]), 'PHOTO_BROKEN'],
      [Buffer.from('%PDF-1.7'), 'PHOTO_KIND'],
      [Buffer.alloc(0), 'PHOTO_KIND'],
      [bomb(), 'PHOTO_TOO_LARGE', /60000 × 60000/],
      [bomb(200_000, 2), 'PHOTO_TOO_LARGE'],
      [bomb(9_000, 9_000), 'PHOTO_BROKEN'],
      [photo.subarray(0, photo.length >> 1), 'PHOTO_BROKEN', /breaks off/],
      [(await png()).subarray(0, 900), 'PHOTO_BROKEN'],
      [(await webp()).subarray(0, 300), 'PHOTO_BROKEN'],
    ]
    for (const [bytes, code, words] of attacks) await assert.rejects(take(bytes, 'harmless.jpg'), refused(code, words))
    const large = { name: 'large.jpg', by: 'ines' }
    const never = Readable.from(
      (function* () {
        assert.fail('not a byte of it is read')
        yield Buffer.alloc(0)
      })(),
    )
    await assert.rejects(photos.take({ ...large, size: 200 * 2 ** 20, source: never }), refused('TOO_LARGE'))
    let sent = 0
    const endless = Readable.from(
      (function* () {
        for (;;) {
          sent += 2 ** 20
          yield Buffer.alloc(2 ** 20)
        }
      })(),
    )
    await assert.rejects(photos.take({ ...large, size: null, source: endless }), refused('TOO_LARGE'))
    assert.ok(sent < MOST_BYTES + 40 * 2 ** 20, 'it stops soon after what is too much')
    const gone = Readable.from(
      (function* () {
        yield photo.subarray(0, 5_000)
        throw new Error('the line broke')
      })(),
    )
    await assert.rejects(photos.take({ ...large, size: photo.length, source: gone }), /the line broke/)
    assert.deepEqual(await remains(), before)
  })

  withLibrary('a line that broke goes on where it broke', async ({ photos, clock, remains }) => {
    const before = await remains()
    const bytes = await jpeg({ width: 900, height: 600 })
    const { id } = await photos.begin({ name: 'ferry.jpg', size: bytes.length, by: 'ines' })
    const breaking = Readable.from(
      (function* () {
        yield bytes.subarray(0, 1_000)
        throw new Error('the line broke')
      })(),
    )
    await assert.rejects(photos.append(id, { by: 'ines', offset: 0, source: breaking }))
    assert.equal((await photos.upload(id, 'ines')).offset, 1_000)
    await assert.rejects(photos.upload(id, 'desmond'), refused('UPLOAD_UNKNOWN'))
    const piece = (offset: number, end?: number) => ({
      by: 'ines',
      offset,
      source: Readable.from([bytes.subarray(offset, end)]),
    })
    await assert.rejects(photos.append(id, piece(500)), refused('UPLOAD_ELSEWHERE', /1000/))
    await assert.rejects(photos.finish(id, 'ines'), refused('UPLOAD_ELSEWHERE'))
    assert.equal(await photos.append(id, piece(1_000, 3_000)), 3_000)
    await photos.append(id, piece(3_000))
    const [photo, again] = await Promise.all([photos.finish(id, 'ines'), photos.finish(id, 'ines')])
    assert.equal(photo.name, 'ferry.jpg')
    for (const same of [again, await photos.finish(id, 'ines'), await photos.finished(id, 'ines')])
      assert.equal(same?.id, photo.id, 'who lost the answer does not make a second photo')
    assert.equal(photos.finished(id, 'desmond'), null)
    assert.equal(photo.file?.blob, createHash('sha256').update(bytes).digest('hex'))
    await assert.rejects(photos.upload(id, 'ines'), refused('UPLOAD_UNKNOWN'))
    await photos.remove(photo.id, 'ines')
    // There are no more unfinished ones than can be borne, and what nobody goes on with goes away.
    for (let n = 0; n < 20; n += 1) await photos.begin({ name: 'x', size: 9, by: 'ines' })
    await assert.rejects(photos.begin({ name: 'x', size: 9, by: 'ines' }), refused('UPLOADS_FULL'))
    clock.at += 25 * 3_600_000
    await photos.stop()
    await photos.start()
    assert.deepEqual(
      ((await remains()) as { incoming: string[] }).incoming,
      (before as { incoming: string[] }).incoming,
    )
  })

  withLibrary(
    'however many ask for a rendition, it is made once; moving the focus makes the crops anew',
    async (world) => {
      const { take, photos, store } = world
      const { id } = await take(await jpeg({ width: 1600, height: 400 }))
      const found = await Promise.all(Array.from({ length: 20 }, () => photos.renditions.find(id, '1x1-320.jpg')))
      assert.equal(new Set(found.map((one) => one?.blob)).size, 1)
      const colour = async () => {
        const { blob } = (await photos.renditions.find(id, '1x1-320.jpg'))!
        const { data } = await sharp(await buffer((await store.blobs.get(blob))!))
          .raw()
          .toBuffer({ resolveWithObject: true })
        return [...data.subarray(0, 3)].map((value) => Math.round(value / 17).toString(16)).join('')
      }
      assert.equal(await colour(), 'c84', 'the middle')
      const whole = await photos.renditions.find(id, '640.webp')
      await photos.change(id, { focus: { x: 0.02, y: 0.5 }, version: 1, by: 'ines' })
      assert.equal(await colour(), '036', 'the mark at the left edge')
      assert.deepEqual(await photos.renditions.find(id, '640.webp'), whole)
      assert.equal(await photos.renditions.find(id, '777.webp'), null)
      assert.equal(await photos.renditions.find('p-none', '640.webp'), null)
    },
  )

  withLibrary('changes say who, when and what was; nobody overwrites another unseen', async ({ take, photos }) => {
    const { id } = await take(await jpeg())
    await photos.change(id, { caption: '  The  pier ', photographer: 'Jonah Prewitt', version: 1, by: 'jonah' })
    await assert.rejects(photos.change(id, { caption: 'Mine', version: 1, by: 'ines' }), refused('PHOTO_CHANGED'))
    await assert.rejects(photos.change('p-0', { version: 1, by: 'ines' }), refused('PHOTO_UNKNOWN'))
    const script = { agencyUrl: 'javascript:alert(1)', version: 2, by: 'ines' }
    await assert.rejects(photos.change(id, script), refused('BAD_REQUEST'))
    const now = await photos.get(id)
    assert.deepEqual([now?.caption, now?.photographer, now?.version], ['The pier', 'Jonah Prewitt', 2])
    const told = await photos.history(id)
    assert.deepEqual(
      told.map(({ type, actor }) => [type, actor]),
      [
        ['photo.added', 'ines'],
        ['photo.changed', 'jonah'],
      ],
    )
    assert.deepEqual(told[1]?.data['caption'], { from: '', to: 'The pier' })
  })

  withLibrary('search, filters and counts', async ({ take, photos, clock }) => {
    const bytes = await jpeg({ width: 64, height: 64 })
    const made: string[] = []
    for (let n = 0; n < 5; n += 1) {
      clock.at += 1000
      made.push((await take(bytes, `n${n}.jpg`, n < 2 ? 'ines' : 'jonah')).id)
    }
    const words = { caption: 'Fähre am Kai', photographer: 'Ines Haldorsen', version: 1, by: 'ines' }
    await photos.change(made[0]!, words)
    await photos.change(made[1]!, { terms: '', version: 1, by: 'ines' })
    const ids = async (query: object) =>
      (await photos.search({ by: 'ines', limit: 50, ...query })).map(({ id }) => made.indexOf(id))
    assert.deepEqual(await ids({}), [4, 3, 2, 1, 0])
    assert.deepEqual(await ids({ q: 'fahre HALD' }), [0])
    assert.deepEqual(await ids({ q: '%' }), [4, 3, 2, 1, 0])
    assert.deepEqual(await ids({ q: 'n3' }), [3])
    assert.deepEqual(await ids({ filter: 'mine' }), [1, 0])
    assert.deepEqual(await ids({ filter: 'uncredited' }), [4, 3, 2, 1])
    assert.deepEqual(await ids({ filter: 'unclear' }), [1])
    const third = (await photos.get(made[2]!))!
    assert.deepEqual(await ids({ after: third }), [1, 0])
    assert.deepEqual(await photos.counts('ines'), { newest: 5, mine: 2, uncredited: 4, unclear: 1, wire: 0 })
  })

  withLibrary('what a story uses stays; what is deleted is gone with all that was made of it', async (world) => {
    const { take, photos, used, store } = world
    const bytes = await jpeg()
    const one = await take(bytes)
    const same = await take(bytes)
    await photos.renditions.find(one.id, '3x2-640.webp')
    assert.equal(photos.find(one.id), null)
    used.add(one.id)
    await assert.rejects(photos.remove(one.id, 'rosalind'), refused('PHOTO_IN_USE'))
    used.delete(one.id)
    await photos.remove(one.id, 'rosalind')
    assert.equal(await photos.get(one.id), null)
    await quietly(async () => photos.find(one.id) === 'missing')
    assert.equal(photos.find(one.id), 'missing', 'its place on a page stays empty')
    for (const name of ['bridge.svg', 'p-pier.jpg', `w-${'0'.repeat(32)}`]) assert.equal(photos.find(name), null)
    assert.equal(await photos.renditions.find(one.id, '3x2-640.webp'), null)
    await assert.rejects(photos.remove(one.id, 'rosalind'), refused('PHOTO_UNKNOWN'))
    assert.ok(await store.blobs.has(one.file!.blob), 'another photo has the same bytes')
    const making = photos.renditions.find(same.id, '960.webp')
    await photos.remove(same.id, 'rosalind')
    assert.equal(await making, null, 'it was being made, and is not any more')
    await quietly(async () => (await Array.fromAsync(store.blobs.list())).length === 0)
    assert.deepEqual(await Array.fromAsync(store.blobs.list()), [])
  })
})
