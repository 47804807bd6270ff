import { sql } from 'kysely'
import type { ReadonlyKysely } from 'kysely/readonly'
import type { Database } from '../store/store.ts'
import type { Via } from './message-store.ts'

// The SQL of what the wire's screen shows of messages, and of what became of what was in them.

type Read = ReadonlyKysely<Database>

/** The last message of a source, of any way it can come or of one. */
export const lastMessage = async (read: Read, source: string): Promise<{ at: number; via: Via } | null> =>
  (await read
    .selectFrom('wire_messages')
    .select(['received_at as at', 'via'])
    .where('source', '=', source)
    .orderBy('received_at', 'desc')
    .limit(1)
    .executeTakeFirst()) ?? null

export type UnreadableRow = {
  id: string
  source: string
  at: number
  via: Via
  bytes: number
  rereadAt: number | null
  reasons: string[]
}

/** Messages of which some could not be read, the last first. */
export const listUnreadable = async (read: Read, limit: number): Promise<UnreadableRow[]> => {
  const found = await read
    .selectFrom('wire_messages')
    .select(['id', 'source', 'received_at as at', 'via', 'reread_at as rereadAt'])
    .select([sql<number | string>`length(body)`.as('size'), sql<string>`substr(body, length(body) - 1)`.as('tail')])
    .where('quarantined_at', 'is not', null)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  const told = await arrivals(
    read,
    found.map(({ id }) => id),
  )
  return found.map(({ size, tail, ...row }) => ({
    ...row,
    bytes: (Number(size) * 3) / 4 - (tail.match(/=/g)?.length ?? 0),
    reasons: told
      .filter(({ messageId, decision }) => messageId === row.id && decision === 'quarantined')
      .flatMap(({ reasons }) => reasons),
  }))
}

export const countUnreadable = async (read: Read): Promise<number> => {
  const row = await read
    .selectFrom('wire_messages')
    .select(({ fn }) => fn.countAll<number | string>().as('n'))
    .where('quarantined_at', 'is not', null)
    .executeTakeFirst()
  return Number(row?.n ?? 0)
}

export type ArrivalRow = {
  id: string
  messageId: string
  version: number | null
  decision: string
  storyId: string | null
  reasons: string[]
  at: number
}

const arrivals = async (read: Read, messageIds: readonly string[]): Promise<ArrivalRow[]> =>
  messageIds.length === 0 ? [] : toArrivals(await arrivalRows(read).where('message_id', 'in', messageIds).execute())

const arrivalRows = (read: Read) =>
  read
    .selectFrom('wire_arrivals')
    .select(['id', 'message_id as messageId', 'version', 'decision', 'story_id as storyId', 'reasons', 'at'])
    .orderBy('id')

const toArrivals = (found: (Omit<ArrivalRow, 'reasons'> & { reasons: string })[]): ArrivalRow[] =>
  found.map((row) => ({ ...row, reasons: JSON.parse(row.reasons) as string[] }))

/** What became of each version of an item, the last first. */
export const arrivalsOfItem = async (
  read: Read,
  { provider, itemId }: { provider: string; itemId: string },
): Promise<ArrivalRow[]> =>
  toArrivals(
    await read
      .selectFrom('wire_arrivals')
      .select(['id', 'message_id as messageId', 'version', 'decision', 'story_id as storyId', 'reasons', 'at'])
      .where('item_id', '=', itemId)
      .where('provider', '=', provider)
      .orderBy('id', 'desc')
      .limit(100)
      .execute(),
  )

export type MessageRow = {
  id: string
  source: string
  at: number
  via: Via
  hash: string
  bytes: Buffer
  quarantined: boolean
  rereadAt: number | null
}

/** A message as it came, and what became of what is in it. */
export const readInbox = async (
  read: Read,
  id: string,
): Promise<{ message: MessageRow; arrivals: (ArrivalRow & { itemId: string | null })[] } | null> => {
  const row = await read.selectFrom('wire_messages').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) return null
  const found = await arrivalRows(read).select('item_id as itemId').where('message_id', '=', id).execute()
  return {
    message: {
      id,
      source: row.source,
      at: row.received_at,
      via: row.via,
      hash: row.hash,
      bytes: Buffer.from(row.body, 'base64'),
      quarantined: row.quarantined_at !== null,
      rereadAt: row.reread_at,
    },
    arrivals: found.map((one) => ({ ...one, reasons: JSON.parse(one.reasons) as string[] })),
  }
}
