import type { ConfigDocument } from './document.ts'
import { suggest } from './problem.ts'
import type { Problem } from './problem.ts'
import { configSchema } from './schema.ts'
import type { AiringConfig } from './schema.ts'

type Placed = { airing: AiringConfig; index: number; start: number; end: number }

/** The week's own rules: programmes that exist, mounts that exist, times that end after they start and do not overlap. */
export const checkWeek = (document: ConfigDocument, mounts: string[]): Problem[] => {
  const programs = Object.keys(recordAt(document.data, 'programs'))
  return Object.entries(recordAt(document.data, 'schedule')).flatMap(([mount, airings]) => {
    const placed = place(airings)
    return [
      ...(mounts.includes(mount)
        ? []
        : [document.atKey(['schedule', mount], 'is no mount of this station', suggest(mount, mounts))]),
      ...placed.flatMap((one) => checkAiring(document, mount, one, programs)),
      ...checkOverlaps(document, mount, placed),
    ]
  })
}

const place = (airings: unknown): Placed[] =>
  (Array.isArray(airings) ? airings : []).flatMap((item: unknown, index) => {
    const read = configSchema.shape.schedule.unwrap().valueType.element.safeParse(item)
    if (!read.success) return []
    return [{ airing: read.data, index, start: minutes(read.data.start), end: minutes(read.data.end) }]
  })

const checkAiring = (document: ConfigDocument, mount: string, placed: Placed, programs: string[]): Problem[] => {
  const { airing, index, start, end } = placed
  const path = ['schedule', mount, index]
  const problems: Problem[] = []
  if (!programs.includes(airing.program))
    problems.push(
      document.at([...path, 'program'], `"${airing.program}" is not under programs`, suggest(airing.program, programs)),
    )
  if (Math.max(start, end) > 24 * 60)
    problems.push(document.at([...path, start > end ? 'start' : 'end'], 'is later than "24:00", the end of the day'))
  else if (end <= start)
    problems.push(
      document.at(
        [...path, 'end'],
        start === end ? 'ends when it starts' : 'ends before it starts',
        'Over midnight takes two lines: one until "24:00", and one from "00:00" on the next day.',
      ),
    )
  const twice = airing.days.find((day, at) => airing.days.indexOf(day) < at)
  if (twice) problems.push(document.at([...path, 'days'], `names ${twice} twice`))
  return problems
}

const checkOverlaps = (document: ConfigDocument, mount: string, placed: Placed[]): Problem[] =>
  placed.flatMap((one, position) => {
    const other = placed
      .slice(0, position)
      .find((earlier) => sharedDay(earlier, one) && earlier.start < one.end && one.start < earlier.end)
    if (!other) return []
    const { start, end, program } = other.airing
    return [
      document.at(
        ['schedule', mount, one.index],
        `overlaps schedule.${mount}[${other.index}] on ${sharedDay(other, one)}: ${program}, ${start} to ${end}`,
      ),
    ]
  })

const sharedDay = (a: Placed, b: Placed) => a.airing.days.find((day) => b.airing.days.includes(day))

/** `16:30` → 990. */
const minutes = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))

const recordAt = (data: unknown, key: string): Record<string, unknown> => {
  const value = typeof data === 'object' && data !== null ? (data as Record<string, unknown>)[key] : undefined
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {}
}
