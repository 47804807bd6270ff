import type { HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import { openAPIRouteHandler } from 'hono-openapi'
import { cors } from 'hono/cors'
import type { AirView } from '../air/air-view.ts'
import type { Clock } from '../base/clock.ts'
import { GroundwaveError } from '../base/errors.ts'
import type { Log } from '../base/log.ts'
import { mountName } from '../config/mount-name.ts'
import type { StationConfig } from '../config/schema.ts'
import type { Schedule } from '../schedule/schedule.ts'
import type { AirAddress } from '../config/air-address.ts'
import { sendError } from './api-error.ts'
import type { OnAir } from './now-answer.ts'
import { createNowBoard } from './now-board.ts'
import { NowEvents, type NowEventsDeps } from './now-events.ts'
import { eventsRoutes, nowRoutes } from './now.routes.ts'
import { scheduleRoutes } from './schedule.routes.ts'
import { searchRoutes } from './search.routes.ts'
import type { SearchRoutesDeps } from './search.routes.ts'
import { storiesRoutes } from './stories.routes.ts'
import type { StoriesRoutesDeps } from './stories.routes.ts'
import { storyRecallsRoutes } from './story-recalls.routes.ts'
import type { StoryRecallsDeps } from './story-recalls.routes.ts'
import { wireRoutes } from './wire.routes.ts'
import type { WireRoutesDeps } from './wire.routes.ts'

export type ApiDeps = {
  config: Pick<StationConfig, 'station' | 'mounts' | 'sections'>
  /** Groundwave's own, for the API's description. */
  version: string
  onAir: (at: number) => OnAir[]
  schedule: Schedule
  air: Pick<AirView, 'onChange'>
  airAddress: AirAddress
  newsroom: StoriesRoutesDeps['newsroom'] & StoryRecallsDeps['newsroom'] & NowEventsDeps['stories']
  /** Without it there is no search. */
  search?: SearchRoutesDeps['search']
  people: StoriesRoutesDeps['people']
  wire: WireRoutesDeps['wire']
  clock: Clock
  log: Log
}

/** JSON for outsiders: to read, from any site; to write, with a key. `app` answers everything under /api. */
export type Api = {
  app: Hono<{ Bindings: HttpBindings }>
  /** Begins to follow the air and the clock for /api/v1/events. */
  start(): void
  /** Ends all event streams. */
  stop(): void
  /** Open event streams. */
  clients(): number
}

export const createApi = (deps: ApiDeps): Api => {
  const { config, version, onAir, schedule, air, airAddress, newsroom, people, search, wire, clock, log } = deps
  const { zone, name, url } = config.station
  const board = createNowBoard({ onAir, zone, clock })
  const events = new NowEvents({ board, air, schedule, stories: newsroom, clock })

  const app = new Hono<{ Bindings: HttpBindings }>()
  app.route('/api/v1', eventsRoutes({ events, airAddress }))
  app.use(cors({ origin: '*', allowMethods: ['GET', 'HEAD'], maxAge: 86_400 }))
  app.route('/api/v1', nowRoutes({ board, airAddress }))
  app.route('/api/v1', scheduleRoutes({ schedule, streams: publicStreams(config), zone, clock }))
  app.route('/api/v1', wireRoutes({ wire, url }))
  app.route('/api/v1', storiesRoutes({ newsroom, people, sections: () => config.sections.map(({ id }) => id), url }))
  if (search) app.route('/api/v1', searchRoutes({ search, newsroom, url }))
  app.route('/api/v1', storyRecallsRoutes({ newsroom, people }))
  app.get('/api/v1/openapi.json', describeApi(app, name, version))
  app.notFound((c) =>
    sendError(c, {
      code: 'PAGE_NOT_FOUND',
      status: 404,
      message: 'There is nothing at this address.',
      hint: '/api/v1/openapi.json lists what there is.',
    }),
  )
  app.onError((error, c) => {
    if (error instanceof GroundwaveError && error.status !== 500) return sendError(c, error)
    log.error('An API request failed.', { path: c.req.path, cause: error.stack ?? String(error) })
    return sendError(c, new GroundwaveError('INTERNAL'))
  })

  return {
    app,
    start: () => events.start(),
    stop: () => events.stop(),
    clients: () => events.clients(),
  }
}

const publicStreams = ({ mounts }: ApiDeps['config']) =>
  mounts
    .filter((mount) => mount.public)
    .map(({ path, name, label }) => ({ name: mountName(path), mount: path, title: name, label }))

const describeApi = (app: Api['app'], station: string, version: string) =>
  openAPIRouteHandler(app, {
    documentation: {
      openapi: '3.1.0',
      info: {
        title: `${station}: what is on`,
        version,
        description:
          'What is on the air now, what is planned, what is published; and the doors of wires and keys. ' +
          'All times are ISO 8601 instants.',
      },
      components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
      servers: [{ url: '/' }],
    },
  })
