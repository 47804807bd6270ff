import type { Airing, Program } from '../schedule/schedule.ts'
import { firstSentence } from '../player/words.ts'
import { pictureUrl } from './card.ts'
import type { Frame } from './frame.ts'
import { programHref } from './now-box.ts'
import type { SiteDeps } from './site-deps.ts'
import { addDays } from './times.ts'

export type Coming = {
  iso: string
  weekday: string
  day: string
  time: string
  stream: string
  episode: string
  isOn: boolean
}

export type ProgramProps = { frame: Frame; program: Program; picture: string | null; facts: string[]; coming: Coming[] }

export type ProgramsProps = {
  frame: Frame
  kinds: { name: string; programs: { href: string; name: string; host: string; about: string; next: string }[] }[]
}

/** Days ahead that are looked through. */
const AHEAD = 8

/** Each programme's airings of the coming week, on any public stream, in order. */
const comingAirings = ({ schedule }: SiteDeps, { streams, times, at }: Frame): Map<string, Airing[]> => {
  const today = times.date(at)
  const days = Array.from({ length: AHEAD }, (_, index) => addDays(today, index))
  const airings = streams.flatMap(({ name }) => days.flatMap((date) => schedule.day(name, date)))
  const ahead = airings.filter((airing) => airing.end > at).sort((a, b) => a.start - b.start)
  // An airing over midnight touches two days.
  const once = new Map(ahead.map((airing) => [`${airing.mount} ${airing.start}`, airing]))
  return Map.groupBy(once.values(), (airing) => airing.program.id)
}

export const presentProgram = (deps: SiteDeps, frame: Frame, id: string): ProgramProps | null => {
  const program = deps.schedule.programs().find((each) => each.id === id)
  if (!program) return null
  const { times, at, streams } = frame
  const airings = comingAirings(deps, frame).get(id) ?? []
  const streamTitle = (mount: string) => streams.find(({ name }) => name === mount)?.title ?? mount
  const slots = new Set(
    airings.map(({ start, mount }) => `${times.weekday(start)}s ${times.short(start)}, ${streamTitle(mount)}`),
  )
  return {
    frame,
    program,
    picture: program.picture ? pictureUrl(program.picture) : null,
    facts: slots.size > 3 ? [`${airings.length} times in the coming week`] : [...slots],
    coming: airings.slice(0, 12).map(({ start, end, mount, episode }) => ({
      iso: times.iso(start),
      weekday: times.date(start) === times.date(at) ? 'Today' : times.weekday(start),
      day: times.monthDay(start),
      time: `${times.clock(start)} to ${times.clock(end)}`,
      stream: streamTitle(mount),
      episode,
      isOn: start <= at,
    })),
  }
}

export const presentPrograms = (deps: SiteDeps, frame: Frame): ProgramsProps => {
  const { times, at } = frame
  const coming = comingAirings(deps, frame)
  const line = (program: Program) => {
    const next = coming.get(program.id)?.[0]
    const day = next && (times.date(next.start) === times.date(at) ? 'Today' : times.weekday(next.start))
    return {
      href: programHref(program.id),
      name: program.name,
      host: program.host,
      about: firstSentence(program.summary),
      next: next ? (next.start <= at ? 'On the air' : `${day}, ${times.short(next.start)}`) : '',
    }
  }
  const programs = deps.schedule.programs().toSorted((a, b) => a.name.localeCompare(b.name))
  const kinds = (['talk', 'music'] as const).map((kind) => ({
    name: kind === 'talk' ? 'News and talk' : 'Music',
    programs: programs.filter((program) => program.kind === kind).map(line),
  }))
  return { frame, kinds: kinds.filter((kind) => kind.programs.length > 0) }
}
