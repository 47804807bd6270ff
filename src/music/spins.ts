import type { AirView, MountView } from '../air/air-view.ts'
import type { Spin, Spins } from './music.ts'

export type SpinsDeps = { air: Pick<AirView, 'mounts' | 'onChange'> }

const keptEach = 200

/** Remembers the titles that pass by on the air, the last 200 of each mount (by its name, `music`), for as long as the program runs. */
export const createSpins = ({ air }: SpinsDeps): Spins & { stop(): void } => {
  const byMount = new Map<string, Spin[]>()
  const look = () => {
    for (const view of air.mounts()) note(byMount, view)
  }
  look()
  return {
    latest: (mount, count) => (byMount.get(mount) ?? []).slice(0, Math.max(0, count)),
    stop: air.onChange(look),
  }
}

const note = (byMount: Map<string, Spin[]>, { name, title, titleAt }: MountView) => {
  const read = readTitle(title ?? '')
  if (!read) return
  const spins = byMount.get(name) ?? []
  const last = spins[0]
  // Encoders send the title again when they reconnect, and some every few seconds.
  if (last && last.title === read.title && last.artist === read.artist) return
  spins.unshift({ mount: name, ...read, at: titleAt })
  spins.length = Math.min(spins.length, keptEach)
  byMount.set(name, spins)
}

/** `Artist - Title` as encoders send it; a title without artist has artist ''. Null when it says nothing. */
export const readTitle = (streamTitle: string): { artist: string; title: string } | null => {
  const text = streamTitle.replace(/\s+/g, ' ').trim()
  const parts = /^(.*?) [-–—](?: (.*))?$/.exec(text)
  const artist = parts?.[1] ?? ''
  const title = parts ? (parts[2] ?? '') : text
  return /[\p{L}\p{N}]/u.test(title) ? { artist, title } : null
}
