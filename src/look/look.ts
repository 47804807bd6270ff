import { createHash } from 'node:crypto'
import type { Clock } from '../base/clock.ts'
import type { Ids } from '../base/ids.ts'
import type { Log } from '../base/log.ts'
import type { Store } from '../store/store.ts'
import { insertLook, newestLook } from './store.ts'
import { cssOf, standardTheme } from './theme.ts'
import type { Look } from './store.ts'

export { contrast, coloursOf, tooNear } from './contrast.ts'
export type { TooNear } from './contrast.ts'
export { readLogo } from './logo.ts'
export type { Look } from './store.ts'
export { lightnessFor, readingFaces, speakingFaces, standardTheme } from './theme.ts'
export { themeShape } from './theme-shape.ts'

export type LookDeps = { store: Store; clock: Clock; ids: Ids; log: Log }

/** How the station shows itself: name, line, colours, faces, logo. Kept in memory: every page asks for it. */
export type OpenLook = {
  start(): Promise<void>
  stop(): void
  /** What somebody has chosen last; the standard where nobody has. */
  current(): Look
  /** A theme's own style sheet, and its address with the hash of its content; null while it is the standard. */
  sheet(): { name: string; css: string } | null
  /** `by` is an account's id. The old one stays as a row. */
  change(by: string, look: Look): Promise<void>
  /** Called after it has changed, here or in another house; returns the function that ends the subscription. */
  onChange(listener: () => void): () => void
}

/** The channel on which houses tell each other of a new look. */
const CHANNEL = 'look'

/** The look nobody has chosen. */
export const standardLook: Look = { name: null, line: null, theme: standardTheme, logo: null }

export const openLook = ({ store, clock, ids, log }: LookDeps): OpenLook => {
  const listeners = new Set<() => void>()
  let current = standardLook
  let sheet: { name: string; css: string } | null = null
  let unlisten: (() => void) | undefined

  const refresh = async () => {
    current = (await newestLook(store.read)) ?? standardLook
    const css = cssOf(current.theme)
    const isStandard = css === cssOf(standardTheme)
    sheet = isStandard ? null : { css, name: `${createHash('sha256').update(css).digest('hex').slice(0, 12)}.css` }
    for (const listener of listeners) listener()
  }
  const follow = () =>
    void refresh().catch((error: unknown) =>
      log.error('The look could not be read.', { cause: error instanceof Error ? error.message : String(error) }),
    )

  return {
    async start() {
      unlisten = await store.listen(CHANNEL, { onNotice: follow, onGap: follow })
      await refresh()
    },
    stop: () => unlisten?.(),
    current: () => current,
    sheet: () => sheet,
    async change(by, look) {
      await store.tx(async (tx) => {
        const id = ids.next()
        await insertLook(tx, { id, look, at: clock.now(), by })
        const subject = { kind: 'look', id }
        store.events.append(tx, {
          type: 'look.changed',
          actor: by,
          subject,
          data: { name: look.name, theme: look.theme },
        })
        store.notify(tx, CHANNEL, id)
      })
      await refresh()
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
