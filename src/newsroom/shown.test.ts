import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bodyOf, shownOf } from './newsroom.ts'
import type { BodyBlock, Photo, StoryContent } from './newsroom.ts'

const photo: Photo = {
  file: 'low water.jpg',
  width: 1500,
  height: 1000,
  alt: 'A jetty above mud',
  caption: 'The landing in May.',
  photographer: 'Ruth Abara',
  agency: '',
}
const blocks: BodyBlock[] = [
  { type: 'paragraph', text: 'It **rises**, says [the county](https://county.example/).' },
  { type: 'photo', photo },
  { type: 'photo', photo: { ...photo, caption: 'The same landing in June.' } },
  { type: 'photo', photo },
  { type: 'list', ordered: true, items: ['One', { text: 'Two', list: { type: 'list', items: ['Within'] } }] },
  { type: 'audio', audio: { file: 'river.mp3', title: 'The river', duration: 12 } },
  { type: 'table', rows: [[{ header: true, text: 'Day' }], [{ header: false, text: 'Monday' }]] },
  { type: 'rule' },
]
const content: StoryContent = {
  section: 'news',
  slug: 'river',
  eyebrow: '',
  headline: 'The river',
  dek: '',
  dateline: '',
  bylines: [],
  photo: null,
  audio: null,
  ...bodyOf(blocks),
  topics: [],
  notes: 'for us',
  source: null,
  place: null,
}

test('blocks come back from a revision as they went in', () => {
  assert.deepEqual(shownOf(content).body, blocks)
})

test('one photo with two captions is two photos; the same twice is one', () => {
  assert.deepEqual(Object.keys(content.photos), ['low_water.jpg', 'low_water.jpg:2'])
})

test('a photo the revision does not hold leaves its place empty', () => {
  const { body } = shownOf({ ...content, photos: {} })
  assert.deepEqual(
    body.map(({ type }) => type),
    ['paragraph', 'list', 'audio', 'table', 'rule'],
  )
})

test('what is for the staff is not in what readers get', () => {
  assert.doesNotMatch(JSON.stringify(shownOf(content)), /for us|"slug"/)
})
