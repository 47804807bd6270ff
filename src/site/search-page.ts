import { LONGEST_QUESTION, type Marked, type Search } from '../search/search.ts'
import { slugOf } from '../newsroom/newsroom.ts'
import { cardOf, type Card } from './card.ts'
import type { Frame } from './frame.ts'
import type { SiteDeps } from './site-deps.ts'
import { isDate, startOfDay } from './times.ts'

/** What the address of a search says. */
export type SearchQuery = Partial<
  Record<'q' | 'section' | 'topic' | 'author' | 'from' | 'to' | 'order' | 'page', string>
>

export type FoundCard = Card & { marked: { headline: Marked; text: Marked } }

export type SearchProps = {
  frame: Frame
  q: string
  section: string
  /** Days of the station's calendar; '' for none. */
  from: string
  to: string
  order: 'best' | 'newest'
  /** A topic or author the search is narrowed to, with the way to be rid of it. */
  narrowed: { kind: 'topic' | 'author'; slug: string; name: string; without: string }[]
  /** Null: nothing was asked. */
  found: {
    cards: FoundCard[]
    /** `41 stories for “ferry”` */
    count: string
    meant: { text: string; href: string; stories: string } | null
    before: string | null
    after: string | null
  } | null
}

/** Validate → load → present: what is found, as a page says it. Whatever the address says, there is an answer. */
export const presentSearch = async (
  { newsroom, search }: Pick<SiteDeps, 'newsroom'> & { search: Pick<Search, 'search'> },
  frame: Frame,
  { query, path }: { query: SearchQuery; path: string },
): Promise<SearchProps> => {
  const { times, sections } = frame
  const q = (query.q ?? '').trim().slice(0, LONGEST_QUESTION)
  const section = sections.some(({ id }) => id === query.section) ? (query.section ?? '') : ''
  const [from, to] = [query.from, query.to].map((day) => (day && isDate(day) ? day : '')) as [string, string]
  const order = query.order === 'newest' ? 'newest' : 'best'
  const [topic, author] = [query.topic ? slugOf(query.topic) : '', query.author ? slugOf(query.author) : '']
  const asked = { q, section, topic, author, from, to, order: order === 'best' ? '' : order }
  const hrefOf = (more: Record<string, string>) => {
    const pairs = Object.entries({ ...asked, ...more }).filter(([, value]) => value !== '')
    return `${path}?${new URLSearchParams(pairs).toString()}`
  }
  const narrowed = [
    ...(topic
      ? [{ kind: 'topic' as const, slug: topic, name: nameOfTopic(topic), without: hrefOf({ topic: '' }) }]
      : []),
    ...(author
      ? [{ kind: 'author' as const, slug: author, name: nameOfAuthor(author), without: hrefOf({ author: '' }) }]
      : []),
  ]
  const props = { frame, q, section, from, to, order, narrowed } as const
  if (!q) return { ...props, found: null }

  const { hits, total, isMore, page, pages, meant } = await search.search({
    text: q,
    section: section || undefined,
    topic: topic || undefined,
    author: author || undefined,
    from: from ? startOfDay(from, times.zone) : undefined,
    to: to ? startOfDay(Temporal.PlainDate.from(to).add({ days: 1 }).toString(), times.zone) : undefined,
    order,
    page: /^[1-9]\d{0,3}$/.test(query.page ?? '') ? Number(query.page) : 1,
  })
  return {
    ...props,
    found: {
      cards: hits.flatMap(({ id, headline, dek, excerpt }) => {
        const card = newsroom.card(id)
        const text = dek.some(({ hit }) => hit) || excerpt.length === 0 ? dek : excerpt
        return card ? [{ ...cardOf(card, frame), marked: { headline, text } }] : []
      }),
      count: `${isMore ? 'More than ' : ''}${stories(total)}`,
      meant: meant && { text: meant.text, href: hrefOf({ q: meant.text }), stories: stories(meant.total) },
      before: page > 1 ? hrefOf({ page: page === 2 ? '' : String(page - 1) }) : null,
      after: page < pages ? hrefOf({ page: String(page + 1) }) : null,
    },
  }

  function nameOfTopic(slug: string) {
    return newsroom.stories(`topic:${slug}`)[0]?.topics.find((name) => slugOf(name) === slug) ?? slug
  }
  function nameOfAuthor(slug: string) {
    return newsroom.stories(`author:${slug}`)[0]?.bylines.find(({ name }) => slugOf(name) === slug)?.name ?? slug
  }
}

const stories = (count: number): string => (count === 1 ? '1 story' : `${count.toLocaleString('en')} stories`)
