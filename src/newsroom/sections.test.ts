import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { movedSection, renamedSection, withoutSection, withSection } from './sections.ts'
import { namedTopics, renamedTopic } from './topic-names.ts'

const sections = [
  { id: 'news', name: 'News' },
  { id: 'music', name: 'Music' },
]
const code = (name: string) => ({ code: name })

suite('sections', () => {
  test('a new one gets an address that nothing else has', () => {
    assert.deepEqual(withSection(sections, '  Merrow   County ').at(-1), { id: 'merrow-county', name: 'Merrow County' })
    assert.deepEqual(withSection(sections, 'Été 2026').at(-1), { id: 'ete-2026', name: 'Été 2026' })
    for (const name of ['music', 'Music!', 'Studio', 'API', 'Topics', 'Feeds'])
      assert.throws(() => withSection(sections, name), code('SECTION_TAKEN'), name)
    for (const name of ['', '  ', '!?', '1984'])
      assert.throws(() => withSection(sections, name), code('NAME_MISSING'), name)
  })

  test('a name can change, an address cannot; two never have the same name', () => {
    assert.deepEqual(renamedSection(sections, 'music', 'Songs')[1], { id: 'music', name: 'Songs' })
    assert.throws(() => renamedSection(sections, 'music', 'News'), code('SECTION_TAKEN'))
  })

  test('order, and what may go', () => {
    assert.deepEqual(
      movedSection(sections, 'music', -1).map(({ id }) => id),
      ['music', 'news'],
    )
    assert.deepEqual(movedSection(sections, 'music', 1), sections)
    assert.deepEqual(movedSection(sections, 'news', -1), sections)
    assert.deepEqual(withoutSection(sections, 'music', 0), [sections[0]])
    assert.throws(() => withoutSection(sections, 'music', 1), code('SECTION_IN_USE'))
    assert.throws(() => withoutSection([sections[0]!], 'news', 0), code('SECTION_IN_USE'))
  })
})

suite('names of topics', () => {
  test('a renamed topic is called so in every story; two that are called the same are one', () => {
    const names = renamedTopic({}, 'Ferrys', 'Ferries')
    assert.deepEqual(namedTopics(names, ['Ferrys', 'Milk', 'Ferries']), ['Ferries', 'Milk'])
    const again = renamedTopic(names, 'Ferries', 'River traffic')
    assert.deepEqual(namedTopics(again, ['ferrys', 'FERRIES']), ['River traffic'])
  })

  test('other letters are a new name too, and a name can be taken back', () => {
    const upper = renamedTopic({}, 'harl county', 'Harl County')
    assert.deepEqual(namedTopics(upper, ['harl county']), ['Harl County'])
    const there = renamedTopic({}, 'a one', 'b two')
    const back = renamedTopic(there, 'b two', 'a one')
    assert.deepEqual(namedTopics(back, ['a one', 'b two']), ['a one'])
    assert.throws(() => renamedTopic({}, 'a', ' !'), code('NAME_MISSING'))
  })
})
