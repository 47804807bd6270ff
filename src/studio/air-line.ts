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

export type AirWords = {
  /** The house hears the air. */
  connected: boolean
  times: StudioTimes
  mounts: readonly MountPlan[]
}
type MountPlan = { path: string; backups: readonly string[]; automation: boolean }

/** What is going out, in words. */
export const airLamps = (streams: StreamNow[], { connected, times, mounts }: AirWords): AirLamp[] => {
  if (!connected) return [{ name: 'The air', text: 'does not answer', care: true }]
  const names = shortNames(streams.map(({ title }) => title))
  return streams.map(({ view, title, now }, index) => {
    const name = names[index] ?? title
    const trouble = isPlanned(view, mounts) ? null : troubleOf(view.feed, times.clock(view.feedSince ?? view.since))
    if (trouble) return { name, text: trouble, care: true }
    return { name, text: now?.program.name ?? view.title ?? 'on the air', care: false }
  })
}

/** Whether what feeds a mount is as planned: its own source, or a backup where all of its backups are automation. */
export const isPlanned = ({ mount, feed }: StreamNow['view'], mounts: readonly MountPlan[]): boolean => {
  if (feed !== 'backup') return feed === 'source'
  const backups = mounts.find(({ path }) => path === mount)?.backups ?? []
  return backups.every((path) => mounts.find((one) => one.path === path)?.automation)
}

/** `on backup since 4:31 pm` */
export const troubleOf = (feed: StreamNow['view']['feed'], since: string): string => {
  if (feed === 'backup') return `on backup since ${since}`
  if (feed === 'file') return `on its file since ${since}`
  return feed === 'silence' ? `silent since ${since}` : `off since ${since}`
}
