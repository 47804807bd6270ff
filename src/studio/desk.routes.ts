import { deskViews } from '../newsroom/desk.ts'
import type { DeskView } from '../newsroom/desk.ts'
import type { StoryContent } from '../newsroom/newsroom.ts'
import { deskLine, emptyWords, endWords } from './desk.ts'
import { deskPath, deskView } from './desk.view.ts'
import type { Person, StudioDoor } from './door.ts'
import { lets } from './door.ts'
import { stationTimes } from './frame.ts'
import { accountNames } from './names.ts'
import type { StudioDeps } from './studio-deps.ts'

/** What is searched for is no longer than this. */
const MOST_FIND = 120

/** The desk: what the newsroom works on, and where a story begins. */
export const deskRoutes = (door: StudioDoor, { desk, people, newsroom, wire, config, clock }: StudioDeps): void => {
  const times = stationTimes(config.station.zone)

  door.get('/studio', 'story.see', async (person, context) => {
    const view = viewOf(context.req.query('show'))
    const find = (context.req.query('find') ?? '').trim().slice(0, MOST_FIND)
    const after = context.req.query('after')
    const by = person.account.id
    const [counts, { rows, next }, names] = await Promise.all([
      desk.counts(by),
      desk.page({ view, by, find, ...(after && { after }) }),
      accountNames(people),
    ])
    const now = clock.now()
    const isEmpty = counts.all === 0 && counts.spiked === 0
    const news = isEmpty ? (await wire.board.page({ view: 'new', now })).counts.new : 0
    const lines = rows.map((row) => deskLine(row, { times, names, now }))
    const props = {
      view,
      find,
      counts,
      lines,
      more: next && deskPath({ view, find, after: next }),
      first: after ? deskPath({ view, find }) : null,
      mayWrite: lets(person.account.role, 'story.write'),
      end: endOf({ view, find, counts, lines: lines.length, after: after !== undefined, wire: news }),
      times,
      now,
    }
    return door.page(person, context, { title: 'Desk' }, deskView(props))
  })

  door.post('/studio/stories', 'story.write', async (person, context) => {
    const content = newDraft(person, config.sections[0]?.id ?? 'news')
    const id = await newsroom.change(person.account.id, (edit) => edit.file(content))
    return context.redirect(`/studio/stories/${id}`, 303)
  })
}

const viewOf = (text: string | undefined): DeskView => deskViews.find((view) => view === text) ?? 'all'

type End = {
  view: DeskView
  find: string
  counts: Record<DeskView, number>
  lines: number
  after: boolean
  wire: number
}

const endOf = ({ view, find, counts, lines, after, wire }: End): string => {
  if (lines === 0 && !after) return emptyWords({ view, find, elsewhere: counts.all, wire })
  return find ? 'That is all of it.' : endWords(counts[view])
}

/** A story of which nothing is known but who writes it. */
const newDraft = ({ account }: Person, section: string): StoryContent => ({
  section,
  slug: '',
  eyebrow: '',
  headline: '',
  dek: '',
  dateline: '',
  bylines: [{ name: account.name, role: '' }],
  photo: null,
  audio: null,
  body: { type: 'doc', content: [{ type: 'paragraph' }] },
  photos: {},
  sounds: {},
  topics: [],
  notes: '',
  source: null,
  place: null,
})
