import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { AiringConfig, ProgramConfig } from '../config/schema.ts'
import { GroundwaveError } from '../base/errors.ts'
import { createSchedule } from './schedule.ts'
import type { Airing } from './schedule.ts'

const program = (name: string): ProgramConfig => ({ name, host: '', summary: '', kind: 'talk', replay: true })
const programs = { early: program('First Light'), late: program('Last Ferry'), all: program('Small Hours') }
const everyDay: AiringConfig['days'] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
const daily = (start: string, end: string, program: string): AiringConfig => ({ days: everyDay, start, end, program })

const inZone = (zone: string, ...airings: AiringConfig[]) =>
  createSchedule({ programs, schedule: { news: airings }, zone })
const at = (text: string) => Temporal.Instant.from(text).epochMilliseconds
const iso = (airing: Airing | null) =>
  airing && `${airing.program.id} ${new Date(airing.start).toISOString()} ${(airing.end - airing.start) / 3_600_000} h`

suite('a day', () => {
  const schedule = inZone(
    'America/New_York',
    daily('06:00', '09:00', 'early'),
    daily('22:00', '24:00', 'late'),
    daily('00:00', '01:00', 'late'),
  )

  test('holds its airings in order, with the one that began the evening before', () =>
    assert.deepEqual(schedule.day('news', '2026-07-01').map(iso), [
      'late 2026-07-01T02:00:00.000Z 3 h',
      'early 2026-07-01T10:00:00.000Z 3 h',
      'late 2026-07-02T02:00:00.000Z 3 h',
    ]))
  test('is empty for a mount without schedule', () => assert.deepEqual(schedule.day('music', '2026-07-01'), []))
  test('repeats each week on its weekdays only', () => {
    const sunday = inZone('UTC', { days: ['sun'], start: '10:00', end: '11:00', program: 'early', episode: 'Brass' })
    assert.equal(sunday.day('news', '2026-07-05')[0]?.episode, 'Brass')
    assert.deepEqual(sunday.day('news', '2026-07-06'), [])
  })
})

suite('over midnight', () => {
  test('the same programme is one airing, also from Sunday to Monday', () => {
    const schedule = inZone(
      'UTC',
      { ...daily('23:00', '24:00', 'late'), days: ['sun'] },
      { ...daily('00:00', '02:00', 'late'), days: ['mon'] },
    )
    const { now } = schedule.nowAndNext('news', at('2026-07-06T00:30:00Z'))
    assert.equal(iso(now), 'late 2026-07-05T23:00:00.000Z 3 h')
    assert.deepEqual(schedule.day('news', '2026-07-05'), schedule.day('news', '2026-07-06'))
  })
  test('another edition is another airing', () => {
    const schedule = inZone(
      'UTC',
      { ...daily('23:00', '24:00', 'late'), episode: 'A' },
      { ...daily('00:00', '02:00', 'late'), episode: 'B' },
    )
    assert.equal(schedule.nowAndNext('news', at('2026-07-06T00:30:00Z')).now?.episode, 'B')
  })
  test('a programme that fills every day has an edition each day', () => {
    const schedule = inZone('UTC', daily('00:00', '24:00', 'all'))
    assert.deepEqual(schedule.day('news', '2026-07-06').map(iso), ['all 2026-07-06T00:00:00.000Z 24 h'])
  })
})

suite('when the clocks change', () => {
  const night = inZone(
    'America/New_York',
    daily('00:00', '02:00', 'early'),
    daily('02:00', '02:30', 'late'),
    daily('02:30', '06:00', 'all'),
  )

  test('in spring the hour that is skipped takes its programme with it', () =>
    assert.deepEqual(night.day('news', '2026-03-08').map(iso), [
      'early 2026-03-08T05:00:00.000Z 2 h',
      'all 2026-03-08T07:00:00.000Z 3 h',
    ]))
  test('in autumn the programme at the change is an hour longer', () =>
    assert.deepEqual(night.day('news', '2026-11-01').map(iso), [
      'early 2026-11-01T04:00:00.000Z 3 h',
      'late 2026-11-01T07:00:00.000Z 0.5 h',
      'all 2026-11-01T07:30:00.000Z 3.5 h',
    ]))
  test('a zone that changes at midnight still has a whole day', () => {
    const cairo = inZone('Africa/Cairo', daily('00:00', '12:00', 'early'), daily('12:00', '24:00', 'late'))
    const friday = cairo.day('news', '2026-04-24')
    assert.deepEqual(friday.map(iso), ['early 2026-04-23T22:00:00.000Z 11 h', 'late 2026-04-24T09:00:00.000Z 12 h'])
  })
  test('a day that a zone left out has no airings of its own', () =>
    assert.deepEqual(inZone('Pacific/Apia', daily('10:00', '12:00', 'early')).day('news', '2011-12-30'), []))
})

suite('now and next', () => {
  const schedule = inZone(
    'Europe/Berlin',
    { ...daily('06:00', '09:00', 'early'), days: ['mon'] },
    { ...daily('09:00', '10:00', 'late'), days: ['mon'] },
  )

  test('an end belongs to what follows', () => {
    const { now, next } = schedule.nowAndNext('news', at('2026-07-06T07:00:00Z'))
    assert.equal(now?.program.id, 'late')
    assert.equal(iso(next), 'early 2026-07-13T04:00:00.000Z 3 h')
  })
  test('in a gap there is no now, and next is the first after it', () => {
    const { now, next } = schedule.nowAndNext('news', at('2026-07-06T08:00:00Z'))
    assert.equal(now, null)
    assert.equal(iso(next), 'early 2026-07-13T04:00:00.000Z 3 h')
  })
  test('the next change is the nearest end or start on any mount', () => {
    assert.equal(schedule.nextChange(at('2026-07-06T04:00:00Z')), at('2026-07-06T07:00:00Z'))
    assert.equal(schedule.nextChange(at('2026-07-06T08:00:00Z')), at('2026-07-13T04:00:00Z'))
    assert.equal(inZone('UTC').nextChange(0), null)
  })
})

test('an airing of a programme that is not there is refused', () =>
  assert.throws(
    () => inZone('UTC', daily('00:00', '01:00', 'nobody')),
    (error) => error instanceof GroundwaveError && error.code === 'CONFIG_INVALID',
  ))

test('programmes carry their id', () =>
  assert.deepEqual(
    inZone('UTC')
      .programs()
      .map(({ id, name }) => [id, name]),
    [
      ['early', 'First Light'],
      ['late', 'Last Ferry'],
      ['all', 'Small Hours'],
    ],
  ))
