import { pageNumber } from './page-number.ts'
import type { PageRoute } from './pages.ts'
import { presentTextFront, presentTextSchedule, presentTextStory } from './text.ts'
import { textFrontView, textScheduleView, textStoryView } from './text.view.ts'

/** The text twin of the pages that matter when the line is thin. */
export const textRoutes = (page: PageRoute): void => {
  page('/text', (frame, _, deps) => ({ html: textFrontView(presentTextFront(deps, frame)) }))

  page('/text/schedule', (frame, _, deps) => ({ html: textScheduleView(presentTextSchedule(deps, frame)) }))

  for (const more of ['', '/page/:number'])
    page(
      `/text/:section/:date/:name${more}`,
      async (frame, { req }, deps) => {
        const number = pageNumber(req.param('number'))
        if (!number) return null
        const path = storyOfTwin(req.path)
        const props = await presentTextStory(deps, frame, { path, number })
        return props && { html: textStoryView(props) }
      },
      { perHost: true },
    )
}

/** The story's own path, of any page of its twin, or of the frame with its sound. */
export const storyOfTwin = (path: string): string =>
  path.replace(/^\/(text|embed)(?=\/)/, '').replace(/\/page\/\d+$/, '')
