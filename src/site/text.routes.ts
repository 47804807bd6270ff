import type { PageRoute } from './pages.ts'
import type { SiteDeps } from './site-deps.ts'
import { presentTextFront, presentTextSchedule, presentTextStory } from './text.ts'
import { textFrontView, textScheduleView, textStoryView } from './text.view.ts'

/** The text twin of the pages that matter when the line is thin. */
export const textRoutes = (page: PageRoute, deps: SiteDeps): void => {
  page('/text', (frame) => ({ html: textFrontView(presentTextFront(deps, frame)), tags: ['stories'] }))

  page('/text/schedule', (frame) => ({ html: textScheduleView(presentTextSchedule(deps, frame)) }))

  page(
    '/text/:section/:date/:name',
    async (frame, context) => {
      const path = context.req.path.slice('/text'.length)
      const props = await presentTextStory(deps, frame, path)
      return props && { html: textStoryView(props), tags: ['stories', `story:${path}`] }
    },
    { perHost: true },
  )
}
