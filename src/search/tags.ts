import { createHash } from 'node:crypto'

export type TagKind = 'section' | 'topic' | 'author'

/** A word that no text has, for a section, a topic or an author: the index finds those who have it like any other word. */
export const tagOf = (kind: TagKind, name: string): string =>
  // Digits alone, so that no stemmer and no list of stop words takes it for a word.
  `9${BigInt(`0x${createHash('sha256').update(`${kind}:${name}`).digest('hex').slice(0, 15)}`)}`
