import { Hono } from 'hono'
import { describeRoute, resolver, validator } from 'hono-openapi'
import { z } from 'zod'
import { GroundwaveError } from '../base/errors.ts'
import type { Newsroom } from '../newsroom/newsroom.ts'
import { LONGEST_QUESTION } from '../search/search.ts'
import type { Search } from '../search/search.ts'
import { errorAnswer } from './api-error.ts'
import { publicUrl } from './bearer.ts'
import { storyAnswer } from './stories-answer.ts'

export type SearchRoutesDeps = {
  search: Pick<Search, 'search'>
  newsroom: Pick<Newsroom, 'card'>
  /** The station's public address, where it has one. */
  url: string | undefined
}

const instant = (name: string) =>
  z.iso.datetime({ offset: true, error: `${name} needs an instant such as 2026-05-01T00:00:00Z.` }).optional()

const searchQuery = z.object({
  q: z
    .string('q names the words to look for, once.')
    .max(LONGEST_QUESTION, `q has at most ${LONGEST_QUESTION} characters.`)
    .meta({ description: 'Words, "phrases", -not, begin*', examples: ['ferry'] }),
  section: z.string().optional(),
  topic: z.string().optional().meta({ description: 'As in the address of its page' }),
  author: z.string().optional().meta({ description: 'As in the address of their page' }),
  from: instant('from'),
  to: instant('to').meta({ description: 'Not counted in' }),
  order: z.enum(['best', 'newest'], 'order is best or newest.').optional(),
  page: z.coerce.number('page is a number.').int().min(1).max(9999).optional(),
})

const searchAnswer = z
  .object({
    q: z.string(),
    total: z.number().meta({ description: 'Stories found; when `more` is true there are more than were counted' }),
    more: z.boolean(),
    page: z.number(),
    pages: z.number(),
    meant: z
      .object({ q: z.string(), total: z.number() })
      .nullable()
      .meta({ description: 'When nothing was found: what may have been meant' }),
    stories: z.array(storyAnswer).meta({ description: 'Without their bodies' }),
  })
  .meta({ ref: 'Search' })

/** `GET /api/v1/search`: public stories by their words. */
export const searchRoutes = ({ search, newsroom, url }: SearchRoutesDeps) =>
  new Hono().get('/search', describeSearch, readQuery, async (c) => {
    const { q, from, to, ...rest } = c.req.valid('query')
    const { hits, total, isMore, page, pages, meant } = await search.search({
      ...rest,
      text: q,
      from: from === undefined ? undefined : Date.parse(from),
      to: to === undefined ? undefined : Date.parse(to),
    } as Parameters<Search['search']>[0])
    const stories = hits.flatMap(({ id }) => {
      const story = newsroom.card(id)
      return story ? [{ ...story, url: publicUrl(c, { url, path: story.path }) }] : []
    })
    const answer = {
      q,
      total,
      more: isMore,
      page,
      pages,
      meant: meant && { q: meant.text, total: meant.total },
      stories,
    }
    return c.json(answer satisfies z.input<typeof searchAnswer>, 200, { 'cache-control': 'no-store' })
  })

const readQuery = validator('query', searchQuery, (read) => {
  if (!read.success) throw new GroundwaveError('BAD_REQUEST', read.error.map(({ message }) => message).join(' '))
})

const describeSearch = describeRoute({
  summary: 'Public stories by their words',
  responses: {
    200: { description: 'Twenty at most', content: { 'application/json': { schema: resolver(searchAnswer) } } },
    400: {
      description: 'What is wrong with the question',
      content: { 'application/json': { schema: resolver(errorAnswer) } },
    },
    503: {
      description: 'It takes too long just now',
      content: { 'application/json': { schema: resolver(errorAnswer) } },
    },
  },
})
