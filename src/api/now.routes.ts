import type { HttpBindings } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { Hono } from 'hono'
import { describeRoute, resolver } from 'hono-openapi'
import type { AirAddress } from '../config/air-address.ts'
import { errorAnswer, sendError } from './api-error.ts'
import { nowAnswer } from './now-answer.ts'
import type { NowBoard } from './now-board.ts'
import { eventsHeaders } from './now-events.ts'
import type { NowEvents } from './now-events.ts'

type NowRoutesDeps = { board: NowBoard; airAddress: AirAddress }

export const nowRoutes = ({ board, airAddress }: NowRoutesDeps) =>
  new Hono().get('/now', describeNow, (c) =>
    c.body(board.render(airAddress(c.req.header('host'))), 200, {
      'content-type': 'application/json',
      'cache-control': 'no-store',
    }),
  )

type EventsRoutesDeps = { events: NowEvents; airAddress: AirAddress }

/** Writes its own head: it must stand before any middleware that adds headers, which would answer a second time. */
export const eventsRoutes = ({ events, airAddress }: EventsRoutesDeps) =>
  new Hono<{ Bindings: HttpBindings }>().get('/events', describeEvents, (c) => {
    if (c.req.method === 'HEAD') return c.body(null, 200, eventsHeaders)
    const taken = events.add(c.env.outgoing, airAddress(c.req.header('host')))
    return taken ? RESPONSE_ALREADY_SENT : sendError(c, tooMany)
  })

const tooMany = {
  code: 'INTERNAL',
  status: 503,
  message: 'No more can follow the changes now.',
  hint: 'Ask /api/v1/now from time to time.',
} as const

const describeNow = describeRoute({
  summary: 'What is on every public stream',
  responses: {
    200: { description: 'What is on', content: { 'application/json': { schema: resolver(nowAnswer) } } },
  },
})

const describeEvents = describeRoute({
  summary: 'The same, told whenever it changes',
  description:
    'Server-sent events. An event named `now` comes at once and after every change of programme, title or source; ' +
    'its data is the answer of /api/v1/now. A comment every 15 seconds shows that the line holds.',
  responses: {
    200: { description: 'A stream without end', content: { 'text/event-stream': { schema: { type: 'string' } } } },
    503: {
      description: 'Too many follow the changes already',
      content: { 'application/json': { schema: resolver(errorAnswer) } },
    },
  },
})
