import { isDeepStrictEqual } from 'node:util'
import type { Clock } from '../base/clock.ts'
import { GroundwaveError } from '../base/errors.ts'
import type { Log } from '../base/log.ts'
import type { Store } from '../store/store.ts'
import { Bodies } from './bodies.ts'
import { bodyWithFiles } from './files.ts'
import type { FindCopy } from './files.ts'
import type { PublicChange } from './public-change.ts'
import { publicIds, readKills, readPublic, readRevision } from './public-store.ts'
import type { KillRow } from './public-store.ts'
import { Published } from './published.ts'
import type { OnShown } from './published.ts'
import type { Story, Withdrawal } from './story.ts'

export type MemoryDeps = {
  store: Pick<Store, 'read'>
  clock: Clock
  log: Log
  find: FindCopy
  /** What a story's topics are called now. */
  topicsOf?: (topics: readonly string[]) => string[]
  /** Called after what the public sees has changed; null: anything may have. */
  onChange: (change: PublicChange | null) => void
  onShown?: OnShown
}

/** Rows asked for at once: both engines bound the number of parameters. */
const CHUNK = 500
const LONGEST_TIMER = 2 ** 31 - 1
/** A reader is not kept waiting longer for a body, ms. */
const PATIENCE_MS = 5_000

/**
 * Everything public but the bodies, read from the database once and kept true by the notices of changes. Bodies are
 * read when somebody asks for them.
 */
export class Memory {
  readonly #deps: MemoryDeps
  readonly #published: Published
  readonly #bodies: Bodies
  readonly #killed = new Map<string, Withdrawal & { path: string | null }>()
  readonly #killedPaths = new Map<string, string>()
  /** Some came that nobody has been told of. */
  #hasKills = false
  #timer: NodeJS.Timeout | undefined
  #wakesAt = Number.POSITIVE_INFINITY
  #waiting = new Set<string>()
  #batch: Promise<void> | null = null
  #all: Promise<void> = Promise.resolve()
  #nextAll: Promise<void> | null = null
  /** What could not be read is read with the next change, whatever that is. */
  #isBehind = false
  #last: Promise<unknown> = Promise.resolve()

  constructor(deps: MemoryDeps) {
    this.#deps = deps
    this.#published = new Published(deps.find, deps.onShown)
    this.#bodies = new Bodies({ read: (id, revision) => readRevision(deps.store.read, id, revision) })
  }

  /** Reads everything. */
  async start(): Promise<void> {
    await this.#published.fill(() => this.refresh())
  }

  async stop(): Promise<void> {
    clearTimeout(this.#timer)
    await this.#last.catch(() => {})
  }

  /** Reads these stories afresh, or all. When the promise is kept, nothing older than the call is told of them any more. */
  async refresh(ids?: Iterable<string>): Promise<void> {
    if (!ids || this.#isBehind) {
      this.#isBehind = false
      // One that is under way may have passed by what changed since.
      await (this.#nextAll ??= this.#all =
        this.#all
          .catch(() => {})
          .then(() => {
            this.#nextAll = null
            return this.#readAll()
          }))
      if (!ids) return
    }
    for (const id of ids) this.#waiting.add(id)
    await (this.#batch ??= this.#inTurn(() => {
      this.#batch = null
      const wanted = [...this.#waiting]
      this.#waiting = new Set()
      return this.#readSome(wanted)
    }))
  }

  /** Something a story shows, but that is no story, has changed. */
  forget(): void {
    this.#published.lookForFiles(this.#deps.clock.now())
    this.#deps.onChange(null)
  }

  /** What the public sees now. */
  current(): Published {
    // The change is told a moment later: who asks is about to make a page, and that page is right.
    if (this.#published.advance(this.#deps.clock.now())) setImmediate(() => this.#tell())
    this.#wake()
    return this.#published
  }

  /** The story at this address, whole; null when there is none. Throws STORY_UNREADABLE while its body cannot be read. */
  async read(path: string): Promise<Story | null> {
    for (;;) {
      const shown = this.current().find(path)
      if (!shown) return null
      const { card, revision } = shown
      // oxlint-disable-next-line no-await-in-loop -- once, unless the story changed meanwhile
      const body = await this.#bodyOf(card.id, revision)
      // What was true when the reading began may not be so any more.
      const now = this.current().find(path)
      if (now?.card.id !== card.id || now.revision !== revision) continue
      if (!body) throw new GroundwaveError('STORY_UNREADABLE')
      return { ...now.card, body: bodyWithFiles(body, this.#deps.find) }
    }
  }

  withdrawn(path: string): Withdrawal | null {
    const kill = this.#killed.get(this.#killedPaths.get(path) ?? '')
    return kill ? { at: kill.at, note: kill.note } : null
  }

  /** Stories killed after this moment, ms since the epoch, that had an address; the latest first. */
  killedAfter(moment: number): { id: string; at: string }[] {
    return [...this.#killed]
      .filter(([, { path, at }]) => path !== null && Date.parse(at) > moment)
      .map(([id, { at }]) => ({ id, at }))
      .toSorted((a, b) => b.at.localeCompare(a.at))
  }

  isKilled(id: string): boolean {
    return this.#killed.has(id)
  }

  async #bodyOf(id: string, revision: number) {
    const late = Promise.withResolvers<never>()
    const timer = setTimeout(() => late.reject(new Error(`no answer within ${PATIENCE_MS} ms`)), PATIENCE_MS)
    try {
      return await Promise.race([this.#bodies.get(id, revision), late.promise])
    } catch (cause) {
      throw new GroundwaveError('STORY_UNREADABLE', undefined, { cause })
    } finally {
      clearTimeout(timer)
    }
  }

  // One reading after the other, so that an older look never overwrites a newer one.
  #inTurn(fn: () => Promise<void>): Promise<void> {
    const turn = this.#last
      .catch(() => {})
      .then(fn)
      .catch((error: unknown) => {
        this.#isBehind = true
        throw error
      })
    this.#last = turn
    return turn
  }

  // Some at a time, each in turn: a kill does not wait until everything else is read.
  async #readAll(): Promise<void> {
    const { store } = this.#deps
    const gone = new Set(this.#published.ids())
    await this.#inTurn(async () => this.#takeKills(await readKills(store.read)))
    for (let after = ''; ;) {
      let ids: string[] = []
      // oxlint-disable-next-line no-await-in-loop -- in turn, that is the point
      await this.#inTurn(async () => {
        ids = await publicIds(store.read, { after, limit: CHUNK })
        await this.#readSome(ids)
      })
      for (const id of ids) gone.delete(id)
      if (ids.length < CHUNK) break
      after = ids.at(-1) ?? after
    }
    await this.#inTurn(() => this.#readSome([...gone]))
    this.#tell()
  }

  async #readSome(wanted: readonly string[]): Promise<void> {
    const { read } = this.#deps.store
    for (const ids of chunksOf(wanted)) {
      // oxlint-disable-next-line no-await-in-loop -- both engines bound the number of parameters
      const [rows, kills] = await Promise.all([readPublic(read, ids), readKills(read, ids)])
      this.#takeKills(kills)
      const { topicsOf } = this.#deps
      if (topicsOf) for (const { card } of rows) card.topics = topicsOf(card.topics)
      const found = Map.groupBy(rows, ({ card }) => card.id)
      const now = this.#deps.clock.now()
      for (const id of ids) {
        const ofStory = this.#killed.has(id) ? [] : (found.get(id) ?? [])
        // A house hears of its own changes too, once more; nobody need be told of what is there already.
        if (isDeepStrictEqual(this.#published.rows(id) ?? [], ofStory)) continue
        this.#published.set(id, ofStory, now)
        if (ofStory.length === 0) this.#bodies.forget(id)
      }
    }
    this.#wake()
    this.#tell()
  }

  #tell(): void {
    const change = this.#published.takeChange()
    const kills = this.#hasKills
    this.#hasKills = false
    if (change === 'anything') this.#deps.onChange(null)
    else if (change) this.#deps.onChange({ ...change, kills })
    else if (kills) this.#deps.onChange({ stories: new Set(), lists: new Map(), kills })
  }

  #takeKills(kills: readonly KillRow[]): void {
    for (const { id, path, at, note } of kills) {
      if (!this.#killed.has(id)) this.#hasKills = true
      this.#killed.set(id, { path, at: new Date(at).toISOString(), note })
      if (path) this.#killedPaths.set(path, id)
    }
  }

  // A timer tells those who keep pages; whoever asks a moment before it is told by `current` all the same.
  #wake(): void {
    const until = this.#published.until()
    if (until === this.#wakesAt) return
    this.#wakesAt = until
    clearTimeout(this.#timer)
    if (until === Number.POSITIVE_INFINITY) return
    const wait = Math.min(Math.max(1, until - this.#deps.clock.now()), LONGEST_TIMER)
    this.#timer = setTimeout(() => {
      this.#wakesAt = Number.POSITIVE_INFINITY
      if (this.#published.advance(this.#deps.clock.now())) this.#tell()
      this.#wake()
    }, wait).unref()
  }
}

const chunksOf = (ids: readonly string[]): string[][] =>
  Array.from({ length: Math.ceil(ids.length / CHUNK) }, (_, n) => ids.slice(n * CHUNK, (n + 1) * CHUNK))
