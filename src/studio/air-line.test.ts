import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { Feed, MountView } from '../air/air-view.ts'
import { airLamps } from './air-line.ts'
import type { StreamNow } from './studio-deps.ts'
import { createStudioTimes } from './times.ts'

const since = Date.parse('2026-03-12T20:31:00Z')
const times = createStudioTimes('America/New_York')
const mount = (path: string, backups: string[] = [], automation = false) => ({ path, backups, automation })

const stream = (feed: Feed, more: Partial<MountView> = {}): StreamNow => ({
  view: {
    mount: '/news.mp3',
    name: 'news',
    up: feed !== 'off' && feed !== 'silence',
    since: since - 3_600_000,
    feed,
    feedSince: since,
    title: 'The Paper Lanterns - Slow Ferry',
    titleAt: 0,
    format: null,
    hls: false,
    listeners: 0,
    ...more,
  },
  title: 'Oxbow News',
  label: '',
  now: null,
  next: null,
})

suite('the air line', () => {
  const words = (feed: Feed, mounts = [mount('/news.mp3', ['/b.mp3']), mount('/b.mp3')]) => {
    const [lamp] = airLamps([stream(feed)], { connected: true, times, mounts })
    return `${lamp?.care ? 'care' : 'lit'}: ${lamp?.text}`
  }

  test('says what is on, or what is wrong and since when', () => {
    assert.equal(words('source'), 'lit: The Paper Lanterns - Slow Ferry')
    assert.equal(words('backup'), 'care: on backup since 4:31 pm')
    assert.equal(words('file'), 'care: on its file since 4:31 pm')
    assert.equal(words('silence'), 'care: silent since 4:31 pm')
    assert.equal(words('off'), 'care: off since 4:31 pm')
  })

  test('automation that stands in is programme; a backup beside it is not', () => {
    const auto = mount('/auto.mp3', [], true)
    assert.match(words('backup', [mount('/news.mp3', ['/auto.mp3']), auto]), /^lit/)
    assert.match(words('backup', [mount('/news.mp3', ['/auto.mp3', '/b.mp3']), auto, mount('/b.mp3')]), /^care/)
  })

  test('an air that is not heard is said to be so, whatever was known last', () => {
    const lamps = airLamps([stream('source')], { connected: false, times, mounts: [] })
    assert.deepEqual(lamps, [{ name: 'The air', text: 'does not answer', care: true }])
  })
})
