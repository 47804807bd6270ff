import { hostname } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { channelKey, ListenerCounts, Notices } from '../air/air.ts'
import { createAirAddress } from '../config/air-address.ts'
import { createApi } from '../api/api.ts'
import { systemClock } from '../base/clock.ts'
import { createIds } from '../base/ids.ts'
import { createLog } from '../base/log.ts'
import type { LoadedConfig } from '../config/load.ts'
import { createSpins } from '../music/spins.ts'
import { photoUses } from '../newsroom/newsroom.ts'
import type { NewLink } from '../people/people.ts'
import { createSchedule } from '../schedule/schedule.ts'
import { createHouseServer } from '../server/server.ts'
import { loadAssets } from '../site/assets.ts'
import { askAsReader } from './as-reader.ts'
import { openDomains } from './house-domains.ts'
import { dataFolder, type Part } from './part.ts'
import { onAirNow } from '../site/on-air.ts'
import { createPageCache } from '../site/page-cache.ts'
import { FRONT_ORDER, tagsOfChange } from '../site/page-tags.ts'
import { createSite, errorPage } from '../site/site.ts'
import type { SiteDeps } from '../site/site-deps.ts'
import { storyPreview } from '../site/story-preview.ts'
import type { StudioRoute } from '../studio/door.ts'
import { createStudio } from '../studio/studio.ts'
import { isShared, openStore, takeHouseLock } from '../store/store.ts'
import type { Store } from '../store/store.ts'

/** What scripts/browser.ts builds: beside src/ in a checkout, beside the compiled code in the package. */
const BROWSER_FILES = fileURLToPath(import.meta.resolve('../../build/browser'))
const VERSION = '0.1.0'

const clock = systemClock
const ids = createIds({ clock })

/** What the staff's screens are, and the right each asks for, is told to who checks it. */
type HousePart = Part & { studioRoutes: () => readonly StudioRoute[] }

/** The newsroom's side: database, site, API, schedule. */
export const createHousePart = (config: LoadedConfig): HousePart => {
  const log = createLog({ clock, part: 'house' })
  let store: Store | undefined
  let house: HousePart | undefined
  let unlock: (() => void) | undefined
  return {
    async start() {
      const url = process.env['GROUNDWAVE_DATABASE'] || config.database
      if (!isShared(url)) unlock = await takeHouseLock(config.folder)
      store = await openStore({ url, folder: config.folder, clock, ids, log: log.part('store') })
      house = assemble(config, store)
      return house.start()
    },
    studioRoutes: () => house?.studioRoutes() ?? [],
    async stop() {
      await house?.stop()
      await store?.stop()
      unlock?.()
    },
  }
}

/** All parts but the database, joined. */
const assemble = (written: LoadedConfig, store: Store): HousePart => {
  const log = createLog({ clock, part: 'house' })
  const domains = openDomains({ config: written, store, clock, ids, log })
  const { config, newsroom, search, people, look, sounds, copies, photos } = domains
  const { station, mounts, programs, house } = config
  const airPort = config.air.port
  const notices = new Notices({
    // Beside us, unless the configuration names another machine; then its data/channel.key stands here too.
    url: house.air?.replace(/\/+$/, '') ?? `http://${reachable(config.air.host)}:${airPort}`,
    key: channelKey(dataFolder(config)),
    mounts,
    clock,
    log,
  })
  const schedule = createSchedule({ programs, schedule: config.schedule, zone: station.zone })
  const counts = new ListenerCounts({ air: notices, clock })
  const spins = createSpins({ air: notices })
  const airAddress = createAirAddress({ url: config.air.url, port: () => airPort })
  const cache = createPageCache({ clock })
  const assets = loadAssets(BROWSER_FILES)
  const site: SiteDeps = {
    config,
    placed: () => domains.front.current(),
    schedule,
    newsroom,
    spins,
    search,
    look,
    air: notices,
    clock,
    assets,
    media: {
      pictures: join(config.folder, 'pictures'),
      audio: join(config.folder, 'audio'),
      copies,
      renditions: photos.renditions,
      sounds,
      people,
    },
    cache,
    onError: (error, path) =>
      log.error('a page could not be made', {
        path,
        cause: error instanceof Error ? (error.stack ?? error.message) : String(error),
      }),
  }
  const onAir = (at: number) => onAirNow({ air: notices, schedule, mounts }, at)
  const api = createApi({
    config,
    version: VERSION,
    onAir,
    schedule,
    air: notices,
    airAddress,
    newsroom,
    search,
    people,
    wire: domains.wire,
    clock,
    log,
  })
  // Known when the server listens.
  let { port } = house
  const studio = createStudio({
    config,
    people,
    newsroom,
    desk: domains.desk,
    front: domains.front,
    sections: domains.sections,
    topics: domains.topics,
    drafts: domains.drafts,
    previewPage: (story) => storyPreview(site, story),
    photos,
    photoUses: (id) => photoUses(store.read, id),
    wire: {
      board: domains.board,
      desk: domains.wireDesk,
      reparse: (id) => domains.wire.reparse(id),
      retryFile: (name) => copies.retry(name),
      ask: (source) => domains.puller.hurry(source),
    },
    schedule,
    sounds,
    look,
    air: notices,
    onAir,
    listenerCurve: (mount) => counts.of(mount),
    asset: (name) => assets.href(name),
    asReader: (asked) => askAsReader({ hostname: reachable(house.host), port }, asked),
    clock,
    ids,
    log: log.part('studio'),
  })
  const server = createHouseServer({
    api,
    studio: studio.app,
    site: createSite(site),
    errorPage: () => errorPage(site),
    cache,
    airAddress,
    inTouch: () => store.lease.isFresh(),
    airConnected: () => notices.connected(),
    version: VERSION,
    log,
  })
  // Before whoever changed a story goes on: a page that shows what it was must not be given to anybody any more.
  newsroom.onChange((change) => cache.forget(tagsOfChange(change)))
  domains.front.onChange(() => cache.forget([FRONT_ORDER]))
  // They stand over every page.
  domains.sections.onChange(() => cache.forget(['look']))
  look.onChange(() => cache.forget(['look']))
  return {
    studioRoutes: () => studio.routes,
    async start() {
      await domains.start()
      // Who asks must not be told that there are no streams, only because the air has not been heard yet.
      await notices.start()
      counts.start()
      api.start()
      // Last of all: a house that is not ready yet is waited for by nobody, and one that is has read what was recalled.
      await store.lease.start({ name: houseName(house.port), catchUp: () => newsroom.catchUp() })
      ;({ port } = await server.start(house))
      const link = await people.firstAdminLink()
      if (link) process.stdout.write(firstSignIn(link, { url: station.url, port }))
      return port
    },
    async stop() {
      await server.stop()
      await store.lease.stop()
      api.stop()
      spins.stop()
      counts.stop()
      notices.stop()
      await domains.stop()
    },
  }
}

/** For who sits at the machine: the way in, as long as the station has no admin. */
const firstSignIn = ({ path }: NewLink, { url, port }: { url: string | undefined; port: number }): string =>
  `studio: first sign-in ${new URL(path, url ?? `http://localhost:${port}`).href}\n`

/** What people see of this house where several are told apart. */
const houseName = (port: number): string => (port === 0 ? `${hostname()} ${process.pid}` : `${hostname()}:${port}`)

/** The name by which a process on the same machine reaches a server that listens at `host`. */
const reachable = (host: string): string => (host === '::' || host === '0.0.0.0' ? 'localhost' : host)
