import { join } from 'node:path'
import type { Clock } from '../base/clock.ts'
import type { Ids } from '../base/ids.ts'
import { silentLog } from '../base/log.ts'
import type { Log } from '../base/log.ts'
import type { Copies } from '../library/copies.ts'
import type { Isolation, Store, Tx } from '../store/store.ts'
import { putDeskRows } from './desk-store.ts'
import { StoryEdit } from './edit.ts'
import { Follower } from './follower.ts'
import { FOLDER, importStories } from './importer.ts'
import { killProofOf } from './kill-proof.ts'
import type { KillProof } from './kill-proof.ts'
import type { StoryCard } from './card.ts'
import { Indexer } from './indexer.ts'
import type { TextIndex } from './indexer.ts'
import type { ListName } from './lists.ts'
import { Memory } from './memory.ts'
import type { PublicChange } from './public-change.ts'
import { idsMadeBy, pathIsTaken } from './store.ts'
import { Related } from './related.ts'
import { TermIndex } from './term-index.ts'
import type { Story, Withdrawal } from './story.ts'
import { StoryFolder } from './story-folder.ts'

export type { BodyBlock, BodyList } from './body-blocks.ts'
export type { StoryCard } from './card.ts'
export type { PublicChange } from './public-change.ts'
export type { ListName } from './lists.ts'
export type { IndexText, TextIndex } from './indexer.ts'
export { slugOf } from './slug.ts'
export { stemIn } from './terms.ts'
export { bodyLines } from './body-text.ts'
export type { PublishOptions, StoryEdit } from './edit.ts'
export { photosOfKilled, photoUses } from './photo-uses-store.ts'
export type { PhotoUse } from './photo-uses-store.ts'
export type { KillProof } from './kill-proof.ts'
export type { StoryState } from './store.ts'
export { bodyOf, documentOf, shownOf } from './shown.ts'
export type {
  Audio,
  Block,
  BodyDocument,
  Correction,
  Photo,
  ShownContent,
  Story,
  StoryContent,
  Withdrawal,
} from './story.ts'

/** What the public may see. All of it but the bodies is in memory: only the page of a story itself has to wait. */
export type Newsroom = {
  /**
   * Published stories without their bodies, newest first: all, or those of a list; it changes with the stories. With a
   * `count`, the first so many of them as they are now.
   */
  stories(list?: ListName, count?: number): readonly StoryCard[]
  find(path: string): StoryCard | null
  /** The published story of this id. */
  card(id: string): StoryCard | null
  /** The story at this address, whole, as it is when the promise is kept; null when there is none. Throws STORY_UNREADABLE. */
  read(path: string): Promise<Story | null>
  /** Set for the address of a story that was killed. */
  withdrawn(path: string): Withdrawal | null
  /** Killed after this moment, ms since the epoch, the latest first: so that readers’ programs forget them too. */
  killedAfter(moment: number): { id: string; at: string }[]
  /** Set for the id of a story that was killed. */
  isKilled(id: string): boolean
  /** Published stories like the one of this id, the most like first; never itself. */
  related(id: string, count: number): StoryCard[]
  /** Whether a published story shows the file of this name: a photo goes with its story. */
  shows(file: string): boolean
  /** Up to this moment the answers stay as they are unless `onChange` says otherwise, ms since the epoch; Infinity when no time is set. */
  nextChange(): number
}

export type NewsroomDeps = {
  store: Store
  /** The station's folder; the files `stories/*.json` in it are brought into the database. */
  folder: string
  clock: Clock
  ids: Ids
  /** IANA zone whose calendar the day in a story's address is of. */
  zone?: string
  /** Tells which files of others are here. */
  copies?: Pick<Copies, 'find'>
  /** What a story's topics are called now, where editors have given them other names. */
  topicsOf?: (topics: readonly string[]) => string[]
  /** Keeps the words of public stories, for the search. */
  texts?: TextIndex
  /** BCP 47, of the words of stories; English when it is left out. */
  language?: string
  log?: Log
}

/** The newsroom over the station's database. */
export type OpenNewsroom = Newsroom & {
  /** Brings in the folder's stories and reads what is public, then follows both. Never fails for a file that is wrong. */
  start(): Promise<void>
  stop(): Promise<void>
  /**
   * Changes stories in one transaction: everything `fn` does with `edit` and `tx`, or nothing. When the promise is
   * kept the database has it, this house tells nothing older any more, and what `fn` recalled is told by no house. `fn` awaits nothing but SQL and may be run
   * twice. `by` is an account's id, or `wire`.
   */
  change<T>(by: string, fn: (edit: StoryEdit, tx: Tx) => Promise<T>): Promise<T>
  /** Recalls a story for ever, before everything else that is under way; complete when the promise is kept. Throws STORY_UNKNOWN. */
  kill(by: string, id: string, order: { reason: string; note?: string }): Promise<void>
  /** Reads what other houses changed. When the promise is kept, this house tells nothing older than the call. */
  catchUp(): Promise<void>
  /** Who has confirmed the kill of a story; null when it was not killed. */
  killProof(id: string): Promise<KillProof | null>
  /** Reads all that is public once more: topics are called otherwise. */
  reread(): Promise<void>
  /** When related stories and the search know everything that is public by now: for tests and benches. */
  indexed(): Promise<void>
  /** Something that stories show, but that is none, has changed: a photo that was missing. */
  forget(): void
  /** Called after what the public sees has changed, null: anything may have; returns the function that ends the subscription. */
  onChange(listener: (change: PublicChange | null) => void): () => void
}

export const openNewsroom = (deps: NewsroomDeps): OpenNewsroom => {
  const { store, folder, clock, ids, zone = 'UTC', copies, texts, language = 'en', log = silentLog } = deps
  const listeners = new Set<(change: PublicChange | null) => void>()
  const memory = new Memory({
    store,
    clock,
    log,
    ...(deps.topicsOf && { topicsOf: deps.topicsOf }),
    find: (name) => copies?.find(name) ?? null,
    onShown: (id, revision, how) => indexer.changed(id, revision, how),
    onChange: (change) => {
      for (const listener of listeners) listener(change)
    },
  })

  const index = new TermIndex()
  const indexer = new Indexer({
    store,
    index,
    get: (id) => memory.current().get(id),
    language,
    log,
    ...(texts && { texts }),
  })
  const related = new Related({
    index,
    get: (id) => memory.current().get(id)?.card ?? null,
    section: (section) => memory.current().list(`section:${section}`),
    language,
  })
  const follower = new Follower({ store, memory, log })

  const change = async <T>(
    by: string,
    fn: (edit: StoryEdit, tx: Tx) => Promise<T>,
    isolation?: Isolation,
  ): Promise<T> => {
    let edit: StoryEdit | undefined
    const result = await store.tx(async (tx) => {
      edit = new StoryEdit({ tx, store, clock, ids, zone, by })
      const result = await fn(edit, tx)
      await putDeskRows(tx, store, [...edit.changed])
      edit.tellOthers()
      return result
    }, isolation)
    // At the same time: the others have heard of it, and are at work as well.
    const caughtUp = edit && edit.changed.size > 0 ? follower.catchUp() : undefined
    const forgotten = edit && edit.recalls.size > 0 ? follower.untilForgotten([...edit.recalls]) : undefined
    await Promise.all([caughtUp, forgotten])
    return result
  }

  const files = new StoryFolder({
    folder: join(folder, 'stories'),
    read: { zone, start: clock.now() },
    log,
    onChange: (stories) =>
      change(FOLDER, async (edit, tx) => {
        const known = await idsMadeBy(tx, FOLDER)
        await importStories({ edit, stories, known, isTaken: (path, id) => pathIsTaken(tx, path, id), log })
      }),
  })

  return {
    stories(list = 'all', count) {
      const stories = memory.current().list(list)
      return count === undefined ? stories : stories.slice(0, count)
    },
    find: (path) => memory.current().find(path)?.card ?? null,
    card: (id) => memory.current().get(id)?.card ?? null,
    read: (path) => memory.read(path),
    withdrawn: (path) => memory.withdrawn(path),
    killedAfter: (moment) => memory.killedAfter(moment),
    isKilled: (id) => memory.isKilled(id),
    related: (id, count) => related.of(id, count),
    shows: (file) => memory.current().shows(file),
    nextChange: () => memory.current().until(),
    async start() {
      await files.start()
      await follower.start()
      await memory.start()
    },
    async stop() {
      await files.stop()
      await follower.stop()
      await memory.stop()
      await indexer.stop()
    },
    change: (by, fn) => change(by, fn),
    // Right whatever else is written at the same time: a kill beats it. So it need not give way to anything.
    kill: (by, id, order) => change(by, (edit) => edit.kill(id, order), 'read committed'),
    catchUp: () => follower.catchUp(),
    killProof: (id) => killProofOf(store, id),
    reread: () => memory.refresh(),
    indexed: () => indexer.settled(),
    forget: () => memory.forget(),
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
