import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { GroundwaveError } from '../base/errors.ts'
import { isBusy } from './sqlite-kysely.ts'

/** A house that is just ending gets so long, ms. */
const PATIENCE_MS = 3_000

/**
 * Takes the one place for a house there is on SQLite: pages are kept in memory, and a second house would go on showing
 * what the first has recalled. The system lets the lock go with the process, however that ends.
 * @returns what gives it back. Throws HOUSE_RUNNING.
 */
export const takeHouseLock = async (folder: string, patience = PATIENCE_MS): Promise<() => void> => {
  mkdirSync(join(folder, 'data'), { recursive: true })
  const lock = new DatabaseSync(join(folder, 'data', 'house.lock'), { timeout: 0 })
  const until = performance.now() + patience
  for (;;) {
    try {
      lock.exec('begin exclusive')
      return () => lock.close()
    } catch (error) {
      if (isBusy(error) && performance.now() < until) await sleep(50)
      else {
        lock.close()
        throw isBusy(error) ? new GroundwaveError('HOUSE_RUNNING', `(${folder})`) : error
      }
    }
  }
}
