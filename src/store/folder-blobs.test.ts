import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { after, suite, test } from 'node:test'
import { openFolderBlobs } from './folder-blobs.ts'

const folders: string[] = []
after(() => folders.forEach((folder) => rmSync(folder, { recursive: true })))
const fresh = () => {
  const folder = mkdtempSync(join(tmpdir(), 'groundwave-blobs-'))
  folders.push(folder)
  let later = 0
  const clock = { now: () => Date.now() + later }
  const turn = (ms: number) => (later = ms)
  return { folder, turn, blobs: openFolderBlobs({ folder, clock, random: randomBytes }) }
}
const idsOf = async (list: AsyncIterable<{ id: string }>) => (await Array.fromAsync(list)).map(({ id }) => id)

suite('blobs in a folder', () => {
  test('bytes come back as they went in, and are kept once', async () => {
    const { blobs } = fresh()
    const bytes = randomBytes(300_000)
    const id = createHash('sha256').update(bytes).digest('hex')
    const stored = { id, bytes: 300_000, type: 'application/octet-stream' }
    assert.deepEqual(await blobs.put(bytes), stored)
    const pieces = Readable.from([bytes.subarray(0, 7), bytes.subarray(7, 200_000), bytes.subarray(200_000)])
    assert.deepEqual(await blobs.put(pieces), stored)
    assert.deepEqual(await idsOf(blobs.list()), [id])
    assert.deepEqual(await buffer((await blobs.get(id))!), bytes)
    assert.deepEqual(await buffer((await blobs.range(id, 10, 19))!), bytes.subarray(10, 20))
    assert.equal(await blobs.size(id), 300_000)
  })

  test('the type is read from the bytes', async () => {
    const { blobs } = fresh()
    const types: [string, string][] = [
      ['\xff\xd8\xff\xe0', 'image/jpeg'],
      ['RIFF....WEBPVP8 ', 'image/webp'],
      ['....ftypavif', 'image/avif'],
      ['RIFF....WAVE', 'audio/wav'],
      ['\xff\xfb\x90', 'audio/mpeg'],
      ['\xff\xf1\x50', 'audio/aac'],
      ['<svg onload=alert(1)>', 'application/octet-stream'],
      ['', 'application/octet-stream'],
    ]
    for (const [text, type] of types) assert.equal((await blobs.put(Buffer.from(text, 'latin1'))).type, type)
  })

  test('of a stream that breaks nothing is left', async () => {
    const { blobs, folder } = fresh()
    const broken = Readable.from(
      (function* () {
        yield Buffer.alloc(100_000)
        throw new Error('the line broke')
      })(),
    )
    await assert.rejects(blobs.put(broken), /the line broke/)
    assert.deepEqual(readdirSync(join(folder, 'incoming')), [])
    assert.deepEqual(await idsOf(blobs.list()), [])
  })

  test('what is not there, or is no id, is not found', async () => {
    const { blobs } = fresh()
    for (const id of ['0'.repeat(64), '../../etc/passwd', '']) {
      assert.equal(await blobs.get(id), null)
      assert.equal(await blobs.has(id), false)
      await blobs.delete(id)
    }
  })

  test('what is deleted is gone at once, and its bytes a day later', async () => {
    const { blobs, turn } = fresh()
    const [one, two] = [await blobs.put(Buffer.from('one')), await blobs.put(Buffer.from('two'))]
    await blobs.delete(one.id)
    await blobs.delete(two.id)
    await blobs.put(Buffer.from('two'))
    assert.equal(await blobs.get(one.id), null)
    assert.deepEqual(await idsOf(blobs.list()), [two.id])
    const kept = await Array.fromAsync(blobs.listForBackup())
    assert.deepEqual(new Set(kept.map(({ id }) => id)), new Set([one.id, two.id]))
    const texts = await Promise.all(kept.map(async ({ get }) => (await buffer(await get())).toString()))
    assert.deepEqual(texts.toSorted(), ['one', 'two'])
    turn(25 * 3_600_000)
    await blobs.sweep()
    assert.deepEqual(await idsOf(blobs.listForBackup()), [two.id])
  })

  test('what a killed process had begun is cleared away after a day', async () => {
    const { blobs, folder } = fresh()
    mkdirSync(join(folder, 'incoming'))
    for (const name of ['old', 'new']) writeFileSync(join(folder, 'incoming', name), 'half')
    utimesSync(join(folder, 'incoming', 'old'), 1000, 1000)
    await blobs.sweep()
    assert.deepEqual(readdirSync(join(folder, 'incoming')), ['new'])
    assert.deepEqual(await idsOf(blobs.list()), [])
  })
})
