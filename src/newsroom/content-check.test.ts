import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import { checkContent, longest } from './content-check.ts'
import { bodyWith, ferryPhoto, ferryStory } from './story.fixture.ts'

const read = (change: Record<string, unknown>) => checkContent({ ...ferryStory, ...change })
const pointers = (change: Record<string, unknown>) => {
  const read_ = read(change)
  return 'problems' in read_ ? read_.problems.map(({ pointer }) => pointer) : []
}

suite('what a browser sends of a story', () => {
  test('is read whole, without what is not the writer’s', () => {
    const photos = { 'ferry.jpg': { ...ferryPhoto, focus: { x: 0.2, y: 1 }, agencyUrl: 'https://agency.example/' } }
    const { source: _, place: __, ...written } = { ...ferryStory, photos }
    assert.deepEqual(read({ photos, source: { owner: 'x' }, place: 1, onload: 'x' }), { content: written })
  })

  test('text loses what nobody sees; notes keep their lines', () => {
    const read_ = read({ headline: '  Two\n lines\u200B ', notes: 'a\r\nb', topics: ['Ferries', '', 'Ferries '] })
    assert.ok('content' in read_)
    const { headline, notes, topics } = read_.content
    assert.deepEqual({ headline, notes, topics }, { headline: 'Two lines', notes: 'a\nb', topics: ['Ferries'] })
  })

  test('what is wrong is told with its place', () => {
    assert.deepEqual(pointers({ headline: 'x'.repeat(longest.headline + 1) }), ['/headline'])
    assert.deepEqual(pointers({ headline: 7, bylines: 'Ines' }), ['/bylines', '/headline'])
    assert.deepEqual(pointers({ bylines: [{ name: 'I', role: '', url: 'javascript:alert(1)' }] }), ['/bylines/0/url'])
    assert.deepEqual(pointers({ bylines: [{ name: 'I', picture: '../../etc/passwd' }] }), ['/bylines/0/picture'])
    assert.deepEqual(pointers({ photo: { ...ferryPhoto, file: '../secret' } }), ['/photo/file'])
    assert.deepEqual(pointers({ photo: { ...ferryPhoto, width: '1500' } }), ['/photo/width'])
    assert.deepEqual(pointers({ photo: { ...ferryPhoto, focus: { x: 2, y: 0 } } }), ['/photo/focus/x'])
    assert.deepEqual(pointers({ photos: { '<b>': ferryPhoto } }), ['/photos/<b>'])
    assert.deepEqual(pointers({ photos: JSON.parse('{"__proto__":{"file":"a"}}') }), ['/photos/__proto__'])
    assert.deepEqual(pointers({ body: { type: 'doc', content: [{ type: 'script' }] } }), ['/body/content/0/type'])
    assert.deepEqual(pointers({ body: undefined }), ['/body'])
    assert.deepEqual(checkContent([]), { problems: [{ pointer: '', message: 'This is no story.' }] })
  })

  test('never throws, and what it takes it takes again unchanged', () => {
    const field = fc.oneof(fc.string(), fc.jsonValue())
    const some = fc.record({
      headline: field,
      notes: field,
      bylines: fc.oneof(fc.jsonValue(), fc.array(fc.record({ name: field, role: field }))),
      topics: fc.oneof(fc.jsonValue(), fc.array(fc.string())),
      photo: fc.oneof(fc.jsonValue(), fc.constant(ferryPhoto)),
      photos: fc.dictionary(fc.string(), fc.oneof(fc.jsonValue(), fc.constant(ferryPhoto))),
      body: fc.oneof(
        fc.jsonValue(),
        fc.array(fc.string(), { minLength: 1 }).map((lines) => bodyWith(...lines)),
      ),
    })
    fc.assert(
      fc.property(some, (change) => {
        const once = read(change)
        if ('content' in once) assert.deepEqual(checkContent(once.content), once)
        else assert.ok(once.problems.length > 0)
      }),
      { numRuns: 300 },
    )
  })
})
