import { mountName } from '../../src/config/mount-name.ts'
import type { AirView, MountView } from '../../src/air/air-view.ts'
import type { Clock } from '../../src/base/clock.ts'
import { type StationConfig } from '../../src/config/schema.ts'
import type { Spins } from '../../src/music/music.ts'
import { slugOf } from '../../src/newsroom/newsroom.ts'
import type { ListName, Newsroom, Story } from '../../src/newsroom/newsroom.ts'
import type { Airing, Schedule } from '../../src/schedule/schedule.ts'
import { THURSDAY, worldSpins } from './world.ts'

const names = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

/** The week of a configuration, told off day by day. */
export const fakeSchedule = ({ schedule, programs, station }: StationConfig): Schedule => {
  const instant = (day: Temporal.PlainDate, time: string) => {
    const [date, clock] = time === '24:00' ? [day.add({ days: 1 }), '00:00'] : [day, time]
    return date.toZonedDateTime({ timeZone: station.zone, plainTime: clock }).epochMilliseconds
  }
  const begun = (mount: string, day: Temporal.PlainDate): Airing[] =>
    (schedule[mount] ?? [])
      .filter(({ days }) => days.includes(names[day.dayOfWeek - 1] ?? 'mon'))
      .map(({ start, end, program, episode }) => ({
        mount,
        program: { id: program, ...programs[program] } as Airing['program'],
        episode: episode ?? '',
        start: instant(day, start),
        end: instant(day, end),
      }))
      .sort((a, b) => a.start - b.start)
  const around = (mount: string, at: number) => {
    const today = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(station.zone).toPlainDate()
    return [-1, 0, 1, 2].flatMap((days) => begun(mount, today.add({ days })))
  }
  return {
    day: (mount, date) => begun(mount, Temporal.PlainDate.from(date)),
    nowAndNext(mount, at) {
      const list = around(mount, at)
      return {
        now: list.find((airing) => airing.start <= at && airing.end > at) ?? null,
        next: list.find((airing) => airing.start > at) ?? null,
      }
    },
    nextChange(at) {
      const moments = Object.keys(schedule).flatMap((mount) =>
        around(mount, at).flatMap(({ start, end }) => [start, end]),
      )
      const later = moments.filter((moment) => moment > at)
      return later.length ? Math.min(...later) : null
    },
    programs: () => Object.entries(programs).map(([id, program]) => ({ id, ...program })),
  }
}

const topicsOf = (stories: Story[], id: string) => stories.find((story) => story.id === id)?.topics ?? []

const isIn = ({ section, topics, bylines, audio, corrections, place }: Story, list: ListName) => {
  const [kind, name = ''] = list.split(':', 2)
  switch (kind) {
    case 'section':
      return section === name
    case 'topic':
      return topics.some((topic) => slugOf(topic) === name)
    case 'author':
      return bylines.some((by) => slugOf(by.name) === name)
    case 'audio':
      return audio !== null
    case 'corrected':
      return corrections.length > 0
    case 'placed':
      return place !== null
    default:
      return true
  }
}

export const fakeNewsroom = (stories: Story[]): Newsroom => ({
  stories: (list = 'all', count) => stories.filter((story) => isIn(story, list)).slice(0, count),
  find: (path) => stories.find((story) => story.path === path) ?? null,
  card: (id) => stories.find((story) => story.id === id) ?? null,
  read: async (path) => stories.find((story) => story.path === path) ?? null,
  withdrawn: (path) =>
    path === '/news/2026-03-11/withdrawn'
      ? { at: '2026-03-11T13:14:03Z', note: 'The timetable we relied on was false' }
      : null,
  killedAfter: () => [],
  isKilled: () => false,
  shows: () => true,
  nextChange: () => Infinity,
  related: (id, count) =>
    stories
      .filter((other) => other.id !== id)
      .map((other) => ({ other, shared: other.topics.filter((topic) => topicsOf(stories, id).includes(topic)).length }))
      .filter(({ shared }) => shared > 0)
      .sort((a, b) => b.shared - a.shared)
      .slice(0, count)
      .map(({ other }) => other),
})

export const fakeSpins: Spins = {
  latest: (mount, count) => worldSpins.filter((spin) => spin.mount === mount).slice(0, count),
}

/** An air whose mounts are changed by hand. */
export type FakeAir = AirView & { set(name: string, change: Partial<MountView>): void }

export const fakeAir = ({ mounts }: StationConfig): FakeAir => {
  const titles: Record<string, string> = {
    music: 'The Paper Lanterns - Slow Ferry',
    classical: 'Aurel Vintner, Hollis Quay Players - Sonata for Cello and Rain: II. Adagio',
  }
  const listeners = new Set<() => void>()
  let views: MountView[] = mounts.map(({ path }) => ({
    mount: path,
    name: mountName(path),
    up: true,
    since: THURSDAY - 3_600_000,
    feed: 'source',
    title: titles[mountName(path)] ?? null,
    titleAt: THURSDAY - 180_000,
    format: { codec: 'mp3', rate: 44_100, channels: 2, kbps: 64 },
    hls: true,
    listeners: 12,
  }))
  return {
    connected: () => true,
    mounts: () => views,
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    set(name, change) {
      views = views.map((view) => (view.name === name ? { ...view, ...change } : view))
      for (const listener of listeners) listener()
    },
  }
}

export type FakeClock = Clock & { set(at: number): void }

export const fakeClock = (at = THURSDAY): FakeClock => {
  let now = at
  return { now: () => now, set: (next) => void (now = next) }
}
