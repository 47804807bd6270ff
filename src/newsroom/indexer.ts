import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises'
import type { Log } from '../base/log.ts'
import type { Store, Tx } from '../store/store.ts'
import type { StoryCard } from './card.ts'
import { plainText } from './plain-body.ts'
import { readRevision } from './public-store.ts'
import type { Shown } from './published.ts'
import type { TermIndex } from './term-index.ts'
import { dropTerms, readTerms, saveTerms } from './terms-store.ts'
import type { TermsRow } from './terms-store.ts'
import { termsOf } from './terms.ts'

/** A public story's words, for whoever keeps an index of them. */
export type IndexText = { card: StoryCard; body: string }

/** Keeps an index of words, in the transactions it is called in. */
export type TextIndex = {
  put(tx: Tx, texts: readonly IndexText[]): Promise<void>
  drop(tx: Tx, ids: readonly string[]): Promise<void>
}

export type IndexerDeps = {
  store: Pick<Store, 'read' | 'tx'>
  index: TermIndex
  texts?: TextIndex
  get: (id: string) => Shown | null
  /** BCP 47. */
  language: string
  log: Log
}

/** Rises when what is kept of a story changes: then all are read again. */
const VERSION = 1
const AT_ONCE = 100
/** Stories whose words are written in one transaction: on SQLite everybody else waits for as long. */
const WRITTEN_AT_ONCE = 10
/** Changes that come in a burst are taken together, ms. */
const GATHER_MS = 25
/** After working for so long everybody else gets a turn, ms. */
const SLICE_MS = 8
/** Terms are weighed anew when so much has been added, and from so many stories. */
const GROWTH = 1.2
const SAMPLE = 2_000
const EARLY_GROWTH = 5
const PROGRESS_EVERY = 10_000
const RETRY_MS = 2_000

/**
 * Follows what is public, in the background: takes each story's terms into the index, from the rows where they are kept
 * or from its text, and takes out what is public no more. Whoever asks meanwhile is answered from what is there.
 */
export class Indexer {
  readonly #deps: IndexerDeps
  readonly #waiting = new Set<string>()
  readonly #indexed = new Map<string, number>()
  /** What is kept of these is not right any more. */
  readonly #again = new Set<string>()
  #working: Promise<void> | null = null
  #stopping = false
  #began = performance.now()
  #learnedAt = 0
  #read = 0

  constructor(deps: IndexerDeps) {
    this.#deps = deps
  }

  /** A story has become public, is another revision, or is public no more. */
  changed(id: string, revision: number | null, { again }: { again: boolean } = { again: false }): void {
    if (again) {
      this.#again.add(id)
      this.#indexed.delete(id)
    }
    if (revision === null) {
      this.#deps.index.remove(id)
      this.#indexed.delete(id)
    }
    if (revision !== null && this.#indexed.get(id) === revision) return
    this.#waiting.add(id)
    this.#wake()
  }

  #wake(): void {
    if (this.#stopping) return
    this.#working ??= this.#work().finally(() => {
      this.#working = null
      // It may have come while the terms were weighed.
      if (this.#waiting.size > 0) this.#wake()
    })
  }

  /** When it has nothing to do: for tests and benches. */
  async settled(): Promise<void> {
    while (this.#working) await this.#working
  }

  async stop(): Promise<void> {
    this.#stopping = true
    await this.#working
  }

  async #work(): Promise<void> {
    const { log } = this.#deps
    await sleep(GATHER_MS)
    while (this.#waiting.size > 0 && !this.#stopping) {
      const ids = [...this.#waiting].slice(0, AT_ONCE)
      for (const id of ids) this.#waiting.delete(id)
      try {
        await this.#take(ids)
      } catch (error) {
        // Those that are kept rightly are written once more: that is no harm.
        for (const id of ids) {
          this.#waiting.add(id)
          this.#again.add(id)
        }
        log.warn('Stories could not be indexed; they are tried again.', { cause: String(error) })
        await sleep(RETRY_MS)
      }
      // While an archive is read in, what is there should answer well already.
      await this.#learnIfGrown(EARLY_GROWTH)
      await turn()
    }
    await this.#learnIfGrown(GROWTH)
  }

  async #learnIfGrown(by: number): Promise<void> {
    const { index } = this.#deps
    if (this.#stopping || index.size < Math.max(1, this.#learnedAt * by)) return
    this.#learnedAt = index.size
    await index.learn({ sample: SAMPLE, pause: () => this.#pause() })
  }

  async #take(ids: readonly string[]): Promise<void> {
    const { store, index, texts, get } = this.#deps
    const gone = ids.filter((id) => !get(id))
    const kept = new Map((await readTerms(store.read, ids)).map((row) => [row.id, row]))
    const fresh: TermsRow[] = []
    const words: IndexText[] = []
    for (const id of ids) {
      const shown = get(id)
      if (!shown) continue
      const { card, revision } = shown
      const known = kept.get(id)
      const isStale = this.#again.delete(id)
      if (!isStale && known?.revision === revision && known.version === VERSION) {
        this.#add(known)
        await this.#pause()
        continue
      }
      const content = await readRevision(store.read, id, revision)
      if (!content) continue
      const body = plainText(content.body, content)
      const { headline, dek, topics } = card
      const terms = index.choose(termsOf({ headline, dek, body, topics }, this.#deps.language))
      fresh.push({ id, revision, version: VERSION, terms })
      words.push({ card, body })
      await this.#pause()
    }
    if (gone.length > 0)
      await store.tx(async (tx) => {
        await dropTerms(tx, gone)
        await texts?.drop(tx, gone)
      })
    for (let from = 0; from < fresh.length; from += WRITTEN_AT_ONCE) {
      const [rows, some] = [fresh, words].map((all) => all.slice(from, from + WRITTEN_AT_ONCE)) as [
        TermsRow[],
        IndexText[],
      ]
      await store.tx(async (tx) => {
        await saveTerms(tx, rows)
        await texts?.put(tx, some)
      })
      for (const row of rows) this.#add(row)
      await turn()
    }
    this.#tellProgress(fresh.length)
  }

  #add({ id, revision, terms }: TermsRow): void {
    // It may have been recalled while it was read.
    if (this.#deps.get(id)?.revision !== revision) return
    this.#deps.index.add(id, terms)
    this.#indexed.set(id, revision)
  }

  #tellProgress(read: number): void {
    const before = Math.floor(this.#read / PROGRESS_EVERY)
    this.#read += read
    if (Math.floor(this.#read / PROGRESS_EVERY) > before)
      this.#deps.log.info('Stories are being indexed.', { done: this.#read, left: this.#waiting.size })
  }

  #pause(): Promise<void> | undefined {
    if (performance.now() - this.#began < SLICE_MS) return undefined
    return turn().then(() => void (this.#began = performance.now()))
  }
}
