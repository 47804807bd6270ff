import type { Clock } from '../base/clock.ts'
import { GroundwaveError } from '../base/errors.ts'
import type { Ids } from '../base/ids.ts'
import type { Store, Tx } from '../store/store.ts'
import { pathNameOf, pathOf } from './path-name.ts'
import { insertRecalls, lastRecall } from './recall-store.ts'
import type { Recall } from './recall-store.ts'
import * as rows from './store.ts'
import type { StoryState } from './store.ts'
import type { Correction, StoryContent } from './story.ts'

export type StoryEditDeps = {
  tx: Tx
  store: Pick<Store, 'events' | 'last' | 'notify' | 'now'>
  clock: Clock
  ids: Ids
  /** IANA zone whose calendar the day in a story's address is of. */
  zone: string
  /** An account's id, or `wire`, `folder`. */
  by: string
}

/** Times in milliseconds since the Unix epoch. */
export type PublishOptions = {
  /** Shown from this moment on; now when it is left out. */
  from?: number
  /** Not shown from this moment on. */
  until?: number | null
  /** What readers are told; the time of the first publication, and this moment for a later one, when left out. */
  published?: number
  updated?: number | null
  /** The last part of the address, for a first publication; made of the headline when left out. */
  pathName?: string
  /** The whole address, which must be free; overrules the one it has. */
  path?: string
}

/** The channel on which houses tell each other of stories that have changed, by id. */
export const STORIES_CHANNEL = 'stories'

/** After these something the public may have seen must not be shown any more, by any house. */
const RECALLS = new Set([
  'story.killed',
  'story.taken-down',
  'story.spiked',
  'story.held',
  'story.embargoed',
  'story.corrected',
  'story.correction-removed',
])

/** All that can be done with stories, within one transaction: each verb writes its rows and its event. */
export class StoryEdit {
  readonly changed = new Set<string>()
  /** Events that every house must confirm before anybody is told that it is done. */
  readonly recalls = new Set<string>()
  readonly #newRecalls: Recall[] = []
  readonly #deps: StoryEditDeps
  readonly #now: number

  constructor(deps: StoryEditDeps) {
    this.#deps = deps
    this.#now = deps.clock.now()
  }

  /** A new story, on the desk. @returns its id. */
  async file(content: StoryContent, { id = this.#deps.ids.next() }: { id?: string } = {}): Promise<string> {
    const { tx, by } = this.#deps
    await rows.insertStory(tx, { id, madeAt: this.#now, by })
    await rows.insertRevision(tx, { id, number: 1, content, at: this.#now, by })
    this.#tell('story.filed', id, { headline: content.headline })
    return id
  }

  /** The story as it stands within this transaction; null when there is none. */
  state(id: string): Promise<StoryState | null> {
    return rows.readState(this.#deps.tx, id)
  }

  /**
   * A new revision; what is public stays until `publish`. `by` is whose text it is, where that is somebody else.
   * @returns its number. Throws STORY_UNKNOWN.
   */
  async revise(id: string, content: StoryContent, { by = this.#deps.by }: { by?: string } = {}): Promise<number> {
    const { revision } = await this.#known(id)
    await rows.insertRevision(this.#deps.tx, { id, number: revision + 1, content, at: this.#now, by })
    this.#tell('story.revised', id, { revision: revision + 1, ...(by !== this.#deps.by && { by }) })
    return revision + 1
  }

  /** Writes down what happened to a story besides these verbs: who took the pen. */
  note(id: string, type: `story.${string}`, data: Record<string, unknown> = {}): void {
    this.#tell(type, id, data)
  }

  /** Shows the newest revision to the public. @returns the story's path. Throws STORY_UNKNOWN or STORY_KILLED. */
  async publish(id: string, options: PublishOptions = {}): Promise<string> {
    const { tx, ids, by } = this.#deps
    const state = await this.#living(id)
    const now = this.#now
    const { from = now, until = null } = options
    const published = options.published ?? state.publication?.published ?? Math.max(now, from)
    const updated = options.updated === undefined ? (state.publication && from <= now ? now : null) : options.updated
    const path = options.path ?? state.path ?? (await this.#newPath(state, { at: published, name: options.pathName }))
    if (path !== state.path) await rows.setPath(tx, id, path)
    await rows.deleteStop(tx, 'story_takedowns', id)
    await this.unspike(id)
    const publication = { id: ids.next(), storyId: id, revision: state.revision, from, until, published, updated }
    await rows.insertPublication(tx, { ...publication, at: now, by })
    const told = this.#tell('story.published', id, { revision: state.revision, path, from })
    // What it said until now is recalled with it, and the moment up to which it is shown may be an earlier one.
    if (state.publication) this.#recall(told, id, 'story.published')
    return path
  }

  /** Gives a published story other times, and the address that goes with them: for files whose times count back from the start. */
  async redate(
    id: string,
    { path, ...times }: { path: string; from: number; published: number; updated: number | null },
  ) {
    const state = await this.#living(id)
    if (!state.publication) return
    await rows.setPath(this.#deps.tx, id, path)
    await rows.setPublicationTimes(this.#deps.tx, state.publication.id, times)
    this.#tell('story.redated', id, { path })
  }

  /** Adds a public correction; `at` is the moment readers are told. Throws STORY_UNKNOWN or STORY_KILLED. */
  async correct(id: string, { text, at = this.#now }: { text: string; at?: number }): Promise<void> {
    await this.#living(id)
    await this.#addCorrection(id, { text, at })
  }

  /** Makes the corrections of this source the ones given: new ones are added, those it no longer tells are taken out. */
  async setCorrections(id: string, corrections: readonly Correction[]): Promise<void> {
    const { tx, by } = this.#deps
    const there = (await rows.correctionsOf(tx, id)).filter((one) => one.by === by)
    const wanted = corrections.map(({ at, text }) => ({ at: Date.parse(at), text }))
    const isOne = (a: { at: number; text: string }) => (b: { at: number; text: string }) =>
      a.at === b.at && a.text === b.text
    for (const one of wanted) if (!there.some(isOne(one))) await this.#addCorrection(id, one)
    for (const one of there) {
      if (wanted.some(isOne(one))) continue
      await rows.deleteCorrection(tx, one.id)
      this.#tell('story.correction-removed', id, { at: one.at, text: one.text })
    }
  }

  /** Recalls a story for ever. A second kill changes nothing, and is waited for like the first. Throws STORY_UNKNOWN. */
  async kill(id: string, { reason, note = '' }: { reason: string; note?: string }): Promise<void> {
    const { tx, by } = this.#deps
    if (await rows.insertKill(tx, { id, at: this.#now, by, reason, note })) {
      this.#tell('story.killed', id, { reason, note })
      return
    }
    await this.#known(id)
    // Who asks again wants to know that it is done, and may be asking because the first answer never came.
    const before = await lastRecall(tx, id, 'story.killed')
    if (before) this.recalls.add(before)
  }

  /** Takes a story from the site, without a word to its readers; `publish` brings it back. Throws STORY_UNKNOWN. */
  async takeDown(id: string, reason: string): Promise<void> {
    await this.#known(id)
    await rows.insertStop(this.#deps.tx, 'story_takedowns', { id, at: this.#now, by: this.#deps.by, reason })
    this.#tell('story.taken-down', id, { reason })
  }

  /** Throws a story away: off the desk and off the site. It is kept; `unspike` brings it back to the desk. Throws STORY_UNKNOWN. */
  async spike(id: string, reason = ''): Promise<void> {
    await this.#known(id)
    const { tx, by } = this.#deps
    if (await rows.insertStop(tx, 'story_spikes', { id, at: this.#now, by, reason }))
      this.#tell('story.spiked', id, { reason })
  }

  async unspike(id: string): Promise<void> {
    if (await rows.deleteStop(this.#deps.tx, 'story_spikes', id)) this.#tell('story.unspiked', id)
  }

  /** Keeps a story from going out, or recalls it until `release`. Throws STORY_UNKNOWN. */
  async hold(id: string, reason: string): Promise<void> {
    await this.#known(id)
    await rows.insertStop(this.#deps.tx, 'story_holds', { id, at: this.#now, by: this.#deps.by, reason })
    this.#tell('story.held', id, { reason })
  }

  async release(id: string): Promise<void> {
    if (await rows.deleteStop(this.#deps.tx, 'story_holds', id)) this.#tell('story.released', id)
  }

  /** Not before this moment, ms since the epoch; null: not until it is lifted. Throws STORY_UNKNOWN. */
  async embargo(id: string, until: number | null): Promise<void> {
    await this.#known(id)
    await rows.setEmbargo(this.#deps.tx, { id, until, at: this.#now, by: this.#deps.by })
    this.#tell('story.embargoed', id, { until })
  }

  async liftEmbargo(id: string): Promise<void> {
    if (await rows.deleteEmbargo(this.#deps.tx, id)) this.#tell('story.embargo-lifted', id)
  }

  /** Tells the other houses once this is committed. The last of this transaction. */
  tellOthers(): void {
    const { tx, store } = this.#deps
    insertRecalls(tx, store, this.#newRecalls)
    for (const id of this.changed) store.notify(tx, STORIES_CHANNEL, id)
  }

  async #addCorrection(id: string, { text, at }: { text: string; at: number }): Promise<void> {
    const { tx, ids, by } = this.#deps
    await rows.insertCorrection(tx, { id: ids.next(), storyId: id, at, text, madeAt: this.#now, by })
    this.#tell('story.corrected', id, { at, text })
  }

  async #newPath({ id, content }: StoryState, { at, name }: { at: number; name: string | undefined }): Promise<string> {
    const { tx, zone } = this.#deps
    const base = pathOf({ section: content.section, at, zone, name: name ?? pathNameOf(content.headline) })
    let path = base
    for (let n = 2; await rows.pathIsTaken(tx, path, id); n++) path = `${base}-${n}`
    return path
  }

  async #known(id: string): Promise<StoryState> {
    const state = await this.state(id)
    if (!state) throw new GroundwaveError('STORY_UNKNOWN')
    return state
  }

  async #living(id: string): Promise<StoryState> {
    const state = await this.#known(id)
    if (state.killed) throw new GroundwaveError('STORY_KILLED')
    return state
  }

  /** @returns the event's id. */
  #tell(type: string, id: string, data: Record<string, unknown> = {}): string {
    const { tx, store, by } = this.#deps
    this.changed.add(id)
    const event = store.events.append(tx, { type, actor: by, subject: { kind: 'story', id }, data })
    if (RECALLS.has(type)) this.#recall(event, id, type)
    return event
  }

  #recall(event: string, story: string, type: string): void {
    this.recalls.add(event)
    this.#newRecalls.push({ event, story, type })
  }
}
