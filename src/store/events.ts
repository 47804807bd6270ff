import type { ReadonlyKysely } from 'kysely/readonly'
import type { Clock } from '../base/clock.ts'
import type { Ids } from '../base/ids.ts'
import type { Tx } from './dialect.ts'
import type { Database, EventsTable } from './tables.ts'
import type { Transactions } from './transactions.ts'

export type NewEvent = {
  /** `story.published` … */
  type: string
  /** An account's id, or `system`, `cli`, `wire`. */
  actor: string
  subject: { kind: string; id: string }
  data?: Record<string, unknown>
}

export type StoredEvent = Required<NewEvent> & {
  /** Position in the record; hand the last one seen to `since`. */
  seq: number
  id: string
  /** Milliseconds since the Unix epoch. */
  at: number
}

export type EventsDeps = {
  read: ReadonlyKysely<Database>
  transactions: Transactions
  clock: Clock
  ids: Ids
}

/** Everything that happened, in the order it became visible. Nothing in it is ever changed. */
export class Events {
  readonly #deps: EventsDeps

  constructor(deps: EventsDeps) {
    this.#deps = deps
  }

  /** Writes the event with the transaction's other changes. It gets its place in the order when these are committed. @returns its id. */
  append(tx: Tx, { type, actor, subject, data = {} }: NewEvent): string {
    const { clock, ids, transactions } = this.#deps
    const id = ids.next()
    const event = {
      seq: 0,
      id,
      at: clock.now(),
      type,
      actor,
      subject_kind: subject.kind,
      subject_id: subject.id,
      data: JSON.stringify(data),
    }
    // Last of all, because from there to the commit nobody else can append.
    transactions.last(tx, { events: [event] })
    return id
  }

  /** Up to `limit` events after the one numbered `seq` (0: from the beginning), oldest first. */
  async since(seq: number, limit: number): Promise<StoredEvent[]> {
    const rows = await this.#deps.read
      .selectFrom('events')
      .selectAll()
      .where('seq', '>', seq)
      .orderBy('seq')
      .limit(limit)
      .execute()
    return rows.map(fromRow)
  }

  /** Number of the last event, 0 when there is none. */
  async last(): Promise<number> {
    const row = await this.#deps.read
      .selectFrom('events')
      .select(({ fn }) => fn.max('seq').as('seq'))
      .executeTakeFirst()
    return row?.seq ?? 0
  }

  /** What happened to one thing, oldest first. */
  async of(subject: { kind: string; id: string }): Promise<StoredEvent[]> {
    const rows = await this.#deps.read
      .selectFrom('events')
      .selectAll()
      .where('subject_kind', '=', subject.kind)
      .where('subject_id', '=', subject.id)
      .orderBy('seq')
      .execute()
    return rows.map(fromRow)
  }
}

const fromRow = ({ seq, id, at, type, actor, subject_kind, subject_id, data }: EventsTable): StoredEvent => ({
  seq,
  id,
  at,
  type,
  actor,
  subject: { kind: subject_kind, id: subject_id },
  data: JSON.parse(data) as Record<string, unknown>,
})
