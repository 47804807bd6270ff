import type { Migration } from '../migrations.ts'

/** The sound our people have brought in, for stories. */
export const sounds: Migration = {
  name: '014-sounds',
  async up(tx, { key }) {
    await tx.schema
      .createTable('sounds')
      .addColumn('id', key, (c) => c.notNull().primaryKey())
      .addColumn('file', key, (c) => c.notNull().unique())
      .addColumn('blob', 'text', (c) => c.notNull())
      .addColumn('type', 'text', (c) => c.notNull())
      .addColumn('bytes', 'bigint', (c) => c.notNull())
      .addColumn('seconds', 'double precision', (c) => c.notNull())
      .addColumn('title', 'text', (c) => c.notNull())
      .addColumn('transcript', 'text', (c) => c.notNull())
      .addColumn('at', 'bigint', (c) => c.notNull())
      .addColumn('by', 'text', (c) => c.notNull())
      .execute()
  },
}
