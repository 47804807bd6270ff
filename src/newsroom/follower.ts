import { setTimeout as sleep } from 'node:timers/promises'
import type { Log } from '../base/log.ts'
import type { House, Store } from '../store/store.ts'
import { STORIES_CHANNEL } from './edit.ts'
import type { Memory } from './memory.ts'
import { changesSince, housesThatConfirmed, insertConfirmations } from './recall-store.ts'

export type FollowerDeps = {
  store: Pick<Store, 'read' | 'add' | 'last' | 'events' | 'listen' | 'notify' | 'now' | 'lease'>
  memory: Pick<Memory, 'refresh'>
  log: Log
}

/** On which houses tell each other that they have confirmed something. */
const CONFIRMED_CHANNEL = 'confirmed'
const EVENTS_AT_ONCE = 1_000
/** How long a confirmation can go unnoticed whose notice was lost, ms. */
const LOOK_EVERY_MS = 100
/** A notice names no more than this; whoever waits then asks the database. */
const MOST_NAMED = 100

/** Whoever waits for houses to confirm events. */
type Waiting = { events: ReadonlySet<string>; heard: Map<string, Set<string>>; wake: () => void }

/**
 * Keeps this house's memory up with the record of what happened, and its word with the others: what is recalled in one
 * house is confirmed by each, after it has forgotten it, and whoever recalls it waits for that.
 */
export class Follower {
  readonly #deps: FollowerDeps
  /** Number of the last event this house knows of; null until it has begun to follow. */
  #seen: number | null = null
  #batch: Promise<void> | null = null
  #last: Promise<void> = Promise.resolve()
  readonly #waiting = new Set<Waiting>()
  readonly #ends: (() => void)[] = []

  constructor(deps: FollowerDeps) {
    this.#deps = deps
  }

  /** Begins to follow. What happened before must be read after this, by `memory`. */
  async start(): Promise<void> {
    const { store, log } = this.#deps
    const look = () =>
      void this.catchUp().catch((error: unknown) =>
        log.error('What changed could not be read.', {
          cause: error instanceof Error ? (error.stack ?? error.message) : String(error),
        }),
      )
    this.#ends.push(
      await store.listen(STORIES_CHANNEL, { onNotice: look, onGap: look }),
      await store.listen(CONFIRMED_CHANNEL, { onNotice: (text) => this.#hear(JSON.parse(text) as Confirmed) }),
    )
    this.#seen = await store.events.last()
  }

  async stop(): Promise<void> {
    for (const end of this.#ends) end()
    await this.#last.catch(() => {})
  }

  /** Reads what happened. When the promise is kept this house tells nothing older than the call, and has confirmed it. */
  catchUp(): Promise<void> {
    // One reading after the other; all who ask before it begins are served by the same.
    this.#batch ??= this.#last = this.#last.catch(() => {}).then(() => this.#read())
    return this.#batch
  }

  /**
   * Waits until every house that may show stories has confirmed these events, which are committed. One that cannot be
   * reached is waited for until its lease has run out: from then on it shows none.
   */
  async untilForgotten(events: readonly string[]): Promise<void> {
    const { store } = this.#deps
    // Its own word was given by `catchUp`.
    if (store.lease.alone) return
    const waiting: Waiting = { events: new Set(events), heard: new Map(), wake: () => {} }
    this.#waiting.add(waiting)
    try {
      await this.#untilAllHave(events, waiting)
    } finally {
      this.#waiting.delete(waiting)
    }
  }

  async #untilAllHave(events: readonly string[], waiting: Waiting): Promise<void> {
    const { store } = this.#deps
    const waitedFor = new Map<string, House>()
    for (;;) {
      // At the same time: a house that comes to work in between has read what was recalled before it shows anything.
      const [atWork, confirmed] = await Promise.all([store.lease.atWork(), housesThatConfirmed(store.read, events)])
      for (const house of waitedFor.values())
        if (!confirmed.has(house.id) && !atWork.some(({ id }) => id === house.id))
          await store.add((tx) => insertConfirmations(tx, store, { house, events, how: 'lapsed' }))
      const missing = atWork.filter(({ id }) => !confirmed.has(id))
      for (const house of missing) waitedFor.set(house.id, house)
      if (await this.#hearOf(missing, waiting)) return
    }
  }

  /** @returns whether all of these have said so themselves before it is time to look at the record again. */
  async #hearOf(houses: readonly House[], waiting: Waiting): Promise<boolean> {
    const haveAll = () => houses.every(({ id }) => waiting.heard.get(id)?.size === waiting.events.size)
    const rested = new AbortController()
    const late = sleep(LOOK_EVERY_MS, 'late', { signal: rested.signal }).catch(() => 'late')
    try {
      while (!haveAll()) {
        const woken = new Promise<void>((resolve) => (waiting.wake = resolve))
        if ((await Promise.race([woken, late])) === 'late') return false
      }
      return true
    } finally {
      rested.abort()
    }
  }

  async #read(): Promise<void> {
    this.#batch = null
    const { store, memory } = this.#deps
    for (;;) {
      if (this.#seen === null) return
      const changes = await changesSince(store.read, this.#seen, EVENTS_AT_ONCE)
      const last = changes.at(-1)
      if (!last) return
      const stories = new Set(changes.flatMap(({ story }) => (story === null ? [] : [story])))
      if (stories.size > 0) await memory.refresh(stories)
      const events = changes.filter(({ isRecall }) => isRecall).map(({ event }) => event)
      if (events.length > 0) await this.#confirm(events)
      this.#seen = last.seq
      if (changes.length < EVENTS_AT_ONCE) return
    }
  }

  async #confirm(events: readonly string[]): Promise<void> {
    const { store } = this.#deps
    const { house, alone } = store.lease
    await store.add((tx) => {
      insertConfirmations(tx, store, { house, events, how: 'forgotten' })
      if (alone) return
      const word: Confirmed = { house: house.id, events: events.slice(0, MOST_NAMED) }
      store.notify(tx, CONFIRMED_CHANNEL, JSON.stringify(word))
    })
  }

  #hear({ house, events }: Confirmed): void {
    for (const { events: wanted, heard, wake } of this.#waiting) {
      const found = events.filter((event) => wanted.has(event))
      if (found.length === 0) continue
      heard.set(house, new Set([...(heard.get(house) ?? []), ...found]))
      wake()
    }
  }
}

/** Word of a house that has forgotten what these events recalled. */
type Confirmed = { house: string; events: string[] }
