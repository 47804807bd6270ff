import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, unlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, suite, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { createLog } from '../base/log.ts'
import { openNewsroom } from './newsroom.ts'
import type { OpenNewsroom } from './newsroom.ts'

suite('the newsroom', () => {
  let folder = ''
  let newsroom: OpenNewsroom
  let lines: string[] = []
  const clock = { at: Date.parse('2026-07-01T12:00:00Z'), now: () => clock.at }

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'groundwave-'))
    mkdirSync(join(folder, 'stories'))
    lines = []
    clock.at = Date.parse('2026-07-01T12:00:00Z')
    newsroom = openNewsroom({ folder, clock, log: createLog({ clock, write: (line) => lines.push(line) }) })
  })
  afterEach(async () => {
    await newsroom.stop()
    rmSync(folder, { recursive: true })
  })

  const write = (name: string, more: object = {}) =>
    writeFileSync(
      join(folder, 'stories', `${name}.json`),
      JSON.stringify({
        id: name,
        pathName: name,
        section: 'news',
        headline: name,
        body: [],
        publishedMinutesAgo: 10,
        ...more,
      }),
    )
  const ids = () => newsroom.stories().map(({ id }) => id)
  const untilChange = () => {
    const { promise, resolve } = Promise.withResolvers<void>()
    const end = newsroom.onChange(() => (end(), resolve()))
    return promise
  }

  test('tells its stories, newest first, and finds one by its address', async () => {
    write('older', { publishedMinutesAgo: 90 })
    write('newer')
    await newsroom.start()
    assert.deepEqual(ids(), ['newer', 'older'])
    assert.equal(newsroom.find('/news/2026-07-01/older')?.id, 'older')
    assert.equal(newsroom.find('/news/2026-07-01/none'), null)
    assert.deepEqual(
      newsroom.related(newsroom.stories()[0]!, 4).map(({ id }) => id),
      ['older'],
    )
    assert.deepEqual(newsroom.related(newsroom.stories()[0]!, 0), [])
  })

  test('names a bad file and goes on with the others', async () => {
    write('good')
    write('bad', { headline: 7 })
    writeFileSync(join(folder, 'stories', 'worse.json'), '{')
    writeFileSync(join(folder, 'stories', 'notes.txt'), 'not a story')
    await newsroom.start()
    assert.deepEqual(ids(), ['good'])
    assert.equal(lines.length, 2)
    assert.match(lines[0] ?? '', /A story file is left out\.  file=bad\.json reason=".*headline/)
    assert.match(lines[1] ?? '', /file=worse\.json reason="it is not JSON/)
  })

  test('takes the first of two files with one address', async () => {
    write('a', { pathName: 'same' })
    write('b', { pathName: 'same' })
    await newsroom.start()
    assert.deepEqual(ids(), ['a'])
    assert.match(lines[0] ?? '', /file=b\.json reason="a\.json has its id or its address"/)
  })

  test('sees what is added, changed and deleted', async () => {
    await newsroom.start()
    let change = untilChange()
    write('a')
    await change
    assert.deepEqual(ids(), ['a'])
    change = untilChange()
    write('a', { headline: 'Changed' })
    await change
    assert.equal(newsroom.stories()[0]?.headline, 'Changed')
    change = untilChange()
    unlinkSync(join(folder, 'stories', 'a.json'))
    await change
    assert.deepEqual(ids(), [])
  })

  test('keeps the last good version while a file is broken', async () => {
    write('a')
    await newsroom.start()
    writeFileSync(join(folder, 'stories', 'a.json'), '{"id": ')
    for (let tries = 0; lines.length === 0 && tries < 100; tries++) await wait(20)
    assert.match(lines[0] ?? '', /its last good version stays\.  file=a\.json/)
    assert.deepEqual(ids(), ['a'])
  })

  test('does not tell a story before its time', async () => {
    write('later', { publishedMinutesAgo: undefined, published: '2026-07-01T12:00:01Z' })
    await newsroom.start()
    assert.deepEqual(ids(), [])
    assert.equal(newsroom.find('/news/2026-07-01/later'), null)
    const change = untilChange()
    clock.at += 1000
    assert.deepEqual(ids(), ['later'])
    await change
  })

  test('is empty, not broken, without a folder', async () => {
    rmSync(join(folder, 'stories'), { recursive: true })
    await newsroom.start()
    assert.deepEqual(ids(), [])
    assert.deepEqual(lines, [])
  })
})
