import type { Dialect, Tx } from './dialect.ts'
import { core } from './migrations/001-core.ts'
import { people } from './migrations/002-people.ts'
import { newsroom } from './migrations/003-newsroom.ts'
import { wire } from './migrations/004-wire.ts'
import { storyStates } from './migrations/005-story-states.ts'
import { drafts } from './migrations/006-drafts.ts'
import { photos } from './migrations/007-photos.ts'
import { wirePull } from './migrations/008-wire-pull.ts'
import { search } from './migrations/009-search.ts'
import { houses } from './migrations/010-houses.ts'
import { settings } from './migrations/011-settings.ts'
import { look } from './migrations/012-look.ts'
import { desk } from './migrations/013-desk.ts'
import { sounds } from './migrations/014-sounds.ts'

/** One step of the schema. Its name is kept in the database for ever: never rename one, never change one that is out. */
export type Migration = {
  name: string
  up: (tx: Tx, dialect: Dialect) => Promise<void>
}

/** In the order they run. New ones come at the end. */
export const migrations: readonly Migration[] = [
  core,
  people,
  newsroom,
  wire,
  storyStates,
  drafts,
  photos,
  wirePull,
  search,
  houses,
  settings,
  look,
  desk,
  sounds,
]
