import type { Migration } from '../migrations.ts'

/** Stories, their revisions, and their states as rows. */
export const newsroom: Migration = {
  name: '003-newsroom',
  async up(tx, { key }) {
    await tx.schema
      .createTable('stories')
      .addColumn('id', key, (c) => c.notNull().primaryKey())
      .addColumn('path', key, (c) => c.unique())
      .addColumn('made_at', 'bigint', (c) => c.notNull())
      .addColumn('made_by', 'text', (c) => c.notNull())
      .execute()
    await tx.schema
      .createTable('story_revisions')
      .addColumn('story_id', key, (c) => c.notNull().references('stories.id'))
      .addColumn('number', 'integer', (c) => c.notNull())
      .addColumn('section', 'text', (c) => c.notNull())
      .addColumn('headline', 'text', (c) => c.notNull())
      .addColumn('dek', 'text', (c) => c.notNull())
      .addColumn('body', 'text', (c) => c.notNull())
      .addColumn('parts', 'text', (c) => c.notNull())
      .addColumn('made_at', 'bigint', (c) => c.notNull())
      .addColumn('made_by', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('story_revisions_pk', ['story_id', 'number'])
      .execute()
    await tx.schema
      .createTable('story_publications')
      .addColumn('id', key, (c) => c.notNull().primaryKey())
      .addColumn('story_id', key, (c) => c.notNull())
      .addColumn('revision', 'integer', (c) => c.notNull())
      .addColumn('from_at', 'bigint', (c) => c.notNull())
      .addColumn('until_at', 'bigint')
      .addColumn('published_at', 'bigint', (c) => c.notNull())
      .addColumn('updated_at', 'bigint')
      .addColumn('at', 'bigint', (c) => c.notNull())
      .addColumn('by', 'text', (c) => c.notNull())
      .addColumn('ended_at', 'bigint')
      .addForeignKeyConstraint('story_publications_revision', ['story_id', 'revision'], 'story_revisions', [
        'story_id',
        'number',
      ])
      .execute()
    await tx.schema
      .createIndex('story_publications_by_story')
      .on('story_publications')
      .columns(['story_id', 'ended_at'])
      .execute()
    await tx.schema
      .createTable('story_corrections')
      .addColumn('id', key, (c) => c.notNull().primaryKey())
      .addColumn('story_id', key, (c) => c.notNull().references('stories.id'))
      .addColumn('at', 'bigint', (c) => c.notNull())
      .addColumn('text', 'text', (c) => c.notNull())
      .addColumn('made_at', 'bigint', (c) => c.notNull())
      .addColumn('by', 'text', (c) => c.notNull())
      .execute()
    await tx.schema.createIndex('story_corrections_by_story').on('story_corrections').columns(['story_id']).execute()
    await tx.schema
      .createTable('story_kills')
      .addColumn('story_id', key, (c) => c.notNull().primaryKey().references('stories.id'))
      .addColumn('at', 'bigint', (c) => c.notNull())
      .addColumn('by', 'text', (c) => c.notNull())
      .addColumn('reason', 'text', (c) => c.notNull())
      .addColumn('note', 'text', (c) => c.notNull())
      .execute()
    for (const table of ['story_takedowns', 'story_holds'])
      await tx.schema
        .createTable(table)
        .addColumn('story_id', key, (c) => c.notNull().primaryKey().references('stories.id'))
        .addColumn('at', 'bigint', (c) => c.notNull())
        .addColumn('by', 'text', (c) => c.notNull())
        .addColumn('reason', 'text', (c) => c.notNull())
        .execute()
    await tx.schema
      .createTable('story_embargoes')
      .addColumn('story_id', key, (c) => c.notNull().primaryKey().references('stories.id'))
      .addColumn('until_at', 'bigint')
      .addColumn('at', 'bigint', (c) => c.notNull())
      .addColumn('by', 'text', (c) => c.notNull())
      .execute()
  },
}
