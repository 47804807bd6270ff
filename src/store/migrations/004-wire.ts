import type { Migration } from '../migrations.ts'

/** The inbox of the wires, and copies of the files their stories show. */
export const wire: Migration = {
  name: '004-wire',
  async up(tx, { key }) {
    await tx.schema
      .createTable('wire_messages')
      .addColumn('id', key, (c) => c.notNull().primaryKey())
      .addColumn('source', 'text', (c) => c.notNull())
      .addColumn('received_at', 'bigint', (c) => c.notNull())
      .addColumn('hash', 'text', (c) => c.notNull())
      .addColumn('body', 'text', (c) => c.notNull())
      .addColumn('read_at', 'bigint')
      .execute()
    await tx.schema.createIndex('wire_messages_unread').on('wire_messages').columns(['read_at', 'id']).execute()
    await tx.schema
      .createTable('wire_arrivals')
      .addColumn('id', key, (c) => c.notNull().primaryKey())
      .addColumn('message_id', key, (c) => c.notNull().references('wire_messages.id'))
      .addColumn('provider', 'text', (c) => c.notNull())
      .addColumn('item_id', key)
      .addColumn('version', 'bigint')
      .addColumn('decision', 'text', (c) => c.notNull())
      .addColumn('story_id', key, (c) => c.references('stories.id'))
      .addColumn('reasons', 'text', (c) => c.notNull())
      .addColumn('at', 'bigint', (c) => c.notNull())
      .execute()
    await tx.schema.createIndex('wire_arrivals_by_message').on('wire_arrivals').columns(['message_id']).execute()
    await tx.schema
      .createIndex('wire_arrivals_by_item')
      .on('wire_arrivals')
      .columns(['item_id', 'provider', 'version'])
      .execute()
    await tx.schema
      .createTable('wire_items')
      .addColumn('provider', key, (c) => c.notNull())
      .addColumn('item_id', key, (c) => c.notNull())
      .addColumn('version', 'bigint')
      .addColumn('canceled', 'integer', (c) => c.notNull())
      .addColumn('story_id', key, (c) => c.references('stories.id'))
      .addPrimaryKeyConstraint('wire_items_pk', ['provider', 'item_id'])
      .execute()
    await tx.schema
      .createTable('wire_references')
      .addColumn('provider', key, (c) => c.notNull())
      .addColumn('id', key, (c) => c.notNull())
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('document', 'text', (c) => c.notNull())
      .addColumn('at', 'bigint', (c) => c.notNull())
      .addPrimaryKeyConstraint('wire_references_pk', ['provider', 'id'])
      .execute()
    await tx.schema
      .createTable('copies')
      .addColumn('name', key, (c) => c.notNull().primaryKey())
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('url', 'text', (c) => c.notNull())
      .addColumn('blob', 'text')
      .addColumn('type', 'text')
      .addColumn('bytes', 'bigint')
      .addColumn('width', 'integer')
      .addColumn('height', 'integer')
      .addColumn('wanted_at', 'bigint', (c) => c.notNull())
      .addColumn('fetched_at', 'bigint')
      .execute()
  },
}
