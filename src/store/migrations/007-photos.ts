import type { Tx } from '../dialect.ts'
import type { Migration } from '../migrations.ts'

/** The photo library: what people bring in and what wires sent, with the renditions made of them. */
export const photos: Migration = {
  name: '007-photos',
  async up(tx, { key }) {
    await tx.schema
      .createTable('photos')
      .addColumn('id', key, (c) => c.notNull().primaryKey())
      .addColumn('origin', 'text', (c) => c.notNull())
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('blob', key)
      .addColumn('type', 'text')
      .addColumn('bytes', 'bigint')
      .addColumn('width', 'integer')
      .addColumn('height', 'integer')
      .addColumn('thumbhash', 'text', (c) => c.notNull())
      .addColumn('focus_x', 'integer', (c) => c.notNull())
      .addColumn('focus_y', 'integer', (c) => c.notNull())
      .addColumn('caption', 'text', (c) => c.notNull())
      .addColumn('alt', 'text', (c) => c.notNull())
      .addColumn('photographer', 'text', (c) => c.notNull())
      .addColumn('agency', 'text', (c) => c.notNull())
      .addColumn('agency_url', 'text', (c) => c.notNull())
      .addColumn('terms', 'text', (c) => c.notNull())
      .addColumn('taken_at', 'bigint')
      .addColumn('words', 'text', (c) => c.notNull())
      .addColumn('version', 'integer', (c) => c.notNull())
      .addColumn('made_at', 'bigint', (c) => c.notNull())
      .addColumn('made_by', 'text', (c) => c.notNull())
      .execute()
    await tx.schema.createIndex('photos_by_age').on('photos').columns(['made_at', 'id']).execute()
    await tx.schema.createIndex('photos_by_blob').on('photos').columns(['blob']).execute()
    await tx.schema
      .createTable('photo_renditions')
      .addColumn('photo_id', key, (c) => c.notNull().references('photos.id'))
      .addColumn('name', key, (c) => c.notNull())
      .addColumn('blob', key, (c) => c.notNull())
      .addColumn('bytes', 'bigint', (c) => c.notNull())
      .addColumn('made_at', 'bigint', (c) => c.notNull())
      .addPrimaryKeyConstraint('photo_renditions_pk', ['photo_id', 'name'])
      .execute()
    await tx.schema.createIndex('photo_renditions_by_blob').on('photo_renditions').columns(['blob']).execute()
    // What wires sent before there was a library is in it too; what is said of them stands in their stories.
    const copies = await tx.selectFrom('copies').selectAll().where('kind', '=', 'picture').execute()
    for (const { name, url, blob, type, bytes, width, height, wanted_at } of copies)
      await tx
        .insertInto('photos')
        .values({
          id: name,
          origin: 'wire',
          name: url
            .replace(/[?#].*$/, '')
            .replace(/^.*\//, '')
            .slice(0, 200),
          blob,
          type,
          bytes,
          width,
          height,
          thumbhash: '',
          focus_x: 500,
          focus_y: 500,
          caption: '',
          alt: '',
          photographer: '',
          agency: '',
          agency_url: '',
          // What was restricted was never asked for.
          terms: 'With its story',
          taken_at: null,
          words: '',
          version: 1,
          made_at: wanted_at,
          made_by: 'wire',
        })
        .execute()
    await tx.schema
      .createTable('story_photos')
      .addColumn('photo_id', key, (c) => c.notNull())
      .addColumn('story_id', key, (c) => c.notNull())
      .addColumn('revision', 'integer', (c) => c.notNull())
      .addPrimaryKeyConstraint('story_photos_pk', ['photo_id', 'story_id', 'revision'])
      .addForeignKeyConstraint('story_photos_revision', ['story_id', 'revision'], 'story_revisions', [
        'story_id',
        'number',
      ])
      .execute()
    await indexRevisions(tx)
  },
}

const AT_ONCE = 500

/** What revisions made before this step show. */
const indexRevisions = async (tx: Tx) => {
  for (let from = 0; ; from += AT_ONCE) {
    const revisions = await tx
      .selectFrom('story_revisions')
      .select(['story_id', 'number', 'body', 'parts'])
      .orderBy('story_id')
      .orderBy('number')
      .limit(AT_ONCE)
      .offset(from)
      .execute()
    for (const { story_id, number, body, parts } of revisions)
      for (const photo_id of new Set([...photosIn(JSON.parse(body)), ...photosIn(JSON.parse(parts))]))
        await tx.insertInto('story_photos').values({ photo_id, story_id, revision: number }).execute()
    if (revisions.length < AT_ONCE) return
  }
}

/** Files of all photos anywhere within: what has a file and a photographer is one. */
const photosIn = (value: unknown): string[] => {
  if (typeof value !== 'object' || value === null) return []
  const own = 'file' in value && 'photographer' in value && typeof value.file === 'string' ? [value.file] : []
  return [...own, ...Object.values(value).flatMap(photosIn)]
}
