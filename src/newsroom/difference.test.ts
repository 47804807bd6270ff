import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import { differenceOf, isSame } from './difference.ts'
import type { Words } from './difference.ts'
import { bodyWith, ferryPhoto, ferryStory } from './story.fixture.ts'
import type { StoryContent } from './story.ts'

const signs = { same: '', gone: '-', new: '+' }
const shown = (words: Words[]) => words.map(({ text, is }) => (is === 'same' ? text : `[${signs[is]}${text}]`)).join('')
const changed = (change: Partial<StoryContent>, from: Partial<StoryContent> = {}) =>
  differenceOf({ ...ferryStory, ...from }, { ...ferryStory, ...change })

suite('the difference of two versions', () => {
  test('of one and the same is none', () => assert.ok(isSame(changed({}))))

  test('shows words, struck and added, in the headline and the text', () => {
    const { fields, body } = changed({
      headline: 'The ferry stops for two weeks',
      body: bodyWith('The ferry stops on Thursday.', 'It comes back in April, the county said.', 'Or May.'),
    })
    assert.deepEqual(
      fields.map(({ what, words }) => [what, shown(words)]),
      [['Headline', 'The ferry stops for [-the winter][+two weeks]']],
    )
    assert.deepEqual(body.map(shown), [
      'The ferry stops on [-Friday][+Thursday].',
      'It comes back in April, the county said.',
      '[+Or May.]',
    ])
  })

  test('sees a credit, a link and a word that became bold', () => {
    const photos = { a: ferryPhoto }
    const { fields } = changed({ photos: { a: { ...ferryPhoto, photographer: 'Theo Brandt' } } }, { photos })
    assert.deepEqual(
      fields.map(({ what, words }) => [what, shown(words)]),
      [['Photo a: photographer', '[-Ines Haldorsen][+Theo Brandt]']],
    )
    const bold = {
      type: 'doc' as const,
      content: [{ type: 'paragraph', content: [{ type: 'text', text: 'Now', marks: [{ type: 'strong' }] }] }],
    }
    assert.deepEqual(changed({ body: bold }, { body: bodyWith('Now') }).body.map(shown), ['[+**]Now[+**]'])
  })

  test('loses no word of either side', () => {
    const lines = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', ' ', '.'), maxLength: 40 }), { maxLength: 6 })
    fc.assert(
      fc.property(lines, lines, (older, newer) => {
        const one = { ...ferryStory, body: bodyWith(...older) }
        const other = { ...ferryStory, body: bodyWith(...newer) }
        const { body } = differenceOf(one, other)
        if (body.length === 0) return
        const side = (is: 'gone' | 'new') =>
          body
            .map((words) => words.filter((word) => word.is === 'same' || word.is === is).map(({ text }) => text))
            .map((words) => words.join(''))
            .join('')
        const told = (content: StoryContent) =>
          differenceOf({ ...ferryStory, body: bodyWith('~') }, content)
            .body.flat()
            .filter(({ is }) => is !== 'gone')
            .map(({ text }) => text)
            .join('')
        assert.equal(side('gone'), told(one))
        assert.equal(side('new'), told(other))
      }),
      { numRuns: 200 },
    )
  })

  test('of two long texts with nothing in common ends', () => {
    const words = (seed: number) => Array.from({ length: 20_000 }, (_, n) => ((n * seed) % 9973).toString(36)).join(' ')
    const { body } = changed({ body: bodyWith(words(7)) }, { body: bodyWith(words(31)) })
    assert.deepEqual(
      body[0]?.map(({ is }) => is),
      ['gone', 'new'],
    )
  })
})
