import type { AirFrame } from './epoch.ts'
import type { Feeder, Run, Sink } from './feed.ts'

/** How much of a backup mount's recent past is kept, so that the one who switches to it hears no hole. */
const KEEP_MS = 12_000

/**
 * Feeds one mount with what another mount sends. It listens all the time, so that at the moment of the switch
 * it can hand over what came since the other fell silent, and players' buffers are filled again.
 */
export class BackupFeeder implements Feeder {
  readonly kind = 'backup'
  readonly #alive: () => boolean
  readonly #onFirst: () => void
  #run: Run | null = null
  #title: string | null = null
  #recent: AirFrame[] = []
  #sink: Sink | null = null

  /**
   * @param options.alive whether that mount carries programme now.
   * @param options.onFirst called with the first frames of each run: a mount with nothing better takes it at once.
   */
  constructor({ alive, onFirst }: { alive: () => boolean; onFirst: () => void }) {
    this.#alive = alive
    this.#onFirst = onFirst
  }

  ready(): boolean {
    return this.#run !== null && this.#recent.length > 0 && this.#alive()
  }

  attach(sink: Sink, from: number): void {
    if (!this.#run) return
    this.#sink = sink
    sink.begin({ ...this.#run, feed: 'backup' })
    sink.title(this.#title)
    const missed = this.#recent.filter((frame) => frame.wall >= from)
    const start = missed.findIndex((frame) => frame.joinable)
    if (start >= 0) sink.frames(missed.slice(start))
  }

  detach(): void {
    this.#sink = null
  }

  tick(): void {}

  /** What the backup mount calls with everything it sends. */
  readonly tap: Sink = {
    begin: (run) => {
      this.#run = run
      this.#recent = []
      this.#sink?.begin({ ...run, feed: 'backup' })
    },
    frames: (frames) => {
      const latest = frames.at(-1)
      if (!latest) return
      const first = this.#recent.length === 0
      this.#recent.push(...frames)
      const stale = this.#recent.findIndex((frame) => frame.wall >= latest.wall - KEEP_MS)
      if (stale > 0) this.#recent.splice(0, stale)
      if (first && !this.#sink) this.#onFirst()
      else this.#sink?.frames(frames)
    },
    title: (title) => {
      this.#title = title
      this.#sink?.title(title)
    },
    end: (reason) => {
      this.#run = null
      this.#recent = []
      this.#sink?.end(reason)
    },
  }
}
