import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { readinessOf } from './ready.ts'
import { bodyWith, ferryPhoto, ferryStory } from './story.fixture.ts'
import type { StoryContent } from './story.ts'

const lacks = (change: Partial<StoryContent>) =>
  readinessOf({ ...ferryStory, ...change }, { sections: ['news'] }).lacks.map(({ thing }) => thing)
const source = { owner: 'Lakes News', url: '', copyright: '', agency: '' }
const body: StoryContent['body'] = {
  type: 'doc',
  content: [...bodyWith('Words.').content, { type: 'photo', attrs: { photo: 'a' } }],
}

suite('what keeps a story from going out', () => {
  test('nothing, when all is there', () => {
    const { lacks: none, good } = readinessOf({ ...ferryStory, photo: ferryPhoto }, { sections: ['news'] })
    assert.deepEqual([none, good], [[], ['Headline, text, dek, byline', 'Section', 'Photo, credit, alt text']])
  })

  test('each thing that is missing is named, with the rule and the way to mend it', () => {
    assert.deepEqual(lacks({ headline: '' }), ['There is no headline.'])
    assert.deepEqual(lacks({ body: bodyWith('') }), ['There is no text.'])
    assert.deepEqual(lacks({ bylines: [] }), ['There is no byline.'])
    assert.deepEqual(lacks({ section: '' }), ['It is in no section.'])
    assert.deepEqual(lacks({ section: 'gone' }), ['There is no section “gone”.'])
    assert.deepEqual(lacks({ photo: { ...ferryPhoto, photographer: '' } }), ['The photo has no photographer.'])
    assert.deepEqual(lacks({ photo: { ...ferryPhoto, alt: '', terms: '' } }), [
      'The photo says nothing to those who cannot see it.',
      'The photo has no terms.',
    ])
    const [credit] = readinessOf(
      { ...ferryStory, photo: { ...ferryPhoto, photographer: '' } },
      { sections: ['news'] },
    ).lacks
    assert.deepEqual([credit?.rule, credit?.way], ['It cannot be shown without one.', 'Add a credit'])
  })

  test('photos in the text count as the lead does', () => {
    assert.deepEqual(lacks({ body, photos: { a: { ...ferryPhoto, photographer: '' } } }), [
      'The photo in the text has no photographer.',
    ])
    assert.deepEqual(lacks({ body, photos: {} }), ['The photo in the text is not in the library.'])
    assert.deepEqual(lacks({ body, photos: { a: ferryPhoto } }), [])
  })

  test('audio may stand alone, and a source brings its own byline and rights', () => {
    assert.deepEqual(lacks({ body: bodyWith(''), audio: { file: 'a.mp3', title: '', duration: 60 } }), [])
    assert.deepEqual(lacks({ audio: { file: 'a.mp3', title: '', duration: 0 } }), [
      'Nobody knows how long the audio is.',
    ])
    const { terms: _, ...foreign } = { ...ferryPhoto, photographer: '', agency: 'Lakes News' }
    assert.deepEqual(lacks({ bylines: [], source, photo: foreign }), [])
  })
})
