/** Text as it is searched: small letters without accents, words parted by one space, and nothing else. */
export const fold = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

/** The words somebody asks for; more than eight narrow nothing down. */
export const searchWords = (q: string): string[] => fold(q.slice(0, 200)).split(' ').filter(Boolean).slice(0, 8)
