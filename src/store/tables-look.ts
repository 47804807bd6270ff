export type LookTables = { looks: LooksTable }

/** How the station looks, once for each time somebody changed it; the newest is in force. */
export type LooksTable = {
  id: string
  /** JSON: name, line, theme, logo. */
  look: string
  at: number
  by: string
}
