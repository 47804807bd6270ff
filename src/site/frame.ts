import type { AlertConfig, StationConfig } from '../config/schema.ts'
import { mountName } from '../config/mount-name.ts'
import type { NowAnswer } from '../player/now.ts'
import { shortNames } from '../player/words.ts'
import type { Look } from '../look/look.ts'
import type { Assets } from './assets.ts'
import { nowAnswer } from './now-answer.ts'
import { ownOrigin } from './origin.ts'
import type { SiteDeps } from './site-deps.ts'
import { stationTimes, type Times } from './times.ts'

export type NavItem = {
  href: string
  name: string
  /** Yields below 68em, where *All* stands in for it. */
  wide: boolean
}

/** What stands around every page: the station, its sections, the alert, what is on air. */
export type Frame = {
  station: StationConfig['station']
  assets: Assets
  /** The station's own logo; null for the one that comes with the program. */
  logo: Look['logo']
  /** Address of the style sheet that makes the look the station's own; null while it is the standard. */
  theme: string | null
  /** The page's own path, to mark where the reader is. */
  path: string
  /** `https://radio.example`, for whole addresses; '' when the station has not told it and the page is the same for all hosts. */
  origin: string
  /** Milliseconds since the Unix epoch. */
  at: number
  times: Times
  nav: NavItem[]
  sections: { id: string; name: string; href: string }[]
  alert: AlertConfig | null
  now: NowAnswer
  shortNames: string[]
  airOrigin: string
  /** `Tamsin Falls · 90.3 FM`: public streams, also those that are not up. */
  streams: { name: string; title: string; shortTitle: string; label: string; mount: string }[]
}

/** The station as it calls itself now. */
export const stationOf = ({ config, look }: Pick<SiteDeps, 'config' | 'look'>): StationConfig['station'] => {
  const { name, line } = look.current()
  return { ...config.station, ...(name !== null && { name }), ...(line !== null && { line }) }
}

export const loadFrame = (deps: SiteDeps, path: string, at: number): Frame => {
  const { look } = deps
  const { logo } = look.current()
  const station = stationOf(deps)
  const sheet = look.sheet()
  const now = nowAnswer(deps, at)
  return {
    station,
    assets: deps.assets,
    logo,
    theme: sheet && `/theme/${sheet.name}`,
    path,
    origin: ownOrigin(deps.config),
    at,
    times: stationTimes(station),
    nav: navOf(deps.config),
    sections: sectionsOf(deps.config),
    alert: alertAt(deps.config.alert, at),
    now,
    shortNames: shortNames(now.streams.map((stream) => stream.title)),
    airOrigin: deps.config.air.url?.replace(/\/$/, '') ?? `:${deps.config.air.port}`,
    streams: streamsOf(deps.config),
  }
}

/** A section called `news` is the front page: that is where its stories are. */
const sectionsOf = ({ sections }: StationConfig) =>
  sections.map((section) => ({ ...section, href: section.id === 'news' ? '/' : `/${section.id}` }))

const navOf = (config: StationConfig): NavItem[] => {
  const sections = sectionsOf(config)
  const second = sections.find((section) => section.id === 'music') ?? sections[1]
  return [
    ...sections.map(({ href, name, id }, index) => ({ href, name, wide: index > 0 && id !== second?.id })),
    ...(Object.keys(config.programs).length ? [{ href: '/programs', name: 'Programs', wide: false }] : []),
    { href: '/schedule', name: 'Schedule', wide: false },
    { href: '/listen', name: 'Listen', wide: true },
  ]
}

const alertAt = (alert: AlertConfig | undefined, at: number) =>
  alert && (!alert.until || Date.parse(alert.until) > at) ? alert : null

const streamsOf = ({ mounts }: StationConfig) => {
  const open = mounts.filter((mount) => mount.public)
  const short = shortNames(open.map((mount) => mount.name))
  return open.map(({ path, name, label }, index) => ({
    name: mountName(path),
    title: name,
    shortTitle: short[index] ?? name,
    label,
    mount: path,
  }))
}
