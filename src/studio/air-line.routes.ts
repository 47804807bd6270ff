import { textOf } from '../player/icon.view.ts'
import { airLamps } from './air-line.ts'
import type { StudioDoor } from './door.ts'
import { stationTimes } from './frame.ts'
import { airView } from './page.view.ts'
import type { StudioDeps } from './studio-deps.ts'

/** The air line by itself, for pages that stay open. */
export const airLineRoutes = (door: StudioDoor, { onAir, air, clock, config }: StudioDeps): void => {
  door.get('/studio/air-line', 'air.see', (_, context) => {
    const times = stationTimes(config.station.zone)
    const lamps = airLamps(onAir(clock.now()), { connected: air.connected(), times, mounts: config.mounts })
    return context.html(textOf(airView(lamps)))
  })
}
