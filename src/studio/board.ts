import type { ListenerCurve, MountView } from '../air/air-view.ts'
import type { MountConfig } from '../config/schema.ts'
import { shortNames, songOf } from '../player/words.ts'
import { isPlanned, troubleOf } from './air-line.ts'
import type { StreamNow } from './studio-deps.ts'
import type { StudioTimes } from './times.ts'

/** One stream of the on-air board, in words. */
export type BoardStream = {
  mount: string
  title: string
  /** Nothing is wrong with what feeds it. */
  ok: boolean
  /** `On air`, `On backup`, `Silent`, `Off the air` */
  word: string
  on: string
  next: string | null
  /** `Studio A, AAC 128, 6 h 12 min without a break` */
  feed: string
  /** Where the stream can be heard, for who shows its level; null while there is nothing to hear. */
  level: string | null
  chain: { name: string; is: 'feeds' | 'out' | 'waits' }[]
  listeners: number
  curve: (ListenerCurve & { words: string }) | null
  health: { name: string; words: string; care: boolean }[]
}

export type Board = {
  connected: boolean
  listeners: number
  streams: BoardStream[]
  troubles: { head: string; more: string }[]
}

export type BoardDeps = {
  streams: StreamNow[]
  /** All mounts as the air tells of them: backups are none of the public streams. */
  views: MountView[]
  mounts: MountConfig[]
  connected: boolean
  curve: (mount: string) => ListenerCurve | null
  /** Where readers' browsers reach the air; `:8000` is a port of the machine the page came from. */
  airOrigin: string
  times: StudioTimes
  now: number
}

const words = { source: 'On air', backup: 'On backup', file: 'On its file', silence: 'Silent', off: 'Off the air' }

/** Everything the board shows at one moment. */
export const boardOf = (deps: BoardDeps): Board => {
  const { streams, connected, mounts, now, times } = deps
  const short = shortNames(streams.map(({ title }) => title))
  return {
    connected,
    listeners: streams.reduce((sum, { view }) => sum + view.listeners, 0),
    streams: streams.map((stream) => streamOf(stream, deps)),
    troubles: connected
      ? streams.flatMap((stream, index) =>
          troublesOf(stream, { name: short[index] ?? stream.title, mounts, times, now }),
        )
      : [{ head: 'The air does not answer.', more: 'What is shown below is what was heard of it last.' }],
  }
}

const streamOf = (stream: StreamNow, { views, mounts, curve, airOrigin, times, now }: BoardDeps): BoardStream => {
  const { view, title } = stream
  const planned = isPlanned(view, mounts)
  const song = songOf(view.title)
  return {
    mount: view.mount,
    title,
    ok: planned,
    word: planned ? 'On air' : words[view.feed],
    on: stream.now?.program.name ?? (song ? `${song.title}, ${song.artist}` : (view.title ?? '')),
    next: stream.next && `Next Up, ${times.short(stream.next.start)}: ${stream.next.program.name}`,
    feed: feedWords(view, now),
    level: view.feed === 'off' ? null : airOrigin + view.mount,
    chain: chainOf(view, { views, mounts }),
    listeners: view.listeners,
    curve: curveOf(curve(view.mount), { times, now }),
    health: healthOf(view, { times, now }),
  }
}

/** `Studio A, AAC 128, 6 h 12 min without a break` */
const feedWords = ({ feed, from, format, feedSince, since }: MountView, now: number): string => {
  if (feed === 'off') return `Nothing feeds it, for ${lasting(now - (feedSince ?? since))}`
  const sound = format
    ? `${CODECS[format.codec] ?? format.codec}${format.kbps ? ` ${Math.round(format.kbps)}` : ''}`
    : ''
  const name = feed === 'silence' ? 'Silence' : feed === 'file' ? 'The file' : from || 'An encoder'
  const how = feed === 'source' || feed === 'backup' ? ' without a break' : ''
  return [name, sound, `${lasting(now - (feedSince ?? since))}${how}`].filter(Boolean).join(', ')
}

const CODECS: Record<string, string> = { mp3: 'MP3', aac: 'AAC', opus: 'Opus', vorbis: 'Vorbis', flac: 'FLAC' }

/** The order in which something feeds a mount, and which of it does now. */
const chainOf = (view: MountView, { views, mounts }: Pick<BoardDeps, 'views' | 'mounts'>): BoardStream['chain'] => {
  const config = mounts.find(({ path }) => path === view.mount)
  if (!config) return []
  const viewOf = (path: string) => views.find(({ mount }) => mount === path)
  const feeding =
    config.backups.find((path) => viewOf(path)?.up && viewOf(path)?.from === view.from) ?? config.backups[0]
  const { source } = view.health ?? {}
  const own = {
    name: source?.agent ?? 'Its encoder',
    is: view.feed === 'source' ? 'feeds' : source ? 'waits' : 'out',
  } as const
  const backups = config.backups.map((path) => ({
    name: without(mounts.find((one) => one.path === path)?.name ?? path, config.name),
    is:
      view.feed === 'backup' && path === feeding
        ? ('feeds' as const)
        : viewOf(path)?.up
          ? ('waits' as const)
          : ('out' as const),
  }))
  const is = (feed: MountView['feed']) => (view.feed === feed ? ('feeds' as const) : ('waits' as const))
  return [
    own,
    ...backups,
    ...(config.file ? [{ name: 'File', is: is('file') }] : []),
    ...(config.silence ? [{ name: 'Silence', is: is('silence') }] : []),
  ]
}

/** `Oxbow News, playout` at Oxbow News is the playout. */
const without = (name: string, title: string): string =>
  name.startsWith(`${title}, `) ? name.slice(title.length + 2).replace(/^./, (first) => first.toUpperCase()) : name

const curveOf = (
  curve: ListenerCurve | null,
  { times, now }: { times: StudioTimes; now: number },
): BoardStream['curve'] => {
  if (!curve || curve.counts.length < 2) return null
  const whole = now - curve.since > 2.9 * 3_600_000
  return { ...curve, words: whole ? 'Last 3 hours' : `Since ${times.clock(curve.since)}` }
}

const healthOf = (view: MountView, { times, now }: { times: StudioTimes; now: number }): BoardStream['health'] => {
  const { health } = view
  if (!health) return []
  const old = health.edgeAt === null ? null : now - health.edgeAt
  return [
    {
      name: 'Silence',
      words: health.deadSince === null ? 'none' : `since ${times.seconds(health.deadSince)}`,
      care: health.deadSince !== null,
    },
    {
      name: 'Source',
      words:
        health.stalledSince !== null
          ? `nothing since ${times.seconds(health.stalledSince)}`
          : health.source
            ? `here since ${times.brief(health.source.since, now)}`
            : 'not connected',
      care: health.stalledSince !== null,
    },
    ...(view.hls && old !== null
      ? [{ name: 'Edge of HLS', words: `${(Math.max(0, old) / 1000).toFixed(1)} s old`, care: old > 20_000 }]
      : []),
    { name: 'Titles', words: view.title === null ? 'none sent' : `${lasting(now - view.titleAt)} ago`, care: false },
    {
      name: 'Archive',
      words: health.archiveStopped ? `stopped ${times.clock(health.archiveStopped.since)}` : 'kept',
      care: health.archiveStopped !== null,
    },
    {
      name: 'Clock',
      words: `${health.driftMs < 0 ? '−' : health.driftMs > 0 ? '+' : ''}${Math.abs(health.driftMs)} ms`,
      care: Math.abs(health.driftMs) > 500,
    },
  ]
}

type About = { name: string; mounts: MountConfig[]; times: StudioTimes; now: number }

const troublesOf = ({ view }: StreamNow, { name, mounts, times, now }: About): Board['troubles'] => {
  const { health, feed } = view
  const since = view.feedSince ?? view.since
  const troubles: Board['troubles'] = []
  if (!isPlanned(view, mounts)) {
    const head = `${name} is ${troubleOf(feed, times.clock(since))} (${lasting(now - since)}).`
    const heard = {
      source: '',
      backup: 'Listeners hear the backup.',
      file: 'Listeners hear the file, round and round.',
      silence: 'Listeners hear nothing, but stay connected.',
      off: 'Nobody can listen until something sends.',
    }[feed]
    const why = health?.source ? `${health.source.agent} is connected.` : 'No encoder is connected to its own place.'
    troubles.push({ head, more: `${heard} ${why}` })
  }
  if (health?.deadSince)
    troubles.push({
      head: `${name} sends digital silence since ${times.seconds(health.deadSince)}.`,
      more: 'The line stands, but nothing is in it: look at the desk, the cable and the encoder’s input.',
    })
  if (health?.archiveStopped)
    troubles.push({
      head: `${name} is not archived since ${times.clock(health.archiveStopped.since)}.`,
      more: `The air goes on. ${health.archiveStopped.reason}`,
    })
  return troubles
}

/** `42 s`, `11 min`, `6 h 12 min`, `2 d 3 h` */
export const lasting = (ms: number): string => {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  if (hours < 24) return minutes % 60 ? `${hours} h ${minutes % 60} min` : `${hours} h`
  return hours % 24 ? `${Math.floor(hours / 24)} d ${hours % 24} h` : `${Math.floor(hours / 24)} d`
}
