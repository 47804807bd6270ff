import type { Generated } from 'kysely'

export type WireTables = {
  wire_messages: WireMessagesTable
  wire_arrivals: WireArrivalsTable
  wire_items: WireItemsTable
  wire_references: WireReferencesTable
  wire_wants: WireWantsTable
  wire_pulls: WirePullsTable
  wire_updates: WireUpdatesTable
  wire_rules: WireRulesTable
}

/** The inbox: what came, as it came. */
export type WireMessagesTable = {
  id: string
  /** Name of the source in the configuration. */
  source: string
  received_at: number
  /** SHA-256 of the bytes, hex. */
  hash: string
  /** The bytes, base64: text columns of PostgreSQL cannot hold all bytes, and a backup writes JSON. */
  body: string
  /** When it was read; null while it has not been. */
  read_at: number | null
  via: Generated<'push' | 'pull' | 'recheck'>
  /** Since when some of it cannot be read; null when all of it can. */
  quarantined_at: number | null
  /** When it was read again the last time, by a later program or with what it referred to. */
  reread_at: number | null
}

/** What became of each item of a message, for ever. */
export type WireArrivalsTable = {
  id: string
  message_id: string
  provider: string
  item_id: string | null
  version: number | null
  decision: string
  story_id: string | null
  /** JSON: sentences for the desk. */
  reasons: string
  at: number
}

/** The newest of each item, and the story it became. */
export type WireItemsTable = {
  provider: string
  item_id: string
  version: number | null
  canceled: number
  story_id: string | null
  /** Where that version came in. */
  message_id: string | null
  /** The source's own word for its kind. */
  kind: Generated<string>
  headline: Generated<string>
  section: Generated<string>
  words: Generated<number>
  /** What became of it the last time something did. */
  decision: Generated<string>
  pubstatus: Generated<string>
  /** ISO instant, `open`, or null. */
  embargo: string | null
  /** How many versions have been here. */
  versions: Generated<number>
  /** SHA-256 of what the source last said to readers: what does not change it needs no revision. */
  content_hash: string | null
  /** When it came last. */
  at: Generated<number>
  /** When the source was last asked whether it still has it. */
  checked_at: number | null
  /** An editor has passed it over. */
  passed_at: number | null
  passed_by: string | null
}

/** Documents that items refer to, as they came: biographies, transcripts, collections. */
export type WireReferencesTable = { provider: string; id: string; kind: string; document: string; at: number }

/** Messages that would be more complete with a document, or the name of an organisation, that is not here. */
export type WireWantsTable = { provider: string; wanted: string; message_id: string }

/** Where asking a service stands. */
export type WirePullsTable = {
  source: string
  /** The newest change that has come, ms since the epoch. */
  cursor_at: number | null
  asked_at: number | null
  answered_at: number | null
  next_at: number | null
  /** The service wants to be left alone until then. */
  not_before: number | null
  /** One after the other. */
  failures: Generated<number>
  error: string | null
  error_since: number | null
}

/** What its source has said since a person changed the story, or withdrew it: an editor decides. */
export type WireUpdatesTable = {
  id: string
  provider: string
  item_id: string
  version: number | null
  message_id: string
  story_id: string | null
  /** Why it waits, a sentence. */
  reason: string
  at: number
  /** `overtaken`: a later one waits in its place. */
  state: 'waiting' | 'taken' | 'left' | 'overtaken'
  decided_at: number | null
  decided_by: string | null
}

/** Rules of a source that were made in the studio; they come before those of the configuration. */
export type WireRulesTable = {
  id: string
  source: string
  position: number
  /** JSON. */
  rule: string
  made_at: number
  made_by: string
}
