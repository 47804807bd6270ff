import { writeAtom } from '../formats/news/atom.ts'
import { writeJsonFeed } from '../formats/news/json-feed.ts'
import { writeRss } from '../formats/news/rss.ts'
import { feedOf, type FeedOf } from './feed.ts'
import { stationOf } from './frame.ts'
import type { OutletRoute } from './outlet.ts'
import type { SiteDeps } from './site-deps.ts'

const kinds: Record<string, { type: string; write: (feed: Awaited<ReturnType<typeof feedOf>>) => string }> = {
  xml: { type: 'application/rss+xml; charset=utf-8', write: writeRss },
  atom: { type: 'application/atom+xml; charset=utf-8', write: writeAtom },
  json: { type: 'application/feed+json; charset=utf-8', write: writeJsonFeed },
}

/** Feeds of the front page and of each section, each as RSS 2.0, Atom and JSON Feed (docs/contracts/008). */
export const feedsRoutes = (outlet: OutletRoute, deps: SiteDeps): void => {
  const { sections } = deps.config

  const answer = async (name: string, of: (self: string) => FeedOf | null) => {
    const [, base = '', end = ''] = /^(.+)\.(xml|atom|json)$/.exec(name) ?? []
    const kind = kinds[end]
    const feed = kind && of(base)
    return feed ? { type: kind.type, body: kind.write(await feedOf(deps, feed)) } : null
  }

  outlet('/feeds/:file', (origin, { req }) => {
    const station = stationOf(deps)
    return answer(req.param('file') ?? '', (base) =>
      base === 'front'
        ? {
            origin,
            title: station.name,
            description: station.about || station.line,
            link: '/',
            self: req.path,
            stories: deps.newsroom.stories(),
          }
        : null,
    )
  })

  outlet('/feeds/section/:file', (origin, { req }) => {
    const station = stationOf(deps)
    return answer(req.param('file') ?? '', (id) => {
      const section = sections.find((one) => one.id === id)
      return section
        ? {
            origin,
            title: `${station.name}: ${section.name}`,
            description: `${section.name} from ${station.name}`,
            link: `/${section.id}`,
            self: req.path,
            stories: deps.newsroom.stories(`section:${section.id}`),
          }
        : null
    })
  })
}
