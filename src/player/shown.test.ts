import assert from 'node:assert/strict'
import { test } from 'node:test'
import { backOff } from './back-off.ts'
import type { NowAnswer, NowStream } from './now.ts'
import { playedOf, rulerOf } from './ruler.ts'
import { shownOf, type ShowProps } from './shown.ts'
import {
  clockTime,
  firstSentence,
  sentence,
  shortNames,
  songOf,
  span,
  spanInWords,
  streamLines,
  streamName,
} from './words.ts'

const zone = 'America/New_York'
const news: NowStream = {
  name: 'news',
  mount: '/news.mp3',
  title: 'Oxbow News',
  label: '90.3 FM',
  url: '/news.mp3',
  hls: null,
  codec: 'mp3',
  up: true,
  since: '2026-03-12T12:00:00Z',
  feed: 'source',
  streamTitle: null,
  now: {
    program: 'way-home',
    title: 'The Way Home',
    host: 'Mina Castellane',
    episode: null,
    picture: null,
    start: '2026-03-12T20:00:00Z',
    end: '2026-03-12T22:30:00Z',
  },
  next: null,
}
const music: NowStream = {
  ...news,
  name: 'music',
  title: 'Oxbow Music',
  label: '91.7 FM',
  streamTitle: 'The Paper Lanterns - Slow Ferry',
}
const answer: NowAnswer = { at: '2026-03-12T20:42:16Z', zone, streams: [news, music] }
const props: ShowProps = {
  state: { kind: 'idle' },
  stream: news,
  answer,
  track: null,
  isReturning: true,
  position: { at: 0, length: 0 },
  now: Date.parse(answer.at),
}

test('idle: what is on, how far it has gone, and the way in', () => {
  const { knob, tally, what, who, position } = shownOf(props)
  assert.deepEqual(
    [knob.word, knob.small, knob.narrow, tally.text, what, who],
    [
      'Play Live Radio',
      'Oxbow News 90.3',
      'On now: The Way Home',
      'On air now',
      'The Way Home',
      'with Mina Castellane',
    ],
  )
  assert.deepEqual(
    [position?.gone, position?.total, position?.played, position?.ruler.minutes],
    ['42:16', '2:30:00', 42.3, 150],
  )
  assert.equal(position?.inWords, '42 minutes 16 seconds of 2 hours 30 minutes')
})

test('error: since when, whose fault, and what else plays', () => {
  const { say, state } = shownOf({ ...props, state: { kind: 'error', since: Date.parse('2026-03-12T20:40:00Z') } })
  assert.equal(state, 'error')
  assert.equal(say?.head, 'This stream stopped at 4:40 pm.')
  assert.equal(say?.link?.name, 'music')
  assert.equal(say?.rest, ' or tune to 90.3 FM.')
})

test('a stream that is not up is never called live', () => {
  const stream = { ...news, up: false, since: '2026-03-12T20:31:00Z' }
  for (const kind of ['live', 'buffering'] as const) {
    const { state, say } = shownOf({ ...props, stream, state: { kind } })
    assert.equal(state, 'offline')
    assert.equal(say?.head, 'Oxbow News has been off the air since 4:31 pm.')
  }
  assert.equal(shownOf({ ...props, stream }).tally.text, 'Off the air')
})

test('offline: the reader’s own line is not the station’s fault', () => {
  const { say, knob } = shownOf({ ...props, state: { kind: 'offline', since: 0 } })
  assert.equal(say?.head, 'You are offline.')
  assert.equal(knob.small, 'No connection')
})

test('demand: the story, its length, and the way back', () => {
  const track = { src: '/audio/a.mp3', title: 'The pier', about: 'County Line', href: '/x', seconds: 252 }
  const shown = shownOf({
    ...props,
    track,
    state: { kind: 'demand', isPaused: false },
    position: { at: 60, length: 0 },
  })
  assert.deepEqual(
    [shown.state, shown.knob.word, shown.what, shown.next?.what],
    ['demand', 'Pause', 'The pier', 'Back to live radio'],
  )
  assert.deepEqual([shown.position?.gone, shown.position?.total], ['1:00', '4:12'])
})

test('a song is called by its own name, a talk programme by its', () => {
  assert.deepEqual(streamLines(music), {
    plays: '“Slow Ferry,” The Paper Lanterns',
    who: 'The Way Home with Mina Castellane',
  })
  const talk = { ...music, now: { ...music.now!, kind: 'talk' as const } }
  assert.deepEqual(streamLines(talk), { plays: 'The Way Home', who: 'with Mina Castellane' })
  assert.deepEqual(streamLines({ ...music, now: null }), { plays: 'Slow Ferry', who: 'The Paper Lanterns' })
  assert.deepEqual(streamLines({ ...news, now: null }), { plays: 'Oxbow News', who: '' })
  assert.equal(songOf('The Way Home'), null)
  assert.equal(songOf(' - Slow Ferry'), null)
})

test('words', () => {
  assert.equal(clockTime(Date.parse('2026-03-12T16:00:00Z'), zone), 'noon')
  assert.equal(span(9_000_000), '2:30:00')
  assert.equal(span(-5), '0:00')
  assert.equal(spanInWords(252_000), '4 minutes 12 seconds')
  assert.equal(spanInWords(0), '0 seconds')
  assert.equal(sentence('How salt remembers'), 'How salt remembers.')
  assert.equal(sentence('Who owns a river at night?'), 'Who owns a river at night?')
  assert.equal(firstSentence('The day in two hours. News on the hour.'), 'The day in two hours.')
  assert.deepEqual(shortNames(['Oxbow News', 'Oxbow Music']), ['News', 'Music'])
  assert.deepEqual(shortNames(['Radio', 'Radio Two']), ['Radio', 'Radio Two'])
  assert.equal(streamName({ title: 'Oxbow Classical', label: '90.3 HD2' }), 'Oxbow Classical 90.3 HD2')
})

test('a ruler’s ticks follow its length, and nothing goes beyond its end', () => {
  assert.match(rulerOf(150 * 60_000).ticks, /^M0 3V8M5 6V8.*M30 3V8.*M150 3V8$/)
  assert.match(rulerOf(28.5 * 60_000).ticks, /^M0 3V8M1 6V8.*M5 3V8.*M29 6V8$/)
  assert.equal(rulerOf(0).minutes, 1)
  assert.equal(playedOf(rulerOf(60_000), 500_000), 1)
})

test('tries grow rarer, and never all at the same moment', () => {
  assert.deepEqual(
    [1, 2, 3, 9].map((failures) => backOff(failures, 0.5)),
    [500, 1000, 2000, 15_000],
  )
  assert.notEqual(backOff(1, 0), backOff(1, 1))
})
