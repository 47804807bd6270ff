import { filesOf, withFiles } from './files.ts'
import type { FindCopy } from './files.ts'
import { createLikeness } from './likeness.ts'
import type { Likeness } from './likeness.ts'
import { rankRelated } from './related.ts'
import { shownOf } from './shown.ts'
import type { PublicRow } from './store.ts'
import type { Story } from './story.ts'

/** The stories whose time has come, newest first, as it stands until the next one's does. */
export type Published = {
  stories: Story[]
  /** From this moment on it is no longer so, ms since the epoch; Infinity when no time is set. */
  until: number
  byPath: Map<string, Story>
  /** Whether one of them shows the file of this name. */
  shows(file: string): boolean
  related(story: Story): Story[]
}

export type PublishedDeps = { now: number; find: FindCopy }

/** What the public sees at the moment `now` of all that may be shown at some time. */
export const publishedAt = (rows: Iterable<readonly PublicRow[]>, { now, find }: PublishedDeps): Published => {
  const stories: Story[] = []
  let until = Number.POSITIVE_INFINITY
  for (const ofStory of rows) {
    let shown: PublicRow | undefined
    for (const row of ofStory) {
      for (const moment of momentsOf(row)) if (moment > now && moment < until) until = moment
      if (isShownAt(row, now) && (!shown || row.from >= shown.from)) shown = row
    }
    if (shown) stories.push(withFiles(toStory(shown), find))
  }
  stories.sort((a, b) => b.published.localeCompare(a.published) || a.id.localeCompare(b.id))
  const ranked = new Map<string, Story[]>()
  let likeness: Likeness | undefined
  let files: Set<string> | undefined
  return {
    stories,
    until,
    byPath: new Map(stories.map((story) => [story.path, story])),
    shows(file) {
      files ??= new Set(stories.flatMap(filesOf))
      return files.has(file)
    },
    related(story) {
      likeness ??= createLikeness(stories)
      const found = ranked.get(story.id) ?? rankRelated(story, { stories, likeness, now })
      ranked.set(story.id, found)
      return found
    },
  }
}

const isShownAt = ({ from, until, embargo }: PublicRow, now: number): boolean =>
  from <= now && (until === null || now < until) && embargo !== null && (embargo === undefined || embargo <= now)

const momentsOf = ({ from, until, embargo }: PublicRow): number[] =>
  [from, until, embargo].filter((moment) => typeof moment === 'number')

const toStory = ({ id, path, content, corrections, published, updated }: PublicRow): Story => ({
  ...shownOf(content),
  id,
  path,
  published: iso(published),
  updated: updated === null ? null : iso(updated),
  corrections: corrections.map(({ at, text }) => ({ at: iso(at), text })),
})

const iso = (at: number) => new Date(at).toISOString()
