import type { Log } from '../base/log.ts'
import type { Copies } from '../library/copies.ts'
import { photosOfKilled } from '../newsroom/newsroom.ts'
import type { Store } from '../store/store.ts'

export type UpkeepDeps = { store: Store; copies: Pick<Copies, 'remove'>; log: Log }

const HOUR = 3_600_000
/** Files taken away in one go: nobody who writes waits for more. */
const AT_ONCE = 200

/** What a house does every hour, besides: what only killed stories showed goes, and what was thrown away goes for good. */
export const createUpkeep = ({ store, copies, log }: UpkeepDeps) => {
  let timer: NodeJS.Timeout | undefined
  const run = async (): Promise<void> => {
    await store.tx(async (tx) => copies.remove(tx, await photosOfKilled(tx, AT_ONCE)))
    await store.blobs.sweep()
  }
  return {
    run,
    start() {
      const attempt = () =>
        void run().catch((error: unknown) => log.warn('The hourly upkeep failed.', { cause: String(error) }))
      timer = setInterval(attempt, HOUR).unref()
    },
    stop: () => clearInterval(timer),
  }
}
