import { shortNames } from '../player/words.ts'
import type { StreamNow } from './studio-deps.ts'
import type { StudioTimes } from './times.ts'

/** One lamp of the air line. */
export type AirLamp = {
  name: string
  /** What is on, or what is wrong and since when. */
  text: string
  /** Something is not as it should be. */
  care: boolean
}

/** What is going out, in words. `connected`: the house hears the air. */
export const airLamps = (
  streams: StreamNow[],
  { connected, times }: { connected: boolean; times: StudioTimes },
): AirLamp[] => {
  if (!connected) return [{ name: 'The air', text: 'does not answer', care: true }]
  const names = shortNames(streams.map(({ title }) => title))
  return streams.map(({ view, title, now }, index) => {
    const name = names[index] ?? title
    const trouble = troubleOf(view.feed, times.clock(view.since))
    if (trouble) return { name, text: trouble, care: true }
    return { name, text: now?.program.name ?? view.title ?? 'on the air', care: false }
  })
}

/** `on backup since 4:31 pm`; null when the stream's own source feeds it. */
export const troubleOf = (feed: StreamNow['view']['feed'], since: string): string | null => {
  if (feed === 'source') return null
  if (feed === 'backup') return `on backup since ${since}`
  if (feed === 'file') return `on its file since ${since}`
  return feed === 'silence' ? `silent since ${since}` : `off since ${since}`
}
