import type { DeskRow, DeskView } from '../newsroom/desk.ts'
import type { StudioIcon } from './icons.ts'
import type { StudioTimes } from './times.ts'

/** A story's state as a shape, a word and a colour. */
export type StateWords = { kind: StateKind; icon: StudioIcon | null; words: string }
export type StateKind = 'draft' | 'public' | 'due' | 'embargo' | 'held' | 'killed' | 'spiked'

/** One line of the desk, in words. */
export type DeskLine = {
  id: string
  slug: string
  headline: string
  state: StateWords
  who: string
  writing: string | null
  photo: DeskRow['photo']
  audio: boolean
  changedAt: number
}

export type Names = (account: string) => string

/** `Public, corrected`, `Goes at 7:00 pm`, `Held by Rosalind`. Drafts have no icon: their ring is drawn by the style. */
export const stateWords = (
  row: DeskRow,
  { times, names, now }: { times: StudioTimes; names: Names; now: number },
): StateWords => {
  const by =
    row.stoppedBy === null
      ? ''
      : ` by ${row.stoppedBy === 'wire' && row.owner ? row.owner : firstName(names(row.stoppedBy))}`
  switch (row.state) {
    case 'killed':
      return { kind: 'killed', icon: 'kill', words: `Killed${by}` }
    case 'spiked':
      return { kind: 'spiked', icon: 'scissors', words: `Spiked${by}` }
    case 'held':
      if (row.stoppedBy !== null) return { kind: 'held', icon: 'hold', words: `Held${by}` }
      return {
        kind: 'embargo',
        icon: 'lock',
        words: row.embargo ? `Embargo, ${times.brief(row.embargo, now)}` : 'Embargo',
      }
    case 'scheduled':
      return { kind: 'due', icon: 'clock', words: `Goes at ${times.brief(row.shownFrom ?? now, now)}` }
    case 'public':
      return { kind: 'public', icon: null, words: `Public${row.corrected ? ', corrected' : row.owner ? ', wire' : ''}` }
    case 'draft':
      return {
        kind: 'draft',
        icon: null,
        words: row.takenDown ? 'Taken down' : row.shownFrom === null ? 'Draft' : 'Over',
      }
  }
}

/** Who is meant is known by the first name, in a house where everybody is. */
const firstName = (name: string): string => (/^(the|somebody)\b/.test(name) ? name : (name.split(' ')[0] ?? name))

export const deskLine = (row: DeskRow, deps: { times: StudioTimes; names: Names; now: number }): DeskLine => ({
  id: row.id,
  slug: row.slug,
  headline: row.headline,
  state: stateWords(row, deps),
  who: row.writing ? deps.names(row.writing) : (row.owner ?? row.bylines[0] ?? deps.names(row.madeBy)),
  writing: row.writing,
  photo: row.photo,
  audio: row.audio,
  changedAt: row.changedAt,
})

export const viewNames: Record<DeskView, string> = {
  all: 'All',
  mine: 'Mine',
  draft: 'Draft',
  scheduled: 'Scheduled',
  public: 'Public',
  held: 'Held',
  killed: 'Killed',
  spiked: 'Spiked',
}

export type Emptiness = {
  view: DeskView
  find: string
  /** Stories in other views. */
  elsewhere: number
  /** What is new on the wire. */
  wire: number
}

/** What stands where there is nothing: why, and what one can do. */
export const emptyWords = ({ view, find, elsewhere, wire }: Emptiness): string => {
  if (find)
    return `Nothing for “${find}”${view === 'all' ? '' : ` in ${viewNames[view]}`}. Slug, headline and names are searched.`
  const news = wire === 1 ? ' The wire has a new one.' : wire > 1 ? ` The wire has ${wire} new ones.` : ''
  const words: Record<DeskView, string> = {
    all: `No stories yet.${news} “New story” begins the first.`,
    mine: elsewhere ? 'Nothing of yours yet. “New story” begins one.' : 'No stories yet. “New story” begins the first.',
    draft: 'No drafts: everything that was begun is public, held or gone.',
    scheduled: 'Nothing waits for its time. “Publish…” in a story can set one.',
    public: 'Nothing is public yet. “Publish…” in a story brings it out.',
    held: 'Nothing is held, and nothing is under an embargo.',
    killed: 'Nothing has been killed.',
    spiked: 'Nothing has been spiked. A draft that is thrown away waits here and can be taken back.',
  }
  return words[view]
}

/** `That is all: 41 stories.` */
export const endWords = (count: number): string =>
  `That is all: ${count === 1 ? 'one story' : `${count.toLocaleString('en-US')} stories`}.`
