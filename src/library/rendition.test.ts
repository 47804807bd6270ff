import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import {
  choicesOf,
  cropOf,
  isLibraryFile,
  parseRendition,
  renditionName,
  shapes,
  sizeOfRendition,
} from './rendition.ts'
import type { Shape } from './rendition.ts'

const edge = fc.integer({ min: 1, max: 12_000 })
const share = fc.double({ min: 0, max: 1, noNaN: true })
const shape = fc.constantFrom(...(Object.keys(shapes) as Shape[]))

suite('renditions', () => {
  test('names are those there are, and no others', () => {
    for (const name of ['640.webp', '3x2-320.jpg', '16x10-1920.webp', '1x1-640.jpg'])
      assert.equal(renditionName(parseRendition(name)!), name)
    for (const name of ['641.webp', '4x3-640.webp', '1x1-1920.jpg', '640.png', '../640.webp', '0640.webp', ''])
      assert.equal(parseRendition(name), null, name)
  })

  test('which files have them', () => {
    assert.ok(isLibraryFile('p-01999999-0000-7000-8000-000000000000'))
    assert.ok(isLibraryFile(`w-${'a'.repeat(32)}`))
    for (const name of ['bridge.svg', 'w-ferry.jpg', 'p-1', '']) assert.ok(!isLibraryFile(name), name)
  })

  test('a crop lies within the photo, has its shape, and holds the focus', () => {
    fc.assert(
      fc.property(edge, edge, share, share, shape, (width, height, x, y, shape) => {
        const cut = cropOf({ width, height }, shape, { x, y })
        assert.ok(cut.left >= 0 && cut.top >= 0 && cut.width >= 1 && cut.height >= 1)
        assert.ok(cut.left + cut.width <= width && cut.top + cut.height <= height)
        assert.ok(cut.left <= Math.ceil(x * width) && Math.floor(x * width) <= cut.left + cut.width)
        assert.ok(cut.top <= Math.ceil(y * height) && Math.floor(y * height) <= cut.top + cut.height)
        // One of the edges is used whole: nothing is lost that need not be.
        assert.ok(cut.width === width || cut.height === height)
      }),
    )
  })

  test('nothing is made larger than it is, and nothing offered twice', () => {
    fc.assert(
      fc.property(edge, edge, shape, (width, height, shape) => {
        const choices = choicesOf({ width, height }, shape)
        assert.ok(choices.length > 0)
        assert.equal(new Set(choices.map(({ pixels }) => pixels)).size, choices.length)
        for (const { width: asked, pixels } of choices) {
          const size = sizeOfRendition({ width, height }, { shape, width: asked })
          assert.equal(size.width, pixels)
          assert.ok(size.width <= width && size.height <= Math.max(1, height))
        }
      }),
    )
  })
})
