import { join } from 'node:path'
import type { LoadedConfig } from '../config/load.ts'

/** A process of the station, ready to start. */
export type Part = {
  /** @returns the port it is reached at. */
  start(): Promise<number>
  stop(): Promise<void>
}

/** Where archive, journal and keys of a station stand. */
export const dataFolder = (config: LoadedConfig): string => join(config.folder, 'data')
