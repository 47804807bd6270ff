/** One page of every kind. */
export const pagePaths = {
  front: '/',
  story: '/merrow-county/2026-03-12/bridge-opens',
  'wire story': '/news/2026-03-12/lake-ports',
  section: '/merrow-county',
  'section without stories': '/classical',
  topic: '/topics/calder-street-bridge',
  author: '/authors/ines-haldorsen',
  search: '/search?q=bridge&section=merrow-county&from=2026-01-01',
  'search without a question': '/search',
  'search without hits': '/search?q=brigde',
  schedule: '/schedule',
  'schedule of another day and stream': '/schedule/2026-03-14/music',
  programs: '/programs',
  program: '/programs/county-line',
  listen: '/listen',
  streams: '/streams',
  corrections: '/corrections',
  text: '/text',
  'text schedule': '/text/schedule',
  'text search': '/text/search?q=bridge',
  'text story': '/text/merrow-county/2026-03-12/bridge-opens',
  'sound in a frame': '/embed/merrow-county/2026-03-12/bridge-opens',
  'no such page': '/nothing-here',
  'withdrawn story': '/news/2026-03-11/withdrawn',
}

/** Those that say that there is nothing. */
export const noticeStatus: Record<string, number> = {
  [pagePaths['no such page']]: 404,
  [pagePaths['withdrawn story']]: 410,
}
