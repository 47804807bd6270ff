import { Air, channelKey } from '../air/air.ts'
import { systemClock } from '../base/clock.ts'
import { createLog } from '../base/log.ts'
import type { LoadedConfig } from '../config/load.ts'
import { dataFolder, type Part } from './part.ts'

/** Live audio: sources, listeners, HLS, archive. */
export const createAirPart = (config: LoadedConfig): Part => {
  const log = createLog({ clock: systemClock, part: 'air' })
  const data = dataFolder(config)
  return new Air({ config, data, key: channelKey(data), clock: systemClock, log })
}
