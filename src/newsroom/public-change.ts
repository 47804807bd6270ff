import type { ListName } from './lists.ts'

/** What the public sees otherwise than before: a page that shows none of it is as true as it was. */
export type PublicChange = {
  /** Ids of stories that came, went, say something else, or do so up to another moment. */
  stories: ReadonlySet<string>
  /** For each list that is another: the first of its places that is, counted from 0. */
  lists: ReadonlyMap<ListName, number>
  /** Whether a story was killed. */
  kills: boolean
}
