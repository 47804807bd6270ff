import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { MountHealth, MountView } from '../air/air-view.ts'
import { configSchema } from '../config/schema.ts'
import { boardOf, lasting } from './board.ts'
import type { BoardDeps } from './board.ts'
import { createStudioTimes } from './times.ts'

const now = Date.parse('2026-03-12T20:42:08Z')
const minutes = (count: number) => now - count * 60_000
const source = { password: 'p' }
const { mounts } = configSchema.parse({
  station: { name: 'Oxbow', zone: 'America/New_York' },
  mounts: [
    { path: '/news.mp3', name: 'Oxbow News', source, backups: ['/b.mp3', '/auto.mp3'], file: 'back.mp3' },
    { path: '/b.mp3', name: 'Studio B', public: false, source },
    { path: '/auto.mp3', name: 'Oxbow News, playout', public: false, source },
  ],
})
const well: MountHealth = {
  source: { agent: 'Studio A', since: minutes(372) },
  stalledSince: null,
  deadSince: null,
  archiveStopped: null,
  edgeAt: now - 3800,
  driftMs: 12,
}
const viewOf = (more: Partial<MountView> = {}): MountView => ({
  mount: '/news.mp3',
  name: 'news',
  up: true,
  since: minutes(372),
  feed: 'source',
  feedSince: minutes(372),
  from: 'Studio A',
  title: null,
  titleAt: 0,
  format: { codec: 'aac', rate: 44_100, channels: 2, kbps: 128 },
  hls: true,
  listeners: 871,
  health: well,
  ...more,
})
const board = (view: MountView, more: Partial<BoardDeps> = {}) =>
  boardOf({
    streams: [{ view, title: 'Oxbow News', label: '', now: null, next: null }],
    views: [view],
    mounts,
    connected: true,
    curve: () => null,
    airOrigin: ':8000',
    times: createStudioTimes('America/New_York'),
    now,
    ...more,
  })
const chainOf = ({ streams }: ReturnType<typeof board>) => streams[0]?.chain.map(({ name, is }) => `${name} ${is}`)

suite('the on-air board', () => {
  test('a stream in order: what feeds it and for how long, who listens, how it goes out', () => {
    const told = board(viewOf())
    const [stream] = told.streams
    assert.deepEqual(told.troubles, [])
    assert.equal(told.listeners, 871)
    assert.deepEqual([stream?.word, stream?.ok], ['On air', true])
    assert.equal(stream?.feed, 'Studio A, AAC 128, 6 h 12 min without a break')
    assert.deepEqual(chainOf(told), ['Studio A feeds', 'Studio B out', 'Playout out', 'File waits', 'Silence waits'])
    assert.deepEqual(
      stream?.health.map(({ name, words, care }) => `${name}: ${words}${care ? ' (care)' : ''}`),
      [
        'Silence: none',
        'Source: here since 10:30 am',
        'Edge of HLS: 3.8 s old',
        'Titles: none sent',
        'Archive: kept',
        'Clock: +12 ms',
      ],
    )
  })

  test('on its backup: which one, since when, and why', () => {
    const view = viewOf({
      feed: 'backup',
      from: 'Groundwave playout',
      feedSince: minutes(11),
      health: { ...well, source: null },
    })
    const auto = viewOf({ mount: '/auto.mp3', name: 'auto', from: 'Groundwave playout' })
    const told = board(view, { views: [view, auto] })
    assert.deepEqual(chainOf(told), ['Its encoder out', 'Studio B out', 'Playout feeds', 'File waits', 'Silence waits'])
    assert.equal(told.streams[0]?.word, 'On backup')
    assert.deepEqual(told.troubles, [
      {
        head: 'Oxbow News is on backup since 4:31 pm (11 min).',
        more: 'Listeners hear the backup. No encoder is connected to its own place.',
      },
    ])
  })

  test('what is wrong with what goes out is said, one by one', () => {
    const health = { ...well, deadSince: minutes(2), archiveStopped: { since: minutes(5), reason: 'No space left.' } }
    const told = board(viewOf({ health }))
    assert.deepEqual(
      told.troubles.map(({ head }) => head),
      ['Oxbow News sends digital silence since 4:40:08.', 'Oxbow News is not archived since 4:37 pm.'],
    )
    assert.deepEqual(
      told.streams[0]?.health.filter(({ care }) => care).map(({ name }) => name),
      ['Silence', 'Archive'],
    )
  })

  test('an air that does not answer, and one too old to tell', () => {
    assert.match(board(viewOf(), { connected: false }).troubles[0]?.head ?? '', /does not answer/)
    const { health: _, feedSince: __, from: ___, ...old } = viewOf()
    const told = board(old)
    assert.deepEqual(told.streams[0]?.health, [])
    assert.equal(told.streams[0]?.feed, 'An encoder, AAC 128, 6 h 12 min without a break')
  })

  test('listeners lately: nothing drawn from one count, and the words say how long', () => {
    const drawn = (counts: number[], since: number) =>
      board(viewOf(), { curve: () => ({ counts, since }) }).streams[0]?.curve
    assert.equal(drawn([3], now), null)
    assert.equal(drawn([3, 4], minutes(1))?.words, 'Since 4:41 pm')
    assert.equal(drawn([3, 4], minutes(179))?.words, 'Last 3 hours')
  })

  test('how long something has lasted', () => {
    const said = [42, 660, 22_320, 7200, 183_600, 172_800].map((seconds) => lasting(seconds * 1000))
    assert.deepEqual(said, ['42 s', '11 min', '6 h 12 min', '2 h', '2 d 3 h', '2 d'])
  })
})
