import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { blocksToBody, bodyToBlocks, type BodyBlock } from './body-blocks.ts'
import { checkBody } from './body-check.ts'
import { markupToRuns, runsToMarkup } from './body-markup.ts'
import { bodyToProse, proseToBody } from './body-prose.ts'
import { bodyText, countWords, excerpt, readMinutes } from './body-text.ts'
import type { Block } from './newsroom.ts'

const text = (words: string, ...marks: unknown[]) => ({ type: 'text', text: words, ...(marks.length > 0 && { marks }) })
const paragraph = (...content: unknown[]) => ({ type: 'paragraph', content })
const doc = (...content: unknown[]) => ({ type: 'doc', content })
const problems = (json: unknown) => {
  const read = checkBody(json)
  return 'problems' in read ? read.problems.map(({ pointer }) => pointer) : []
}

test('a body of every part is taken', () => {
  const link = { type: 'link', attrs: { href: 'https://a.example/' } }
  const whole = doc(
    paragraph(text('One '), text('two', link), text(' three', { type: 'strong' })),
    { type: 'heading', attrs: { level: 3 }, content: [text('H')] },
    {
      type: 'bullet_list',
      content: [
        {
          type: 'list_item',
          content: [
            paragraph(text('i')),
            { type: 'ordered_list', content: [{ type: 'list_item', content: [paragraph()] }] },
          ],
        },
      ],
    },
    { type: 'quotation', attrs: { speaker: 'Rae Lund' }, content: [paragraph(text('q'))] },
    { type: 'pull_quote', attrs: { speaker: '' }, content: [text('p')] },
    { type: 'photo', attrs: { photo: 'ph_12' } },
    { type: 'audio', attrs: { audio: 'au-3' } },
    { type: 'embed', attrs: { provider: 'youtube', id: 'aB3_dE6-hI9', title: '' } },
    {
      type: 'table',
      content: [
        { type: 'table_row', content: [{ type: 'table_header', content: [text('h')] }, { type: 'table_cell' }] },
      ],
    },
    { type: 'horizontal_rule' },
  )
  const read = checkBody(whole)
  assert.ok('doc' in read, JSON.stringify(read))
  assert.deepEqual(checkBody(JSON.parse(JSON.stringify(read.doc.toJSON()))), read)
})

test('what is wrong is named with its place', () => {
  assert.deepEqual(problems(null), [''])
  assert.deepEqual(problems({ type: 'paragraph' }), [''])
  assert.deepEqual(problems(doc()), [''])
  assert.deepEqual(problems(doc({ type: 'script' })), ['/content/0/type'])
  assert.deepEqual(problems(doc({ type: 'constructor' })), ['/content/0/type'])
  assert.deepEqual(problems(doc(paragraph(text('a', { type: 'link', attrs: { href: 'javascript:x()' } })))), [
    '/content/0/content/0/marks/0/attrs/href',
  ])
  assert.deepEqual(problems(doc(paragraph(text('a', { type: 'link', attrs: { href: '//evil.example' } })))), [
    '/content/0/content/0/marks/0/attrs/href',
  ])
  assert.deepEqual(problems(doc({ type: 'embed', attrs: { provider: 'evil', id: 'x', title: '' } })), [
    '/content/0/attrs',
  ])
  assert.deepEqual(problems(doc({ type: 'photo', attrs: { photo: '../x' } })), ['/content/0/attrs/photo'])
  assert.deepEqual(problems(doc({ type: 'heading', attrs: { level: 1 } })), ['/content/0/attrs/level'])
  assert.deepEqual(problems(doc(paragraph(paragraph()))), ['/content/0'])
  assert.deepEqual(problems(doc({ type: 'pull_quote', content: [text('a', { type: 'strong' })] })), ['/content/0'])
  assert.equal(
    problems(
      Array.from({ length: 200_000 }).reduce<unknown>(
        (inner) => ({ type: 'quotation', content: [inner] }),
        paragraph(),
      ),
    ).length,
    1,
  )
  assert.equal(problems(doc(...Array.from({ length: 60_000 }, () => paragraph()))).length, 1)
  assert.equal(problems(doc(...Array.from({ length: 3 }, () => paragraph(text('a'.repeat(900_000)))))).length, 1)
})

test('unknown fields are dropped and control characters mended, so that no keystroke is lost over them', () => {
  const read = checkBody(
    doc({ ...paragraph(text('a\u0000b\uD800'), text('\u0007')), onclick: 'x()', attrs: { style: 'x' } }),
  )
  assert.ok('doc' in read)
  assert.deepEqual(read.doc.toJSON(), doc(paragraph(text('ab\uFFFD'))))
})

test('any JSON is taken or refused, never thrown over', () => {
  const type = fc.constantFrom(
    'doc',
    'paragraph',
    'text',
    'heading',
    'bullet_list',
    'list_item',
    'photo',
    'table',
    'embed',
    'link',
    'toString',
  )
  const { node } = fc.letrec((tie) => ({
    node: fc.record(
      {
        type: fc.oneof(type, fc.jsonValue()),
        text: fc.string(),
        attrs: fc.oneof(
          fc.jsonValue(),
          fc.dictionary(fc.constantFrom('level', 'photo', 'href', 'speaker'), fc.jsonValue()),
        ),
        marks: fc.array(fc.oneof(tie('node'), fc.jsonValue()), { maxLength: 2 }),
        content: fc.oneof(fc.jsonValue(), fc.array(tie('node'), { maxLength: 3 })),
      },
      { requiredKeys: [] },
    ),
  }))
  fc.assert(
    fc.property(node, (json) => {
      const read = checkBody(json)
      if ('doc' in read) read.doc.check()
      else assert.ok(read.problems.length > 0)
    }),
    { numRuns: 500 },
  )
})

test('text, words, minutes, beginning', () => {
  const { doc: body } = proseToBody([
    { type: 'heading', level: 2, runs: [{ text: 'About 4,000 don’t' }] },
    { type: 'quotation', paragraphs: [[{ text: 'No more.' }]], speaker: 'Rae Lund' },
    { type: 'photo', photo: 'x' },
  ])
  assert.equal(bodyText(body), 'About 4,000 don’t\nNo more. (Rae Lund)')
  assert.equal(countWords(bodyText(body)), 7)
  assert.equal(countWords('五月の雨 rain'), 5)
  assert.deepEqual(
    [0, 1, 240, 361].map((words) => readMinutes(words, 240)),
    [0, 1, 1, 2],
  )
  assert.equal(excerpt('One two three. Four five six seven.', 22), 'One two three.')
  assert.equal(excerpt('One two three four five', 14), 'One two three…')
  assert.equal(excerpt('Short', 14), 'Short')
})

test('the line of text and its runs are the same, both ways', () => {
  const run = fc.record(
    {
      text: fc.oneof(fc.string({ minLength: 1 }), fc.constantFrom('*', '[a](b)', '\\', '**x**', 'plain words')),
      strong: fc.constant(true as const),
      emphasis: fc.constant(true as const),
      href: fc.constantFrom('https://a.example/', 'https://a.example/x_(y)'),
    },
    { requiredKeys: ['text'] },
  )
  fc.assert(
    fc.property(fc.array(run, { maxLength: 6 }), (runs) => {
      const [body] = bodyToProse(proseToBody([{ type: 'paragraph', runs }]).doc)
      const tidy = body?.type === 'paragraph' ? body.runs : []
      const line = runsToMarkup(tidy)
      const back = markupToRuns(line).map((one) =>
        one.href ? { ...one, href: one.href.replaceAll('%28', '(').replaceAll('%29', ')') } : one,
      )
      assert.deepEqual(back, tidy, line)
    }),
    { numRuns: 1000 },
  )
})

test('text of story files keeps its meaning', () => {
  assert.deepEqual(markupToRuns('5 * 3 [not a link] (x) *em* [w](https://a.example/) [bad](javascript:x)'), [
    { text: '5 * 3 [not a link] (x) ' },
    { text: 'em', emphasis: true },
    { text: ' ' },
    { text: 'w', href: 'https://a.example/' },
    { text: ' bad' },
  ])
})

test('blocks of a story file become a body and come back', () => {
  const photo = { file: 'a.jpg', width: 4, height: 3, alt: 'a', caption: 'c', photographer: 'p', agency: '' }
  const story: Block[] = [
    { type: 'paragraph', text: 'A [b](https://a.example/) *c*' },
    { type: 'heading', text: 'H' },
    { type: 'quotation', text: 'q', speaker: 'S' },
    { type: 'pull-quote', text: 'p', speaker: '' },
    { type: 'list', items: ['one', 'two'] },
    { type: 'photo', photo },
  ]
  const more: BodyBlock[] = [
    { type: 'subheading', text: 'S' },
    { type: 'list', ordered: true, items: [{ text: 'x', list: { type: 'list', items: ['y'] } }] },
    {
      type: 'table',
      rows: [
        [
          { header: true, text: 'h' },
          { header: false, text: '' },
        ],
      ],
    },
    { type: 'embed', provider: 'vimeo', id: '1234567', title: '' },
    { type: 'rule' },
  ]
  const blocks = [...story, ...more]
  const body = blocksToBody(blocks, { photo: ({ file }) => file, audio: ({ file }) => file })
  assert.deepEqual(bodyToBlocks(body, { photo: (id) => (id === 'a.jpg' ? photo : null), audio: () => null }), blocks)
  assert.ok('doc' in checkBody(body.toJSON()))
})
