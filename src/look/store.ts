import type { ReadonlyKysely } from 'kysely/readonly'
import type { Database, Tx } from '../store/store.ts'
import type { Logo } from './logo.ts'
import { standardTheme } from './theme.ts'
import type { Theme } from './theme.ts'

// All SQL of the look.

export type Look = {
  /** The station's name and line; null: as the configuration has them. */
  name: string | null
  line: string | null
  theme: Theme
  /** null: the one that comes with the program. */
  logo: Logo | null
}

export const newestLook = async (read: ReadonlyKysely<Database> | Tx): Promise<Look | null> => {
  const row = await read
    .selectFrom('looks')
    .select('look')
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!row) return null
  const look = JSON.parse(row.look) as Look
  // A theme of an older program lacks what has come since.
  return { ...look, theme: { ...standardTheme, ...look.theme } }
}

export const insertLook = async (tx: Tx, { id, look, at, by }: { id: string; look: Look; at: number; by: string }) => {
  await tx
    .insertInto('looks')
    .values({ id, look: JSON.stringify(look), at, by })
    .execute()
}
