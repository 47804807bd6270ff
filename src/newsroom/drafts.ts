import type { Clock } from '../base/clock.ts'
import { GroundwaveError } from '../base/errors.ts'
import type { Store, Tx } from '../store/store.ts'
import { checkContent } from './content-check.ts'
import * as rows from './draft-store.ts'
import type { CopyRow, PenRow, VersionRow, VisitRow } from './draft-store.ts'
import { differenceOf, isSame } from './difference.ts'
import type { StoryEdit } from './edit.ts'
import type { OpenNewsroom } from './newsroom.ts'
import { contentAt, readState } from './store.ts'
import type { StoryState } from './store.ts'
import type { StoryContent } from './story.ts'

export type { CopyRow, PenRow } from './draft-store.ts'

/** A pen nobody has been seen with for so long is free. Windows are seen every five seconds. */
export const PEN_SILENCE_MS = 45_000

export type DraftDeps = { store: Store; newsroom: Pick<OpenNewsroom, 'change'>; clock: Clock }

/** One window of somebody's browser, at a story. */
export type Writer = { id: string; window: string; account: string }

/** Who is at a story, and how it stands. */
export type Situation = {
  /** Who writes; null when nobody does. */
  pen: PenRow | null
  visits: VisitRow[]
  revision: number
  madeBy: string
  killed: boolean
}

export type Opened = Situation & {
  /** What the window shows: its own text, that of who writes, or the newest revision. */
  content: unknown
  /** Of the window's own last batch; 0 when it never sent one. */
  sequence: number
  /** Of the writer's text that is shown, when that is somebody else's. */
  shown: number
  /** The window has text of its own that is not what it shows: it must go on under another name, or it would lose it. */
  apart: boolean
}

export type Saved = { sequence: number; savedAt: number; pen: PenRow | null; revision: number; madeBy: string }

export type Drafts = ReturnType<typeof openDrafts>

/**
 * Writing. Each window has a copy of its own, which nobody else's can overwrite; the pen says whose copy becomes the
 * next revision. What stands in a copy and in no revision is listed among the versions until it is taken.
 */
export const openDrafts = ({ store, newsroom, clock }: DraftDeps) => {
  const isLive = (pen: PenRow | null): pen is PenRow => pen !== null && clock.now() - pen.seenAt < PEN_SILENCE_MS

  const stateOf = async (tx: Tx, id: string): Promise<StoryState> => {
    const state = await readState(tx, id)
    if (!state) throw new GroundwaveError('STORY_UNKNOWN')
    return state
  }

  /** The window's loose text becomes a revision in its writer's name. False when it stays a copy: it cannot be read, or the story went on without it. */
  const keep = async (edit: StoryEdit, tx: Tx, { id, window, reason, over }: Kept): Promise<KeepResult> => {
    const copy = await rows.copyOf(tx, id, window)
    const state = await stateOf(tx, id)
    if (!copy || !isLoose(copy)) return { is: 'kept', revision: state.revision, made: false }
    const checked = checkContent(copy.content)
    if ('problems' in checked) return { is: 'unreadable', problem: checked.problems[0] }
    const content: StoryContent = { ...checked.content, source: state.content.source, place: state.content.place }
    const done = { window, sequence: copy.sequence }
    if (isSame(differenceOf(state.content, content))) {
      await rows.markKept(tx, id, { ...done, base: state.revision })
      return { is: 'kept', revision: state.revision, made: false }
    }
    const wentOn = copy.base !== state.revision && over !== state.revision
    if (wentOn) return { is: 'behind', state }
    const revision = await edit.revise(id, content, { by: copy.account })
    await rows.markKept(tx, id, { ...done, base: revision })
    if (reason) await rows.insertReason(tx, id, { number: revision, reason })
    return { is: 'kept', revision, made: true }
  }

  /** Gives the pen to a window; who had it before keeps what they wrote, as a revision of theirs. */
  const givePen = async (edit: StoryEdit, tx: Tx, { id, window, account }: Writer, reason: string): Promise<PenRow> => {
    const now = clock.now()
    const before = await rows.penOf(tx, id)
    if (before && before.window !== window) await keep(edit, tx, { id, window: before.window, reason })
    const since = before?.window === window ? before.since : now
    const pen = { window, account, since, seenAt: now }
    await rows.putPen(tx, id, pen)
    return pen
  }

  const situationOf = async (tx: Tx, id: string, state: StoryState): Promise<Situation> => {
    const pen = await rows.penOf(tx, id)
    const visits = await rows.visitsOf(tx, id, clock.now() - PEN_SILENCE_MS)
    const { revision, madeBy, killed } = state
    return { pen: isLive(pen) ? pen : null, visits, revision, madeBy, killed }
  }

  const openIn = async (tx: Tx, { id, window }: Writer): Promise<Opened> => {
    const state = await stateOf(tx, id)
    const situation = await situationOf(tx, id, state)
    const own = await rows.copyOf(tx, id, window)
    const isMine = situation.pen?.window === window
    const theirs = situation.pen && !isMine ? await rows.copyOf(tx, id, situation.pen.window) : null
    const shown = isMine ? own : theirs
    const isShown = shown && isLoose(shown) && shown.base === state.revision && 'content' in checkContent(shown.content)
    return {
      ...situation,
      content: isShown ? shown.content : state.content,
      apart: own !== null && isLoose(own) && !(isMine && isShown),
      sequence: own?.sequence ?? 0,
      shown: theirs?.sequence ?? 0,
    }
  }

  return {
    /** Comes to a story; takes the pen when `writes` and nobody has it. Throws STORY_UNKNOWN. */
    open: ({ writes, ...writer }: Writer & { writes: boolean }): Promise<Opened> =>
      newsroom.change(writer.account, async (edit, tx) => {
        const { id, window, account } = writer
        await stateOf(tx, id)
        await rows.dropVisits(tx, id, { seenBefore: clock.now() - PEN_SILENCE_MS })
        await rows.putVisit(tx, id, { window, account, seenAt: clock.now() })
        const pen = await rows.penOf(tx, id)
        if (writes && (!isLive(pen) || pen.window === window)) await givePen(edit, tx, writer, 'Left without a word')
        return openIn(tx, writer)
      }),

    /**
     * Keeps a batch: the window's whole text, as it is. A batch that was sent before, or comes after a later one,
     * changes nothing. Takes the pen when nobody has it. Throws STORY_UNKNOWN, and NOT_ALLOWED for another's window.
     */
    save: ({ base, sequence, content, ...writer }: Writer & Batch): Promise<Saved> =>
      newsroom.change(writer.account, async (edit, tx) => {
        const { id, window, account } = writer
        const now = clock.now()
        await stateOf(tx, id)
        const copy = await rows.copyOf(tx, id, window)
        if (copy && copy.account !== account)
          throw new GroundwaveError('NOT_ALLOWED', 'This window is somebody else’s.')
        const isNewer = !copy || sequence > copy.sequence
        if (isNewer) {
          await rows.putCopy(tx, id, {
            window,
            account,
            base: copy && isLoose(copy) ? copy.base : Math.max(base, copy?.base ?? 0),
            sequence,
            keptSequence: copy?.keptSequence ?? 0,
            content,
            savedAt: now,
          })
        }
        const pen = await rows.penOf(tx, id)
        if (!isLive(pen) || pen.window === window) await givePen(edit, tx, writer, 'Left without a word')
        const { pen: now_, revision, madeBy } = await situationOf(tx, id, await stateOf(tx, id))
        const saved = isNewer ? { sequence, savedAt: now } : { sequence: copy.sequence, savedAt: copy.savedAt }
        return { ...saved, pen: now_, revision, madeBy }
      }),

    /** Tells that the window is still there, and how things stand; with the writer's text when it is newer than `shown`. */
    here: ({ shown, ...writer }: Writer & { shown: number }): Promise<Situation & { live: CopyRow | null }> =>
      store.tx(async (tx) => {
        const { id, window, account } = writer
        const state = await stateOf(tx, id)
        const now = clock.now()
        await rows.putVisit(tx, id, { window, account, seenAt: now })
        const pen = await rows.penOf(tx, id)
        if (pen?.window === window) await rows.putPen(tx, id, { ...pen, seenAt: now })
        const situation = await situationOf(tx, id, state)
        const other = situation.pen && situation.pen.window !== window ? situation.pen.window : null
        const live = other ? await rows.copyOf(tx, id, other) : null
        return { ...situation, live: live && live.sequence > shown && live.base === state.revision ? live : null }
      }),

    /** Goes: what was written becomes a revision, and the pen is free. */
    leave: (writer: Writer): Promise<void> =>
      newsroom.change(writer.account, async (edit, tx) => {
        const { id, window } = writer
        if (!(await readState(tx, id))) return
        await rows.dropVisits(tx, id, { window })
        const pen = await rows.penOf(tx, id)
        if (pen?.window !== window) return
        await keep(edit, tx, { id, window, reason: null })
        await rows.dropPen(tx, id, window)
      }),

    /** Takes the pen from whoever has it; their text becomes a revision in their name. Throws STORY_UNKNOWN. */
    takeOver: (writer: Writer): Promise<Opened> =>
      newsroom.change(writer.account, async (edit, tx) => {
        const { id, window, account } = writer
        await stateOf(tx, id)
        const before = await rows.penOf(tx, id)
        await rows.putVisit(tx, id, { window, account, seenAt: clock.now() })
        await givePen(edit, tx, writer, 'Taken over')
        if (before && before.window !== window) edit.note(id, 'story.taken-over', { from: before.account })
        return openIn(tx, writer)
      }),

    /** Gives the pen to another window that has the story open. Throws PEN_TAKEN when it is not ours to give. */
    handOver: ({ to, ...writer }: Writer & { to: string }): Promise<void> =>
      newsroom.change(writer.account, async (edit, tx) => {
        const { id, window } = writer
        const pen = await rows.penOf(tx, id)
        const visits = await rows.visitsOf(tx, id, clock.now() - PEN_SILENCE_MS)
        const next = visits.find((visit) => visit.window === to)
        if (pen?.window !== window || !next) throw new GroundwaveError('PEN_TAKEN')
        await givePen(edit, tx, { id, window: to, account: next.account }, 'Handed over')
        edit.note(id, 'story.handed-over', { to: next.account })
      }),

    /**
     * What the window has written becomes a revision, if it says anything new; `then` is done in the same transaction.
     * Throws PEN_TAKEN; DRAFT_UNREADABLE with the place; STORY_MOVED_ON when somebody made a revision since, which the
     * writer must have seen: its number is given as `over`.
     */
    version: <T>(
      { over, ...writer }: Writer & { over?: number },
      then?: Then<T>,
    ): Promise<{ revision: number; done: T | undefined }> =>
      newsroom.change(writer.account, async (edit, tx) => {
        const { id, window } = writer
        const pen = await rows.penOf(tx, id)
        if (isLive(pen) && pen.window !== window) throw new GroundwaveError('PEN_TAKEN')
        const kept = await keep(edit, tx, { id, window, reason: null, ...(over !== undefined && { over }) })
        if (kept.is === 'unreadable')
          throw new GroundwaveError(
            'DRAFT_UNREADABLE',
            kept.problem && `${kept.problem.pointer} ${kept.problem.message}`,
          )
        if (kept.is === 'behind')
          throw new GroundwaveError('STORY_MOVED_ON', `It is at version ${kept.state.revision} now.`)
        return { revision: kept.revision, done: await then?.(edit, await stateOf(tx, id)) }
      }),

    /**
     * An older revision, or a window's loose text, becomes the newest revision. Throws PEN_TAKEN while another writes,
     * VERSION_UNKNOWN, DRAFT_UNREADABLE.
     */
    restore: ({
      id,
      account,
      from,
    }: {
      id: string
      account: string
      from: { number: number } | { window: string }
    }): Promise<number> =>
      newsroom.change(account, async (edit, tx) => {
        const state = await stateOf(tx, id)
        const pen = await rows.penOf(tx, id)
        if (isLive(pen) && pen.account !== account) throw new GroundwaveError('PEN_TAKEN')
        const { source, place } = state.content
        if ('number' in from) {
          const content = await contentAt(tx, id, from.number)
          if (!content) throw new GroundwaveError('VERSION_UNKNOWN')
          const number = await edit.revise(id, { ...content, source, place })
          await rows.insertReason(tx, id, { number, reason: `Version ${from.number} again` })
          return number
        }
        const copy = await rows.copyOf(tx, id, from.window)
        if (!copy) throw new GroundwaveError('VERSION_UNKNOWN')
        const checked = checkContent(copy.content)
        if ('problems' in checked) throw new GroundwaveError('DRAFT_UNREADABLE')
        const number = await edit.revise(id, { ...checked.content, source, place })
        await rows.insertReason(tx, id, { number, reason: 'Taken out of a copy' })
        await rows.markKept(tx, id, { window: from.window, base: number, sequence: copy.sequence })
        return number
      }),

    /** All revisions, and the texts that are in none, the newest first. */
    async versions(id: string): Promise<{ revisions: VersionRow[]; copies: CopyRow[] }> {
      const [revisions, copies] = await Promise.all([rows.versionsOf(store.read, id), rows.looseCopies(store.read, id)])
      return { revisions, copies }
    },

    state: (id: string): Promise<StoryState | null> => readState(store.read, id),
    content: (id: string, number: number): Promise<StoryContent | null> => contentAt(store.read, id, number),
    copy: (id: string, window: string): Promise<CopyRow | null> => rows.copyOf(store.read, id, window),
    /** Who writes at which story now, by the story's id. */
    pens: (): Promise<Map<string, PenRow>> => rows.pensSince(store.read, clock.now() - PEN_SILENCE_MS),
  }
}

const isLoose = ({ sequence, keptSequence }: CopyRow) => sequence > keptSequence

type Batch = { /** The revision it was begun from. */ base: number; sequence: number; content: unknown }
type Then<T> = (edit: StoryEdit, state: StoryState) => Promise<T>
type Kept = { id: string; window: string; reason: string | null; over?: number }
type KeepResult =
  | { is: 'kept'; revision: number; made: boolean }
  | { is: 'behind'; state: StoryState }
  | { is: 'unreadable'; problem: { pointer: string; message: string } | undefined }
