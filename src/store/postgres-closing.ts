import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { Closing, Insert } from './dialect.ts'
import { PostgresListener } from './postgres-listener.ts'
import { rowsAtOnce } from './rows-at-once.ts'
import type { Database, EventsTable } from './tables.ts'

/** An advisory lock of this database; any number that nobody else uses. */
const LOCK_EVENTS = 0x67_77_02
/** Values in one statement; PostgreSQL takes 65,535. */
const MOST_VALUES = 30_000

/**
 * Everything in one statement, because each way to the server and back is a wait, and others wait for what the
 * transaction has locked. What is too much for one goes in several, the notices with the last.
 */
export const closeTogether = async (db: Kysely<Database>, { inserts, events, notices }: Closing): Promise<void> => {
  const statements = inTurn(inserts).map((some) => ({ inserts: some, events: [] as EventsTable[] }))
  for (const some of rowsAtOnce(events)) {
    const last = statements.at(-1)
    if (last?.events.length === 0) last.events = some
    else statements.push({ inserts: [], events: some })
  }
  for (const [n, one] of statements.entries())
    await send(db, { ...one, notices: n === statements.length - 1 ? notices : [] })
  if (statements.length === 0 && notices.length > 0) await send(db, { inserts, events, notices })
}

/** In their order, as many together as one statement takes beside some events. */
const inTurn = (inserts: readonly Insert[]): Insert[][] => {
  const turns: Insert[][] = []
  let room = 0
  for (const insert of inserts) {
    const values = insert.compile().parameters.length
    if (values > room) {
      turns.push([])
      room = MOST_VALUES
    }
    turns.at(-1)?.push(insert)
    room -= values
  }
  return turns
}

// What writes runs to its end also where nobody reads its answer (PostgreSQL, §7.8.4); a select would not.
const send = async (db: Kysely<Database>, { inserts, events, notices }: Closing): Promise<void> => {
  const steps = [
    ...(events.length > 0 ? numbered(db, events) : []),
    ...inserts.map((insert, n) => sql`${sql.id(`insert_${n}`)} as (${insert})`),
  ]
  const told = notices.map((notice) => sql`pg_notify(${PostgresListener.channel}, ${notice})`)
  const write = steps.length > 0 ? sql`with ${sql.join(steps)}` : sql``
  await sql`${write} select ${told.length > 0 ? sql.join(told) : sql`1`}`.execute(db)
}

// The lock is let go after the commit can be seen, so numbers become visible in their order. The counter is a sequence
// because a serializable transaction would read the last row as it was at its own beginning.
const numbered = (db: Kysely<Database>, events: readonly EventsTable[]) => {
  const count = sql.lit(events.length)
  const rows = events.map((row, at) => ({ ...row, seq: sql<number>`(select last from taken) - ${count} + ${sql.lit(at + 1)}` })) // prettier-ignore
  return [
    sql`locked as materialized (select pg_advisory_xact_lock(${sql.lit(LOCK_EVENTS)}))`,
    sql`taken as materialized (select setval('events_seq', nextval('events_seq') + ${count} - 1) as last from locked)`,
    sql`numbered as (${db.insertInto('events').values(rows)})`,
  ]
}
