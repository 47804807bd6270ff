import assert from 'node:assert/strict'
import { test } from 'node:test'
import { textPages } from './text-pages.ts'

const paragraph = (length: number, letter = 'a') => ({ type: 'paragraph' as const, text: letter.repeat(length) })

test('a short body is one page, also an empty one', () => {
  assert.deepEqual(textPages([]), [[]])
  assert.equal(textPages(Array.from({ length: 20 }, () => paragraph(400))).length, 1)
})

test('a long one is cut between blocks, nothing lost, in its order, by bytes and not by letters', () => {
  for (const letter of ['a', 'ж', '電']) {
    const body = Array.from({ length: 90 }, (_, n) => paragraph(300 + n, letter))
    const pages = textPages(body)
    assert.deepEqual(pages.flat(), body)
    for (const page of pages) assert.ok(Buffer.byteLength(JSON.stringify(page)) < 14_000)
  }
  assert.equal(textPages([paragraph(50_000), paragraph(10)]).length, 2, 'a block is never cut')
})
