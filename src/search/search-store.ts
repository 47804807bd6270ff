import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import type { ReadonlyKysely } from 'kysely/readonly'
import { rowsAtOnce } from '../store/rows-at-once.ts'
import type { Database, EngineName, Tx } from '../store/store.ts'
import type { Question, Wanted } from './question.ts'

// The SQL of the search: FTS5 on SQLite, tsvector on PostgreSQL, both beside the table derived_search.

type Read = ReadonlyKysely<Database>

export type TextRow = {
  id: string
  published: number
  headline: string
  dek: string
  people: string
  body: string
  tags: string
}

/** How much a word counts in headline, dek, names and body. */
const WEIGHTS = { headline: 8, dek: 4, people: 3, body: 1 }

/** PostgreSQL's word forms; SQLite's are chosen when the table is made. */
const configOf = (language: string) => sql.lit(/^en\b/i.test(language) ? 'english' : 'simple')

export const putTexts = async (
  tx: Tx,
  engine: EngineName,
  rows: readonly TextRow[],
  language: string,
): Promise<void> => {
  await dropTexts(
    tx,
    rows.map(({ id }) => id),
  )
  const config = configOf(language)
  const values = rows.map(({ id, published, tags, ...row }) => {
    // PostgreSQL's text cannot hold the character of the code 0.
    const texts = { headline: bare(row.headline), dek: bare(row.dek), people: bare(row.people), body: bare(row.body) }
    const words = sql<string>`setweight(to_tsvector(${config}, ${texts.headline}), 'A')
      || setweight(to_tsvector(${config}, ${texts.dek}), 'B') || setweight(to_tsvector('simple', ${texts.people}), 'C')
      || setweight(to_tsvector(${config}, ${texts.body}), 'D') || to_tsvector('simple', ${tags})`
    return { story_id: id, published, ...texts, tags, ...(engine === 'postgres' && { words }) }
  })
  // The engine counts `id` up by itself.
  for (const some of rowsAtOnce(values))
    await tx
      .insertInto('derived_search')
      .values(some as never)
      .execute()
}

const bare = (text: string): string => text.replaceAll('\0', ' ')

export const dropTexts = async (tx: Tx, ids: readonly string[]): Promise<void> => {
  await tx.deleteFrom('derived_search').where('story_id', 'in', ids).execute()
}

export type Filter = { tags: readonly string[]; from?: number | undefined; to?: number | undefined }
/** A story that matches, and how well: larger is better. */
export type Match = { id: string; published: number; score: number }

/** Of all that match the `limit` that came into the index last. */
export const findMatches = async (
  read: Read,
  engine: EngineName,
  { question, filter, language, limit }: { question: Question; filter: Filter; language: string; limit: number },
): Promise<Match[]> => {
  const { from = 0, to = Number.MAX_SAFE_INTEGER } = filter
  const query = engine === 'sqlite' ? onSqlite(question, filter) : onPostgres(question, filter, language)
  const { rows } = await sql<{ id: string; published: number; score: number }>`
    select s.story_id as id, s.published, ${query.score} as score from ${query.from}
    where ${query.where} and s.published >= ${from} and s.published < ${to}
    order by ${query.newest} desc limit ${limit}`.execute(read as never)
  return rows
}

type Query = {
  from: RawBuilder<unknown>
  where: RawBuilder<unknown>
  score: RawBuilder<unknown>
  newest: RawBuilder<unknown>
}

// A word is only letters and digits, so that nothing in it can be a sign of the query language.
const onSqlite = (question: Question, { tags }: Filter): Query => {
  const all = question.filter(({ not }) => !not).map(inFts)
  const none = question.filter(({ not }) => not).map(inFts)
  const columns = '{headline dek people body}'
  const wanted = [
    ...(all.length ? [`(${columns} : (${all.join(' AND ')}))`] : []),
    ...tags.map((tag) => `(tags : "${tag}")`),
  ]
  const match = `(${wanted.join(' AND ')})${none.length ? ` NOT (${columns} : (${none.join(' OR ')}))` : ''}`
  const { headline, dek, people, body } = WEIGHTS
  return {
    from: sql`derived_search_text join derived_search as s on s.id = derived_search_text.rowid`,
    where: sql`derived_search_text match ${match}`,
    // Its own number, so that it can be walked backwards and only what is told is weighed.
    newest: sql`derived_search_text.rowid`,
    // FTS5 has the best as the smallest.
    score: sql`-bm25(derived_search_text, ${sql.lit(headline)}, ${sql.lit(dek)}, ${sql.lit(people)}, ${sql.lit(body)}, 0.0)`,
  }
}

const inFts = ({ words, prefix }: Wanted): string => `"${words.join(' ')}"${prefix ? '*' : ''}`

const onPostgres = (question: Question, { tags }: Filter, language: string): Query => {
  const config = configOf(language)
  const parts = question.map(({ words, prefix, not }) => {
    const text = words.join(' ')
    // A name is found as it is written, a word in all its forms.
    const forms = prefix
      ? sql`to_tsquery('simple', ${`${words.map((one) => `'${one}'`).join(' <-> ')}:*`})`
      : sql`(phraseto_tsquery(${config}, ${text}) || phraseto_tsquery('simple', ${text}))`
    return not ? sql`!!${forms}` : forms
  })
  const all = sql.join([...parts, ...tags.map((tag) => sql`to_tsquery('simple', ${tag})`)], sql` && `)
  const { headline, dek, people, body } = WEIGHTS
  const weights = sql.lit(`{${[body, people, dek, headline].map((weight) => weight / headline).join(',')}}`)
  return {
    from: sql`(select (${all}) as asked) as q, derived_search as s`,
    where: sql`s.words @@ q.asked`,
    newest: sql`s.id`,
    score: sql`ts_rank_cd(${weights}::real[], s.words, q.asked, 1)`,
  }
}

export const readTexts = async (read: Read, ids: readonly string[]): Promise<Map<string, string>> => {
  if (ids.length === 0) return new Map()
  const rows = await read
    .selectFrom('derived_search')
    .select(['story_id', 'body'])
    .where('story_id', 'in', ids)
    .execute()
  return new Map(rows.map(({ story_id, body }) => [story_id, body]))
}
