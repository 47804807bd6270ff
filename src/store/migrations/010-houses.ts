import type { Migration } from '../migrations.ts'

/** Which houses are at work, what must be forgotten everywhere, and which house has forgotten it. */
export const houses: Migration = {
  name: '010-houses',
  async up(tx, { key }) {
    await tx.schema
      .createTable('houses')
      .addColumn('id', key, (c) => c.notNull().primaryKey())
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('started_at', 'bigint', (c) => c.notNull())
      .addColumn('lease_until', 'bigint', (c) => c.notNull())
      .execute()
    await tx.schema
      .createTable('story_recalls')
      .addColumn('event_id', key, (c) => c.notNull().primaryKey())
      .addColumn('story_id', key, (c) => c.notNull().references('stories.id'))
      .addColumn('type', 'text', (c) => c.notNull())
      .addColumn('at', 'bigint', (c) => c.notNull())
      .execute()
    await tx.schema.createIndex('story_recalls_by_story').on('story_recalls').columns(['story_id']).execute()
    await tx.schema
      .createTable('story_confirmations')
      .addColumn('event_id', key, (c) => c.notNull().references('story_recalls.event_id'))
      .addColumn('house_id', key, (c) => c.notNull())
      .addColumn('house', 'text', (c) => c.notNull())
      .addColumn('how', 'text', (c) => c.notNull())
      .addColumn('at', 'bigint', (c) => c.notNull())
      .addPrimaryKeyConstraint('story_confirmations_pk', ['event_id', 'house_id'])
      .execute()
  },
}
