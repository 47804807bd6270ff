import { createHash } from 'node:crypto'
import type { NewsItem } from '../formats/news/news-item.ts'
import { proseText } from '../formats/news/prose.ts'

/** SHA-256 of everything readers would see of an item; null for what nobody may see. Two versions of one hash need no revision. */
export const hashOf = (item: NewsItem): string | null => {
  if (item.pubstatus !== 'usable' || item.rights.restriction !== null) return null
  const shown = { ...item, version: null, modified: null, notes: [], restricted: [], related: [] }
  return createHash('sha256').update(JSON.stringify(shown)).digest('hex')
}

export const wordsOf = ({ body }: NewsItem): number => proseText(body).match(/\S+/g)?.length ?? 0
