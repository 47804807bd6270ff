import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { bomb, fromCamera, jpeg, svg } from '../../src/library/photo.fixture.ts'
import { waitFor } from '../world/wait.ts'
import { startHouse } from './house.ts'
import type { Hired, House } from './house.ts'

type Pick = { id: string; version: number; lacks: string[] } & Record<string, unknown>
type Refusal = { error: { code: string; message: string; hint: string } }

const json = { accept: 'application/json' }

suite('photos through the studio', () => {
  let house: House
  let ines: Hired
  let jonah: Hired
  let rosalind: Hired
  before(async () => {
    house = await startHouse()
    ines = await house.hire('Ines Haldorsen', 'reporter')
    jonah = await house.hire('Jonah Prewitt', 'reporter')
    rosalind = await house.hire('Rosalind Achterberg', 'editor')
  })
  after(() => house.stop())

  const upload = async (who: Hired, bytes: Buffer, name = 'photo.jpg') =>
    who.ask(`/studio/photos?name=${encodeURIComponent(name)}`, {
      method: 'POST',
      body: new Uint8Array(bytes),
      headers: json,
    })
  const kept = async (who: Hired, bytes: Buffer, name?: string) => {
    const answer = await upload(who, bytes, name)
    assert.equal(answer.status, 201)
    return (await answer.json()) as Pick
  }
  const change = (who: Hired, id: string, fields: object) =>
    who.ask(`/studio/photos/${id}`, {
      method: 'POST',
      headers: { ...json, 'content-type': 'application/json' },
      body: JSON.stringify(fields),
    })
  const remains = async () => ({
    rows: await Promise.all(
      (['photos', 'photo_renditions', 'events', 'jobs'] as const).map((table) =>
        house.store.read.selectFrom(table).selectAll().execute(),
      ),
    ),
    files: ['data/blobs', 'data/uploads'].flatMap((place) => {
      const path = join(house.folder, place)
      return existsSync(path) ? readdirSync(path, { recursive: true }).map(String).toSorted() : []
    }),
  })
  /** Until the jobs that follow an upload are done, and nothing changes by itself any more. */
  const quiet = () =>
    waitFor(
      'the jobs to be done',
      async () => (await house.store.read.selectFrom('jobs').select('id').execute()).length === 0,
    )

  test('a photo comes in by one request, and the picker finds it', async () => {
    const photo = await kept(ines, await fromCamera(), '../../ferry at night.jpg')
    assert.equal(photo['caption'], 'Ferry at the quay')
    assert.equal(photo['photographer'], 'Ines Haldorsen')
    assert.deepEqual(photo.lacks, ['alt'])
    const headers = { ...json, 'x-file-name': encodeURIComponent('Fähre.jpg') }
    const named = await ines.ask('/studio/photos', {
      method: 'POST',
      body: new Uint8Array(await jpeg({ width: 9, height: 9 })),
      headers,
    })
    assert.equal(named.status, 201)
    assert.match(await (await ines.ask('/studio/photos?q=fahre')).text(), /Fähre\.jpg/)
    const found = (await (await jonah.ask('/studio/photos.json?q=quay')).json()) as { photos: Pick[]; next: null }
    assert.deepEqual(found, { photos: [photo], next: null })
    assert.deepEqual((await (await jonah.ask('/studio/photos.json?q=nowhere')).json()) as object, {
      photos: [],
      next: null,
    })
    const page = await (await jonah.ask(`/studio/photos/${photo.id}`)).text()
    assert.match(page, /ferry at night\.jpg/)
    assert.doesNotMatch(page, /<form[^>]+id="photo-form"/, 'it is another reporter’s')
  })

  test('who may bring in, change and delete', async () => {
    const [sam, theo] = [await house.hire('Sam Tillery', 'host'), await house.hire('Theo Marsh', 'engineer')]
    const bytes = await jpeg({ width: 64, height: 48 })
    assert.equal((await upload(theo, bytes)).status, 403)
    const { id, version } = await kept(sam, bytes)
    assert.equal((await change(jonah, id, { version, caption: 'Mine' })).status, 403)
    assert.equal((await change(theo, id, { version, caption: 'Mine' })).status, 403)
    assert.equal((await change(sam, id, { version, caption: 'The booth' })).status, 200)
    assert.equal((await change(rosalind, id, { version: 2, caption: 'The booth, 1971' })).status, 200)
    assert.equal((await sam.post(`/studio/photos/${id}/delete`)).status, 403)
    assert.equal((await rosalind.post(`/studio/photos/${id}/delete`)).status, 303)
    assert.equal((await rosalind.ask(`/studio/photos/${id}`)).status, 404)
    await quiet()
  })

  test('what is no photo is refused in words, and nothing of it is left', async () => {
    await quiet()
    const before = await remains()
    const photo = await jpeg()
    const attacks: [Buffer, number, string][] = [
      [svg, 415, 'PHOTO_KIND'],
      [Buffer.concat([Buffer.from('GIF89a'), svg]), 422, 'PHOTO_BROKEN'],
      [bomb(), 413, 'PHOTO_TOO_LARGE'],
      [photo.subarray(0, photo.length >> 1), 422, 'PHOTO_BROKEN'],
      [Buffer.alloc(0), 415, 'PHOTO_KIND'],
    ]
    for (const [bytes, status, code] of attacks) {
      const answer = await upload(ines, bytes, 'harmless.jpg')
      const { error } = (await answer.json()) as Refusal
      assert.deepEqual([answer.status, error.code], [status, code])
      assert.ok(error.message.length > 20 && error.hint.length > 20)
    }
    assert.deepEqual(await remains(), before)
  })

  for (const told of [true, false])
    test(`200 MB are refused while they are being sent, ${told ? 'with' : 'without'} their length told`, async () => {
      await quiet()
      const before = await remains()
      const all = 200 * 2 ** 20
      let sent = 0
      const answer = await new Promise<{ status: number; body: string }>((done, fail) => {
        const asking = request(`${house.url}/studio/photos?name=huge.jpg`, {
          method: 'POST',
          headers: { cookie: ines.header, origin: house.url, ...json, ...(told && { 'content-length': all }) },
        })
        let answered = false
        asking.on('response', (response) => {
          answered = true
          let body = ''
          response.on('data', (chunk: Buffer) => (body += chunk.toString()))
          response.on('end', () => done({ status: response.statusCode ?? 0, body }))
        })
        asking.on('error', (error) => answered || fail(error))
        const piece = Buffer.alloc(2 ** 20, 0xff)
        const write = (): void => {
          if (answered || sent >= all || asking.destroyed) return
          sent += piece.length
          if (asking.write(piece)) setImmediate(write)
          else asking.once('drain', write)
        }
        write()
      })
      assert.equal(answer.status, 413)
      assert.equal((JSON.parse(answer.body) as Refusal).error.code, 'TOO_LARGE')
      assert.ok(sent < all / 2, `it stopped after ${sent} bytes`)
      assert.deepEqual(await remains(), before)
    })

  test('in pieces: it goes on where it stands, for nobody else, and is told where that is', async () => {
    const bytes = await jpeg({ width: 900, height: 500 })
    const size = bytes.length
    const begun = await ines.ask(`/studio/photos/uploads?name=calder.jpg&size=${size}`, {
      method: 'POST',
      headers: json,
    })
    assert.equal(begun.status, 201)
    const { id } = (await begun.json()) as { id: string }
    const put = (who: Hired, from: number, to?: number) =>
      who.ask(`/studio/photos/uploads/${id}?offset=${from}`, {
        method: 'PUT',
        body: new Uint8Array(bytes.subarray(from, to)),
        headers: json,
      })
    assert.deepEqual((await (await put(ines, 0, 700)).json()) as object, { id, size, offset: 700 })
    assert.equal((await put(jonah, 700)).status, 404)
    assert.equal((await put(ines, 9_000)).status, 409)
    const stands = await ines.ask(`/studio/photos/uploads/${id}`, { headers: json })
    assert.deepEqual(await stands.json(), { id, size, offset: 700 })
    const done = await put(ines, 700)
    assert.equal(done.status, 201)
    assert.equal(((await done.json()) as Pick)['width'], 900)
    const huge = await ines.ask(`/studio/photos/uploads?name=huge.jpg&size=${200 * 2 ** 20}`, {
      method: 'POST',
      headers: json,
    })
    assert.equal(huge.status, 413)
    const given = await ines.ask('/studio/photos/uploads?name=x.jpg&size=99', { method: 'POST', headers: json })
    const other = ((await given.json()) as { id: string }).id
    assert.equal((await ines.ask(`/studio/photos/uploads/${other}`, { method: 'DELETE', headers: json })).status, 204)
    assert.equal((await ines.ask(`/studio/photos/uploads/${other}`, { headers: json })).status, 404)
  })

  test('two who change one photo: the second is told what the first wrote, and loses nothing', async () => {
    const { id } = await kept(ines, await jpeg({ width: 80, height: 60 }))
    const fields = {
      version: '1',
      caption: 'Mine',
      photographer: '',
      agency: '',
      agencyUrl: '',
      alt: '',
      terms: 'Ours',
    }
    assert.equal(
      (await rosalind.post(`/studio/photos/${id}`, { ...fields, caption: 'The gate', took: 'Ines Haldorsen' })).status,
      303,
    )
    const answer = await ines.post(`/studio/photos/${id}`, fields)
    assert.equal(answer.status, 409)
    const page = await answer.text()
    assert.match(page, /Somebody else has changed this photo meanwhile/)
    assert.match(page, /<b>Caption<\/b>: The gate/)
    assert.match(page, /<b>Photographer<\/b>: Ines Haldorsen/)
    assert.match(page, />Mine<\/textarea/)
    assert.match(page, /name="version" value="2"/)
  })

  test('a photo is public with its story and no longer; the staff sees it all the time', async () => {
    const photo = await kept(ines, await jpeg())
    const photoAt = `/pictures/${photo.id}`
    const statuses = async (who?: Hired) =>
      Promise.all(
        [photoAt, `${photoAt}/640.webp`, `${photoAt}/3x2-320.jpg`].map(
          async (path) => (await (who ? who.ask(path) : fetch(house.url + path))).status,
        ),
      )
    assert.deepEqual(await statuses(), [404, 404, 404])
    assert.deepEqual(await statuses(jonah), [200, 200, 200])
    mkdirSync(join(house.folder, 'stories'), { recursive: true })
    const story = {
      id: 'ferry',
      pathName: 'ferry',
      section: 'news',
      headline: 'The ferry',
      published: new Date(Date.now() - 60_000).toISOString(),
      photo: {
        file: photo.id,
        width: 1200,
        height: 800,
        alt: 'A ferry',
        caption: '',
        photographer: 'Ines',
        agency: '',
      },
      body: [{ type: 'paragraph', text: 'It runs.' }],
    }
    writeFileSync(join(house.folder, 'stories', 'ferry.json'), JSON.stringify(story))
    await waitFor('the story to be public', async () => (await statuses())[0] === 200, { ms: 20_000 })
    assert.deepEqual(await statuses(), [200, 200, 200])
    const answer = await fetch(`${house.url}${photoAt}/640.webp`)
    assert.equal(answer.headers.get('content-type'), 'image/webp')
    assert.equal(answer.headers.get('cache-control'), 'public, max-age=0, must-revalidate')
    const etag = answer.headers.get('etag') ?? ''
    assert.equal((await fetch(`${house.url}${photoAt}/640.webp`, { headers: { 'if-none-match': etag } })).status, 304)
    assert.equal((await fetch(`${house.url}${photoAt}/641.webp`)).status, 404)
    const page = await (await ines.ask(`/studio/photos/${photo.id}`)).text()
    assert.match(page, /The ferry<\/a\s*>,\s*public/)
    assert.equal((await rosalind.post(`/studio/photos/${photo.id}/delete`)).status, 409)
    const { token } = await house.people.makeToken({ accountId: rosalind.account.id, name: 'test', by: 'test' })
    const [row] = await house.store.read.selectFrom('stories').select('id').execute()
    const killed = await fetch(`${house.url}/api/v1/stories/${row?.id}/kill`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ reason: 'wrong' }),
    })
    assert.equal(killed.status, 200)
    assert.deepEqual(await statuses(), [404, 404, 404])
    assert.equal((await fetch(`${house.url}${photoAt}/640.webp`, { headers: { 'if-none-match': etag } })).status, 404)
    assert.deepEqual(await statuses(jonah), [200, 200, 200])
  })
})
