import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import sharp from 'sharp'
import { readExifText } from '../formats/picture/exif-text.ts'
import { readIptc } from '../formats/picture/iptc.ts'
import { fromAgency, fromCamera, iptcBlock, jpeg, withIptc } from './photo.fixture.ts'
import { photoWords } from './photo-words.ts'

const wordsOf = async (photo: Buffer) => photoWords(await sharp(photo).metadata())

suite('what a photo’s file says', () => {
  test('XMP: languages, entities, several photographers, alt text, terms', async () => {
    assert.deepEqual(await wordsOf(await fromAgency()), {
      caption: 'Tom & Ines – Ж at the gate',
      alt: 'Two people at a small <gate>',
      photographer: 'Piet Marsh, Ada Quill',
      agency: 'Lakes & Rivers',
      terms: 'Web only',
      copyright: '',
      takenAt: Date.parse('2026-03-04T05:06:07-05:00'),
    })
  })

  test('EXIF: what a camera writes, and when in which zone', async () => {
    const { caption, photographer, takenAt } = await wordsOf(await fromCamera())
    assert.equal(caption, 'Ferry at the quay')
    assert.equal(photographer, 'Ines Haldorsen')
    assert.equal(takenAt, Date.parse('2026-03-04T05:06:07-05:00'))
  })

  test('IPTC in Latin-1 and in UTF-8, and before EXIF', async () => {
    const said = { 120: ['Brücke über die Öre'], 80: ['Jörg Åberg'], 110: ['Lakes News'], 116: ['© Lakes News'] }
    for (const utf8 of [false, true]) {
      const words = await wordsOf(withIptc(await fromCamera(), iptcBlock(said, { utf8 })))
      assert.equal(words.caption, 'Brücke über die Öre')
      assert.equal(words.photographer, 'Jörg Åberg')
      assert.equal(words.agency, 'Lakes News')
      assert.equal(words.copyright, '© Lakes News')
    }
    const russian = withIptc(await jpeg(), iptcBlock({ 120: ['Мост'] }, { utf8: true }))
    assert.equal((await wordsOf(russian)).caption, 'Мост')
  })

  test('EXIF text that is neither ASCII nor UTF-8, in both byte orders', () => {
    for (const little of [true, false]) {
      const text = Buffer.from('Jörg\0', 'latin1')
      const tiff = Buffer.alloc(8 + 2 + 12 + 4 + text.length)
      tiff.write(little ? 'II' : 'MM', 'latin1')
      const u16 = (value: number, at: number) =>
        little ? tiff.writeUInt16LE(value, at) : tiff.writeUInt16BE(value, at)
      const u32 = (value: number, at: number) =>
        little ? tiff.writeUInt32LE(value, at) : tiff.writeUInt32BE(value, at)
      u16(42, 2)
      u32(8, 4)
      u16(1, 8)
      u16(0x013b, 10)
      u16(2, 12)
      u32(text.length, 14)
      u32(26, 18)
      text.copy(tiff, 26)
      assert.equal(readExifText(tiff).get(0x013b), 'Jörg')
      // Cut anywhere it may know less, but does not break.
      for (let length = 0; length < tiff.length; length += 1)
        assert.ok(readExifText(tiff.subarray(0, length)).size <= 1)
    }
  })

  test('a damaged block says nothing, or less', () => {
    const block = iptcBlock({ 120: ['Caption'], 80: ['Name'] })
    for (let length = 0; length < block.length; length += 1) assert.ok(readIptc(block.subarray(0, length)).size <= 2)
    assert.equal(readIptc(Buffer.alloc(300, 0x1c)).size, 0)
  })

  test('a file without a word, and one whose camera talks', async () => {
    const { caption, photographer, terms } = await wordsOf(await jpeg())
    assert.deepEqual([caption, photographer, terms], ['', '', ''])
    const talking = await sharp(await jpeg())
      .withExif({ IFD0: { ImageDescription: 'OLYMPUS DIGITAL CAMERA' } })
      .toBuffer()
    assert.equal((await wordsOf(talking)).caption, '')
  })
})
