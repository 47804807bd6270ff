import { sql } from 'kysely'
import type { Clock } from '../base/clock.ts'
import { GroundwaveError } from '../base/errors.ts'
import type { Dialect, Engine, Tx } from './dialect.ts'
import { migrations as all } from './migrations.ts'
import type { Migration } from './migrations.ts'

type Steps = { clock: Clock; migrations?: readonly Migration[] }

/**
 * Brings the database up to this program, all missing steps in one transaction; who comes second waits and finds them
 * done. Throws DATABASE_NEWER, having changed nothing, when the database knows a step this program does not.
 * @returns the names of the steps that were run.
 */
export const migrate = ({ engine, ...steps }: Steps & { engine: Engine }): Promise<string[]> =>
  engine.write
    .transaction()
    // Each statement must see what the one who held the lock before has done.
    .setIsolationLevel('read committed')
    .execute((tx) => migrateIn({ tx, dialect: engine.dialect, ...steps }))

/** The same within a transaction of isolation `read committed`. */
export const migrateIn = async (deps: Steps & { tx: Tx; dialect: Dialect }): Promise<string[]> => {
  const { tx, dialect, clock, migrations = all } = deps
  await dialect.lockMigrations(tx)
  const done = await migrationsOf(tx)
  const unknown = done.filter((name) => !migrations.some((one) => one.name === name))
  if (unknown.length) throw new GroundwaveError('DATABASE_NEWER', `(It has ${unknown.join(', ')}.)`)
  const missing = migrations.filter(({ name }) => !done.includes(name))
  for (const { name, up } of missing) {
    await up(tx, dialect)
    await tx.insertInto('migrations').values({ name, at: clock.now() }).execute()
  }
  return missing.map(({ name }) => name)
}

/** Steps the database has been through, oldest first. Makes the table that holds them. */
const migrationsOf = async (tx: Tx): Promise<string[]> => {
  await tx.schema
    .createTable('migrations')
    .ifNotExists()
    .addColumn('name', 'text', (c) => c.notNull().primaryKey())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .execute()
  const rows = await tx
    .selectFrom('migrations')
    .select('name')
    .orderBy(sql`name`)
    .execute()
  return rows.map(({ name }) => name)
}
