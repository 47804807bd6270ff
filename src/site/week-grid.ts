import type { Airing, Schedule } from '../schedule/schedule.ts'
import type { Frame } from './frame.ts'
import { programHref } from './now-box.ts'
import { addDays } from './times.ts'

export type WeekCell = {
  title: string
  href: string
  note: string
  kind: 'talk' | 'music' | 'on' | 'empty'
  rows: number
  columns: number
}

/** A week as a table: hours down, days across; cells that are the same on neighbouring days are one. */
export type WeekGrid = {
  days: { name: string; isToday: boolean }[]
  rows: { hour: string; cells: WeekCell[] }[]
}

type Slot = { start: number; end: number; cell: Omit<WeekCell, 'rows' | 'columns'> }

/** Minutes of the day the table shows. */
const FIRST = 6 * 60
const LAST = 24 * 60

type GridProps = { schedule: Schedule; frame: Frame; mount: string; monday: string }

export const weekGrid = ({ schedule, frame, mount, monday }: GridProps): WeekGrid => {
  const { times, at } = frame
  const dates = [0, 1, 2, 3, 4, 5, 6].map((days) => addDays(monday, days))
  const days = dates.map((date) =>
    fillGaps(schedule.day(mount, date).flatMap((airing) => slotOf(airing, { frame, date }))),
  )
  const marks = rowMarks(days)
  return {
    days: dates.map((date) => {
      const day = Temporal.PlainDate.from(date)
      const name = new Intl.DateTimeFormat('en-US', { weekday: 'short', timeZone: 'UTC' }).format(Date.parse(date))
      const isToday = date === times.date(at)
      return { name: `${name} ${day.day}${isToday ? ', today' : ''}`, isToday }
    }),
    rows: marks.map((mark, index) => ({ hour: hourName(mark, index === 0), cells: cellsAt(days, marks, mark) })),
  }
}

/** One airing as minutes of one day, cut to what the table shows. */
const slotOf = (airing: Airing, { frame, date }: { frame: Frame; date: string }): Slot[] => {
  const { times, at } = frame
  const minuteOf = (when: number) => {
    const { hour, minute } = times.zoned(when)
    const days = times.date(when).localeCompare(date)
    return days < 0 ? 0 : days > 0 ? LAST : hour * 60 + minute
  }
  const [start, end] = [Math.max(FIRST, minuteOf(airing.start)), Math.min(LAST, minuteOf(airing.end))]
  if (start >= end) return []
  const isOn = airing.start <= at && airing.end > at
  const { program, episode } = airing
  const note = isOn
    ? `on air, until ${times.short(airing.end).replace(/ [ap]m$/, '')}`
    : noteOf(episode, program.summary)
  return [
    {
      start,
      end,
      cell: { title: program.name, href: programHref(program.id), note, kind: isOn ? 'on' : program.kind },
    },
  ]
}

/** A cell has room for a few words. */
const noteOf = (episode: string, summary: string) => {
  if (/\brepeat\b/i.test(episode)) return 'repeat'
  const text = summary.replace(/\.$/, '')
  return text.length <= 36 ? text : ''
}

const empty = { title: '', href: '', note: '', kind: 'empty' as const }

/** Slots in order, without overlaps, with the times between them. */
const fillGaps = (slots: Slot[]): Slot[] => {
  const filled: Slot[] = []
  let end = FIRST
  for (const slot of slots.toSorted((a, b) => a.start - b.start)) {
    if (slot.start < end) continue
    if (slot.start > end) filled.push({ start: end, end: slot.start, cell: empty })
    filled.push(slot)
    end = slot.end
  }
  if (end < LAST) filled.push({ start: end, end: LAST, cell: empty })
  return filled
}

/** Where rows begin: every start of a programme, and full hours that have none within the hour; none after the last start. */
const rowMarks = (days: Slot[][]): number[] => {
  const starts = new Set(days.flat().map((slot) => slot.start))
  const latest = Math.max(FIRST, ...starts)
  for (let hour = FIRST; hour < latest; hour += 60) {
    const hasOther = [...starts].some((start) => start > hour && start < hour + 60)
    if (!hasOther) starts.add(hour)
  }
  return [...starts].sort((a, b) => a - b)
}

const cellsAt = (days: Slot[][], marks: number[], mark: number): WeekCell[] => {
  const cells: WeekCell[] = []
  let before: Slot | undefined
  for (const day of days) {
    const slot = day.find(({ start }) => start === mark)
    const last = cells.at(-1)
    if (slot && before && last && isSame(slot, before)) last.columns += 1
    else if (slot)
      cells.push({ ...slot.cell, columns: 1, rows: marks.filter((m) => m >= slot.start && m < slot.end).length })
    before = slot
  }
  return cells
}

const isSame = (a: Slot, b: Slot) =>
  a.end === b.end &&
  a.cell.kind !== 'empty' &&
  a.cell.kind === b.cell.kind &&
  a.cell.href === b.cell.href &&
  a.cell.note === b.cell.note

/** `6 am`, then bare hours, `Noon` said as such. */
const hourName = (mark: number, isFirst: boolean) => {
  const [hour, minute] = [Math.floor(mark / 60), mark % 60]
  if (mark === 720) return 'Noon'
  const text = `${hour % 12 || 12}${minute ? `:${String(minute).padStart(2, '0')}` : ''}`
  return isFirst ? `${text} ${hour < 12 ? 'am' : 'pm'}` : text
}
