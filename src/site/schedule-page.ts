import type { Airing } from '../schedule/schedule.ts'
import { firstSentence, sentence } from '../player/words.ts'
import type { Frame } from './frame.ts'
import { programHref } from './now-box.ts'
import type { SiteDeps } from './site-deps.ts'
import { addDays } from './times.ts'
import { weekGrid, type WeekGrid } from './week-grid.ts'

export type DayRow = {
  iso: string
  time: string
  until: string
  title: string
  href: string
  about: string
  state: 'past' | 'on' | 'to come'
}

export type ScheduleProps = {
  frame: Frame
  dek: string
  tabs: { href: string; name: string; isCurrent: boolean }[]
  stream: Frame['streams'][number]
  isToday: boolean
  /** `Thursday, March 12` */
  day: string
  parts: { name: string; rows: DayRow[] }[]
  days: { href: string; name: string; isCurrent: boolean }[]
  week: { grid: WeekGrid; label: string; caption: string; next: string }
}

/** `/schedule`, `/schedule/2026-03-14`, `/schedule/music`, `/schedule/2026-03-14/music` */
export const scheduleHref = (date: string | null, stream: string | null): string =>
  ['/schedule', date, stream].filter((part) => part !== null).join('/')

type Asked = { date: string | null; stream: string | null }

/** Null when there is no such stream. */
export const presentSchedule = ({ schedule }: SiteDeps, frame: Frame, asked: Asked): ScheduleProps | null => {
  const { times, at, streams } = frame
  const stream = asked.stream === null ? streams[0] : streams.find(({ name }) => name === asked.stream)
  if (!stream) return null
  const today = times.date(at)
  const date = asked.date ?? today
  const noon = Temporal.PlainDate.from(date).toZonedDateTime({
    timeZone: times.zone,
    plainTime: '12:00',
  }).epochMilliseconds
  // The first stream has the short address.
  const name = stream === streams[0] ? null : stream.name
  const monday = addDays(date, 1 - Temporal.PlainDate.from(date).dayOfWeek)
  const now = schedule.nowAndNext(stream.name, at).now
  const on = now && `On the air: ${now.program.name}, until ${times.short(now.end)}.`
  return {
    frame,
    dek: [`${times.dayDate(noon)}.`, date === today && on].filter(Boolean).join(' '),
    tabs: streams.map((other, index) => ({
      href: scheduleHref(asked.date, index === 0 ? null : other.name),
      name: other.shortTitle,
      isCurrent: other === stream,
    })),
    stream,
    isToday: date === today,
    day: times.dayDate(noon),
    parts: partsOf(
      schedule.day(stream.name, date).filter((airing) => times.date(airing.start) === date),
      frame,
    ),
    days: [0, 1, 2, 3, 4, 5, 6].map((days) => dayLink(addDays(monday, days))),
    week: {
      grid: weekGrid({ schedule, frame, mount: stream.name, monday }),
      label: `Week of ${monthDay(monday)}, ${stream.title}`,
      caption: `${stream.title}, week of ${monthDay(monday)}, ${monday.slice(0, 4)}`,
      next: scheduleHref(addDays(date, 7), name),
    },
  }

  function monthDay(day: string) {
    return times.monthDay(
      Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: times.zone, plainTime: '12:00' }).epochMilliseconds,
    )
  }

  function dayLink(day: string) {
    const middle = Temporal.PlainDate.from(day).toZonedDateTime({
      timeZone: times.zone,
      plainTime: '12:00',
    }).epochMilliseconds
    return {
      href: scheduleHref(day === today ? null : day, name),
      name: day === today ? `${times.dayDate(middle)}, today` : times.dayDate(middle),
      isCurrent: day === date,
    }
  }
}

const partOf = (hour: number) => (hour < 6 ? 'Night' : hour < 12 ? 'Morning' : hour < 18 ? 'Afternoon' : 'Evening')

/** The day in parts; the first time of each half of the day says am or pm. */
const partsOf = (airings: Airing[], { times, at }: Frame): ScheduleProps['parts'] => {
  const parts: ScheduleProps['parts'] = []
  let half = ''
  for (const airing of airings) {
    const { hour } = times.zoned(airing.start)
    const name = partOf(hour)
    if (parts.at(-1)?.name !== name) parts.push({ name, rows: [] })
    const [time = '', suffix = ''] = plainClock(airing.start).split(' ')
    parts.at(-1)?.rows.push({
      iso: times.iso(airing.start),
      time: suffix === half ? time : `${time} ${suffix}`,
      until: `to ${untilTime(airing.end)}`,
      title: airing.program.name,
      href: programHref(airing.program.id),
      about: aboutRow(airing),
      state: airing.end <= at ? 'past' : airing.start <= at ? 'on' : 'to come',
    })
    half = suffix
  }
  return parts

  /** `12:00 pm`: in a column of times noon is a number too. */
  function plainClock(when: number) {
    const text = times.clock(when)
    return text === 'noon' ? '12:00 pm' : text === 'midnight' ? '12:00 am' : text
  }

  function untilTime(when: number) {
    return times.clock(when).replace(/ [ap]m$/, '')
  }
}

const aboutRow = ({ program, episode }: Airing) =>
  [sentence(program.host), sentence(episode || firstSentence(program.summary))].filter(Boolean).join(' ')
