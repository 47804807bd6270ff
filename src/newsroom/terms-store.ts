import type { ReadonlyKysely } from 'kysely/readonly'
import type { Database, Tx } from '../store/store.ts'
import type { KeptTerms } from './term-index.ts'

// The SQL of terms that are kept.

export type TermsRow = { id: string; revision: number; version: number; terms: KeptTerms }

export const readTerms = async (read: ReadonlyKysely<Database>, ids: readonly string[]): Promise<TermsRow[]> => {
  const rows = await read
    .selectFrom('derived_story_terms')
    .select(['story_id', 'revision', 'version', 'terms'])
    .where('story_id', 'in', ids)
    .execute()
  return rows.map(({ story_id, terms, ...row }) => ({ ...row, id: story_id, terms: parse(terms) }))
}

export const saveTerms = async (tx: Tx, rows: readonly TermsRow[]): Promise<void> => {
  await dropTerms(
    tx,
    rows.map(({ id }) => id),
  )
  const values = rows.map(({ id, revision, version, terms }) => ({
    story_id: id,
    revision,
    version,
    terms: format(terms),
  }))
  await tx.insertInto('derived_story_terms').values(values).execute()
}

export const dropTerms = async (tx: Tx, ids: readonly string[]): Promise<void> => {
  await tx.deleteFrom('derived_story_terms').where('story_id', 'in', ids).execute()
}

const format = (terms: KeptTerms): string =>
  terms.map(({ term, amount, inTitle }) => `${amount}${inTitle ? '*' : ' '}${term}`).join('\n')

const parse = (text: string): KeptTerms =>
  text === ''
    ? []
    : text.split('\n').map((line) => {
        const amount = Number.parseInt(line, 10)
        const rest = String(amount).length
        return { amount, inTitle: line[rest] === '*', term: line.slice(rest + 1) }
      })
