import type { Context } from 'hono'
import type { StationConfig } from '../config/schema.ts'

/**
 * Where this station's pages are, `https://radio.example`: as it has told us, else as the reader came. Only for what is
 * kept for each host apart.
 */
export const originOf = ({ station }: Pick<StationConfig, 'station'>, { req }: Context): string =>
  new URL(station.url ?? req.url).origin

/** The same where no reader asks: '' for a station that has not told. */
export const ownOrigin = ({ station }: Pick<StationConfig, 'station'>): string =>
  station.url ? new URL(station.url).origin : ''
