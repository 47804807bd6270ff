/** Rows written by one statement: both engines bound the number of values in it (SQLite at 32,766). */
const ROWS = 500

/** Rows in the pieces a statement takes, in their order. */
export const rowsAtOnce = <T>(rows: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(rows.length / ROWS) }, (_, n) => rows.slice(n * ROWS, (n + 1) * ROWS))
