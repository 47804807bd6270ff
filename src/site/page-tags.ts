import type { ListName, Newsroom, PublicChange, StoryCard } from '../newsroom/newsroom.ts'
import type { SiteDeps } from './site-deps.ts'

// A page has tags of what it shows, a change has tags of what it is a change of; they meet in the page cache. Both are
// made here, and nobody need think of them when a page is made: what it reads is noted while it reads.

/** Whatever shows stories. */
const ANY_STORY = 'stories'
/** The order editors gave the front. */
export const FRONT_ORDER = 'front-order'
export const SPINS = 'spins'
const KILLS = 'kills'

const storyTag = (id: string): string => `story:${id}`

/** Of lists a page shows the beginning: it is noted in these steps, for a change further down is none of its business. */
const STEPS = [4, 8, 16, 32, 64, 128, 256, 512, 1024] as const

const listTag = (list: ListName, count: number | undefined): string => {
  const step = count === undefined ? undefined : STEPS.find((step) => step >= count)
  return step === undefined ? `list:${list}` : `list:${list} ${step}`
}

/** The tags of all pages that show any of this; null stands for anything. */
export const tagsOfChange = (change: PublicChange | null): string[] =>
  change
    ? [
        ...[...change.stories].map(storyTag),
        ...[...change.lists].flatMap(([list, place]) => [
          listTag(list, undefined),
          ...STEPS.filter((step) => step > place).map((step) => listTag(list, step)),
        ]),
        ...(change.kills ? [KILLS] : []),
      ]
    : [ANY_STORY]

/** The same things to make a page of, and the tags of what was read of them so far. */
export const noted = (deps: SiteDeps): { deps: SiteDeps; tags: ReadonlySet<string> } => {
  const tags = new Set<string>()
  const { placed, spins } = deps
  return {
    tags,
    deps: {
      ...deps,
      newsroom: notedNewsroom(deps.newsroom, tags),
      spins: {
        latest(mount, count) {
          tags.add(SPINS)
          return spins.latest(mount, count)
        },
      },
      ...(placed && {
        placed() {
          tags.add(FRONT_ORDER)
          return placed()
        },
      }),
    },
  }
}

const notedNewsroom = (newsroom: Newsroom, tags: Set<string>): Newsroom => {
  const note = (...more: string[]) => {
    tags.add(ANY_STORY)
    for (const tag of more) tags.add(tag)
  }
  // Where there is none yet, any that comes may be it.
  const noteFound = <T extends StoryCard>(story: T | null): T | null => {
    note(story ? storyTag(story.id) : listTag('all', undefined))
    return story
  }
  return {
    ...newsroom,
    stories(list = 'all', count) {
      note(listTag(list, count))
      return newsroom.stories(list, count)
    },
    find: (path) => noteFound(newsroom.find(path)),
    card(id) {
      note(storyTag(id))
      return newsroom.card(id)
    },
    read: async (path) => noteFound(await newsroom.read(path)),
    killedAfter(moment) {
      note(KILLS)
      return newsroom.killedAfter(moment)
    },
    // One that is published later and would be among them stands there when the page is next made, within a minute.
    related(id, count) {
      const related = newsroom.related(id, count)
      note(storyTag(id), ...related.map((story) => storyTag(story.id)))
      return related
    },
  }
}
