import type { Context } from 'hono'
import { findAuthor } from './author.ts'
import { portraitUrl } from './card.ts'
import { correctionsView } from './corrections.view.ts'
import type { Frame } from './frame.ts'
import { presentFront } from './front.ts'
import { frontView } from './front.view.ts'
import { pageNumber } from './page-number.ts'
import type { PageRoute } from './pages.ts'
import { presentSection, type Listing } from './section.ts'
import { sectionView } from './section.view.ts'
import type { SiteDeps } from './site-deps.ts'
import { versionOf } from './story-facts.ts'
import { presentStory } from './story-page.ts'
import { storyView } from './story.view.ts'
import { isDate } from './times.ts'
import { findTopic } from './topic.ts'

/** The front page, sections, topics, authors, corrections, stories. The widest patterns come last. */
export const newsRoutes = (page: PageRoute, deps: SiteDeps): void => {
  const { newsroom } = deps

  page('/', (frame) => ({ html: frontView(presentFront(deps, frame)), tags: ['stories', 'spins'] }))

  page('/corrections', (frame) => ({ html: correctionsView(frame, newsroom.stories('corrected')), tags: ['stories'] }))

  /** A list at its path, its further pages at `…/page/2` and on. */
  const list = (path: string, listingOf: (frame: Frame, context: Context) => Omit<Listing, 'path'> | null) => {
    const present = (frame: Frame, context: Context) => {
      const listing = listingOf(frame, context)
      const first = context.req.path.replace(/\/page\/\d+$/, '')
      const number = pageNumber(context.req.param('number'))
      const props = listing && number && presentSection(frame, { ...listing, path: first }, number)
      return props ? { html: sectionView(props), tags: ['stories'] } : null
    }
    page(path, present)
    page(`${path}/page/:number`, present)
  }

  list('/topics/:slug', (_, { req }) => {
    const topic = findTopic(newsroom, req.param('slug') ?? '')
    return topic && { eyebrow: 'Topic', ...topic }
  })

  list('/authors/:slug', (_, { req }) => {
    const found = findAuthor(newsroom, req.param('slug') ?? '')
    if (!found) return null
    const { name, role, picture, url } = found.author
    const person = { role, url, picture: picture && portraitUrl(picture) }
    return { eyebrow: 'By', name, stories: found.stories, person }
  })

  list('/:section', ({ sections, station }, { req }) => {
    const section = sections.find(({ id }) => id === req.param('section'))
    if (!section) return null
    const { id, name } = section
    return {
      eyebrow: '',
      name,
      stories: newsroom.stories(`section:${id}`),
      feed: { name: `${station.name}: ${name}`, path: `/feeds/section/${id}` },
    }
  })

  page(
    '/:section/:date/:name',
    async (frame, context) => {
      if (!isDate(context.req.param('date') ?? '')) return null
      const props = await presentStory(deps, frame, context.req.path)
      return (
        props && {
          html: storyView(props),
          tags: ['stories', `story:${props.story.path}`],
          headers: { 'Story-Version': versionOf(props.story) },
        }
      )
    },
    { perHost: true },
  )
}
