import type { People } from '../people/people.ts'

/** What the record calls those who are no account. */
const others: Record<string, string> = {
  wire: 'the wire',
  folder: 'the folder',
  system: 'Groundwave',
  cli: 'the engineer',
}

/** Names of accounts by id, as they are now. */
export const accountNames = async (people: Pick<People, 'list'>): Promise<(account: string) => string> => {
  const names = new Map((await people.list()).map(({ id, name }) => [id, name]))
  return (account) => names.get(account) ?? others[account] ?? 'somebody'
}
