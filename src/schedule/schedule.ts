import type { ProgramConfig } from '../config/schema.ts'

/** A show as a lasting series. */
export type Program = ProgramConfig & { id: string }

/** One scheduled start–stop on one mount. */
export type Airing = {
  /** Mount name, for example `news`. */
  mount: string
  program: Program
  /** What this edition is about, '' when unknown. */
  episode: string
  /** Milliseconds since the Unix epoch; end is exclusive. */
  start: number
  end: number
}

/** The weekly schedule as instants, right on the days the clocks change. */
export type Schedule = {
  /** Airings of one mount that touch the station's calendar day `date` (YYYY-MM-DD), in order of start. */
  day(mount: string, date: string): Airing[]
  /** What is on at `at` and what follows (also after a gap); null where nothing is scheduled. */
  nowAndNext(mount: string, at: number): { now: Airing | null; next: Airing | null }
  /** The next instant after `at` at which any mount's programme changes, or null for an empty schedule. */
  nextChange(at: number): number | null
  programs(): Program[]
}
