import assert from 'node:assert/strict'
import { test } from 'node:test'
import { textOf } from '../player/icon.view.ts'
import { parseRange } from './range.ts'
import { linkedText, richText } from './rich-text.view.ts'
import { hostOf, safeUrl } from './safe-url.ts'
import { slugOf } from '../newsroom/newsroom.ts'

test('text of a story has links and emphasis and nothing else', () => {
  assert.equal(
    textOf(richText('After [a *long* meeting](https://oxbow.example/m?a=1&b=2), *finally*')),
    'After <a href="https://oxbow.example/m?a=1&amp;b=2">a <em>long</em> meeting</a>, <em>finally</em>',
  )
  assert.equal(textOf(richText('<script>alert(1)</script>')), '&lt;script&gt;alert(1)&lt;/script&gt;')
  assert.equal(textOf(richText('[press](javascript:alert)')), 'press')
  assert.equal(
    textOf(richText(String.raw`**one** [a](/a) [b](/b) 2 \* 3`)),
    '<strong>one</strong> <a href="/a">a</a> <a href="/b">b</a> 2 * 3',
  )
})

test('addresses in a line become links without their scheme', () => {
  assert.equal(
    textOf(linkedText('To see more, visit https://lakesnews.example.')),
    'To see more, visit <a class="under" href="https://lakesnews.example">lakesnews.example</a>.',
  )
})

test('only harmless addresses are linked to', () => {
  for (const url of [
    'https://a.example/',
    'http://a.example',
    '/news',
    '#give',
    'tel:555-0190',
    'mailto:a@b.example',
  ]) {
    assert.equal(safeUrl(url), url)
  }
  for (const url of [
    'javascript:alert(1)',
    ' JavaScript:x',
    'data:text/html,x',
    '//evil.example',
    '/\\evil.example',
    'a',
  ]) {
    assert.equal(safeUrl(url), '#')
  }
  assert.equal(hostOf('https://lakesnews.example/story/1'), 'lakesnews.example')
})

test('a range is read as RFC 9110 has it', () => {
  assert.deepEqual(parseRange('bytes=0-', 100), { start: 0, end: 99 })
  assert.deepEqual(parseRange('bytes=10-19', 100), { start: 10, end: 19 })
  assert.deepEqual(parseRange('bytes=90-200', 100), { start: 90, end: 99 })
  assert.deepEqual(parseRange('bytes=-5', 100), { start: 95, end: 99 })
  assert.equal(parseRange('bytes=100-', 100), 'none')
  assert.equal(parseRange('bytes=-0', 100), 'none')
  for (const header of [undefined, 'bytes=', 'bytes=5-2', 'bytes=0-1,5-6', 'items=0-1'])
    assert.equal(parseRange(header, 100), 'whole')
})

test('a topic has an address that can be read', () => {
  assert.equal(slugOf('Calder Street bridge'), 'calder-street-bridge')
  assert.equal(slugOf('“Señor” & Café!'), 'senor-cafe')
})
