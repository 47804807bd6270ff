import type { DeskTables } from './tables-desk.ts'
import type { DraftTables } from './tables-drafts.ts'
import type { HousesTables } from './tables-houses.ts'
import type { LibraryTables } from './tables-library.ts'
import type { LookTables } from './tables-look.ts'
import type { NewsroomTables } from './tables-newsroom.ts'
import type { PeopleTables } from './tables-people.ts'
import type { SearchTables } from './tables-search.ts'
import type { SettingsTables } from './tables-settings.ts'
import type { WireTables } from './tables-wire.ts'

/**
 * Every table and its columns, the same on both engines. Times are integers in milliseconds since the Unix epoch,
 * truths are 0 or 1, ids are text that sorts by time, JSON is text and is parsed in code.
 */
export type Database = CoreTables &
  SettingsTables &
  DeskTables &
  PeopleTables &
  NewsroomTables &
  DraftTables &
  WireTables &
  SearchTables &
  LibraryTables &
  LookTables &
  HousesTables

type CoreTables = {
  migrations: MigrationsTable
  events: EventsTable
  jobs: JobsTable
}

/** What `migrate` has run, by name. */
export type MigrationsTable = { name: string; at: number }

/** What happened, for ever: the engine itself refuses to change or delete a row. */
export type EventsTable = {
  /** Counts up in the order of commits; an event that becomes visible later never has a smaller one. */
  seq: number
  id: string
  at: number
  /** `story.published`, `session.started` … */
  type: string
  /** An account's id, or the part of the program that did it: `system`, `cli`, `wire`. */
  actor: string
  subject_kind: string
  subject_id: string
  /** JSON. */
  data: string
}

export type JobsTable = {
  id: string
  kind: string
  /** Two waiting jobs never have the same key; the later one replaces the earlier. */
  key: string | null
  /** JSON. */
  payload: string
  state: 'waiting' | 'running' | 'dead'
  run_at: number
  attempts: number
  most_attempts: number
  /** Who runs it, a new text for each run; null when nobody does. */
  lease: string | null
  lease_until: number | null
  /** What went wrong the last time. */
  error: string | null
  made_at: number
}
