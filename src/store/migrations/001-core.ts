import { sql } from 'kysely'
import type { Migration } from '../migrations.ts'

/** The record of what happened, and the work that is still to do. */
export const core: Migration = {
  name: '001-core',
  async up(tx, { key, appendOnly, createSeq }) {
    await tx.schema
      .createTable('events')
      .addColumn('seq', 'bigint', (c) => c.notNull().primaryKey())
      .addColumn('id', key, (c) => c.notNull().unique())
      .addColumn('at', 'bigint', (c) => c.notNull())
      .addColumn('type', 'text', (c) => c.notNull())
      .addColumn('actor', 'text', (c) => c.notNull())
      .addColumn('subject_kind', 'text', (c) => c.notNull())
      .addColumn('subject_id', key, (c) => c.notNull())
      .addColumn('data', 'text', (c) => c.notNull())
      .execute()
    await tx.schema
      .createIndex('events_by_subject')
      .on('events')
      .columns(['subject_kind', 'subject_id', 'seq'])
      .execute()
    for (const statement of [...createSeq, ...appendOnly('events')]) await statement.execute(tx)

    await tx.schema
      .createTable('jobs')
      .addColumn('id', key, (c) => c.notNull().primaryKey())
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('key', 'text')
      .addColumn('payload', 'text', (c) => c.notNull())
      .addColumn('state', 'text', (c) => c.notNull())
      .addColumn('run_at', 'bigint', (c) => c.notNull())
      .addColumn('attempts', 'integer', (c) => c.notNull())
      .addColumn('most_attempts', 'integer', (c) => c.notNull())
      .addColumn('lease', 'text')
      .addColumn('lease_until', 'bigint')
      .addColumn('error', 'text')
      .addColumn('made_at', 'bigint', (c) => c.notNull())
      .execute()
    await tx.schema.createIndex('jobs_by_time').on('jobs').columns(['state', 'run_at']).execute()
    await tx.schema
      .createIndex('jobs_one_waiting')
      .unique()
      .on('jobs')
      .columns(['key'])
      .where(sql.ref('state'), '=', sql.lit('waiting'))
      .execute()
  },
}
