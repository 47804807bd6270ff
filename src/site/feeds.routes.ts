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
export const feedsRoutes = (outlet: OutletRoute): void => {
  const answer = async (deps: SiteDeps, name: string, of: (self: string) => FeedOf | null) => {
    const [, base = '', end = ''] = /^(.+)\.(xml|atom|json)$/.exec(name) ?? []
    const kind = kinds[end]
    const feed = kind && of(base)
    return feed ? { type: kind.type, body: kind.write(await feedOf(deps, feed)) } : null
  }

  outlet('/feeds/:file', (origin, { req }, deps) => {
    const station = stationOf(deps)
    return answer(deps, req.param('file') ?? '', (base) =>
      base === 'front'
        ? {
            origin,
            title: station.name,
            description: station.about || station.line,
            link: '/',
            self: req.path,
            list: 'all',
          }
        : null,
    )
  })

  outlet('/feeds/section/:file', (origin, { req }, deps) => {
    const station = stationOf(deps)
    return answer(deps, req.param('file') ?? '', (id) => {
      const section = deps.config.sections.find((one) => one.id === id)
      return section
        ? {
            origin,
            title: `${station.name}: ${section.name}`,
            description: `${section.name} from ${station.name}`,
            link: `/${section.id}`,
            self: req.path,
            list: `section:${section.id}`,
          }
        : null
    })
  })
}
