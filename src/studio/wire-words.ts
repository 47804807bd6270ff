import type { StationConfig } from '../config/schema.ts'
import type { BoardRow, BoardView, SourceState } from '../wire/board.ts'
import type { StudioIcon } from './icons.ts'
import type { StudioTimes } from './times.ts'

/** A state as a shape, a word and a colour. */
export type WireState = {
  kind: 'ready' | 'draft' | 'public' | 'due' | 'embargo' | 'held' | 'killed'
  icon: StudioIcon | null
  words: string
}

export type WireWordsDeps = {
  times: StudioTimes
  now: number
  sections: ReadonlyMap<string, string>
  /** What people call a source. */
  nameOf: (source: string) => string
}

/** How an item stands with us, the weightiest first. */
export const stateOf = (row: BoardRow, { times, now, sections }: Omit<WireWordsDeps, 'nameOf'>): WireState => {
  if (row.canceled && !row.updateId) return { kind: 'killed', icon: 'kill', words: 'Withdrawn by the source' }
  if (row.updateId)
    return {
      kind: 'due',
      icon: 'clock',
      words: row.canceled || row.killedAt !== null ? 'Is back; you decide' : 'Updates our story',
    }
  if (row.killedAt !== null) return { kind: 'killed', icon: 'kill', words: 'Killed here' }
  if (row.decision === 'restricted') return { kind: 'held', icon: 'lock', words: 'Closed to us' }
  if (row.pubstatus === 'withheld') return { kind: 'held', icon: 'hold', words: 'Withheld by the source' }
  if (row.embargo !== undefined && (row.embargo === null || row.embargo > now))
    return {
      kind: 'embargo',
      icon: 'lock',
      words: row.embargo === null ? 'Embargo without an end' : `Embargo until ${times.brief(row.embargo, now)}`,
    }
  if (row.heldBy !== null) return { kind: 'held', icon: 'hold', words: 'Held' }
  if (row.passedAt !== null || row.spiked) return { kind: 'draft', icon: 'cross', words: 'Passed over' }
  return publicState(row, { times, now, sections })
}

const publicState = (row: BoardRow, { times, now, sections }: Omit<WireWordsDeps, 'nameOf'>): WireState => {
  const { publicFrom, publicUntil, takenDownAt } = row
  if (publicFrom !== null && takenDownAt === null) {
    if (publicFrom > now) return { kind: 'due', icon: 'clock', words: `Goes at ${times.brief(publicFrom, now)}` }
    if (publicUntil !== null && publicUntil <= now) return { kind: 'draft', icon: 'clock', words: 'Its time is over' }
    const section = sections.get(row.section)
    return { kind: 'public', icon: null, words: section ? `On the site, ${section}` : 'On the site' }
  }
  if (takenDownAt !== null) return { kind: 'draft', icon: null, words: 'Taken down' }
  if (row.storyId !== null && row.madeBy !== 'wire') return { kind: 'draft', icon: 'pen', words: 'On the desk' }
  return { kind: 'ready', icon: null, words: 'New' }
}

/** What still waits to be looked at stands out; the rest is quiet. */
export const isSeen = (row: BoardRow, state: WireState): boolean =>
  !(state.kind === 'ready' || state.kind === 'due' || state.kind === 'embargo') || row.passedAt !== null

export const viewNames: Record<BoardView, string> = {
  new: 'New',
  updates: 'Updates to ours',
  kills: 'Kills',
  embargoed: 'Embargoed',
  all: 'All',
}

/** Decisions as the desk reads them. */
export const decisionWords: Record<string, string> = {
  published: 'Put on the site',
  desk: 'Left to the desk',
  updated: 'Followed',
  waiting: 'Waits for you',
  duplicate: 'Was here before',
  older: 'Older than what is here',
  restricted: 'Closed to us',
  quarantined: 'Could not be read',
}

/** How a source is, in a few words, and whether somebody should look. */
export const sourceWords = (
  { config, last, pull }: SourceState,
  { times, now }: Pick<WireWordsDeps, 'times' | 'now'>,
): { late: boolean; words: string } => {
  if (!config) return { late: true, words: 'no longer in groundwave.yaml' }
  if (pull?.error) return { late: true, words: `not answering since ${times.brief(pull.errorSince ?? now, now)}` }
  if (pull && config.fetch) {
    const overdue = pull.answered !== null && now - pull.answered > 5 * config.fetch.every + 60_000
    if (overdue) return { late: true, words: `not asked since ${times.brief(pull.answered ?? now, now)}` }
    if (pull.answered !== null) return { late: false, words: `asked at ${times.brief(pull.answered, now)}` }
    return { late: false, words: 'about to be asked' }
  }
  return { late: false, words: last ? `last at ${times.brief(last.at, now)}` : 'nothing yet' }
}

/** `310 words`, `1 word`, '' for none. */
export const wordCount = (words: number): string =>
  words === 0 ? '' : `${words.toLocaleString('en-US')} ${words === 1 ? 'word' : 'words'}`

/** The address of an item in the studio. */
export const itemPath = ({ provider, itemId }: { provider: string; itemId: string }): string =>
  `/studio/wire/items/${encodeURIComponent(provider)}/${encodeURIComponent(itemId)}`

/** What people call a source: its name, else what groundwave.yaml calls it. */
export const sourceNames =
  (sources: StationConfig['wire']) =>
  (source: string): string =>
    (Object.hasOwn(sources, source) ? sources[source]?.name : undefined) ?? source
