import { closeSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import { DatabaseSync } from 'node:sqlite'
import { Kysely, sql } from 'kysely'
import { DERIVED } from './dialect.ts'
import type { Dialect, Engine, Snapshot } from './dialect.ts'
import { rowsAtOnce } from './rows-at-once.ts'
import { sqliteKysely } from './sqlite-kysely.ts'
import type { Database } from './tables.ts'

/** How long a statement may stop the process for a lock of another one, ms. Opening may wait longer. */
const BUSY_MS = 50
const BUSY_OPENING_MS = 10_000
/** Rows read from a snapshot before everything else gets a turn. */
const ROWS = 500

/** Opens, or makes, the database in `file`. The folder above it is made too. */
export const openSqlite = (file: string): Engine => {
  mkdirSync(dirname(file), { recursive: true })
  // It holds hashes of passwords. What SQLite puts beside it gets the same mode.
  closeSync(openSync(file, 'a', 0o600))
  // The writer comes first: it makes the file, and turns it into WAL mode, which the readers then find.
  const writer = openWriter(file)
  return {
    dialect: sqliteDialect,
    write: new Kysely<Database>({ dialect: sqliteKysely(() => writer) }),
    read: new Kysely<Database>({ dialect: sqliteKysely(() => openReader(file)) }),
    gone: () => false,
    passing: () => false,
    snapshot: async () => openSnapshot(file),
    async stop() {
      // Kysely closes only what it has used.
      await this.read.destroy()
      await this.write.destroy()
      if (writer.isOpen) writer.close()
    },
  }
}

const openWriter = (file: string): DatabaseSync => {
  const db = new DatabaseSync(file, { timeout: BUSY_OPENING_MS, enableForeignKeyConstraints: true })
  db.exec('pragma journal_mode = wal')
  // FULL: an acknowledged commit survives the power being cut, not only the process being killed.
  db.exec('pragma synchronous = full')
  // `insert or replace` must not get round the triggers that forbid deleting.
  db.exec('pragma recursive_triggers = on')
  db.exec(`pragma busy_timeout = ${BUSY_MS}`)
  return db
}

const openReader = (file: string): DatabaseSync => new DatabaseSync(file, { readOnly: true, timeout: BUSY_OPENING_MS })

// In WAL mode a read transaction sees one moment for as long as it lasts, while others write on.
const openSnapshot = (file: string): Snapshot => {
  const db = openReader(file)
  db.exec('begin')
  // The moment is fixed by the first read, not by `begin`.
  db.prepare('select count(*) from sqlite_schema').all()
  return {
    tables: async () =>
      db
        .prepare(
          `select l.name from pragma_table_list l join sqlite_schema s on s.name = l.name and s.type = 'table'
           where l.schema = 'main' and l.type = 'table' and l.name not like 'sqlite_%' order by s.rowid`,
        )
        .all()
        .map(({ name }) => String(name))
        .filter((name) => !name.startsWith(DERIVED)),
    async *rows(table) {
      let some: Record<string, unknown>[] = []
      for (const row of db.prepare(`select * from "${table}"`).iterate()) {
        some.push(row)
        if (some.length < ROWS) continue
        yield some
        some = []
        await turn()
      }
      if (some.length) yield some
    },
    stop: async () => db.close(),
  }
}

const sqliteDialect: Dialect = {
  name: 'sqlite',
  key: sql`text`,
  now: sql<number>`cast(unixepoch('subsec') * 1000 as integer)`,
  skipLocked: sql``,
  // Every transaction holds the only write lock.
  lockMigrations: async () => {},
  appendOnly: (table) =>
    ['update', 'delete'].map(
      (verb) =>
        sql`create trigger ${sql.id(`${table}_no_${verb}`)} before ${sql.raw(verb)} on ${sql.id(table)}
            begin select raise(abort, 'this table is append-only'); end`,
    ),
  createSeq: [],
  close: async (db, { inserts, events }) => {
    for (const insert of inserts) await insert.execute()
    if (events.length === 0) return
    const last = await db
      .selectFrom('events')
      .select(({ fn }) => fn.max('seq').as('seq'))
      .executeTakeFirst()
    const first = (last?.seq ?? 0) + 1
    for (const some of rowsAtOnce(events.map((row, at) => ({ ...row, seq: first + at }))))
      await db.insertInto('events').values(some).execute()
  },
  beginRestore: async (tx) => {
    await sql`pragma defer_foreign_keys = on`.execute(tx)
  },
  endRestore: async (tx) => {
    const { rows } = await sql<{ table: string }>`pragma foreign_key_check`.execute(tx)
    if (rows[0]) throw new Error(`a row of ${rows[0].table} refers to one that is not there`)
  },
}
