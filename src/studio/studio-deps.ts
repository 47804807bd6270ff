import type { AirView, ListenerCurve, MountView } from '../air/air-view.ts'
import type { Clock } from '../base/clock.ts'
import type { Ids } from '../base/ids.ts'
import type { Log } from '../base/log.ts'
import type { StationConfig } from '../config/schema.ts'
import type { Photos } from '../library/photos.ts'
import type { Sounds } from '../library/sounds.ts'
import type { OpenLook } from '../look/look.ts'
import type { Desk } from '../newsroom/desk.ts'
import type { Drafts } from '../newsroom/drafts.ts'
import type { OpenNewsroom, PhotoUse, StoryContent } from '../newsroom/newsroom.ts'
import type { Section } from '../newsroom/sections.ts'
import type { Setting } from '../newsroom/setting.ts'
import type { TopicNames } from '../newsroom/topic-names.ts'
import type { People } from '../people/people.ts'
import type { Copies } from '../library/copies.ts'
import type { Airing, Schedule } from '../schedule/schedule.ts'
import type { WireBoard } from '../wire/board.ts'
import type { WireDesk } from '../wire/desk.ts'
import type { Puller } from '../wire/puller.ts'
import type { Wire } from '../wire/wire.ts'
import type { ReaderAnswer } from './kill-check.ts'

/** What one public stream carries now: what comes in, and what the schedule calls it. */
export type StreamNow = { view: MountView; title: string; label: string; now: Airing | null; next: Airing | null }

/** What the pages load; the names are those of scripts/browser.ts. */
export type StudioAsset = 'studio.css' | 'studio.js' | 'read.woff2' | 'speak.woff2'

/** What came by wire, and what one can do about it. */
export type StudioWire = {
  board: WireBoard
  desk: WireDesk
  reparse: Wire['reparse']
  retryFile: Copies['retry']
  /** Asks a source now. Throws WIRE_UNKNOWN. */
  ask: Puller['hurry']
}

/** What the staff's screens are made from. */
export type StudioDeps = {
  config: StationConfig
  people: People
  newsroom: OpenNewsroom
  desk: Desk
  /** Ids of stories in the editors' order. */
  front: Setting<string[]>
  /** Sections and names of topics, as editors have changed them; `config.sections` is what holds. */
  sections: Setting<Section[]>
  topics: Setting<TopicNames>
  drafts: Drafts
  /** The site's page of a story that is not public, as HTML. `published` in ms since the epoch. */
  previewPage: (story: {
    id: string
    path: string | null
    content: StoryContent
    published: number | null
  }) => Promise<string>
  photos: Photos
  /** Stories that show a photo. */
  photoUses: (id: string) => Promise<PhotoUse[]>
  schedule: Schedule
  look: OpenLook
  sounds: Sounds
  air: AirView
  wire: StudioWire
  onAir: (at: number) => StreamNow[]
  /** How many have listened to a mount lately; null before the first count. */
  listenerCurve: (mount: string) => ListenerCurve | null
  /** What this house answers a reader of this host at a path. Rejects when it does not. */
  asReader: (asked: { host: string; path: string }) => Promise<ReaderAnswer>
  /** Address of a built file, with the hash of its content in it. */
  asset: (name: StudioAsset) => string
  clock: Clock
  ids: Ids
  log: Log
}
