import assert from 'node:assert/strict'
import { onBothEngines } from '../../test/world/postgres.ts'
import type { Clock } from '../base/clock.ts'
import { createIds } from '../base/ids.ts'
import { silentLog } from '../base/log.ts'
import { configSchema } from '../config/schema.ts'
import { hashPassword } from '../config/password.ts'
import { openCopies } from '../library/copies.ts'
import type { Copies } from '../library/copies.ts'
import { createImaging } from '../library/imaging.ts'
import { openNewsroom } from '../newsroom/newsroom.ts'
import type { OpenNewsroom } from '../newsroom/newsroom.ts'
import type { Store } from '../store/store.ts'
import { openWireDesk } from './desk.ts'
import type { WireDesk } from './desk.ts'
import { openWire } from './wire.ts'
import type { Receipt, Wire } from './wire.ts'

/** Sources as groundwave.yaml would have them. */
export const sourcesOf = (wire: Record<string, unknown>) =>
  configSchema.parse({
    station: { name: 'Oxbow' },
    mounts: [{ path: '/a.mp3', name: 'A', source: { password: 'p' } }],
    wire,
  }).wire

const usual = sourcesOf({
  live: { format: 'cds', token: 'open', route: 'publish' },
  slow: { format: 'cds', token: hashPassword('sesame') },
})

export type WireWorld = {
  store: Store
  /** Another house on the same database. */
  open: (clock?: Clock) => Promise<Store>
  newsroom: OpenNewsroom
  wire: Wire
  desk: WireDesk
  clock: { at: number; now(): number }
  push: (message: string, source?: string) => Promise<Receipt>
  /** Another program on the same database. */
  again: (sources?: ReturnType<typeof sourcesOf>) => Wire
}

/** Runs one test of the wire on both engines, at noon of 11 March 2026. */
export const withWire = (name: string, fn: (world: WireWorld) => Promise<void>): void =>
  onBothEngines(name, async ({ open, folder }) => {
    const clock = { at: Date.parse('2026-03-11T12:00:00Z'), now: () => clock.at }
    const ids = createIds({ clock })
    const store = await open({ clock })
    const copies: Copies = openCopies({
      imaging: createImaging(),
      store,
      clock,
      log: silentLog,
      allow: new Set(),
      onArrival: () => newsroom.forget(),
    })
    const newsroom = openNewsroom({ store, folder, clock, ids, copies })
    const make = (sources = usual) => openWire({ store, newsroom, copies, sources, clock, ids, log: silentLog })
    const wire = make()
    await newsroom.start()
    try {
      await fn({
        store,
        open: (other = clock) => open({ clock: other }),
        newsroom,
        wire,
        desk: openWireDesk({ store, newsroom, copies, sources: usual, clock, ids }),
        clock,
        again: make,
        push: async (message, source = 'live') => {
          const [first] = await wire.receive(source, Buffer.from(message))
          assert.ok(first)
          return first
        },
      })
    } finally {
      await wire.stop()
      await newsroom.stop()
    }
  })
