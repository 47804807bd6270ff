import type { AirView } from '../air/air-view.ts'
import type { Clock } from '../base/clock.ts'
import type { StationConfig } from '../config/schema.ts'
import type { Copies } from '../library/copies.ts'
import type { Renditions } from '../library/renditions.ts'
import type { Spins } from '../music/music.ts'
import type { Sounds } from '../library/sounds.ts'
import type { OpenLook } from '../look/look.ts'
import type { Newsroom } from '../newsroom/newsroom.ts'
import type { People } from '../people/people.ts'
import type { Schedule } from '../schedule/schedule.ts'
import type { Search } from '../search/search.ts'
import type { Assets } from './assets.ts'
import type { PageCache } from './page-cache.ts'

/** What the public pages are made from. `media` names folders, and knows the files of others that are shown from here. */
export type SiteDeps = {
  config: StationConfig
  schedule: Schedule
  newsroom: Newsroom
  /** Ids of stories in the order editors gave the front; null: as story files ask for. */
  placed?: () => readonly string[] | null
  spins: Spins
  /** Without it there is no search. */
  search?: Pick<Search, 'search'>
  look: Pick<OpenLook, 'current' | 'sheet'>
  air: AirView
  clock: Clock
  assets: Assets
  media: {
    pictures: string
    audio: string
    copies?: Pick<Copies, 'find' | 'read'>
    renditions?: Renditions
    sounds?: Pick<Sounds, 'find' | 'read'>
    /** The staff may see what is not public yet. */
    people?: Pick<People, 'cookieName' | 'session'>
  }
  /** Handed in by a server that answers cached pages before its router; the site makes its own otherwise. */
  cache?: PageCache
  /** Told of whatever broke a page; the reader gets the 500 page. */
  onError?: (error: unknown, path: string) => void
}
