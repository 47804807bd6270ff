import { z } from 'zod'

/**
 * A backup is a tar file with, in this order:
 *   format.json                     what it is, and which steps its database has been through
 *   tables/<table>/<000001>.jsonl.gz  rows, one JSON object a line; bytes as {"base64": "…"}
 *   blobs/<sha256>                  pictures, sound, documents
 *   station/…                       groundwave.yaml, and the folders written by hand
 *   manifest.json                   length and SHA-256 of every entry before it, rows of every table
 * The manifest comes last because it is known last; a file that has none was not finished.
 */
export const FORMAT = 'groundwave-backup'
export const VERSION = 1
export const FORMAT_ENTRY = 'format.json'
export const MANIFEST_ENTRY = 'manifest.json'

/** What of the station's folder belongs to a backup. data/ does not: the database and the blobs are in it already, and the archive of the air has its own ways. */
export const STATION_FILES = ['groundwave.yaml', 'stories', 'pictures', 'audio']

export const formatSchema = z.object({
  format: z.literal(FORMAT),
  version: z.int(),
  /** ISO 8601. */
  made: z.string(),
  engine: z.enum(['sqlite', 'postgres']),
  migrations: z.array(z.string()),
})

export const manifestSchema = z.object({
  entries: z.array(z.object({ path: z.string(), bytes: z.int(), sha256: z.string() })),
  /** Rows by table. */
  tables: z.record(z.string(), z.int()),
})

export type Manifest = z.infer<typeof manifestSchema>

export type Row = Record<string, unknown>

export const rowToLine = (row: Row): string =>
  `${JSON.stringify(Object.fromEntries(Object.entries(row).map(([column, value]) => [column, value instanceof Uint8Array ? { base64: Buffer.from(value).toString('base64') } : value])))}\n`

export const lineToRow = (line: string): Row =>
  Object.fromEntries(
    Object.entries(JSON.parse(line) as Row).map(([column, value]) => [
      column,
      typeof value === 'object' && value !== null && 'base64' in value
        ? Buffer.from(String(value.base64), 'base64')
        : value,
    ]),
  )
