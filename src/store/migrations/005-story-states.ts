import type { Migration } from '../migrations.ts'

/** Drafts that were thrown away, and may be taken back. */
export const storyStates: Migration = {
  name: '005-story-states',
  async up(tx, { key }) {
    await tx.schema
      .createTable('story_spikes')
      .addColumn('story_id', key, (c) => c.notNull().primaryKey().references('stories.id'))
      .addColumn('at', 'bigint', (c) => c.notNull())
      .addColumn('by', 'text', (c) => c.notNull())
      .addColumn('reason', 'text', (c) => c.notNull())
      .execute()
  },
}
