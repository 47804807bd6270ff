import type { StoryCard } from '../newsroom/newsroom.ts'
import { cardOf, pictureOf, type Card } from './card.ts'
import type { Frame } from './frame.ts'
import { nowBoxOf, type NowBox } from './now-box.ts'
import type { SiteDeps } from './site-deps.ts'
import { railsOf, type Rail } from './rail.ts'
import { stripOf, type Strip } from './strip.ts'

export type Lead = Card & { photo: StoryCard['photo'] }

export type FrontProps = {
  frame: Frame
  lead: Lead | null
  /** Two more on the lead's matter. */
  more: Card[]
  seconds: Card[]
  nowBox: NowBox | null
  strip: Strip | null
  rails: Rail[]
}

/** The first so many: the editors' order, then what is newest. A placed story that is not public leaves its place to the next. */
export const inFrontOrder = (
  { newsroom, placed }: Pick<SiteDeps, 'newsroom' | 'placed'>,
  count: number,
): StoryCard[] => {
  const ids = placed?.()
  const first = ids
    ? ids.map((id) => newsroom.card(id)).filter((card): card is StoryCard => card !== null)
    : newsroom.stories('placed').toSorted((a, b) => (a.place ?? 0) - (b.place ?? 0))
  const taken = new Set(first)
  const newest = newsroom.stories('all', first.length + count)
  return [...first, ...newest.filter((story) => !taken.has(story))].slice(0, count)
}

/** Lead and seconds. */
const MOST = 5

export const presentFront = (deps: SiteDeps, frame: Frame): FrontProps => {
  const [lead, ...seconds] = inFrontOrder(deps, MOST)
  const shown = new Set<StoryCard | undefined>([lead, ...seconds])
  const more = lead
    ? deps.newsroom
        .related(lead.id, 8)
        .filter((story) => !shown.has(story))
        .sort((a, b) => Date.parse(b.published) - Date.parse(a.published))
        .slice(0, 2)
    : []
  for (const story of more) shown.add(story)
  return {
    frame,
    lead: lead ? { ...cardOf(lead, frame), photo: pictureOf(lead.photo) && lead.photo } : null,
    more: more.map((story) => cardOf(story, frame)),
    seconds: seconds.map((story) => cardOf(story, frame)),
    nowBox: nowBoxOf(deps, frame, lead),
    strip: stripOf(deps, frame),
    rails: railsOf(deps, frame, shown),
  }
}
