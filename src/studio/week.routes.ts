import { mountName } from '../config/mount-name.ts'
import { may } from '../people/people.ts'
import { shortNames } from '../player/words.ts'
import type { StudioDoor } from './door.ts'
import { stationTimes } from './frame.ts'
import type { StudioDeps } from './studio-deps.ts'
import { weekPlan } from './week.ts'
import { weekView } from './week.view.ts'

/** What is planned, to read; it is written in the configuration. */
export const weekRoutes = (door: StudioDoor, { schedule, config, clock }: StudioDeps): void => {
  const times = stationTimes(config.station.zone)
  const open = config.mounts.filter((mount) => mount.public)
  const short = shortNames(open.map(({ name }) => name))
  const streams = open.map(({ path, name }, at) => ({ name: mountName(path), title: short[at] ?? name }))

  door.get('/studio/week', 'air.see', (person, context) => {
    const now = clock.now()
    const stream = streams.find(({ name }) => name === context.req.query('stream')) ?? streams[0]
    const date = dayOf(context.req.query('of')) ?? times.date(now)
    const plan = weekPlan(stream?.name ?? '', date, { schedule, times, now })
    const mayWrite = may(person.account.role, 'settings.see')
    const main = weekView({ plan, streams, stream: stream?.name ?? '', mayWrite })
    return door.page(person, context, { title: plan.title }, main)
  })
}

/** A calendar day of our times; anything else is none. */
const dayOf = (text = ''): string | null => {
  if (!/^(19|20|21)\d\d-\d\d-\d\d$/.test(text)) return null
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString()
  } catch {
    return null
  }
}
