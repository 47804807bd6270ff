import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import * as fc from 'fast-check'
import { readStory } from './story-file.ts'

const deps = { zone: 'America/New_York', start: Date.parse('2026-07-01T12:00:00Z') }
const small = { id: 'bridge', pathName: 'the-bridge-opens', section: 'county', headline: 'The bridge opens', body: [] }
const read = (more: object) => readStory(JSON.stringify({ ...small, ...more }), deps)
const story = (more: object) => {
  const result = read(more)
  assert.ok('story' in result, 'reason' in result ? result.reason : '')
  return result.story
}
const reason = (more: object) => {
  const result = read(more)
  return 'reason' in result ? result.reason : ''
}

suite('a story file', () => {
  test("makes a story whose address holds the day by the station's calendar", () => {
    const found = story({ published: '2026-07-01T03:30:00Z' })
    assert.equal(found.path, '/county/2026-06-30/the-bridge-opens')
    assert.deepEqual(
      [found.published, found.updated, found.photo, found.place],
      ['2026-07-01T03:30:00.000Z', null, null, null],
    )
  })

  test('may count its moments back from the start of the program', () => {
    const found = story({
      publishedMinutesAgo: 60,
      updatedMinutesAgo: 22,
      corrections: [{ minutesAgo: 22, text: 'Eleven.' }],
    })
    assert.equal(found.published, '2026-07-01T11:00:00.000Z')
    assert.equal(found.updated, '2026-07-01T11:38:00.000Z')
    assert.deepEqual(found.corrections, [{ at: '2026-07-01T11:38:00.000Z', text: 'Eleven.' }])
  })

  const published = { published: '2026-07-01T11:00:00Z' }
  const cases: [name: string, more: object, expected: RegExp][] = [
    ['no moment', {}, /^published: needs either published or publishedMinutesAgo$/],
    ['two moments', { ...published, publishedMinutesAgo: 1 }, /^published: needs either/],
    ['a moment without offset', { published: '2026-07-01T11:00:00' }, /^published: needs a moment with its offset/],
    ['a key it does not know', { ...published, headlin: 'x' }, /Unrecognized key: "headlin"/],
    ['a path name with capitals', { ...published, pathName: 'The-Bridge' }, /^pathName: needs small letters/],
    [
      'a picture in another folder',
      { ...published, bylines: [{ name: 'A', picture: '../a.svg' }] },
      /^bylines\.0\.picture: needs the name of a file/,
    ],
    [
      'a source that is no web address',
      { ...published, source: { owner: 'A', url: 'javascript:alert(1)', copyright: 'A' } },
      /^source\.url: needs a web address/,
    ],
    ['a block of an unknown kind', { ...published, body: [{ type: 'html', text: '<b>' }] }, /^body\.0\.type/],
    [
      'a correction without moment',
      { ...published, corrections: [{ text: 'A' }] },
      /^corrections\.0: needs either at or minutesAgo$/,
    ],
  ]
  for (const [name, more, expected] of cases)
    test(`is refused with ${name}`, () => assert.match(reason(more), expected))

  test('is refused when it is not JSON', () => {
    const result = readStory('{', deps)
    assert.match('reason' in result ? result.reason : '', /^it is not JSON/)
  })

  test('never breaks the reader, whatever it holds', () =>
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
        const result = readStory(text, deps)
        assert.ok('story' in result || result.reason.length > 0)
      }),
    ))
})
