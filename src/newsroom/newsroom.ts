import { join } from 'node:path'
import type { Clock } from '../base/clock.ts'
import { silentLog } from '../base/log.ts'
import type { Log } from '../base/log.ts'
import { createLikeness } from './likeness.ts'
import type { Likeness } from './likeness.ts'
import { rankRelated } from './related.ts'
import { StoryFolder } from './story-folder.ts'

/** A photo with the three parts of its credit, each in its place. */
export type Photo = {
  /** File name within the station's pictures. */
  file: string
  width: number
  height: number
  alt: string
  caption: string
  photographer: string
  agency: string
}

export type Audio = { file: string; title: string; /** Seconds. */ duration: number; transcript?: string }

/** One block of a story's body. Text is plain except links, written `[words](https://…)`, and *emphasis*. */
export type Block =
  | { type: 'paragraph'; text: string }
  | { type: 'heading'; text: string }
  | { type: 'quotation'; text: string; speaker: string }
  | { type: 'pull-quote'; text: string; speaker: string }
  | { type: 'list'; items: string[] }
  | { type: 'photo'; photo: Photo }

export type Correction = { at: string; text: string }

/** A published story. Times are ISO instants. */
export type Story = {
  id: string
  /** `/<section>/<yyyy-mm-dd>/<path-name>` */
  path: string
  section: string
  eyebrow: string
  headline: string
  dek: string
  dateline: string
  bylines: { name: string; role: string; picture?: string }[]
  published: string
  updated: string | null
  photo: Photo | null
  audio: Audio | null
  body: Block[]
  corrections: Correction[]
  topics: string[]
  /** Set for stories of others: where it came from and what must be shown with it. */
  source: { owner: string; url: string; copyright: string; agency: string } | null
  /** Front page order chosen by the editors: 1 is the lead; null flows by age. */
  place: number | null
}

export type Newsroom = {
  /** All published stories, newest first. */
  stories(): Story[]
  find(path: string): Story | null
  /** Stories like this one: shared topics, section and age; never itself. */
  related(story: Story, count: number): Story[]
}

export type NewsroomDeps = {
  /** The station's folder; stories are the files `stories/*.json` in it. */
  folder: string
  clock: Clock
  /** IANA zone whose calendar the day in a story's address is of. */
  zone?: string
  log?: Log
}

/** The newsroom over a folder of files. A story whose time has not come is not told to anybody. */
export type OpenNewsroom = Newsroom & {
  /** Reads the stories, then follows the folder. Never fails for a file that is wrong. */
  start(): Promise<void>
  stop(): Promise<void>
  /** Called after the published stories have changed; returns the function that ends the subscription. */
  onChange(listener: () => void): () => void
}

const longestTimer = 2 ** 31 - 1

export const openNewsroom = ({ folder, clock, zone = 'UTC', log = silentLog }: NewsroomDeps): OpenNewsroom => {
  const listeners = new Set<() => void>()
  let all: Story[] = []
  let published = publish([], 0)
  let timer: NodeJS.Timeout | undefined

  const refresh = () => {
    published = publish(all, clock.now())
    clearTimeout(timer)
    const wait = published.until - clock.now()
    if (wait < Number.POSITIVE_INFINITY) timer = setTimeout(refresh, Math.min(Math.max(1, wait), longestTimer)).unref()
    for (const listener of listeners) listener()
  }
  // The timer tells the listeners; a reader who comes a moment before it must still not miss the story.
  const current = () => (clock.now() < published.until ? published : (published = publish(all, clock.now())))

  const files = new StoryFolder({
    folder: join(folder, 'stories'),
    read: { zone, start: clock.now() },
    log,
    onChange: (stories) => {
      all = stories
      refresh()
    },
  })

  return {
    stories: () => current().stories,
    find: (path) => current().byPath.get(path) ?? null,
    related: (story, count) => current().related(story).slice(0, count),
    start: () => files.start(),
    stop: () => {
      clearTimeout(timer)
      return files.stop()
    },
    onChange: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** The stories whose time has come, as it stands until the next one's does. */
const publish = (all: Story[], now: number) => {
  const stories = all
    .filter((story) => Date.parse(story.published) <= now)
    .sort((a, b) => b.published.localeCompare(a.published) || a.id.localeCompare(b.id))
  const waiting = all.map((story) => Date.parse(story.published)).filter((at) => at > now)
  const ranked = new Map<string, Story[]>()
  let likeness: Likeness | undefined
  return {
    stories,
    until: Math.min(...waiting, Number.POSITIVE_INFINITY),
    byPath: new Map(stories.map((story) => [story.path, story])),
    related: (story: Story): Story[] => {
      likeness ??= createLikeness(stories)
      const found = ranked.get(story.path) ?? rankRelated(story, { stories, likeness, now })
      ranked.set(story.path, found)
      return found
    },
  }
}
