import { sql } from 'kysely'
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

/** A file that is not here yet. Times in ms since the epoch. */
export type CopyWait = {
  name: string
  kind: 'picture' | 'audio'
  url: string
  wantedAt: number
  attempts: number
  /** When it is tried again; null when it has been given up. */
  nextAt: number | null
  error: string | null
}

/** Files that are not here yet: of these names, or all of them, those wanted last first. */
export const waitingCopies = async (
  read: Read,
  { names, limit }: { names?: readonly string[]; limit: number },
): Promise<CopyWait[]> => {
  const rows = await read
    .selectFrom('copies as c')
    .leftJoin('jobs as j', (on) => on.on('j.key', '=', sql<string>`'copy ' || c.name`))
    .select(['c.name', 'c.kind', 'c.url', 'c.wanted_at as wantedAt', 'j.attempts', 'j.run_at', 'j.state', 'j.error'])
    .where('c.blob', 'is', null)
    .$if(names !== undefined, (query) => query.where('c.name', 'in', names?.length ? names : ['']))
    .orderBy('c.wanted_at', 'desc')
    .limit(limit)
    .execute()
  const waits = rows.map(({ attempts, run_at, state, ...row }) => ({
    ...row,
    attempts: attempts ?? 0,
    nextAt: state === null || state === 'dead' ? null : run_at,
  }))
  // One that was given up and is tried again by hand has two jobs.
  return waits.filter((one) => one.nextAt !== null || !waits.some(({ name, nextAt }) => name === one.name && nextAt))
}

/** Takes copies out, and what stands of them in the library. @returns the blobs that were theirs. */
export const deleteCopies = async (tx: Tx, names: readonly string[]): Promise<string[]> => {
  const copies = await tx.deleteFrom('copies').where('name', 'in', names).returning('blob').execute()
  const renditions = await tx.deleteFrom('photo_renditions').where('photo_id', 'in', names).returning('blob').execute()
  await tx.deleteFrom('photos').where('id', 'in', names).execute()
  return [...copies, ...renditions].flatMap(({ blob }) => (blob === null ? [] : [blob]))
}
