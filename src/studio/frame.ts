import type { Look } from '../look/look.ts'
import type { Role } from '../people/people.ts'
import { airLamps } from './air-line.ts'
import type { AirLamp } from './air-line.ts'
import type { Person, StudioRoute, StudioVerb } from './door.ts'
import { lets } from './door.ts'
import type { StudioIcon } from './icons.ts'
import type { NavCount, NavCounts } from './nav-counts.ts'
import type { StudioAsset, StudioDeps } from './studio-deps.ts'
import { createStudioTimes } from './times.ts'
import type { StudioTimes } from './times.ts'

export type NavItem = {
  href: string
  name: string
  icon: StudioIcon
  current: boolean
  gap: boolean
  waits: NavCount | null
}

/** What stands around every staff page. */
export type Frame = {
  station: StationFace
  person: Person
  /** What a role may do decides what a page offers. */
  may: (verb: StudioVerb) => boolean
  lamps: AirLamp[]
  /** At the side, and in the menu of a phone. */
  nav: NavItem[]
  /** The five at the foot of a phone. */
  tabs: NavItem[]
  at: number
  times: StudioTimes
  asset: (name: StudioAsset) => string
}

type Place = { href: string; name: string; icon: StudioIcon; gap?: true }

const places: Place[] = [
  { href: '/studio', name: 'Desk', icon: 'list' },
  { href: '/studio/wire', name: 'Wire', icon: 'wire' },
  { href: '/studio/photos', name: 'Photos', icon: 'photo' },
  { href: '/studio/audio', name: 'Audio', icon: 'sound' },
  { href: '/studio/front', name: 'Front', icon: 'front' },
  { href: '/studio/week', name: 'Week', icon: 'week', gap: true },
  { href: '/studio/on-air', name: 'On air', icon: 'live' },
  { href: '/studio/people', name: 'People', icon: 'people', gap: true },
  { href: '/studio/look', name: 'Look', icon: 'eye' },
  { href: '/studio/sections', name: 'Sections', icon: 'filter' },
]
const TABS = ['/studio', '/studio/wire', '/studio/on-air', '/studio/week', '/studio/photos']

/** Formatters are dear to make; a station has one zone. */
const timesOf = new Map<string, StudioTimes>()

export const stationTimes = (zone: string): StudioTimes => {
  const times = timesOf.get(zone) ?? createStudioTimes(zone)
  timesOf.set(zone, times)
  return times
}

type Asked = { person: Person; routes: readonly StudioRoute[]; path: string; counts: Pick<NavCounts, 'of'> }

export const loadFrame = (deps: StudioDeps, { person, routes, path, counts }: Asked): Frame => {
  const { config, air, onAir, clock, asset } = deps
  const at = clock.now()
  const times = stationTimes(config.station.zone)
  const { role } = person.account
  const nav = navFor({ role, routes, path, counts })
  return {
    station: stationOf(deps),
    person,
    may: (verb) => lets(role, verb),
    lamps: airLamps(onAir(at), { connected: air.connected(), times, mounts: config.mounts }),
    nav,
    tabs: TABS.flatMap((href) => nav.find((item) => item.href === href) ?? []),
    at,
    times,
    asset,
  }
}

/** How the station shows itself: its name, the name where there is little room, and its look. */
export type StationFace = {
  name: string
  short: string
  language: string
  logo: Look['logo']
  /** Address of the style sheet that makes the look the station's own; null while it is the standard. */
  theme: string | null
}

export const stationOf = ({ config, look }: Pick<StudioDeps, 'config' | 'look'>): StationFace => {
  const { logo, name: chosen } = look.current()
  const sheet = look.sheet()
  const name = chosen ?? config.station.name
  return {
    name,
    short: name.replace(/\s+(Community |Public )?(Radio|Station)$/i, ''),
    language: config.station.language,
    logo,
    theme: sheet && `/theme/${sheet.name}`,
  }
}

/** The places there are, of those this role may see. */
const navFor = ({ role, routes, path, counts }: Omit<Asked, 'person'> & { role: Role }): NavItem[] => {
  const open = places.filter(({ href }) => {
    const route = routes.find((one) => one.method === 'GET' && one.path === href)
    return route !== undefined && lets(role, route.verb)
  })
  const current = currentOf(open, path)
  return open.map((place) => ({
    ...place,
    gap: place.gap ?? false,
    current: place.href === current,
    waits: counts.of(place.href),
  }))
}

/** The longest place that the path is in; stories are the desk's. */
const currentOf = (open: Place[], path: string): string | undefined =>
  open
    .map(({ href }) => href)
    .filter((href) => (href === '/studio' ? path === href || path.startsWith('/studio/stories') : isBelow(path, href)))
    .toSorted((a, b) => b.length - a.length)[0]

const isBelow = (path: string, href: string) => path === href || path.startsWith(`${href}/`)
