import type { Migration } from '../migrations.ts'

/** What editors arrange besides stories: the front, sections, names of topics. Each change is a row; the newest holds. */
export const settings: Migration = {
  name: '011-settings',
  async up(tx, { key }) {
    await tx.schema
      .createTable('settings')
      .addColumn('id', key, (c) => c.notNull().primaryKey())
      .addColumn('kind', key, (c) => c.notNull())
      .addColumn('value', 'text', (c) => c.notNull())
      .addColumn('at', 'bigint', (c) => c.notNull())
      .addColumn('by', 'text', (c) => c.notNull())
      .execute()
    await tx.schema.createIndex('settings_by_kind').on('settings').columns(['kind', 'at', 'id']).execute()
  },
}
