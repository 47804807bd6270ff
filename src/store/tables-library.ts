export type LibraryTables = { copies: CopiesTable }

/** A file that somebody else holds and that we show from here. */
export type CopiesTable = {
  /** Its name in our addresses, made of the address it comes from. */
  name: string
  kind: 'picture' | 'audio'
  url: string
  /** Null until it has been fetched. */
  blob: string | null
  type: string | null
  bytes: number | null
  /** Pixels; null for sound, and where the file does not tell. */
  width: number | null
  height: number | null
  wanted_at: number
  fetched_at: number | null
}
