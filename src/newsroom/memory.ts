import { isDeepStrictEqual } from 'node:util'
import type { Clock } from '../base/clock.ts'
import type { Log } from '../base/log.ts'
import type { Store } from '../store/store.ts'
import { STORIES_CHANNEL } from './edit.ts'
import type { FindCopy } from './files.ts'
import { publishedAt } from './published.ts'
import type { Published } from './published.ts'
import { readKills, readPublic } from './store.ts'
import type { PublicRow } from './store.ts'
import type { Withdrawal } from './story.ts'

export type MemoryDeps = {
  store: Pick<Store, 'read' | 'listen'>
  clock: Clock
  log: Log
  find: FindCopy
  /** Called after what the public sees has changed. */
  onChange: () => void
}

/** Rows asked for at once: both engines bound the number of parameters. */
const CHUNK = 500
const LONGEST_TIMER = 2 ** 31 - 1

/** Everything public, read from the database once and kept true by the notices of changes. */
export class Memory {
  readonly #deps: MemoryDeps
  readonly #rows = new Map<string, PublicRow[]>()
  readonly #killed = new Map<string, Withdrawal & { path: string | null }>()
  readonly #killedPaths = new Map<string, string>()
  #published: Published | null = null
  #timer: NodeJS.Timeout | undefined
  #waiting = new Set<string>()
  #all = false
  #batch: Promise<void> | null = null
  #last: Promise<void> = Promise.resolve()
  #unlisten: (() => void) | undefined

  constructor(deps: MemoryDeps) {
    this.#deps = deps
  }

  /** Reads everything, then follows. */
  async start(): Promise<void> {
    const report = (error: unknown) =>
      this.#deps.log.error('Stories that changed could not be read.', {
        cause: error instanceof Error ? (error.stack ?? error.message) : String(error),
      })
    this.#unlisten = await this.#deps.store.listen(STORIES_CHANNEL, {
      onNotice: (id) => void this.refresh([id]).catch(report),
      onGap: () => void this.refresh().catch(report),
    })
    await this.refresh()
  }

  async stop(): Promise<void> {
    this.#unlisten?.()
    clearTimeout(this.#timer)
    await this.#last.catch(() => {})
  }

  /** Reads these stories afresh, or all. When the promise is kept, nothing older than the call is told any more. */
  refresh(ids?: Iterable<string>): Promise<void> {
    if (ids) for (const id of ids) this.#waiting.add(id)
    else this.#all = true
    // One reading after the other, so that an older look never overwrites a newer one.
    this.#batch ??= this.#last = this.#last
      .catch(() => {})
      .then(() => this.#read())
      .catch((error: unknown) => {
        // What could not be read is read with the next change, whatever that is.
        this.#all = true
        throw error
      })
    return this.#batch
  }

  /** Something a story shows, but that is no story, has changed. */
  forget(): void {
    this.#published = null
    this.#deps.onChange()
  }

  /** What the public sees now. */
  current(): Published {
    const now = this.#deps.clock.now()
    if (!this.#published || now >= this.#published.until) {
      if (this.#published) setImmediate(this.#deps.onChange)
      this.#published = publishedAt(this.#rows.values(), { now, find: this.#deps.find })
      this.#wakeAt(this.#published.until)
    }
    return this.#published
  }

  withdrawn(path: string): Withdrawal | null {
    const kill = this.#killed.get(this.#killedPaths.get(path) ?? '')
    return kill ? { at: kill.at, note: kill.note } : null
  }

  async #read(): Promise<void> {
    this.#batch = null
    const ids = this.#all ? undefined : [...this.#waiting]
    this.#all = false
    this.#waiting = new Set()
    const { read } = this.#deps.store
    const chunks = ids ? chunksOf(ids) : [undefined]
    // A house hears of its own changes too, once more; nobody need be told of what is there already.
    let isNew = !ids
    for (const chunk of chunks) {
      const [rows, kills] = await Promise.all([readPublic(read, chunk), readKills(read, chunk)])
      const killed = new Set(kills.map(({ id }) => id))
      const found = Map.groupBy(
        rows.filter(({ id }) => !killed.has(id) && !this.#killed.has(id)),
        ({ id }) => id,
      )
      isNew ||= (chunk ?? []).some((id) => !isDeepStrictEqual(this.#rows.get(id), found.get(id)))
      if (chunk) for (const id of chunk) this.#rows.delete(id)
      else this.#rows.clear()
      for (const [id, ofStory] of found) this.#rows.set(id, ofStory)
      for (const { id, path, at, note } of kills) {
        this.#killed.set(id, { path, at: new Date(at).toISOString(), note })
        if (path) this.#killedPaths.set(path, id)
      }
    }
    if (isNew) this.forget()
  }

  // A timer tells those who keep pages; whoever asks a moment before it is told by `current` all the same.
  #wakeAt(until: number): void {
    clearTimeout(this.#timer)
    if (until === Number.POSITIVE_INFINITY) return
    const wait = Math.min(Math.max(1, until - this.#deps.clock.now()), LONGEST_TIMER)
    this.#timer = setTimeout(() => this.forget(), wait).unref()
  }
}

const chunksOf = (ids: string[]): string[][] =>
  Array.from({ length: Math.ceil(ids.length / CHUNK) }, (_, n) => ids.slice(n * CHUNK, (n + 1) * CHUNK))
