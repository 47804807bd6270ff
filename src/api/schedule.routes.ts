import { Hono } from 'hono'
import { describeRoute, resolver, validator } from 'hono-openapi'
import { z } from 'zod'
import type { Clock } from '../base/clock.ts'
import { GroundwaveError } from '../base/errors.ts'
import type { Schedule } from '../schedule/schedule.ts'
import { errorAnswer } from './api-error.ts'
import { airingAnswer, tellAiring } from './now-answer.ts'

/** A public stream as the schedule calls it: `news`, `/news.mp3`, `Oxbow News`, `90.3 FM`. */
type PublicStream = { name: string; mount: string; title: string; label: string }

type ScheduleRoutesDeps = { schedule: Schedule; streams: PublicStream[]; zone: string; clock: Clock }

const scheduleQuery = z.object({
  date: z.iso
    .date('date needs a day such as 2026-05-01.')
    .optional()
    .meta({ description: "A day of the station's calendar, today when left out" }),
  stream: z
    .string('stream can be named once.')
    .optional()
    .meta({ description: 'The name of one stream; all of them when left out', examples: ['news'] }),
})

const scheduleAnswer = z
  .object({
    date: z.iso.date(),
    zone: z.string().meta({ description: "The station's IANA time zone" }),
    streams: z.array(
      z.object({
        name: z.string(),
        mount: z.string(),
        title: z.string(),
        label: z.string(),
        airings: z.array(airingAnswer).meta({ description: 'All that touch the day, in order of start' }),
      }),
    ),
  })
  .meta({ ref: 'Schedule', description: 'What was planned for a day' })

export const scheduleRoutes = ({ schedule, streams, zone, clock }: ScheduleRoutesDeps) =>
  new Hono().get('/schedule', describeSchedule, readQuery, (c) => {
    const { date = today(clock, zone), stream } = c.req.valid('query')
    const wanted = streams.filter(({ name }) => stream === undefined || name === stream)
    if (stream !== undefined && wanted.length === 0)
      throw new GroundwaveError('MOUNT_UNKNOWN', `The streams are: ${streams.map(({ name }) => name).join(', ')}.`)
    const answer: z.infer<typeof scheduleAnswer> = {
      date,
      zone,
      streams: wanted.map((one) => ({ ...one, airings: schedule.day(one.name, date).map(tellAiring) })),
    }
    return c.json(answer, 200, { 'cache-control': 'public, max-age=60' })
  })

const today = (clock: Clock, zone: string) =>
  Temporal.Instant.fromEpochMilliseconds(clock.now()).toZonedDateTimeISO(zone).toPlainDate().toString()

const readQuery = validator('query', scheduleQuery, (read) => {
  if (!read.success) throw new GroundwaveError('BAD_REQUEST', read.error.map(({ message }) => message).join(' '))
})

const describeError = (description: string) => ({
  description,
  content: { 'application/json': { schema: resolver(errorAnswer) } },
})

const describeSchedule = describeRoute({
  summary: 'The schedule of one day',
  responses: {
    200: { description: 'The day', content: { 'application/json': { schema: resolver(scheduleAnswer) } } },
    400: describeError('The day cannot be read'),
    404: describeError('There is no such stream'),
  },
})
