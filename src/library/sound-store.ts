import type { ReadonlyKysely } from 'kysely/readonly'
import type { Database, Tx } from '../store/store.ts'

type Read = ReadonlyKysely<Database> | Tx

/** A piece of sound that stories can show. */
export type Sound = {
  id: string
  /** The name it is served by, under /audio/. */
  file: string
  blob: string
  type: string
  bytes: number
  seconds: number
  title: string
  transcript: string
  at: number
  /** An account's id. */
  by: string
}

/** Whether a name under /audio/ is one of ours, `s-….mp3`; others are copies, or files of the station's folder. */
export const isSound = (file: string): boolean => /^s-[\w-]+\.\w+$/.test(file)

export const insertSound = async (tx: Tx, sound: Sound): Promise<void> => {
  await tx.insertInto('sounds').values(sound).execute()
}

export const soundByFile = async (read: Read, file: string): Promise<Sound | null> =>
  own(await read.selectFrom('sounds').selectAll().where('file', '=', file).executeTakeFirst())

/** Newest first. */
export const newestSounds = async (read: Read, { find, most }: { find: string; most: number }): Promise<Sound[]> => {
  const rows = await read
    .selectFrom('sounds')
    .selectAll()
    .$if(find !== '', (query) =>
      query.where((where) => where.fn('lower', ['title']), 'like', `%${find.toLowerCase().replace(/[%_]/g, '')}%`),
    )
    .orderBy('id', 'desc')
    .limit(most)
    .execute()
  return rows.map((row) => ({ ...row }))
}

/** A row as an object like any other: SQLite gives one without a prototype. */
const own = (row: Sound | undefined): Sound | null => (row ? { ...row } : null)

export const blobIsASound = async (read: Read, blob: string): Promise<boolean> =>
  (await read.selectFrom('sounds').select('id').where('blob', '=', blob).executeTakeFirst()) !== undefined
