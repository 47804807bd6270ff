import type { Migration } from '../migrations.ts'

/** What the station has chosen of its look. */
export const look: Migration = {
  name: '012-look',
  async up(tx, { key }) {
    await tx.schema
      .createTable('looks')
      .addColumn('id', key, (c) => c.notNull().primaryKey())
      .addColumn('look', 'text', (c) => c.notNull())
      .addColumn('at', 'bigint', (c) => c.notNull())
      .addColumn('by', 'text', (c) => c.notNull())
      .execute()
  },
}
