export type WireTables = {
  wire_messages: WireMessagesTable
  wire_arrivals: WireArrivalsTable
  wire_items: WireItemsTable
  wire_references: WireReferencesTable
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
}

/** Documents that items refer to, as they came: biographies, transcripts, collections. */
export type WireReferencesTable = { provider: string; id: string; kind: string; document: string; at: number }
