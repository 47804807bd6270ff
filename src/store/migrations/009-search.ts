import { sql } from 'kysely'
import type { Migration } from '../migrations.ts'

/** What can be made again from the stories: their terms, and the index of their words. It stays out of backups. */
export const search: Migration = {
  name: '009-search',
  async up(tx, { name, key }) {
    await tx.schema
      .createTable('derived_story_terms')
      .addColumn('story_id', key, (c) => c.notNull().primaryKey())
      .addColumn('revision', 'integer', (c) => c.notNull())
      .addColumn('version', 'integer', (c) => c.notNull())
      .addColumn('terms', 'text', (c) => c.notNull())
      .execute()
    const table = tx.schema
      .createTable('derived_search')
      .addColumn('story_id', key, (c) => c.notNull().unique())
      .addColumn('published', 'bigint', (c) => c.notNull())
      .addColumn('headline', 'text', (c) => c.notNull())
      .addColumn('dek', 'text', (c) => c.notNull())
      .addColumn('people', 'text', (c) => c.notNull())
      .addColumn('body', 'text', (c) => c.notNull())
      .addColumn('tags', 'text', (c) => c.notNull())
    if (name === 'postgres') {
      await table
        .addColumn('id', 'bigint', (c) => c.primaryKey().generatedAlwaysAsIdentity())
        .addColumn('words', sql`tsvector`, (c) => c.notNull())
        .execute()
      await sql`create index derived_search_words on derived_search using gin (words)`.execute(tx)
      return
    }
    await table.addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement()).execute()
    await sql`create virtual table derived_search_text using fts5(headline, dek, people, body, tags,
      content='derived_search', content_rowid='id', tokenize='porter unicode61 remove_diacritics 2', prefix='3')`.execute(
      tx,
    )
    const columns = (row: 'new' | 'old') =>
      sql.raw(['headline', 'dek', 'people', 'body', 'tags'].map((one) => `${row}.${one}`).join(', '))
    await sql`create trigger derived_search_added after insert on derived_search begin
      insert into derived_search_text (rowid, headline, dek, people, body, tags) values (new.id, ${columns('new')}); end`.execute(
      tx,
    )
    await sql`create trigger derived_search_gone after delete on derived_search begin
      insert into derived_search_text (derived_search_text, rowid, headline, dek, people, body, tags)
      values ('delete', old.id, ${columns('old')}); end`.execute(tx)
  },
}
