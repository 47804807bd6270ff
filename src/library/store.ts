import type { ReadonlyKysely } from 'kysely/readonly'
import type { Database, Tx } from '../store/store.ts'
import type { PhotoFields } from './photo-store.ts'

// All SQL of copies.

type Read = ReadonlyKysely<Database> | Tx

export type Wanted = {
  kind: 'picture' | 'audio'
  url: string
  /** What is said of a picture where it comes from. */
  about?: Partial<PhotoFields>
}

/** @returns false when it is known already. */
export const insertCopy = async (
  tx: Tx,
  { name, kind, url }: Wanted & { name: string },
  at: number,
): Promise<boolean> => {
  const made = await tx
    .insertInto('copies')
    .values({
      name,
      kind,
      url,
      blob: null,
      type: null,
      bytes: null,
      width: null,
      height: null,
      wanted_at: at,
      fetched_at: null,
    })
    .onConflict((c) => c.column('name').doNothing())
    .executeTakeFirst()
  return (made.numInsertedOrUpdatedRows ?? 0n) > 0n
}

export type Copy = {
  name: string
  kind: 'picture' | 'audio'
  url: string
  /** Null until it has been fetched. */
  file: { blob: string; type: string; bytes: number; width: number | null; height: number | null } | null
}

export const readCopies = async (read: Read, name?: string): Promise<Copy[]> => {
  const rows = await read
    .selectFrom('copies')
    .select(['name', 'kind', 'url', 'blob', 'type', 'bytes', 'width', 'height'])
    .$if(name !== undefined, (query) => query.where('name', '=', name ?? ''))
    .execute()
  return rows.map(({ name, kind, url, blob, type, bytes, width, height }) => ({
    name,
    kind,
    url,
    file: blob === null ? null : { blob, type: type ?? '', bytes: bytes ?? 0, width, height },
  }))
}

export const setCopyFile = async (
  tx: Tx,
  { name, file, at }: { name: string; file: NonNullable<Copy['file']>; at: number },
): Promise<void> => {
  await tx
    .updateTable('copies')
    .set({ ...file, fetched_at: at })
    .where('name', '=', name)
    .execute()
}
