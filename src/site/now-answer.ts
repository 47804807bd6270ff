import type { NowAnswer, NowProgram, NowStream } from '../player/now.ts'
import type { Airing } from '../schedule/schedule.ts'
import { onAirNow, type OnAirStream } from './on-air.ts'
import type { SiteDeps } from './site-deps.ts'

/** The on-air data a page is rendered with and carries for its player: the same words as `GET /api/v1/now`. */
export const nowAnswer = ({ config, air, schedule }: SiteDeps, at: number): NowAnswer => ({
  at: new Date(at).toISOString(),
  zone: config.station.zone,
  streams: onAirNow({ air, schedule, mounts: config.mounts }, at).map(streamOf),
})

// Addresses are paths here, for a page must not depend on the host it was asked by; the player knows the air's origin.
const streamOf = ({ view, title, label, now, next }: OnAirStream): NowStream => ({
  name: view.name,
  mount: view.mount,
  title,
  label,
  url: view.mount,
  hls: view.hls ? `/hls/${view.name}/live.m3u8` : null,
  codec: view.format?.codec ?? null,
  up: view.up,
  since: new Date(view.since).toISOString(),
  feed: view.feed,
  streamTitle: view.title,
  now: now && programOf(now),
  next: next && programOf(next),
})

const programOf = ({ program, episode, start, end }: Airing): NowProgram => ({
  program: program.id,
  title: program.name,
  host: program.host,
  episode: episode || null,
  picture: program.picture ?? null,
  start: new Date(start).toISOString(),
  end: new Date(end).toISOString(),
  kind: program.kind,
})
