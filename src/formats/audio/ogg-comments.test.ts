import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { createFramer } from './framer.ts'
import { writeOggPage } from './ogg.ts'
import { readOggTitle } from './ogg-comments.ts'

const vector = (text: string) => {
  const bytes = Buffer.from(text)
  const length = Buffer.alloc(4)
  length.writeUInt32LE(bytes.length)
  return Buffer.concat([length, bytes])
}

const comments = (...lines: string[]) => {
  const count = Buffer.alloc(4)
  count.writeUInt32LE(lines.length)
  return Buffer.concat([vector('a vendor'), count, ...lines.map(vector)])
}

const pages = (...packets: Buffer[]) =>
  Buffer.concat(
    packets.map((packet, sequence) =>
      writeOggPage({ serial: 1, sequence, granule: 0, bos: sequence === 0, eos: false, packets: [packet] }),
    ),
  )

const opus = (body: Buffer) => pages(Buffer.from('OpusHead'), Buffer.concat([Buffer.from('OpusTags'), body]))

test('artists and title make one line', () => {
  assert.equal(readOggTitle(opus(comments('TITLE=Übermut', 'artist=Café', 'ARTIST= 日本 '))), 'Café, 日本 - Übermut')
  assert.equal(readOggTitle(opus(comments('encoder=x', 'title=Alone = a title'))), 'Alone = a title')
  assert.equal(readOggTitle(opus(comments('ARTIST=Nobody', 'TITLE='))), null)
  assert.equal(readOggTitle(opus(comments())), null)
})

test('each codec has its own beginning', () => {
  const body = comments('TITLE=T')
  const block = Buffer.from([0x84, 0, 0, body.length])
  assert.equal(readOggTitle(pages(Buffer.from('\x01vorbis'), Buffer.concat([Buffer.from('\x03vorbis'), body]))), 'T')
  assert.equal(readOggTitle(pages(Buffer.from('\x7fFLAC'), Buffer.concat([block, body]))), 'T')
  assert.equal(readOggTitle(pages(Buffer.from('neither'))), null)
})

test('comments that are cut off or lie about their length are no title', () => {
  const whole = Buffer.concat([Buffer.from('OpusTags'), comments('ARTIST=A', 'TITLE=T')])
  for (let length = 0; length < whole.length; length += 1) {
    assert.equal(readOggTitle(pages(Buffer.from('OpusHead'), whole.subarray(0, length))), null, String(length))
  }
  const lying = Buffer.from(whole)
  lying.writeUInt32LE(0xffffffff, 8)
  assert.equal(readOggTitle(pages(lying)), null)
})

test('the header set of a real file', () => {
  const framer = createFramer('ogg')
  const file = readFileSync(new URL('../../../test/fixtures/audio/chained-vorbis-44100.ogg', import.meta.url))
  const titles = new Set<string | null>()
  for (let at = 0; at < file.length; at += 512) {
    framer.push(file.subarray(at, at + 512))
    const headers = framer.headers()
    if (headers) titles.add(readOggTitle(headers))
  }
  assert.deepEqual([...titles], ['First link', 'Second link'])
})
