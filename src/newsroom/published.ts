import { cardWithFiles } from './card.ts'
import type { StoryCard } from './card.ts'
import type { FindCopy } from './files.ts'
import { Lists } from './lists.ts'
import type { ListName } from './lists.ts'
import { Moments } from './moments.ts'
import type { PublicChange } from './public-change.ts'
import type { PublicRow } from './public-store.ts'

/**
 * Told of each story that has become public, is another revision, or (null) is public no more; `again` when it is the
 * same revision, but found otherwise.
 */
export type OnShown = (id: string, revision: number | null, how?: { again: boolean }) => void

/** A story that is public at this moment. */
export type Shown = { card: StoryCard; revision: number; files: readonly string[] }

/** What the public sees at a moment, kept true story by story: publications that have begun and not ended, embargoes that are over. */
export class Published {
  readonly #find: FindCopy
  readonly #onShown: OnShown
  readonly #rows = new Map<string, readonly PublicRow[]>()
  readonly #shown = new Map<string, Shown>()
  readonly #byPath = new Map<string, string>()
  readonly #lists = new Lists()
  readonly #moments = new Moments()
  /** How many public stories show a file. */
  readonly #files = new Map<string, number>()
  /** Stories whose picture or sound was not here. */
  readonly #waiting = new Set<string>()
  #changed = new Set<string>()
  /** Something was planned: until now nobody could know of its moment. */
  #isPlanned = false

  constructor(find: FindCopy, onShown: OnShown = () => {}) {
    this.#find = find
    this.#onShown = onShown
  }

  /** For many at once. */
  fill(fn: () => Promise<void>): Promise<void> {
    return this.#lists.fill(fn)
  }

  rows(id: string): readonly PublicRow[] | undefined {
    return this.#rows.get(id)
  }

  /** Ids of all that are public now or at some time. */
  ids(): Iterable<string> {
    return this.#rows.keys()
  }

  /** Takes in what a story's rows are by now; none for a story that may not be shown. */
  set(id: string, rows: readonly PublicRow[], now: number): void {
    if (rows.length) this.#rows.set(id, rows)
    else this.#rows.delete(id)
    if (rows.some(({ from, embargo }) => from > now || (embargo ?? 0) > now)) this.#isPlanned = true
    this.#look(id, now)
  }

  /** From this moment on it is no longer so, ms since the epoch; Infinity when no time is set. */
  until(): number {
    return this.#moments.next()
  }

  /** Goes on to this moment. @returns whether that changed anything. */
  advance(now: number): boolean {
    const due = this.#moments.takeDue(now)
    for (const id of due) this.#look(id, now)
    return due.length > 0
  }

  /** What is otherwise since this was last asked; null when nothing is. */
  takeChange(): Omit<PublicChange, 'kills'> | 'anything' | null {
    const [stories, lists, isPlanned] = [this.#changed, this.#lists.takeChanged(), this.#isPlanned]
    if (stories.size > 0) this.#changed = new Set()
    this.#isPlanned = false
    // Where it will stand is not known yet, and whatever is made before its moment must be made anew then.
    if (isPlanned) return 'anything'
    return stories.size > 0 ? { stories, lists } : null
  }

  /** Looks again for files that were not here. */
  lookForFiles(now: number): void {
    for (const id of this.#waiting) this.#look(id, now)
  }

  get(id: string): Shown | null {
    return this.#shown.get(id) ?? null
  }

  find(path: string): Shown | null {
    return this.get(this.#byPath.get(path) ?? '')
  }

  list(name: ListName): readonly StoryCard[] {
    return this.#lists.get(name)
  }

  shows(file: string): boolean {
    return this.#files.has(file)
  }

  #look(id: string, now: number): void {
    const rows = this.#rows.get(id) ?? []
    let row: PublicRow | undefined
    let next = Number.POSITIVE_INFINITY
    for (const one of rows) {
      for (const moment of momentsOf(one)) if (moment > now && moment < next) next = moment
      if (isShownAt(one, now) && (!row || one.from >= row.from)) row = one
    }
    this.#moments.set(id, next)
    this.#show(id, row)
  }

  #show(id: string, row: PublicRow | undefined): void {
    const before = this.#shown.get(id)
    if (before || row) this.#changed.add(id)
    for (const file of before?.files ?? []) this.#release(file)
    if (before && this.#byPath.get(before.card.path) === id) this.#byPath.delete(before.card.path)
    if (!row) {
      this.#waiting.delete(id)
      this.#shown.delete(id)
      if (before) {
        this.#lists.remove(before.card)
        this.#onShown(id, null)
      }
      return
    }
    const { card, isWhole } = cardWithFiles(row.card, this.#find)
    if (isWhole) this.#waiting.delete(id)
    else this.#waiting.add(id)
    for (const file of row.files) this.#files.set(file, (this.#files.get(file) ?? 0) + 1)
    this.#byPath.set(card.path, id)
    this.#shown.set(id, { card, revision: row.revision, files: row.files })
    if (before) this.#lists.replace(before.card, card)
    else this.#lists.add(card)
    if (before?.revision !== row.revision) this.#onShown(id, row.revision)
    else if (isFoundOtherwise(before.card, card)) this.#onShown(id, row.revision, { again: true })
  }

  #release(file: string): void {
    const uses = (this.#files.get(file) ?? 1) - 1
    if (uses > 0) this.#files.set(file, uses)
    else this.#files.delete(file)
  }
}

/** Topics may be given other names, and stories of the folder other times. */
const isFoundOtherwise = (a: StoryCard, b: StoryCard): boolean =>
  a.published !== b.published || a.topics.join('\n') !== b.topics.join('\n')

const isShownAt = ({ from, until, embargo }: PublicRow, now: number): boolean =>
  from <= now && (until === null || now < until) && embargo !== null && (embargo === undefined || embargo <= now)

const momentsOf = ({ from, until, embargo }: PublicRow): number[] =>
  [from, until, embargo].filter((moment) => typeof moment === 'number')
