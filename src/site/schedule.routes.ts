import type { PageRoute } from './pages.ts'
import { presentProgram, presentPrograms } from './programs.ts'
import { programsView, programView } from './programs.view.ts'
import { presentSchedule } from './schedule-page.ts'
import { scheduleView } from './schedule.view.ts'
import type { SiteDeps } from './site-deps.ts'
import { isDate } from './times.ts'

/** The schedule by day and stream, and the programmes. */
export const scheduleRoutes = (page: PageRoute, deps: SiteDeps): void => {
  const show =
    (asked: { date: string | null; stream: string | null }): Parameters<PageRoute>[1] =>
    (frame) => {
      const props = presentSchedule(deps, frame, asked)
      return props && { html: scheduleView(props) }
    }

  page('/schedule', show({ date: null, stream: null }))

  page('/schedule/:day', (frame, context) => {
    const day = context.req.param('day') ?? ''
    return show(isDate(day) ? { date: day, stream: null } : { date: null, stream: day })(frame, context)
  })

  page('/schedule/:date/:stream', (frame, context) => {
    const { date = '', stream = '' } = context.req.param()
    return isDate(date) ? show({ date, stream })(frame, context) : null
  })

  page('/programs', (frame) => ({ html: programsView(presentPrograms(deps, frame)) }))

  page('/programs/:id', (frame, context) => {
    const props = presentProgram(deps, frame, context.req.param('id') ?? '')
    return props && { html: programView(props) }
  })
}
