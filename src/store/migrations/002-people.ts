import type { Migration } from '../migrations.ts'

/** Accounts, and everything by which somebody comes in. */
export const people: Migration = {
  name: '002-people',
  async up(tx, { key }) {
    await tx.schema
      .createTable('accounts')
      .addColumn('id', key, (c) => c.notNull().primaryKey())
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('email', 'text', (c) => c.notNull().unique())
      .addColumn('role', 'text', (c) => c.notNull())
      .addColumn('password', 'text', (c) => c.notNull())
      .addColumn('made_at', 'bigint', (c) => c.notNull())
      .addColumn('made_by', 'text', (c) => c.notNull())
      .execute()
    await tx.schema
      .createTable('suspensions')
      .addColumn('account_id', key, (c) => c.notNull().primaryKey().references('accounts.id'))
      .addColumn('at', 'bigint', (c) => c.notNull())
      .addColumn('by', 'text', (c) => c.notNull())
      .addColumn('reason', 'text', (c) => c.notNull())
      .execute()
    await tx.schema
      .createTable('links')
      .addColumn('id', key, (c) => c.notNull().primaryKey())
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('token_hash', 'text', (c) => c.notNull().unique())
      .addColumn('email', 'text')
      .addColumn('role', 'text')
      .addColumn('account_id', key, (c) => c.references('accounts.id'))
      .addColumn('made_at', 'bigint', (c) => c.notNull())
      .addColumn('made_by', 'text', (c) => c.notNull())
      .addColumn('expires_at', 'bigint', (c) => c.notNull())
      .addColumn('used_at', 'bigint')
      .execute()
    await tx.schema
      .createTable('sessions')
      .addColumn('id', key, (c) => c.notNull().primaryKey())
      .addColumn('account_id', key, (c) => c.notNull().references('accounts.id'))
      .addColumn('token_hash', 'text', (c) => c.notNull().unique())
      .addColumn('agent', 'text', (c) => c.notNull())
      .addColumn('made_at', 'bigint', (c) => c.notNull())
      .addColumn('seen_at', 'bigint', (c) => c.notNull())
      .addColumn('expires_at', 'bigint', (c) => c.notNull())
      .execute()
    await tx.schema.createIndex('sessions_by_account').on('sessions').columns(['account_id']).execute()
    await tx.schema
      .createTable('api_tokens')
      .addColumn('id', key, (c) => c.notNull().primaryKey())
      .addColumn('account_id', key, (c) => c.notNull().references('accounts.id'))
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('token_hash', 'text', (c) => c.notNull().unique())
      .addColumn('made_at', 'bigint', (c) => c.notNull())
      .addColumn('made_by', 'text', (c) => c.notNull())
      .addColumn('used_at', 'bigint')
      .addColumn('revoked_at', 'bigint')
      .execute()
    await tx.schema.createIndex('api_tokens_by_account').on('api_tokens').columns(['account_id']).execute()
    await tx.schema
      .createTable('login_tries')
      .addColumn('id', key, (c) => c.notNull().primaryKey())
      .addColumn('account_hash', 'text', (c) => c.notNull())
      .addColumn('address_hash', 'text', (c) => c.notNull())
      .addColumn('at', 'bigint', (c) => c.notNull())
      .execute()
    await tx.schema.createIndex('login_tries_by_account').on('login_tries').columns(['account_hash', 'at']).execute()
    await tx.schema.createIndex('login_tries_by_address').on('login_tries').columns(['address_hash', 'at']).execute()
    await tx.schema
      .createTable('login_salts')
      .addColumn('day', 'text', (c) => c.notNull().primaryKey())
      .addColumn('salt', 'text', (c) => c.notNull())
      .execute()
  },
}
