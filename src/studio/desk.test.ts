import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { DeskRow } from '../newsroom/desk.ts'
import { deskLine, emptyWords, stateWords } from './desk.ts'
import { createStudioTimes } from './times.ts'

const now = Date.parse('2026-03-12T20:42:08Z')
const times = createStudioTimes('America/New_York')
const names = (account: string) => ({ ra: 'Rosalind Achterberg', ih: 'Ines Haldorsen' })[account] ?? 'the wire'

const row = (more: Partial<DeskRow> = {}): DeskRow => ({
  id: 's1',
  slug: 'ferry',
  headline: 'The ferry',
  bylines: ['Theo Abara'],
  owner: null,
  filedBy: 'ih',
  madeBy: 'ih',
  state: 'draft',
  shownFrom: null,
  stoppedBy: null,
  embargo: undefined,
  takenDown: false,
  corrected: false,
  photo: 'none',
  audio: false,
  changedAt: now,
  writing: null,
  ...more,
})
const said = (more: Partial<DeskRow>) => stateWords(row(more), { times, names, now }).words

suite('the desk’s words', () => {
  test('a state says what, until when, and by whom', () => {
    assert.equal(said({}), 'Draft')
    assert.equal(said({ takenDown: true, shownFrom: 1 }), 'Taken down')
    assert.equal(said({ shownFrom: 1 }), 'Over')
    assert.equal(said({ state: 'public' }), 'Public')
    assert.equal(said({ state: 'public', corrected: true, owner: 'Lakes News' }), 'Public, corrected')
    assert.equal(said({ state: 'public', owner: 'Lakes News' }), 'Public, wire')
    assert.equal(said({ state: 'scheduled', shownFrom: Date.parse('2026-03-12T23:00:00Z') }), 'Goes at 7:00 pm')
    assert.equal(said({ state: 'held', stoppedBy: 'ra' }), 'Held by Rosalind')
    assert.equal(said({ state: 'held', embargo: Date.parse('2026-03-13T10:00:00Z') }), 'Embargo, Fri 6:00 am')
    assert.equal(said({ state: 'held', embargo: null }), 'Embargo')
    assert.equal(said({ state: 'killed', stoppedBy: 'wire', owner: 'Lakes News' }), 'Killed by Lakes News')
    assert.equal(said({ state: 'spiked', stoppedBy: 'ra' }), 'Spiked by Rosalind')
  })

  test('who: the one who writes now, else whose it is, else whose name is over it, else who made it', () => {
    const who = (more: Partial<DeskRow>) => deskLine(row(more), { times, names, now }).who
    assert.equal(who({ writing: 'ra', owner: 'Lakes News' }), 'Rosalind Achterberg')
    assert.equal(who({ owner: 'Lakes News' }), 'Lakes News')
    assert.equal(who({}), 'Theo Abara')
    assert.equal(who({ bylines: [] }), 'Ines Haldorsen')
  })

  test('an empty desk tells of the wire', () => {
    const empty = (wire: number) => emptyWords({ view: 'all', find: '', elsewhere: 0, wire })
    assert.equal(empty(0), 'No stories yet. “New story” begins the first.')
    assert.equal(empty(1), 'No stories yet. The wire has a new one. “New story” begins the first.')
    assert.equal(empty(12), 'No stories yet. The wire has 12 new ones. “New story” begins the first.')
  })
})
