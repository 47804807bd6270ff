import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { MountView } from '../air/air-view.ts'
import { createSpins, readTitle } from './spins.ts'

const onAir = () => {
  const listeners = new Set<() => void>()
  const view: MountView = {
    mount: '/music.mp3',
    name: 'music',
    up: true,
    since: 0,
    feed: 'source',
    title: null,
    titleAt: 0,
    format: null,
    hls: false,
    listeners: 0,
  }
  return {
    mounts: () => [view],
    onChange: (listener: () => void) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    play: (title: string | null, at: number) => {
      view.title = title
      view.titleAt = at
      for (const listener of listeners) listener()
    },
  }
}

suite('spins', () => {
  test('are told newest first, with the moment the title came', () => {
    const air = onAir()
    const spins = createSpins({ air })
    air.play('Odile Fanshaw - Wind in the Poplars', 10)
    air.play('The Paper Lanterns - Slow Ferry', 20)
    assert.deepEqual(spins.latest('music', 5), [
      { mount: 'music', artist: 'The Paper Lanterns', title: 'Slow Ferry', at: 20 },
      { mount: 'music', artist: 'Odile Fanshaw', title: 'Wind in the Poplars', at: 10 },
    ])
    assert.equal(spins.latest('music', 1).length, 1)
    assert.deepEqual(spins.latest('news', 5), [])
  })

  test('do not count what is empty or sent again', () => {
    const air = onAir()
    const spins = createSpins({ air })
    for (const title of ['A - B', 'A - B', null, '', ' - ', 'A  -  B ', '—']) air.play(title, 1)
    assert.equal(spins.latest('music', 9).length, 1)
    air.play('C - D', 2)
    air.play('A - B', 3)
    assert.equal(spins.latest('music', 9).length, 3)
  })

  test('know what was playing when they began', () => {
    const air = onAir()
    air.play('A - B', 7)
    assert.equal(createSpins({ air }).latest('music', 1)[0]?.at, 7)
  })

  test('are kept within bounds', () => {
    const air = onAir()
    const spins = createSpins({ air })
    for (let song = 0; song < 500; song++) air.play(`A - ${song}`, song)
    assert.equal(spins.latest('music', 1000).length, 200)
    assert.equal(spins.latest('music', 1)[0]?.title, '499')
  })

  test('end when they are stopped', () => {
    const air = onAir()
    const spins = createSpins({ air })
    spins.stop()
    air.play('A - B', 1)
    assert.deepEqual(spins.latest('music', 1), [])
  })
})

suite('a stream title', () => {
  const cases: [string, ReturnType<typeof readTitle>][] = [
    ['A - B', { artist: 'A', title: 'B' }],
    ['A-ha - Take On Me', { artist: 'A-ha', title: 'Take On Me' }],
    ['A – B - Live', { artist: 'A', title: 'B - Live' }],
    ['  The   Way Home ', { artist: '', title: 'The Way Home' }],
    ['Artist - ', null],
    ['- Title', { artist: '', title: '- Title' }],
    ['', null],
    ['...', null],
  ]
  for (const [text, expected] of cases) test(JSON.stringify(text), () => assert.deepEqual(readTitle(text), expected))
})
