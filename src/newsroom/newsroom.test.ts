import assert from 'node:assert/strict'
import { mkdirSync, rmSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { onBothEngines } from '../../test/world/postgres.ts'
import { createIds } from '../base/ids.ts'
import { createLog } from '../base/log.ts'
import { openNewsroom } from './newsroom.ts'
import type { OpenNewsroom } from './newsroom.ts'

type World = {
  newsroom: OpenNewsroom
  clock: { at: number; now(): number }
  lines: string[]
  /** Writes a story file. */
  write: (name: string, more?: object) => void
  file: (name: string) => string
  ids: () => string[]
  untilChange: () => Promise<void>
  /** The program started again, on the same folder and database. */
  again: () => Promise<OpenNewsroom>
}

const withFolder = (name: string, fn: (world: World) => Promise<void>) =>
  onBothEngines(name, async ({ open, folder }) => {
    const clock = { at: Date.parse('2026-07-01T12:00:00Z'), now: () => clock.at }
    const lines: string[] = []
    const store = await open({ clock })
    const opened: OpenNewsroom[] = []
    const make = () => {
      const log = createLog({ clock, write: (line) => lines.push(line) })
      const one = openNewsroom({ store, folder, clock, ids: createIds({ clock }), log })
      opened.push(one)
      return one
    }
    mkdirSync(join(folder, 'stories'))
    const file = (name: string) => join(folder, 'stories', name)
    const world: World = {
      newsroom: make(),
      clock,
      lines,
      file,
      write: (name, more = {}) =>
        writeFileSync(
          file(`${name}.json`),
          JSON.stringify({
            id: name,
            pathName: name,
            section: 'news',
            headline: name,
            body: [],
            published: '2026-07-01T11:50:00Z',
            ...more,
          }),
        ),
      ids: () =>
        opened
          .at(-1)!
          .stories()
          .map(({ id }) => id),
      untilChange: () => {
        const { promise, resolve } = Promise.withResolvers<void>()
        const end = opened.at(-1)!.onChange(() => (end(), resolve()))
        return promise
      },
      async again() {
        await opened.at(-1)?.stop()
        const next = make()
        await next.start()
        return next
      },
    }
    try {
      await fn(world)
    } finally {
      await opened.at(-1)?.stop()
    }
  })

suite('the newsroom and its folder', () => {
  withFolder('tells its stories, newest first, and finds one by its address', async ({ newsroom, write, ids }) => {
    write('older', { published: '2026-07-01T10:30:00Z' })
    write('newer')
    await newsroom.start()
    assert.deepEqual(ids(), ['newer', 'older'])
    assert.equal(newsroom.find('/news/2026-07-01/older')?.id, 'older')
    assert.equal(newsroom.find('/news/2026-07-01/none'), null)
    const related = (count: number) => newsroom.related('newer', count).map(({ id }) => id)
    assert.deepEqual(related(4), ['older'])
    assert.deepEqual(related(0), [])
  })

  withFolder('names a bad file and goes on with the others', async ({ newsroom, write, file, ids, lines }) => {
    write('good')
    write('bad', { headline: 7 })
    writeFileSync(file('worse.json'), '{')
    writeFileSync(file('notes.txt'), 'not a story')
    await newsroom.start()
    assert.deepEqual(ids(), ['good'])
    assert.equal(lines.length, 2)
    // Files are read side by side.
    const [bad, worse] = lines.toSorted()
    assert.match(bad ?? '', /A story file is left out\.  file=bad\.json reason=".*headline/)
    assert.match(worse ?? '', /file=worse\.json reason="it is not JSON/)
  })

  withFolder('takes the first of two files with one address', async ({ newsroom, write, ids, lines }) => {
    write('a', { pathName: 'same' })
    write('b', { pathName: 'same' })
    await newsroom.start()
    assert.deepEqual(ids(), ['a'])
    assert.match(lines[0] ?? '', /file=b\.json reason="a\.json has its id or its address"/)
  })

  withFolder('sees what is added, changed and deleted', async ({ newsroom, write, file, ids, untilChange }) => {
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
    unlinkSync(file('a.json'))
    await change
    assert.deepEqual(ids(), [])
    change = untilChange()
    write('a')
    await change
    assert.deepEqual(ids(), ['a'])
  })

  withFolder('keeps the last good version while a file is broken', async ({ newsroom, write, file, ids, lines }) => {
    write('a')
    await newsroom.start()
    writeFileSync(file('a.json'), '{"id": ')
    for (let tries = 0; lines.length === 0 && tries < 100; tries++) await wait(20)
    assert.match(lines[0] ?? '', /its last good version stays\.  file=a\.json/)
    assert.deepEqual(ids(), ['a'])
  })

  withFolder('does not tell a story before its time', async ({ newsroom, write, ids, clock, untilChange }) => {
    write('later', { published: '2026-07-01T12:00:01Z' })
    await newsroom.start()
    assert.deepEqual(ids(), [])
    assert.equal(newsroom.nextChange(), clock.at + 1000)
    assert.equal(newsroom.find('/news/2026-07-01/later'), null)
    const change = untilChange()
    clock.at += 1000
    assert.deepEqual(ids(), ['later'])
    await change
  })

  withFolder('is empty, not broken, without a folder', async ({ newsroom, ids, lines, file }) => {
    rmSync(file('.'), { recursive: true })
    await newsroom.start()
    assert.deepEqual(ids(), [])
    assert.deepEqual(lines, [])
  })

  withFolder(
    'brings a file in once, however often the program starts',
    async ({ newsroom, write, file, ids, again }) => {
      write('a', { corrections: [{ at: '2026-07-01T11:55:00Z', text: 'Eleven, not ten.' }] })
      write('b')
      await newsroom.start()
      const before = newsroom.stories()
      assert.deepEqual(before.find(({ id }) => id === 'a')?.corrections, [
        { at: '2026-07-01T11:55:00.000Z', text: 'Eleven, not ten.' },
      ])
      assert.deepEqual((await again()).stories(), before)
      unlinkSync(file('b.json'))
      await again()
      assert.deepEqual(ids(), ['a'])
    },
  )

  withFolder('gives stories whose times count back from the start new times', async (world) => {
    const { newsroom, write, clock, again, ids } = world
    write('a', { published: undefined, publishedMinutesAgo: 60 })
    await newsroom.start()
    assert.equal(newsroom.stories()[0]?.path, '/news/2026-07-01/a')
    clock.at += 3 * 86_400_000
    const next = await again()
    assert.deepEqual(ids(), ['a'])
    assert.equal(next.stories()[0]?.published, '2026-07-04T11:00:00.000Z')
    assert.ok(next.find('/news/2026-07-04/a'))
    assert.equal(next.find('/news/2026-07-01/a'), null)
  })

  withFolder('leaves alone what a person has changed or killed', async ({ newsroom, write, again, ids }) => {
    write('edited')
    write('killed')
    await newsroom.start()
    await newsroom.change('rosalind', async (edit) => {
      const { content } = (await edit.state('edited'))!
      await edit.revise('edited', { ...content, headline: 'By hand' })
      await edit.publish('edited')
      await edit.kill('killed', { reason: 'wrong man' })
    })
    write('edited', { headline: 'By file' })
    write('killed', { headline: 'Again' })
    const next = await again()
    assert.deepEqual(ids(), ['edited'])
    assert.equal(next.stories()[0]?.headline, 'By hand')
    assert.equal(next.withdrawn('/news/2026-07-01/killed')?.note, '')
    assert.equal(next.withdrawn('/news/2026-07-01/edited'), null)
  })
})
