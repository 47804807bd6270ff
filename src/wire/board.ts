import type { CopyWait, Copies } from '../library/copies.ts'
import type { NewsItem } from '../formats/news/news-item.ts'
import { differenceOf } from '../newsroom/difference.ts'
import type { Difference } from '../newsroom/difference.ts'
import type { StoryContent } from '../newsroom/newsroom.ts'
import { readState } from '../newsroom/store.ts'
import type { Store } from '../store/store.ts'
import type { WireConfig } from '../config/schema.ts'
import { arrivalsOfItem, countUnreadable, lastMessage, listUnreadable, readInbox } from './board-messages-store.ts'
import type { ArrivalRow, UnreadableRow } from './board-messages-store.ts'
import { boardViews, countBySource, countItems, countSince, findRow, lastKill, listItems } from './board-store.ts'
import type { BoardFilter, BoardPlace, BoardRow, BoardView } from './board-store.ts'
import { rulesOf, waitingUpdate } from './desk-store.ts'
import { readPull } from './pull-store.ts'
import type { PullState } from './pull-store.ts'
import { readMessage } from './read-message.ts'
import { routeOf } from './routing.ts'
import { findMessage } from './message-store.ts'
import type { Via } from './message-store.ts'
import { toStory } from './to-story.ts'

export { boardViews } from './board-store.ts'
export type { ArrivalRow, UnreadableRow } from './board-messages-store.ts'
export type { BoardPlace, BoardRow, BoardView } from './board-store.ts'

/** How a source is. Times in ms since the epoch. */
export type SourceState = {
  name: string
  config: WireConfig | null
  items: number
  last: { at: number; via: Via } | null
  /** Null for one that is not asked. */
  pull: PullState | null
}

/** One item with everything the desk may see of it. */
export type BoardItem = {
  row: BoardRow
  /** As today's program reads it; null when it cannot any more. Of what is closed to us nothing but its head. */
  item: NewsItem | null
  /** What its story would say. */
  content: StoryContent | null
  /** What a waiting update would change in our story; null when none waits, or there is no living story. */
  difference: Difference | null
  arrivals: ArrivalRow[]
  /** Files of it that are not here yet. */
  waiting: CopyWait[]
}

/** What waits about a story, as the editor shows it. */
export type WireOffer = { row: BoardRow; difference: Difference; /** When it came, ms since the epoch. */ at: number }

export type WireBoard = {
  page(
    filter: BoardFilter,
    after?: BoardPlace,
  ): Promise<{ rows: BoardRow[]; next: BoardPlace | null; counts: Record<BoardView, number> }>
  sources(): Promise<SourceState[]>
  item(key: { provider: string; itemId: string }): Promise<BoardItem | null>
  /** Null when nothing waits about this story. */
  offer(storyId: string): Promise<WireOffer | null>
  unreadable(): Promise<UnreadableRow[]>
  countUnreadable(): Promise<number>
  message(id: string): ReturnType<typeof readInbox>
  /** How many items have come or changed since. */
  countSince(at: number): Promise<number>
  /** What a source has withdrawn within the last day. */
  lastKill(): Promise<BoardRow | null>
}

export type BoardDeps = {
  store: Pick<Store, 'read'>
  sources: Record<string, WireConfig>
  copies: Pick<Copies, 'waiting'>
  clock: { now(): number }
}

const PAGE = 60
const DAY_MS = 86_400_000

/** What the wire's screen shows. */
export const openWireBoard = ({ store: { read }, sources, copies, clock }: BoardDeps): WireBoard => {
  const readItem = async ({ provider, itemId, messageId }: BoardRow) => {
    const source = Object.hasOwn(sources, provider) ? sources[provider] : undefined
    const message = messageId === null ? null : await findMessage(read, messageId)
    if (!source || !message) return null
    const found = (await readMessage(read, message, source)).read
    const item = 'problem' in found ? undefined : found.items.find((one) => one.itemId === itemId)
    return item ? { item, routing: routeOf(item, source, await rulesOf(read, provider)) } : null
  }

  const differenceTo = async ({ updateId, storyId, canceled }: BoardRow, content: StoryContent) => {
    if (updateId === null || storyId === null || canceled) return null
    const ours = await readState(read, storyId)
    if (!ours || ours.killed) return null
    // What is only ours is no part of what the source offers.
    const { slug, notes, section } = ours.content
    return differenceOf(ours.content, { ...content, slug, notes, section })
  }

  return {
    async page(filter, after) {
      const [found, ...counted] = await Promise.all([
        listItems(read, filter, { after, limit: PAGE + 1 }),
        // How many there are in all is nobody's question, and dear to answer.
        ...boardViews.map((view) => (view === 'all' ? 0 : countItems(read, { ...filter, view }))),
      ])
      const rows = onePerItem(found.slice(0, PAGE))
      const last = rows.at(-1)
      return {
        rows,
        next: found.length > PAGE && last ? { at: last.at, itemId: last.itemId } : null,
        counts: Object.fromEntries(boardViews.map((view, at) => [view, counted[at] ?? 0])) as Record<BoardView, number>,
      }
    },
    async sources() {
      const counts = await countBySource(read)
      const names = [...Object.keys(sources), ...[...counts.keys()].filter((name) => !Object.hasOwn(sources, name))]
      return Promise.all(
        names.map(async (name): Promise<SourceState> => {
          const config = Object.hasOwn(sources, name) ? (sources[name] ?? null) : null
          return {
            name,
            config,
            items: counts.get(name) ?? 0,
            last: await lastMessage(read, name),
            pull: config?.fetch ? await readPull(read, name) : null,
          }
        }),
      )
    },
    async item(key) {
      const row = await findRow(read, key)
      if (!row) return null
      const arrivals = await arrivalsOfItem(read, key)
      const found = await readItem(row)
      const nothing = { row, content: null, difference: null, arrivals, waiting: [] }
      if (!found) return { ...nothing, item: null }
      const { item, routing } = found
      // What is closed is not read out, to the staff either: only what is needed to know what it is.
      if (item.rights.restriction !== null) return { ...nothing, item: { ...item, body: [], photos: [], audio: [] } }
      const { content } = toStory(item, routing)
      const files = [content.photo, content.audio, ...Object.values(content.photos), ...Object.values(content.sounds)]
      const names = files.flatMap((one) => (one ? [one.file] : []))
      const waiting = row.storyId && names.length > 0 ? await copies.waiting({ names, limit: 50 }) : []
      return { row, item, content, difference: await differenceTo(row, content), arrivals, waiting }
    },
    async offer(storyId) {
      const update = await waitingUpdate(read, { storyId })
      const row = update && (await findRow(read, update))
      const found = row && (await readItem(row))
      if (!found || found.item.rights.restriction !== null) return null
      const difference = await differenceTo(row, toStory(found.item, found.routing).content)
      return difference && { row, difference, at: update.at }
    },
    unreadable: () => listUnreadable(read, 100),
    countUnreadable: () => countUnreadable(read),
    message: (id) => readInbox(read, id),
    countSince: (at) => countSince(read, at),
    lastKill: () => lastKill(read, clock.now() - DAY_MS),
  }
}

/** A story that is public and planned anew has two publications. */
const onePerItem = (rows: BoardRow[]): BoardRow[] => [
  ...new Map(rows.map((row) => [`${row.provider} ${row.itemId}`, row])).values(),
]
