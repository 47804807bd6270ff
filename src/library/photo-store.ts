import { sql } from 'kysely'
import type { Expression, ExpressionBuilder, SqlBool } from 'kysely'
import type { ReadonlyKysely } from 'kysely/readonly'
import type { Database, Tx } from '../store/store.ts'
import { fold, searchWords } from './fold.ts'
import type { Focus } from './rendition.ts'

// All SQL of photos and their renditions.

type Read = ReadonlyKysely<Database> | Tx
type PhotoRow = Database['photos']

/** What people say of a photo, each in its place. */
export type PhotoFields = {
  caption: string
  /** For those who cannot see it. */
  alt: string
  photographer: string
  agency: string
  agencyUrl: string
  /** On what terms it may be shown; '' when nobody knows. */
  terms: string
}

export type LibraryPhoto = PhotoFields & {
  /** Also the file name that a story names, and the name in addresses. */
  id: string
  origin: 'upload' | 'wire'
  name: string
  /** Null while the file of a wire's photo has not come. */
  file: { blob: string; type: string; bytes: number; width: number; height: number } | null
  thumbhash: string
  focus: Focus
  takenAt: number | null
  version: number
  madeAt: number
  /** An account's id, or `wire`. */
  madeBy: string
}

export const photoFilters = ['newest', 'mine', 'uncredited', 'unclear', 'wire'] as const
export type PhotoFilter = (typeof photoFilters)[number]

export type NewPhoto = Omit<LibraryPhoto, 'version'>

/** @returns false when there is one of this id. */
export const insertPhoto = async (tx: Tx, photo: NewPhoto): Promise<boolean> => {
  const { id, origin, name, file, thumbhash, focus, takenAt, madeAt, madeBy } = photo
  const made = await tx
    .insertInto('photos')
    .values({
      id,
      origin,
      name,
      blob: file?.blob ?? null,
      type: file?.type ?? null,
      bytes: file?.bytes ?? null,
      width: file?.width ?? null,
      height: file?.height ?? null,
      thumbhash,
      ...focusColumns(focus),
      ...fieldColumns(photo, name),
      taken_at: takenAt,
      version: 1,
      made_at: madeAt,
      made_by: madeBy,
    })
    .onConflict((c) => c.column('id').doNothing())
    .executeTakeFirst()
  return (made.numInsertedOrUpdatedRows ?? 0n) > 0n
}

export const setPhotoFile = async (
  tx: Tx,
  id: string,
  { file, thumbhash }: Pick<LibraryPhoto, 'thumbhash'> & { file: NonNullable<LibraryPhoto['file']> },
): Promise<void> => {
  await tx
    .updateTable('photos')
    .set({ ...file, thumbhash })
    .where('id', '=', id)
    .execute()
}

export const readPhoto = async (read: Read, id: string): Promise<LibraryPhoto | null> => {
  const row = await read.selectFrom('photos').selectAll().where('id', '=', id).executeTakeFirst()
  return row ? fromRow(row) : null
}

export const uploadedIds = async (read: Read): Promise<string[]> => {
  const rows = await read.selectFrom('photos').select('id').where('origin', '=', 'upload').execute()
  return rows.map(({ id }) => id)
}

/** @returns false when it was changed since `version`, or is gone. */
export const updatePhoto = async (
  tx: Tx,
  { id, name, version, focus }: Pick<LibraryPhoto, 'id' | 'name' | 'version' | 'focus'>,
  fields: PhotoFields,
): Promise<boolean> => {
  const done = await tx
    .updateTable('photos')
    .set({ ...fieldColumns(fields, name), ...focusColumns(focus), version: version + 1 })
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst()
  return done.numUpdatedRows > 0n
}

export const deletePhoto = async (tx: Tx, id: string): Promise<void> => {
  await tx.deleteFrom('photos').where('id', '=', id).execute()
}

/** Where a list goes on: behind this one. */
export type Cursor = Pick<LibraryPhoto, 'madeAt' | 'id'>

export type PhotoQuery = { q?: string; filter?: PhotoFilter; by: string; after?: Cursor; limit: number }

/** Newest first. */
export const searchPhotos = async (read: Read, { q = '', filter = 'newest', by, after, limit }: PhotoQuery) => {
  const rows = await read
    .selectFrom('photos')
    .selectAll()
    .where((eb) => isIn(eb, filter, by))
    .where((eb) =>
      // A word is found wherever it stands; `%` and `_` are not among what folding leaves.
      eb.and(searchWords(q).map((word) => eb('words', 'like', `%${word}%`))),
    )
    .$if(after !== undefined, (query) =>
      query.where((eb) =>
        eb.or([
          eb('made_at', '<', after?.madeAt ?? 0),
          eb.and([eb('made_at', '=', after?.madeAt ?? 0), eb('id', '<', after?.id ?? '')]),
        ]),
      ),
    )
    .orderBy('made_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(fromRow)
}

export const countPhotos = async (read: Read, by: string): Promise<Record<PhotoFilter, number>> => {
  const row = await read
    .selectFrom('photos')
    .select((eb) =>
      photoFilters.map((filter) =>
        eb.fn
          .sum<number | string>(
            eb
              .case()
              .when(isIn(eb, filter, by))
              .then(1)
              .else(0)
              .end(),
          )
          .as(filter),
      ),
    )
    .executeTakeFirst()
  const counts = photoFilters.map((filter) => [filter, Number(row?.[filter] ?? 0)])
  return Object.fromEntries(counts) as Record<PhotoFilter, number>
}

const isIn = (eb: ExpressionBuilder<Database, 'photos'>, filter: PhotoFilter, by: string): Expression<SqlBool> => {
  if (filter === 'mine') return eb('made_by', '=', by)
  if (filter === 'wire') return eb('origin', '=', 'wire')
  if (filter === 'unclear') return eb('terms', '=', '')
  if (filter === 'uncredited') return sql<SqlBool>`(photographer = '' and (agency = '' or origin = 'upload'))`
  return sql<SqlBool>`1 = 1`
}

export type RenditionRow = { name: string; blob: string; bytes: number }

export const readRendition = async (read: Read, photoId: string, name: string): Promise<RenditionRow | null> => {
  const row = await read
    .selectFrom('photo_renditions')
    .select(['name', 'blob', 'bytes'])
    .where('photo_id', '=', photoId)
    .where('name', '=', name)
    .executeTakeFirst()
  return row ?? null
}

/** Of two houses that made the same one the first counts. */
export const insertRendition = async (
  tx: Tx,
  photoId: string,
  { name, blob, bytes, at }: RenditionRow & { at: number },
): Promise<void> => {
  await tx
    .insertInto('photo_renditions')
    .values({ photo_id: photoId, name, blob, bytes, made_at: at })
    .onConflict((c) => c.columns(['photo_id', 'name']).doNothing())
    .execute()
}

/** @returns blobs of those that are gone: the cut ones, or all. */
export const deleteRenditions = async (tx: Tx, photoId: string, which: 'cut' | 'all'): Promise<string[]> => {
  const rows = await tx
    .deleteFrom('photo_renditions')
    .where('photo_id', '=', photoId)
    .$if(which === 'cut', (query) => query.where('name', 'like', '%x%-%'))
    .returning('blob')
    .execute()
  return rows.map(({ blob }) => blob)
}

/** Whether anything in the library still needs these bytes. */
export const blobIsUsed = async (read: Read, blob: string): Promise<boolean> => {
  const photo = await read.selectFrom('photos').select('id').where('blob', '=', blob).executeTakeFirst()
  const rendition = await read.selectFrom('photo_renditions').select('name').where('blob', '=', blob).executeTakeFirst()
  const copy = await read.selectFrom('copies').select('name').where('blob', '=', blob).executeTakeFirst()
  return (photo ?? rendition ?? copy) !== undefined
}

const focusColumns = ({ x, y }: Focus) => ({ focus_x: Math.round(x * 1000), focus_y: Math.round(y * 1000) })

const fieldColumns = ({ caption, alt, photographer, agency, agencyUrl, terms }: PhotoFields, name: string) => ({
  caption,
  alt,
  photographer,
  agency,
  agency_url: agencyUrl,
  terms,
  words: fold([caption, alt, photographer, agency, name].join(' ')),
})

const fromRow = (row: PhotoRow): LibraryPhoto => ({
  id: row.id,
  origin: row.origin,
  name: row.name,
  file:
    row.blob === null
      ? null
      : { blob: row.blob, type: row.type ?? '', bytes: row.bytes ?? 0, width: row.width ?? 0, height: row.height ?? 0 },
  thumbhash: row.thumbhash,
  focus: { x: row.focus_x / 1000, y: row.focus_y / 1000 },
  caption: row.caption,
  alt: row.alt,
  photographer: row.photographer,
  agency: row.agency,
  agencyUrl: row.agency_url,
  terms: row.terms,
  takenAt: row.taken_at,
  version: row.version,
  madeAt: row.made_at,
  madeBy: row.made_by,
})
