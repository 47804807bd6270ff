/** What a window has typed, whole, with the number of the batch. */
export type Batch = { base: number; sequence: number; content: unknown }

/** What the house says to a batch. */
export type Receipt = { sequence: number; savedAt: number }

/** How it stands with the window's text. Times in ms since the epoch. */
export type SaveState =
  | { is: 'saved'; at: number | null }
  | { is: 'saving' }
  /** The house did not take it; it is kept on this computer. */
  | { is: 'unsaved'; since: number; why: unknown }

/** A pause in typing after which a batch goes out, and what it waits at most while somebody types on, ms. */
const PAUSE_MS = 400
const LONGEST_MS = 1000
/** Between tries, ms. */
const RETRY_MS = 5000

export type SaveQueueDeps = {
  /** Resolves when the house has it for certain; throws otherwise. */
  send: (batch: Batch) => Promise<Receipt>
  /** Puts the newest text where a closed window can be read again; null when the house has all of it. */
  keep: (batch: Batch | null) => void
  /** The whole text as it stands. */
  content: () => unknown
  onState: (state: SaveState) => void
  now?: () => number
}

/**
 * Carries what is typed to the house: a batch at every pause, one at a time, and again until it is taken. Each change
 * is kept on this computer first, so that a lost line, a dead house or a closed window loses nothing.
 */
export class SaveQueue {
  readonly #deps: SaveQueueDeps
  readonly #now: () => number
  /** The revision the text was begun from. */
  base: number
  /** Of the newest change, and of the newest the house has. */
  #sequence: number
  #acknowledged: number
  #sending: Promise<void> | null = null
  #timer: ReturnType<typeof setTimeout> | undefined
  #waitingSince: number | null = null
  #state: SaveState = { is: 'saved', at: null }

  constructor(deps: SaveQueueDeps, { base, sequence }: { base: number; sequence: number }) {
    this.#deps = deps
    this.#now = deps.now ?? (() => Date.now())
    this.base = base
    this.#sequence = sequence
    this.#acknowledged = sequence
  }

  get state(): SaveState {
    return this.#state
  }

  /** Whether there is text the house has not acknowledged. */
  get isOwing(): boolean {
    return this.#sequence > this.#acknowledged
  }

  /** Something was typed. */
  changed(): void {
    this.#sequence += 1
    this.#deps.keep(this.#batch())
    const now = this.#now()
    this.#waitingSince ??= now
    if (this.#state.is === 'unsaved') return
    this.#tell({ is: 'saving' })
    this.#later(Math.max(0, Math.min(PAUSE_MS, this.#waitingSince + LONGEST_MS - now)))
  }

  /** Sends what there is now. @returns whether the house has everything. */
  async flush(): Promise<boolean> {
    clearTimeout(this.#timer)
    await this.#sending
    if (this.isOwing) {
      this.#sending = this.#send()
      await this.#sending
    }
    return !this.isOwing
  }

  /** Sends no more: the window goes, or the text goes on under another name. */
  stop(): Batch | null {
    clearTimeout(this.#timer)
    return this.isOwing ? this.#batch() : null
  }

  #later(ms: number): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.flush(), ms)
  }

  #batch(): Batch {
    return { base: this.base, sequence: this.#sequence, content: this.#deps.content() }
  }

  async #send(): Promise<void> {
    const batch = this.#batch()
    this.#waitingSince = null
    try {
      const { sequence, savedAt } = await this.#deps.send(batch)
      this.#acknowledged = Math.max(this.#acknowledged, sequence)
      if (!this.isOwing) this.#deps.keep(null)
      this.#tell(this.isOwing ? { is: 'saving' } : { is: 'saved', at: savedAt })
      if (this.isOwing) this.#later(PAUSE_MS)
    } catch (why) {
      const since = this.#state.is === 'unsaved' ? this.#state.since : this.#now()
      this.#tell({ is: 'unsaved', since, why })
      this.#later(RETRY_MS)
    } finally {
      this.#sending = null
    }
  }

  #tell(state: SaveState): void {
    this.#state = state
    this.#deps.onState(state)
  }
}
