import type { Story } from '../newsroom/newsroom.ts'
import { cardOf, pictureOf, type Card } from './card.ts'
import type { Frame } from './frame.ts'
import { nowBoxOf, type NowBox } from './now-box.ts'
import type { SiteDeps } from './site-deps.ts'
import { railsOf, type Rail } from './rail.ts'
import { stripOf, type Strip } from './strip.ts'

export type Lead = Card & { photo: Story['photo'] }

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

/** The editors' order first, then what is newest. */
export const inFrontOrder = (stories: Story[]): Story[] => {
  const placed = stories.filter((story) => story.place !== null).sort((a, b) => (a.place ?? 0) - (b.place ?? 0))
  return [...placed, ...stories.filter((story) => story.place === null)]
}

export const presentFront = (deps: SiteDeps, frame: Frame): FrontProps => {
  const [lead, ...rest] = inFrontOrder(deps.newsroom.stories())
  const seconds = rest.slice(0, 4)
  const shown = new Set([lead, ...seconds])
  const more = lead
    ? deps.newsroom
        .related(lead, 8)
        .filter((story) => !shown.has(story))
        .sort((a, b) => Date.parse(b.published) - Date.parse(a.published))
        .slice(0, 2)
    : []
  for (const story of more) shown.add(story)
  const left = rest.filter((story) => !shown.has(story))
  return {
    frame,
    lead: lead ? { ...cardOf(lead, frame), photo: pictureOf(lead.photo) && lead.photo } : null,
    more: more.map((story) => cardOf(story, frame)),
    seconds: seconds.map((story) => cardOf(story, frame)),
    nowBox: nowBoxOf(deps, frame, lead),
    strip: stripOf(deps, frame),
    rails: railsOf(deps, frame, left),
  }
}
