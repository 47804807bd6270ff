import { correctionsView } from './corrections.view.ts'
import { presentFront } from './front.ts'
import { frontView } from './front.view.ts'
import type { PageRoute } from './pages.ts'
import { presentSection } from './section.ts'
import { sectionView } from './section.view.ts'
import type { SiteDeps } from './site-deps.ts'
import { presentStory } from './story-page.ts'
import { storyView } from './story.view.ts'
import { isDate } from './times.ts'
import { findTopic } from './topic.ts'

/** The front page, sections, topics, corrections, stories. The widest patterns come last. */
export const newsRoutes = (page: PageRoute, deps: SiteDeps): void => {
  const { newsroom } = deps

  page('/', (frame) => ({ html: frontView(presentFront(deps, frame)), tags: ['stories', 'spins'] }))

  page('/corrections', (frame) => ({ html: correctionsView(frame, newsroom.stories()), tags: ['stories'] }))

  page('/topics/:slug', (frame, context) => {
    const topic = findTopic(newsroom.stories(), context.req.param('slug') ?? '')
    return topic && { html: sectionView(presentSection(frame, { eyebrow: 'Topic', ...topic })), tags: ['stories'] }
  })

  page('/:section', (frame, context) => {
    const section = frame.sections.find(({ id }) => id === context.req.param('section'))
    if (!section) return null
    const stories = newsroom.stories().filter((story) => story.section === section.id)
    return { html: sectionView(presentSection(frame, { eyebrow: '', name: section.name, stories })), tags: ['stories'] }
  })

  page('/:section/:date/:name', async (frame, context) => {
    if (!isDate(context.req.param('date') ?? '')) return null
    const props = await presentStory(deps, frame, context.req.path)
    return props && { html: storyView(props), tags: ['stories', `story:${props.story.path}`] }
  })
}
