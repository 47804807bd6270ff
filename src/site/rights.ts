import type { Story } from '../newsroom/newsroom.ts'
import type { Times } from './times.ts'

/** Whose it is: the source's own line, else one of ours. */
export const copyrightOf = ({ source, published }: Story, station: string, times: Times): string =>
  source?.copyright || `Copyright ${times.zoned(Date.parse(published)).year} ${source?.owner ?? station}`
