import { join } from 'node:path'
import { Air, channelKey } from './air/air.ts'
import { systemClock } from './base/clock.ts'
import { createLog } from './base/log.ts'
import type { LoadedConfig } from './config/load.ts'

/** A process of the station, ready to start. */
export type Part = {
  /** @returns the port it is reached at. */
  start(): Promise<number>
  stop(): Promise<void>
}

/** Live audio: sources, listeners, HLS, archive. */
export const createAirPart = (config: LoadedConfig): Part => {
  const log = createLog({ clock: systemClock, part: 'air' })
  const data = dataFolder(config)
  return new Air({ config, data, key: channelKey(data), clock: systemClock, log })
}

/** Where archive, journal and keys of a station stand. */
export const dataFolder = (config: LoadedConfig): string => join(config.folder, 'data')

/** The newsroom's side: site, API, schedule. */
export const createHousePart = async (_config: LoadedConfig): Promise<Part> => {
  throw new Error('wired in a moment')
}
