import { sql } from 'kysely'
import type { Migration } from '../migrations.ts'

/** Asking services, updates that wait for an editor, reading again, and what the wire's screen lists. */
export const wirePull: Migration = {
  name: '008-wire-pull',
  async up(tx, { key }) {
    await tx.schema
      .alterTable('wire_messages')
      .addColumn('via', 'text', (c) => c.notNull().defaultTo('push'))
      .execute()
    await tx.schema.alterTable('wire_messages').addColumn('quarantined_at', 'bigint').execute()
    await tx.schema.alterTable('wire_messages').addColumn('reread_at', 'bigint').execute()
    await tx.schema.createIndex('wire_messages_by_hash').on('wire_messages').columns(['source', 'hash']).execute()
    await tx.schema
      .createIndex('wire_messages_by_time')
      .on('wire_messages')
      .columns(['source', 'received_at'])
      .execute()
    await tx.schema
      .createIndex('wire_messages_quarantined')
      .on('wire_messages')
      .columns(['quarantined_at', 'id'])
      .execute()

    const item = tx.schema.alterTable('wire_items')
    await item.addColumn('message_id', key, (c) => c.references('wire_messages.id')).execute()
    await item.addColumn('kind', 'text', (c) => c.notNull().defaultTo('')).execute()
    await item.addColumn('headline', 'text', (c) => c.notNull().defaultTo('')).execute()
    await item.addColumn('section', 'text', (c) => c.notNull().defaultTo('')).execute()
    await item.addColumn('words', 'integer', (c) => c.notNull().defaultTo(0)).execute()
    await item.addColumn('decision', 'text', (c) => c.notNull().defaultTo('')).execute()
    await item.addColumn('pubstatus', 'text', (c) => c.notNull().defaultTo('usable')).execute()
    await item.addColumn('embargo', 'text').execute()
    await item.addColumn('versions', 'integer', (c) => c.notNull().defaultTo(1)).execute()
    await item.addColumn('content_hash', 'text').execute()
    await item.addColumn('at', 'bigint', (c) => c.notNull().defaultTo(0)).execute()
    await item.addColumn('checked_at', 'bigint').execute()
    await item.addColumn('passed_at', 'bigint').execute()
    await item.addColumn('passed_by', 'text').execute()
    await sql`update wire_items set
      at = coalesce((select max(a.at) from wire_arrivals a
        where a.provider = wire_items.provider and a.item_id = wire_items.item_id), 0),
      message_id = (select max(a.message_id) from wire_arrivals a
        where a.provider = wire_items.provider and a.item_id = wire_items.item_id and a.version = wire_items.version)`.execute(
      tx,
    )
    await tx.schema.createIndex('wire_items_by_time').on('wire_items').columns(['at']).execute()
    await tx.schema.createIndex('wire_items_by_story').on('wire_items').columns(['story_id']).execute()
    await tx.schema.createIndex('wire_items_by_check').on('wire_items').columns(['provider', 'checked_at']).execute()

    await tx.schema
      .createTable('wire_wants')
      .addColumn('provider', key, (c) => c.notNull())
      .addColumn('wanted', key, (c) => c.notNull())
      .addColumn('message_id', key, (c) => c.notNull().references('wire_messages.id'))
      .addPrimaryKeyConstraint('wire_wants_pk', ['provider', 'wanted', 'message_id'])
      .execute()
    await tx.schema.createIndex('wire_wants_by_message').on('wire_wants').columns(['message_id']).execute()
    await tx.schema
      .createTable('wire_pulls')
      .addColumn('source', key, (c) => c.notNull().primaryKey())
      .addColumn('cursor_at', 'bigint')
      .addColumn('asked_at', 'bigint')
      .addColumn('answered_at', 'bigint')
      .addColumn('next_at', 'bigint')
      .addColumn('not_before', 'bigint')
      .addColumn('failures', 'integer', (c) => c.notNull().defaultTo(0))
      .addColumn('error', 'text')
      .addColumn('error_since', 'bigint')
      .execute()
    await tx.schema
      .createTable('wire_updates')
      .addColumn('id', key, (c) => c.notNull().primaryKey())
      .addColumn('provider', key, (c) => c.notNull())
      .addColumn('item_id', key, (c) => c.notNull())
      .addColumn('version', 'bigint')
      .addColumn('message_id', key, (c) => c.notNull().references('wire_messages.id'))
      .addColumn('story_id', key, (c) => c.references('stories.id'))
      .addColumn('reason', 'text', (c) => c.notNull())
      .addColumn('at', 'bigint', (c) => c.notNull())
      .addColumn('state', 'text', (c) => c.notNull())
      .addColumn('decided_at', 'bigint')
      .addColumn('decided_by', 'text')
      .execute()
    await tx.schema.createIndex('wire_updates_by_story').on('wire_updates').columns(['story_id', 'state']).execute()
    await tx.schema
      .createIndex('wire_updates_by_item')
      .on('wire_updates')
      .columns(['item_id', 'provider', 'state'])
      .execute()
    await tx.schema
      .createTable('wire_rules')
      .addColumn('id', key, (c) => c.notNull().primaryKey())
      .addColumn('source', key, (c) => c.notNull())
      .addColumn('position', 'integer', (c) => c.notNull())
      .addColumn('rule', 'text', (c) => c.notNull())
      .addColumn('made_at', 'bigint', (c) => c.notNull())
      .addColumn('made_by', 'text', (c) => c.notNull())
      .execute()
    await tx.schema.createIndex('wire_rules_by_source').on('wire_rules').columns(['source', 'position']).execute()
  },
}
