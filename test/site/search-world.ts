import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Clock } from '../../src/base/clock.ts'
import { createIds } from '../../src/base/ids.ts'
import { silentLog } from '../../src/base/log.ts'
import { slugOf, stemIn } from '../../src/newsroom/newsroom.ts'
import type { Story } from '../../src/newsroom/newsroom.ts'
import { openSearch, type Search } from '../../src/search/search.ts'
import { openStore } from '../../src/store/store.ts'

/** The real search, over these stories. */
export const openSearchOf = async (stories: readonly Story[], clock: Clock): Promise<Search> => {
  const folder = mkdtempSync(join(tmpdir(), 'groundwave-search-'))
  const store = await openStore({ url: null, folder, clock, ids: createIds({ clock }), log: silentLog })
  const search = openSearch({
    store,
    clock,
    language: 'en',
    find: (id) => stories.find((story) => story.id === id) ?? null,
    newest: () => stories,
    stem: stemIn('en'),
  })
  await store.tx((tx) =>
    search.put(
      tx,
      stories.map(({ id, published, section, topics, bylines, headline, dek, body }) => ({
        id,
        published: Date.parse(published),
        section,
        topics: topics.map(slugOf),
        authors: bylines.map(({ name }) => slugOf(name)),
        headline,
        dek,
        people: bylines.map(({ name }) => name),
        body: body.map((block) => ('text' in block ? block.text : '')).join('\n'),
      })),
    ),
  )
  return search
}
