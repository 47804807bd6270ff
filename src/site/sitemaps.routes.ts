import { writeNewsSitemap, writeSitemap, writeSitemapIndex } from '../formats/news/sitemap.ts'
import type { StoryCard } from '../newsroom/newsroom.ts'
import { stationOf } from './frame.ts'
import type { OutletRoute } from './outlet.ts'
import type { SiteDeps } from './site-deps.ts'
import { changedAt, isAtHome } from './story-facts.ts'

/** Addresses in one part: small enough to be made in a breath, and the old parts stay as they are. */
const PART = 5000

const XML = 'application/xml; charset=utf-8'
const TWO_DAYS = 2 * 24 * 60 * 60 * 1000

/** For search engines: what is at home here. Stories of others are at home elsewhere, and stay out. */
export const sitemapsRoutes = (outlet: OutletRoute): void => {
  /** Oldest first: a new story changes the last part only. */
  const parts = ({ newsroom }: SiteDeps) => {
    const stories = newsroom.stories().filter(isAtHome).toReversed()
    return Array.from({ length: Math.max(1, Math.ceil(stories.length / PART)) }, (_, n) =>
      stories.slice(n * PART, (n + 1) * PART),
    )
  }
  type Part = ReturnType<typeof parts>[number]
  const lastChange = (part: Part) => part.map(changedAt).reduce((a, b) => (Date.parse(b) > Date.parse(a) ? b : a), '')
  const urls = (origin: string, part: Part) =>
    part.map((story) => ({ url: origin + story.path, updated: changedAt(story) }))

  outlet('/sitemap.xml', (origin, _, deps) => {
    const [first, ...more] = parts(deps)
    const pages = fixedPages(deps).map((path) => ({ url: origin + path }))
    if (more.length === 0) return { type: XML, body: writeSitemap([...pages, ...urls(origin, first ?? [])]) }
    return {
      type: XML,
      body: writeSitemapIndex([
        { url: `${origin}/sitemap-pages.xml` },
        ...[first ?? [], ...more].map((part, n) => ({
          url: `${origin}/sitemap-${n + 1}.xml`,
          updated: lastChange(part),
        })),
      ]),
    }
  })

  outlet('/sitemap-pages.xml', (origin, _, deps) => ({
    type: XML,
    body: writeSitemap(fixedPages(deps).map((path) => ({ url: origin + path }))),
  }))

  outlet('/:file{sitemap-[1-9][0-9]{0,5}\\.xml}', (origin, { req }, deps) => {
    const part = parts(deps)[Number(req.path.replace(/\D/g, '')) - 1]
    return part ? { type: XML, body: writeSitemap(urls(origin, part)) } : null
  })

  outlet('/sitemap-news.xml', (origin, _, deps) => {
    const now = deps.clock.now()
    const station = stationOf(deps)
    const own = within(deps.newsroom.stories(), now - TWO_DAYS).filter(({ source }) => !source)
    const stories = own.map(({ path, headline, published }) => ({ url: origin + path, title: headline, published }))
    const leaving = own.map(({ published }) => Date.parse(published) + TWO_DAYS).filter((at) => at > now)
    return {
      type: XML,
      body: writeNewsSitemap(stories, { publication: station.name, language: station.language, now }),
      until: Math.min(...leaving),
    }
  })

  outlet('/robots.txt', (origin) => ({
    type: 'text/plain; charset=utf-8',
    body: [
      'User-agent: *',
      'Disallow: /studio',
      'Disallow: /api/',
      '',
      `Sitemap: ${origin}/sitemap.xml`,
      `Sitemap: ${origin}/sitemap-news.xml`,
      '',
    ].join('\n'),
  }))
}

/** Those published after this moment, of a list that has the newest first. */
const within = (stories: readonly StoryCard[], after: number): StoryCard[] => {
  const end = stories.findIndex(({ published }) => Date.parse(published) <= after)
  return stories.slice(0, end < 0 ? stories.length : end)
}

/** Pages that are there whatever is published. */
const fixedPages = ({ config }: Pick<SiteDeps, 'config'>): string[] => [
  '/',
  ...config.sections.map(({ id }) => `/${id}`),
  '/schedule',
  ...(Object.keys(config.programs).length > 0 ? ['/programs'] : []),
  ...Object.keys(config.programs).map((id) => `/programs/${id}`),
  '/listen',
  '/streams',
  '/corrections',
]
