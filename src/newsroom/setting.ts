import type { Clock } from '../base/clock.ts'
import { GroundwaveError } from '../base/errors.ts'
import type { Ids } from '../base/ids.ts'
import type { Log } from '../base/log.ts'
import type { Store } from '../store/store.ts'
import { insertSetting, newestSetting } from './setting-store.ts'
import type { SettingKind, SettingRow } from './setting-store.ts'

export type SettingDeps = { store: Store; clock: Clock; ids: Ids; log: Log }

/** Something editors arrange, kept in memory: every page asks for it. */
export type Setting<T> = {
  start(): Promise<void>
  stop(): void
  /** null while nobody has arranged anything. */
  current(): T | null
  /** Which state that is, who made it and when; null while there is none. */
  state(): { id: string; at: number; by: string } | null
  /**
   * Makes a new state over the one with id `over` ('' where there was none). The old one stays as a row.
   * Throws SETTING_CHANGED when somebody else has been faster.
   */
  change(by: string, value: T, over: string): Promise<void>
  /** Called after it has changed, here or in another house; returns the function that ends the subscription. */
  onChange(listener: () => void): () => void
}

const CHANNEL = 'settings'

export const openSetting = <T>({ store, clock, ids, log }: SettingDeps, kind: SettingKind): Setting<T> => {
  const listeners = new Set<() => void>()
  let row: SettingRow | null = null
  let unlisten: (() => void) | undefined

  const refresh = async () => {
    const newest = await newestSetting(store.read, kind)
    if (newest?.id === row?.id) return
    row = newest
    for (const listener of listeners) listener()
  }
  const follow = () =>
    void refresh().catch((error: unknown) =>
      log.error('What was arranged could not be read.', { kind, cause: String(error) }),
    )

  return {
    async start() {
      unlisten = await store.listen(CHANNEL, { onNotice: follow, onGap: follow })
      await refresh()
    },
    stop: () => unlisten?.(),
    current: () => (row ? (row.value as T) : null),
    state: () => row && { id: row.id, at: row.at, by: row.by },
    async change(by, value, over) {
      await store.tx(async (tx) => {
        const newest = await newestSetting(tx, kind)
        if ((newest?.id ?? '') !== over) throw new GroundwaveError('SETTING_CHANGED')
        const id = ids.next()
        // Two changes within a millisecond, or a clock set back, must not let the older one win.
        const at = Math.max(clock.now(), (newest?.at ?? 0) + 1)
        await insertSetting(tx, kind, { id, value, at, by })
        store.events.append(tx, { type: `${kind}.changed`, actor: by, subject: { kind, id }, data: { value } })
        store.notify(tx, CHANNEL, kind)
      })
      await refresh()
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
