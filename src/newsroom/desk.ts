import type { Clock } from '../base/clock.ts'
import type { Log } from '../base/log.ts'
import type { Store } from '../store/store.ts'
import {
  deskCounts,
  deskRows,
  idsWithoutDeskRow,
  looseTexts,
  pensOf,
  putDeskRows,
  sectionCounts,
} from './desk-store.ts'
import type { DeskSourceRow, DeskState } from './desk-store.ts'
import { PEN_SILENCE_MS } from './drafts.ts'

export type { DeskState } from './desk-store.ts'

/** What the desk can be narrowed to. `all` is everything but what was spiked. */
export const deskViews = ['all', 'mine', 'draft', 'scheduled', 'public', 'held', 'killed', 'spiked'] as const
export type DeskView = (typeof deskViews)[number]

/** One story as the desk lists it. Times in ms since the epoch, people as account ids. */
export type DeskRow = {
  id: string
  slug: string
  /** '' when it has none yet. */
  headline: string
  bylines: string[]
  /** Whose story it is, where it is not ours. */
  owner: string | null
  filedBy: string
  madeBy: string
  state: DeskState
  /** Since or from when, and by whom, as far as the state has such. */
  shownFrom: number | null
  stoppedBy: string | null
  /** undefined: none. null: one without an end. */
  embargo: number | null | undefined
  takenDown: boolean
  corrected: boolean
  photo: 'none' | 'credited' | 'uncredited'
  audio: boolean
  changedAt: number
  /** Who writes now. */
  writing: string | null
}

export type DeskPage = {
  rows: DeskRow[]
  /** To ask for what comes after; null when that was all. */
  next: string | null
}

export type DeskQuery = { view: DeskView; by: string; find?: string; after?: string; limit?: number }

export type Desk = ReturnType<typeof openDesk>

const PAGE = 50
const MOST_WORDS = 8
const BATCH = 200

/** The list of all stories with what became of them, over a table of its own that each change of a story keeps. */
export const openDesk = ({ store, clock, log }: { store: Store; clock: Clock; log: Log }) => {
  let filling: Promise<void> = Promise.resolve()
  const stopping = new AbortController()
  const fill = async () => {
    while (!stopping.signal.aborted) {
      const ids = await idsWithoutDeskRow(store.read, BATCH)
      if (ids.length === 0) return
      await store.tx((tx) => putDeskRows(tx, store, ids))
    }
  }

  return {
    /** Makes the rows that are missing, in the background: after a restore it is all of them. */
    start(): void {
      filling = fill().catch((error: unknown) =>
        log.error('The desk’s list could not be made.', { cause: String(error) }),
      )
    },
    async stop(): Promise<void> {
      stopping.abort()
      await filling
    },
    /** Resolves when every story has its row. */
    whole: (): Promise<void> => filling,

    /** The newest changes first, `limit` at a time. */
    async page({ view, by, find = '', after, limit = PAGE }: DeskQuery): Promise<DeskPage> {
      const now = clock.now()
      const order = {
        now,
        state: view === 'all' || view === 'mine' ? null : view,
        mine: view === 'mine' ? by : null,
        words: find.toLowerCase().split(/\s+/).filter(Boolean).slice(0, MOST_WORDS),
        after: cursorOf(after),
        limit: limit + 1,
      }
      const found = await deskRows(order, store.read)
      const rows = found.slice(0, limit)
      const ids = rows.map(({ story_id }) => story_id)
      const pens = await pensOf(store.read, ids, now - PEN_SILENCE_MS)
      const nameless = rows.filter(({ headline }) => headline === '').map(({ story_id }) => story_id)
      const texts = await looseTexts(store.read, nameless)
      const last = rows.at(-1)
      return {
        rows: rows.map((row) => toDeskRow(row, { pens, texts, now })),
        next: found.length > limit && last ? `${last.changed_at}.${last.story_id}` : null,
      }
    },

    /** How many stories, spiked ones aside, are in each section. */
    sections: (): Promise<Map<string, number>> => sectionCounts(store.read),

    /** How many there are in each view. */
    async counts(by: string): Promise<Record<DeskView, number>> {
      const counts = await deskCounts(store.read, { now: clock.now(), mine: by })
      const of = (state: DeskState) => counts.find((one) => one.state === state)?.all ?? 0
      const living = counts.filter(({ state }) => state !== 'spiked')
      return {
        all: living.reduce((sum, { all }) => sum + all, 0),
        mine: living.reduce((sum, { own }) => sum + own, 0),
        draft: of('draft'),
        scheduled: of('scheduled'),
        public: of('public'),
        held: of('held'),
        killed: of('killed'),
        spiked: of('spiked'),
      }
    },
  }
}

const cursorOf = (text: string | undefined) => {
  const found = /^(\d{1,16})\.([\w-]{1,64})$/.exec(text ?? '')
  return found ? { changedAt: Number(found[1]), id: found[2] ?? '' } : null
}

type Beside = { pens: Map<string, string>; texts: Map<string, unknown>; now: number }

const toDeskRow = (row: DeskSourceRow, { pens, texts, now }: Beside): DeskRow => {
  const text = texts.get(row.story_id) as { headline?: unknown; slug?: unknown } | undefined
  const isEmbargoed = row.embargoed === 1 && (row.embargo_until === null || row.embargo_until > now)
  return {
    id: row.story_id,
    slug: row.slug || textOf(text?.slug),
    headline: row.headline || textOf(text?.headline),
    bylines: JSON.parse(row.bylines) as string[],
    owner: row.owner,
    filedBy: row.filed_by,
    madeBy: row.made_by,
    state: row.state,
    shownFrom: row.shown_from,
    stoppedBy: row.killed_by ?? row.spiked_by ?? row.held_by,
    embargo: isEmbargoed ? row.embargo_until : undefined,
    takenDown: row.taken_down_by !== null,
    corrected: row.corrected === 1,
    photo: row.photo === 0 ? 'none' : row.photo === 1 ? 'credited' : 'uncredited',
    audio: row.audio === 1,
    changedAt: row.changed_at,
    writing: pens.get(row.story_id) ?? null,
  }
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')
