import type { Migration } from '../migrations.ts'

/** One row for each story with what the desk lists, counts and searches: made of the newsroom's rows, and again when it is empty. */
export const desk: Migration = {
  name: '013-desk',
  async up(tx, { key }) {
    await tx.schema
      .createTable('derived_desk')
      .addColumn('story_id', key, (c) => c.notNull().primaryKey())
      .addColumn('changed_at', 'bigint', (c) => c.notNull())
      .addColumn('section', 'text', (c) => c.notNull())
      .addColumn('slug', 'text', (c) => c.notNull())
      .addColumn('headline', 'text', (c) => c.notNull())
      .addColumn('bylines', 'text', (c) => c.notNull())
      .addColumn('owner', 'text')
      .addColumn('words', 'text', (c) => c.notNull())
      .addColumn('filed_by', 'text', (c) => c.notNull())
      .addColumn('made_by', 'text', (c) => c.notNull())
      .addColumn('photo', 'integer', (c) => c.notNull())
      .addColumn('audio', 'integer', (c) => c.notNull())
      .addColumn('path', 'text')
      .addColumn('corrected', 'integer', (c) => c.notNull())
      .addColumn('shown_from', 'bigint')
      .addColumn('shown_until', 'bigint')
      .addColumn('killed_by', 'text')
      .addColumn('spiked_by', 'text')
      .addColumn('held_by', 'text')
      .addColumn('taken_down_by', 'text')
      .addColumn('embargoed', 'integer', (c) => c.notNull())
      .addColumn('embargo_until', 'bigint')
      .execute()
    await tx.schema
      .createIndex('derived_desk_by_change')
      .on('derived_desk')
      .columns(['changed_at desc', 'story_id desc'])
      .execute()
  },
}
