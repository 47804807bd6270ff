import type { Newsroom } from '../newsroom/newsroom.ts'
import { findAuthor } from './author.ts'
import { portraitUrl } from './card.ts'
import { correctionsView } from './corrections.view.ts'
import type { Frame } from './frame.ts'
import { presentFront } from './front.ts'
import { frontView } from './front.view.ts'
import { pageNumber } from './page-number.ts'
import type { PageRoute, Present } from './pages.ts'
import { presentSection, storiesUpTo, type Listing } from './section.ts'
import { sectionView } from './section.view.ts'
import { versionOf } from './story-facts.ts'
import { presentStory } from './story-page.ts'
import { storyView } from './story.view.ts'
import { isDate } from './times.ts'
import { findTopic } from './topic.ts'

/** Which list is asked for by its name in the address, and how many stories of it. */
type ListAsked = { frame: Frame; newsroom: Newsroom; name: string; count: number }

/** The front page, sections, topics, authors, corrections, stories. The widest patterns come last. */
export const newsRoutes = (page: PageRoute): void => {
  page('/', (frame, _, deps) => ({ html: frontView(presentFront(deps, frame)) }))

  page('/corrections', (frame, _, { newsroom }) => ({ html: correctionsView(frame, newsroom.stories('corrected')) }))

  /** A list at its path, its further pages at `…/page/2` and on. */
  const list = (path: string, listingOf: (ask: ListAsked) => Omit<Listing, 'path'> | null) => {
    const present: Present = (frame, { req }, { newsroom }) => {
      const number = pageNumber(req.param('number'))
      if (!number) return null
      const name = req.param('name') ?? ''
      const listing = listingOf({ frame, newsroom, name, count: storiesUpTo(number) })
      const first = req.path.replace(/\/page\/\d+$/, '')
      const props = listing && presentSection(frame, { ...listing, path: first }, number)
      return props && { html: sectionView(props) }
    }
    page(path, present)
    page(`${path}/page/:number`, present)
  }

  list('/topics/:name', ({ newsroom, name, count }) => {
    const topic = findTopic(newsroom, name, count)
    return topic && { eyebrow: 'Topic', ...topic }
  })

  list('/authors/:name', (asked) => {
    const found = findAuthor(asked.newsroom, asked.name, asked.count)
    if (!found) return null
    const { name, role, picture, url } = found.author
    const person = { role, url, picture: picture && portraitUrl(picture) }
    return { eyebrow: 'By', name, stories: found.stories, person }
  })

  list('/:name', ({ frame: { sections, station }, newsroom, name: asked, count }) => {
    const section = sections.find(({ id }) => id === asked)
    if (!section) return null
    const { id, name } = section
    return {
      eyebrow: '',
      name,
      stories: newsroom.stories(`section:${id}`, count),
      feed: { name: `${station.name}: ${name}`, path: `/feeds/section/${id}` },
    }
  })

  page(
    '/:section/:date/:name',
    async (frame, context, deps) => {
      if (!isDate(context.req.param('date') ?? '')) return null
      const props = await presentStory(deps, frame, context.req.path)
      return (
        props && {
          html: storyView(props),
          headers: { 'Story-Version': versionOf(props.story) },
        }
      )
    },
    { perHost: true },
  )
}
