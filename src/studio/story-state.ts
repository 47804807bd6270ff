import type { StoryState } from '../newsroom/newsroom.ts'
import type { StudioIcon } from './icons.ts'
import type { StudioTimes } from './times.ts'

/** How a story stands, in a shape and a word. */
export type ShownState = {
  kind: 'draft' | 'public' | 'due' | 'embargo' | 'held' | 'killed'
  word: string
  icon: StudioIcon | null
}

/** At the moment `at`, ms since the epoch: the strongest of its states. */
export const shownState = (state: StoryState, { at, times }: { at: number; times: StudioTimes }): ShownState => {
  const { killed, spikedBy, heldBy, takenDownBy, embargo, publication } = state
  if (killed) return { kind: 'killed', word: 'Killed', icon: 'kill' }
  if (spikedBy !== null) return { kind: 'killed', word: 'Spiked', icon: 'kill' }
  if (heldBy !== null) return { kind: 'held', word: 'Held', icon: 'hold' }
  if (!publication) return { kind: 'draft', word: 'Draft', icon: null }
  if (takenDownBy !== null) return { kind: 'draft', word: 'Withdrawn', icon: null }
  if (embargo && (embargo.until === null || embargo.until > at)) {
    const until = embargo.until === null ? '' : ` until ${times.brief(embargo.until, at)}`
    return { kind: 'embargo', word: `Embargo${until}`, icon: 'lock' }
  }
  if (publication.from > at) return { kind: 'due', word: `Goes at ${times.brief(publication.from, at)}`, icon: 'clock' }
  return { kind: 'public', word: 'Public', icon: null }
}
