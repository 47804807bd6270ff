import type { PageRoute, Present } from './pages.ts'
import { presentProgram, presentPrograms } from './programs.ts'
import { programsView, programView } from './programs.view.ts'
import { presentSchedule } from './schedule-page.ts'
import { scheduleView } from './schedule.view.ts'
import { isDate } from './times.ts'

/** The schedule by day and stream, and the programmes. */
export const scheduleRoutes = (page: PageRoute): void => {
  const show =
    (asked: { date: string | null; stream: string | null }): Present =>
    (frame, _, deps) => {
      const props = presentSchedule(deps, frame, asked)
      return props && { html: scheduleView(props) }
    }

  page('/schedule', show({ date: null, stream: null }))

  page('/schedule/:day', (frame, context, deps) => {
    const day = context.req.param('day') ?? ''
    return show(isDate(day) ? { date: day, stream: null } : { date: null, stream: day })(frame, context, deps)
  })

  page('/schedule/:date/:stream', (frame, context, deps) => {
    const { date = '', stream = '' } = context.req.param()
    return isDate(date) ? show({ date, stream })(frame, context, deps) : null
  })

  page('/programs', (frame, _, deps) => ({ html: programsView(presentPrograms(deps, frame)) }))

  page('/programs/:id', (frame, context, deps) => {
    const props = presentProgram(deps, frame, context.req.param('id') ?? '')
    return props && { html: programView(props) }
  })
}
