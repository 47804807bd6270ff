import type { NewsItem } from '../formats/news/news-item.ts'
import type { StoryState } from '../newsroom/newsroom.ts'
import type { Routing } from './routing.ts'
import type { WireItem } from './item-store.ts'

/** What the source is told, and the desk. */
export type Decision =
  | 'published'
  | 'desk'
  | 'updated'
  | 'waiting'
  | 'duplicate'
  | 'older'
  | 'restricted'
  | 'quarantined'

/** What is to be done with an item. */
export type Plan = {
  decision: Decision
  /** `file`: a new story; `revise`: its story follows; `recall`: kill; `hold`: keep from going out; null: nothing. */
  action: 'file' | 'revise' | 'recall' | 'hold' | 'file and hold' | null
  /** Shown to the public, as far as its times allow. */
  publish: boolean
  reasons: string[]
}

export type DecideInput = {
  item: NewsItem
  /** What is known of this item from before. */
  known: WireItem | null
  /** Whether this version has been here, perhaps after a newer one. */
  wasHere: boolean
  /** The message is read once more: by a later program, or with what it refers to. */
  again: boolean
  /** Readers would see nothing else than what the source said before. */
  isSame: boolean
  /** The story it became. */
  story: StoryState | null
  /** Somebody writes at it, and what they have written is in no revision yet. */
  isWritten: boolean
  routing: Pick<Routing, 'route' | 'hold'>
  /** When it leaves the site, by the source's time or ours, ms since the epoch; null: it stays. */
  until: number | null
  /** Ms since the Unix epoch. */
  now: number
}

const nothing = (decision: Decision, ...reasons: string[]): Plan => ({
  decision,
  action: null,
  publish: false,
  reasons,
})

/** Version is a number and arrival order says nothing; canceled beats everything; what may not be shown is not shown. */
export const decide = (input: DecideInput): Plan => {
  const { item, known, wasHere, again, isSame, story } = input
  const version = item.version ?? Number.POSITIVE_INFINITY
  if (item.pubstatus === 'canceled') {
    if (known?.canceled) return nothing('duplicate')
    return { ...nothing('updated', 'The source has withdrawn it.'), action: story && !story.killed ? 'recall' : null }
  }
  const isNewest = known === null || known.version === null || version > known.version
  const isNewestAgain = known?.version === version
  const { restriction } = item.rights
  // A document is closed without a new version of it, too.
  const isClosedNow = isNewestAgain && restriction !== null && known?.decision !== 'restricted'
  if (!isNewest && !isClosedNow && !(again && isNewestAgain && !isSame)) return nothing(wasHere ? 'duplicate' : 'older')
  if (known?.canceled) {
    return wasHere
      ? nothing('duplicate')
      : nothing('waiting', 'The source had withdrawn it; only an editor can bring it back.')
  }
  if (restriction !== null)
    return { ...nothing('restricted', `It is not shown: ${restriction}.`), action: story ? 'hold' : null }
  if (story?.killed) return nothing('waiting', 'It was killed here; only an editor can bring it back.')
  if (item.pubstatus === 'withheld') {
    const reasons = ['The source withholds it.']
    return { decision: story ? 'updated' : 'desk', action: story ? 'hold' : 'file and hold', publish: false, reasons }
  }
  return story ? follow(story, input) : begin(input)
}

/** An update of something that is a story here. */
const follow = (story: StoryState, { isSame, isWritten }: DecideInput): Plan => {
  // What was held because it was closed, and is open again, is free again: also without another word in it.
  if (isSame && story.heldBy !== 'wire') return nothing('updated', 'Nothing that readers see has changed.')
  if (story.madeBy !== 'wire')
    return nothing('waiting', 'A person has changed the story; an editor decides about this update.')
  if (isWritten) return nothing('waiting', 'A person is writing at the story; an editor decides about this update.')
  const isPublic = story.publication !== null && story.takenDownBy === null && story.spikedBy === null
  return { decision: 'updated', action: 'revise', publish: isPublic, reasons: [] }
}

const begin = ({ routing: { route, hold }, until, now }: DecideInput): Plan => {
  const isOver = until !== null && until <= now
  if (hold) return { ...nothing('desk', 'It is held until an editor releases it.'), action: 'file and hold' }
  if (route === 'wire') return nothing('desk', 'It stays on the wire until somebody takes it.')
  if (route === 'desk' || isOver)
    return { ...nothing('desk', ...(isOver ? ['Its time is over.'] : [])), action: 'file' }
  return { decision: 'published', action: 'file', publish: true, reasons: [] }
}
