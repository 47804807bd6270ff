import type { Migration } from '../migrations.ts'

/** Who writes at a story, and what each window has written that is no revision yet. */
export const drafts: Migration = {
  name: '006-drafts',
  async up(tx, { key }) {
    await tx.schema
      .createTable('story_copies')
      .addColumn('story_id', key, (c) => c.notNull().references('stories.id'))
      .addColumn('window_id', key, (c) => c.notNull())
      .addColumn('account_id', 'text', (c) => c.notNull())
      .addColumn('base', 'integer', (c) => c.notNull())
      .addColumn('sequence', 'bigint', (c) => c.notNull())
      .addColumn('kept_sequence', 'bigint', (c) => c.notNull())
      .addColumn('content', 'text', (c) => c.notNull())
      .addColumn('saved_at', 'bigint', (c) => c.notNull())
      .addPrimaryKeyConstraint('story_copies_pk', ['story_id', 'window_id'])
      .execute()
    await tx.schema
      .createTable('story_pens')
      .addColumn('story_id', key, (c) => c.notNull().primaryKey().references('stories.id'))
      .addColumn('window_id', key, (c) => c.notNull())
      .addColumn('account_id', 'text', (c) => c.notNull())
      .addColumn('since', 'bigint', (c) => c.notNull())
      .addColumn('seen_at', 'bigint', (c) => c.notNull())
      .execute()
    await tx.schema
      .createTable('story_visits')
      .addColumn('story_id', key, (c) => c.notNull().references('stories.id'))
      .addColumn('window_id', key, (c) => c.notNull())
      .addColumn('account_id', 'text', (c) => c.notNull())
      .addColumn('seen_at', 'bigint', (c) => c.notNull())
      .addPrimaryKeyConstraint('story_visits_pk', ['story_id', 'window_id'])
      .execute()
    await tx.schema
      .createTable('story_version_reasons')
      .addColumn('story_id', key, (c) => c.notNull().references('stories.id'))
      .addColumn('number', 'integer', (c) => c.notNull())
      .addColumn('reason', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('story_version_reasons_pk', ['story_id', 'number'])
      .execute()
  },
}
