import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import type { AiringConfig, ProgramConfig } from '../config/schema.ts'
import { createSchedule } from './schedule.ts'
import type { Airing, Schedule } from './schedule.ts'
import { createWallClock } from './wall-clock.ts'

const runs = { numRuns: 400 }
const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
const program: ProgramConfig = { name: 'P', host: '', summary: '', kind: 'talk', replay: true }
const programs = { a: program, b: program, c: program }

const zones = fc.constantFrom(...Intl.supportedValuesOf('timeZone'))
const instants = fc.integer({ min: Date.UTC(1970, 0), max: Date.UTC(2040, 0) })

/** A zone and a day in it; every other time a day on which its clocks change. */
const places = fc
  .record({ zone: zones, at: instants, change: fc.boolean(), offset: fc.integer({ min: -1, max: 1 }) })
  .map(({ zone, at, change, offset }) => {
    const moment = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone)
    const found = (change && moment.getTimeZoneTransition('next')) || moment
    return { zone, date: found.toPlainDate().add({ days: offset }) }
  })

/** One day's cuts in minutes, many of them where clocks are changed. */
const cuts = fc.uniqueArray(
  fc.oneof(fc.integer({ min: 1, max: 1439 }), fc.constantFrom(30, 60, 90, 120, 150, 180, 1380, 1410)),
  { maxLength: 6 },
)
const ids = fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 7, maxLength: 7 })

/** A week without a gap; `kept` says which of its airings stay when gaps are wanted. */
const weeks = fc.array(fc.record({ cuts, ids, kept: fc.array(fc.boolean(), { minLength: 7, maxLength: 7 }) }), {
  minLength: 7,
  maxLength: 7,
})
type Week = typeof weeks extends fc.Arbitrary<infer T> ? T : never

const airingsOf = (week: Week, gaps: boolean): AiringConfig[] =>
  week.flatMap(({ cuts, ids, kept }, weekday) => {
    const edges = [0, ...cuts.toSorted((a, b) => a - b), 1440]
    return edges.slice(1).flatMap((end, at) => {
      if (gaps && !kept[at % 7]) return []
      return [{ days: [days[weekday]!], start: clockTime(edges[at]!), end: clockTime(end), program: ids[at % 7]! }]
    })
  })

const clockTime = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

const scheduleOf = (zone: string, week: Week, gaps: boolean) =>
  createSchedule({ programs, schedule: { news: airingsOf(week, gaps) }, zone })

const span = (zone: string, date: Temporal.PlainDate) => {
  const clock = createWallClock(zone)
  return [clock.instant(date, 0), clock.instant(date, 1440)] as const
}

const assertOrdered = (airings: Airing[]) => {
  for (const { start, end } of airings) assert.ok(end > start, 'an airing lasts')
  for (const [at, airing] of airings.slice(1).entries())
    assert.ok(airing.start >= airings[at]!.end, 'airings do not overlap')
}

test('a later time on the wall is never an earlier instant, and shows that time wherever the clock does', () =>
  fc.assert(
    fc.property(
      places,
      fc.integer({ min: 0, max: 1440 }),
      fc.integer({ min: 0, max: 1440 }),
      ({ zone, date }, a, b) => {
        const clock = createWallClock(zone)
        const instant = clock.instant(date, a)
        assert.ok(a <= b === instant <= clock.instant(date, b) || instant === clock.instant(date, b))
        const shown = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone).toPlainDateTime()
        const wanted = date.toPlainDateTime().add({ minutes: a })
        // Skipped: the instant of the change, when the clock shows something later.
        assert.ok(Temporal.PlainDateTime.compare(shown, wanted) >= 0)
        if (!shown.equals(wanted)) assert.notEqual(offsetAt(zone, instant - 1), offsetAt(zone, instant))
      },
    ),
    runs,
  ))

const offsetAt = (zone: string, at: number) =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).offsetNanoseconds

test('the airings of a day are in order, do not overlap, and touch the day', () =>
  fc.assert(
    fc.property(places, weeks, fc.boolean(), ({ zone, date }, week, gaps) => {
      const airings = scheduleOf(zone, week, gaps).day('news', date.toString())
      const [from, until] = span(zone, date)
      assertOrdered(airings)
      for (const { start, end } of airings) assert.ok(start < until && end > from)
    }),
    runs,
  ))

test('a full week has no gap at any instant: each day is covered from end to end', () =>
  fc.assert(
    fc.property(places, weeks, fc.nat(), ({ zone, date }, week, pick) => {
      const schedule = scheduleOf(zone, week, false)
      const airings = schedule.day('news', date.toString())
      const [from, until] = span(zone, date)
      if (from === until) return // a day the zone left out
      assert.ok(airings[0]!.start <= from && airings.at(-1)!.end >= until)
      for (const [at, airing] of airings.slice(1).entries()) assert.equal(airing.start, airings[at]!.end)
      const at = from + (pick % (until - from))
      const { now, next } = schedule.nowAndNext('news', at)
      assert.ok(now && now.start <= at && at < now.end)
      assert.equal(next?.start, now.end)
      assert.equal(schedule.nextChange(at), now.end)
    }),
    runs,
  ))

test('an airing lasts as long as the wall says, except over a change of the clocks', () =>
  fc.assert(
    fc.property(places, weeks, ({ zone, date }, week) => {
      for (const { start, end } of scheduleOf(zone, week, true).day('news', date.toString())) {
        if (offsetAt(zone, start) !== offsetAt(zone, end) || changesWithin(zone, start, end)) continue
        const wall = (at: number) =>
          Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDateTime()
        assert.equal(wall(start).until(wall(end)).total('milliseconds'), end - start)
      }
    }),
    runs,
  ))

const changesWithin = (zone: string, start: number, end: number) => {
  const change = Temporal.Instant.fromEpochMilliseconds(start - 1)
    .toZonedDateTimeISO(zone)
    .getTimeZoneTransition('next')
  return change !== null && change.epochMilliseconds <= end
}

test('now and next agree with the day', () =>
  fc.assert(
    fc.property(places, weeks, fc.nat(), ({ zone, date }, week, pick) => {
      const schedule: Schedule = scheduleOf(zone, week, true)
      const [from, until] = span(zone, date)
      if (from === until) return
      const at = from + (pick % (until - from))
      const airings = schedule.day('news', date.toString())
      const { now, next } = schedule.nowAndNext('news', at)
      assert.deepEqual(now, airings.find(({ start, end }) => start <= at && at < end) ?? null)
      const later = airings.find(({ start }) => start > at)
      if (later) assert.deepEqual(next, later)
      else assert.ok(next === null || next.start >= until)
      const change = schedule.nextChange(at)
      assert.equal(change, now?.end ?? next?.start ?? null)
    }),
    runs,
  ))

test('every zone there is can be asked for every day of a year', () => {
  const week = airingsOf(fc.sample(weeks, { seed: 7, numRuns: 1 })[0]!, false)
  for (const zone of Intl.supportedValuesOf('timeZone').filter((_, at) => at % 8 === 0)) {
    const schedule = createSchedule({ programs, schedule: { news: week }, zone })
    let end: number | null = null
    for (let date = Temporal.PlainDate.from('2026-01-01'); date.year === 2026; date = date.add({ days: 1 })) {
      const airings = schedule.day('news', date.toString())
      assertOrdered(airings)
      const first = airings.find(({ start }) => end !== null && start >= end)
      if (end !== null && first) assert.equal(first.start, end, `${zone} ${date.toString()}`)
      end = airings.at(-1)!.end
    }
  }
})
