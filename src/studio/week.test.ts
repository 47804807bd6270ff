import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { configSchema } from '../config/schema.ts'
import { createSchedule } from '../schedule/schedule.ts'
import { createStudioTimes } from './times.ts'
import { weekPlan } from './week.ts'

const zone = 'America/New_York'
const times = createStudioTimes(zone)
const daily = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']

const planOf = (airings: object[], { of, now }: { of: string; now: string }) => {
  const config = configSchema.parse({
    station: { name: 'Oxbow', zone },
    mounts: [{ path: '/news.mp3', name: 'News', source: { password: 'p' } }],
    programs: { light: { name: 'First Light' }, table: { name: 'The Long Table' }, hours: { name: 'Small Hours' } },
    schedule: { news: airings },
  })
  const schedule = createSchedule({ ...config, zone })
  return weekPlan('news', of, { schedule, times, now: Date.parse(now) })
}
const airing = (days: string[], start: string, end: string, program: string) => ({ days, start, end, program })
const weekdays = daily.slice(0, 5)

suite('the week', () => {
  test('begins on Monday, and every day is whole from its first programme to its last', () => {
    const plan = planOf([airing(daily, '06:00', '09:00', 'light'), airing(weekdays, '09:00', '11:00', 'table')], {
      of: '2026-03-12',
      now: '2026-03-12T08:00:00-04:00',
    })
    assert.equal(plan.title, 'Week of March 9')
    assert.deepEqual([plan.before, plan.after, plan.isThisWeek], ['2026-03-02', '2026-03-16', true])
    assert.deepEqual(plan.marks, [360, 540, 660])
    for (const { cells } of plan.days) {
      const lengths = cells.map(({ from, to }) => to - from)
      assert.equal(
        lengths.reduce((sum, length) => sum + length),
        300,
      )
    }
    assert.deepEqual(plan.holes, ['Saturday 9 am (2 h)', 'Sunday 9 am (2 h)'])
    const on = plan.days.flatMap(({ cells, date }) => cells.filter(({ isOn }) => isOn).map(() => date))
    assert.deepEqual(on, ['2026-03-12'])
  })

  test('stands by the clock on the wall, also on the days it is changed', () => {
    const plan = planOf([airing(daily, '06:00', '09:00', 'light')], { of: '2026-03-08', now: '2026-03-12T12:00:00Z' })
    assert.deepEqual(plan.marks, [360, 540])
    assert.equal(plan.isThisWeek, false)
    assert.deepEqual(plan.days.map(({ name }) => name).join(' '), 'Mon 2 Tue 3 Wed 4 Thu 5 Fri 6 Sat 7 Sun 8')
  })

  test('a day ends at midnight and not before', () => {
    const plan = planOf([airing(['fri'], '22:00', '24:00', 'hours'), airing(['sat'], '00:00', '02:00', 'hours')], {
      of: '2026-03-12',
      now: '2026-03-12T12:00:00Z',
    })
    const spans = plan.days.map(({ cells }) => cells.filter((cell) => cell.airing).map(({ from, to }) => [from, to]))
    assert.deepEqual(spans[4], [[1320, 1440]])
    assert.deepEqual(spans[5], [[0, 120]])
  })

  test('an empty week has no table', () => {
    assert.deepEqual(planOf([], { of: '2026-03-12', now: '2026-03-12T12:00:00Z' }).marks, [])
  })
})
