import { textOf } from '../player/icon.view.ts'
import { boardOf } from './board.ts'
import { boardView, onAirView } from './board.view.ts'
import type { StudioDoor } from './door.ts'
import { stationTimes } from './frame.ts'
import type { StudioDeps } from './studio-deps.ts'

/** What goes out, what feeds it, who listens, and what is wrong. */
export const boardRoutes = (door: StudioDoor, { air, onAir, config, clock, listenerCurve }: StudioDeps): void => {
  const board = () =>
    boardOf({
      streams: onAir(clock.now()),
      views: air.mounts(),
      mounts: config.mounts,
      connected: air.connected(),
      curve: listenerCurve,
      airOrigin: config.air.url?.replace(/\/$/, '') ?? `:${config.air.port}`,
      times: stationTimes(config.station.zone),
      now: clock.now(),
    })

  door.get('/studio/on-air', 'air.see', (person, context) =>
    door.page(person, context, { title: 'On air' }, onAirView(board())),
  )
  // For the page that stays open.
  door.get('/studio/on-air/board', 'air.see', (_, context) => context.html(textOf(boardView(board()))))
}
