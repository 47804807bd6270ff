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
  /** For the staff; an air on another machine may be too old to tell. */
  health?: MountHealth
}

/** What the air knows of how a mount goes out. It decodes no sound, so it knows no levels. */
export type MountHealth = {
  /** The encoder at the mount's own place, also while something else feeds it. */
  source: { agent: string; since: number } | null
  /** Connected, but sends nothing. */
  stalledSince: number | null
  /** Since when programme has been digital silence. */
  deadSince: number | null
  archiveStopped: { since: number; reason: string } | null
  /** Wall time of the end of the newest HLS segment; null where there is none. */
  edgeAt: number | null
  /** The source's clock against ours, ms. */
  driftMs: number
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

/** How many listened to one mount, the oldest count first, a minute apart. */
export type ListenerCurve = { since: number; counts: number[] }
