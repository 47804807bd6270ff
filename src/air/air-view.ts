import type { AudioFormat } from '../formats/audio/frame.ts'

/** What is feeding a mount: an encoder, a backup mount, a looped file, silence, or nothing. */
export type Feed = 'source' | 'backup' | 'file' | 'silence' | 'off'

/** One mount as the house sees it. Times are milliseconds since the Unix epoch. */
export type MountView = {
  /** Path, for example `/news.mp3`. */
  mount: string
  /** Path without slash and extension, for example `news`: the name in HLS addresses and the schedule. */
  name: string
  /** True when listeners hear programme: a source, a backup mount or a file, not silence. */
  up: boolean
  /** Since when `up` has been what it is. */
  since: number
  feed: Feed
  /** Since when that feeds it; an air on another machine may be too old to tell. */
  feedSince?: number
  /** What the feed calls itself: an encoder's name, a file's. null while nothing feeds it. */
  from?: string | null
  /** Stream title as the source sent it (`Artist - Title`), null when there is none. */
  title: string | null
  titleAt: number
  format: AudioFormat | null
  /** HLS can be had for this mount (Vorbis has none). */
  hls: boolean
  listeners: number
}

/**
 * The house's live picture of the air. It stays as it was for some seconds, marked `connected: false`, when air is
 * away; after that, and before the air was ever heard, all mounts are off.
 */
export type AirView = {
  connected(): boolean
  mounts(): MountView[]
  /** Called after any change; returns the function that ends the subscription. */
  onChange(listener: () => void): () => void
}
