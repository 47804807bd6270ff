import { randomBytes } from 'node:crypto'
import type { Clock } from '../base/clock.ts'
import { allowedHosts } from '../base/fetch.ts'
import type { Ids } from '../base/ids.ts'
import type { Log } from '../base/log.ts'
import type { LoadedConfig } from '../config/load.ts'
import { openCopies } from '../library/copies.ts'
import { createImaging } from '../library/imaging.ts'
import { openPhotos } from '../library/photos.ts'
import { openSounds } from '../library/sounds.ts'
import { openLook } from '../look/look.ts'
import { openDesk } from '../newsroom/desk.ts'
import { openDrafts } from '../newsroom/drafts.ts'
import { openNewsroom, photoUses, slugOf, stemIn } from '../newsroom/newsroom.ts'
import type { IndexText } from '../newsroom/newsroom.ts'
import type { Section } from '../newsroom/sections.ts'
import { openSetting } from '../newsroom/setting.ts'
import { namedTopics } from '../newsroom/topic-names.ts'
import type { TopicNames } from '../newsroom/topic-names.ts'
import { openPeople } from '../people/people.ts'
import { openSearch } from '../search/search.ts'
import type { SearchText } from '../search/search.ts'
import type { Store } from '../store/store.ts'
import { openWireBoard } from '../wire/board.ts'
import { openWireDesk } from '../wire/desk.ts'
import { openPuller } from '../wire/puller.ts'
import { openWire } from '../wire/wire.ts'
import { dataFolder } from './part.ts'
import { createUpkeep } from './upkeep.ts'

export type DomainsDeps = { config: LoadedConfig; store: Store; clock: Clock; ids: Ids; log: Log }

/** What the house keeps and does, whoever looks at it: newsroom, library, wire, people, and what editors arrange. */
export const openDomains = ({ config: written, store, clock, ids, log }: DomainsDeps) => {
  const arranged = { store, clock, ids, log: log.part('newsroom') }
  const front = openSetting<string[]>(arranged, 'front')
  const sections = openSetting<Section[]>(arranged, 'sections')
  const topics = openSetting<TopicNames>(arranged, 'topics')
  // Whoever asks the configuration for the sections gets those that hold now.
  const config: LoadedConfig = {
    ...written,
    get sections() {
      return sections.current() ?? written.sections
    },
  }
  const allow = allowedHosts(process.env['GROUNDWAVE_FETCH_ALLOW'])
  const imaging = createImaging()
  const copies = openCopies({
    store,
    clock,
    log: log.part('library'),
    allow,
    imaging,
    onArrival: () => newsroom.forget(),
  })
  const search = openSearch({
    store,
    clock,
    language: config.station.language,
    find: (id) => newsroom.card(id),
    newest: () => newsroom.stories(),
    stem: stemIn(config.station.language),
  })
  const newsroom = openNewsroom({
    store,
    folder: config.folder,
    clock,
    ids,
    zone: config.station.zone,
    language: config.station.language,
    topicsOf: (names) => namedTopics(topics.current() ?? {}, names),
    texts: { put: (tx, texts) => search.put(tx, texts.map(searchText)), drop: (tx, ids) => search.drop(tx, ids) },
    copies: { find: (name) => photos.find(name) ?? copies.find(name) },
    log: log.part('newsroom'),
  })
  const photos = openPhotos({
    store,
    clock,
    ids,
    log: log.part('library'),
    imaging,
    data: dataFolder(config),
    station: config.station.name,
    uses: async (tx, id) => (await photoUses(tx, id)).length,
    onChange: () => newsroom.forget(),
  })
  const desk = openDesk({ store, clock, log: log.part('desk') })
  const wire = openWire({ store, newsroom, copies, sources: config.wire, clock, ids, log: log.part('wire') })
  const puller = openPuller({ store, wire, sources: config.wire, clock, log: log.part('wire'), allow })
  const drafts = openDrafts({ store, newsroom, clock })
  const wireDesk = openWireDesk({ store, newsroom, copies, sources: config.wire, clock, ids })
  const board = openWireBoard({ store, copies, sources: config.wire, clock })
  const upkeep = createUpkeep({ store, copies, log: log.part('upkeep') })
  const secure = config.station.url?.startsWith('https:') ?? false
  const people = openPeople({ store, clock, ids, random: randomBytes, secure })
  const sounds = openSounds({ store, clock, ids })
  const look = openLook({ store, clock, ids, log: log.part('look') })
  topics.onChange(
    () =>
      void newsroom
        .reread()
        .catch((error: unknown) => log.error('Stories could not be read anew.', { cause: String(error) })),
  )
  const settings = [front, sections, topics]
  return {
    /** As it was written, with what editors have arranged since. */
    config,
    front,
    sections,
    topics,
    copies,
    search,
    newsroom,
    photos,
    desk,
    drafts,
    wire,
    wireDesk,
    board,
    puller,
    people,
    sounds,
    look,
    async start(): Promise<void> {
      await look.start()
      await Promise.all(settings.map((setting) => setting.start()))
      // Before the newsroom, which asks for each story's picture whether it is here.
      await copies.start()
      upkeep.start()
      await photos.start()
      await newsroom.start()
      desk.start()
      await wire.start()
      await puller.start()
    },
    async stop(): Promise<void> {
      await puller.stop()
      await wire.stop()
      await photos.stop()
      upkeep.stop()
      await copies.stop()
      await desk.stop()
      await newsroom.stop()
      look.stop()
      for (const setting of settings) setting.stop()
    },
  }
}

/** What the search keeps of a story. */
const searchText = ({ card, body }: IndexText): SearchText => ({
  id: card.id,
  published: Date.parse(card.published),
  section: card.section,
  topics: card.topics.map(slugOf),
  authors: card.bylines.map(({ name }) => slugOf(name)),
  headline: card.headline,
  dek: card.dek,
  people: card.bylines.map(({ name }) => name),
  body,
})
