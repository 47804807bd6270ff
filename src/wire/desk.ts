import { GroundwaveError } from '../base/errors.ts'
import type { WireRule } from '../config/schema.ts'
import type { NewsItem } from '../formats/news/news-item.ts'
import type { StoryContent, StoryEdit } from '../newsroom/newsroom.ts'
import { readState } from '../newsroom/store.ts'
import type { Tx } from '../store/store.ts'
import { carryOut } from './carry-out.ts'
import type { Plan } from './decide.ts'
import {
  decideUpdate,
  deleteRule,
  findUpdate,
  insertRule,
  listRules,
  rulesOf,
  setPassed,
  setPlace,
  waitingUpdate,
} from './desk-store.ts'
import type { MadeRule, UpdateRow } from './desk-store.ts'
import { timesOf } from './carry-out.ts'
import { readMessage } from './read-message.ts'
import { routeOf } from './routing.ts'
import type { Routing } from './routing.ts'
import { findMessage } from './message-store.ts'
import { findItem } from './item-store.ts'
import { toStory } from './to-story.ts'
import type { WireDeps } from './wire.ts'

/** One item of a source. */
export type ItemKey = { provider: string; itemId: string }

/** An update that waits, and what the story would say with it. */
export type Offer = UpdateRow & { content: StoryContent }

/** What people do with what came. `by` is an account's id. */
export type WireDesk = {
  /** Makes it a draft on the desk, or finds the one it is. @returns the story's id. Throws WIRE_ITEM_UNKNOWN, WIRE_NOT_OURS. */
  take(key: ItemKey, by: string): Promise<string>
  /** Shows it in a section, where it goes on following its source. @returns the story's id. Throws as `take`. */
  publish(key: ItemKey, options: { section: string; by: string }): Promise<string>
  /** Not for us: it leaves the list, and its untouched draft the desk. Throws WIRE_ITEM_UNKNOWN. */
  pass(key: ItemKey, by: string): Promise<void>
  /** Takes that back. Throws WIRE_ITEM_UNKNOWN. */
  unpass(key: ItemKey, by: string): Promise<void>
  /** What waits about a story, or about an item that has none any more; null when nothing does. */
  waiting(which: { storyId: string } | ItemKey): Promise<Offer | null>
  /**
   * The story says what its source says again, and follows it. What was withdrawn or killed begins anew, as a draft.
   * @returns the story's id. Throws WIRE_DECIDED, WIRE_NOT_OURS.
   */
  takeUpdate(id: string, by: string): Promise<string>
  /** What an update is about: whether it would change what is public, and whether that is this person's. Throws WIRE_ITEM_UNKNOWN. */
  standing(id: string, by: string): Promise<{ key: ItemKey; isPublic: boolean; own: boolean }>
  /** Rules of a source that were made in the studio, the one that is asked first first. */
  rules(source: string): Promise<MadeRule[]>
  addRule(source: string, options: { rule: WireRule; by: string }): Promise<void>
  removeRule(id: string, by: string): Promise<void>
  /** Ours stays as it is. Throws WIRE_DECIDED. */
  leaveUpdate(id: string, by: string): Promise<void>
}

type Found = { item: NewsItem; routing: Routing }

export type WireDeskDeps = Pick<WireDeps, 'store' | 'newsroom' | 'sources' | 'copies' | 'clock' | 'ids'>

/** The verbs of the wire's screen. */
export const openWireDesk = (deps: WireDeskDeps): WireDesk => {
  const { store, newsroom, sources, copies, clock, ids } = deps
  const subjectOf = ({ provider, itemId }: ItemKey) => ({ kind: 'wire-item', id: `${provider} ${itemId}` })

  /** The item as its message has it, read by the program of today. */
  const read = async (messageId: string | null, { provider, itemId }: ItemKey) => {
    const source = Object.hasOwn(sources, provider) ? sources[provider] : undefined
    const message = messageId === null ? null : await findMessage(store.read, messageId)
    if (!source || !message) throw new GroundwaveError('WIRE_ITEM_UNKNOWN')
    const { read } = await readMessage(store.read, message, source)
    const item = 'problem' in read ? undefined : read.items.find((one) => one.itemId === itemId)
    if (!item) throw new GroundwaveError('WIRE_ITEM_UNKNOWN')
    const known = await findItem(store.read, { provider, itemId })
    const found = routeOf(item, source, await rulesOf(store.read, provider))
    return { item, routing: { ...found, section: known?.section || found.section } }
  }

  const find = async (key: ItemKey): Promise<Found> => {
    const known = await findItem(store.read, key)
    if (!known) throw new GroundwaveError('WIRE_ITEM_UNKNOWN')
    return read(known.messageId, key)
  }

  /** Its living story, filed now where there is none. */
  const fileIn = async (
    { edit, tx }: { edit: StoryEdit; tx: Tx },
    { item, routing }: Found,
    { anew = false } = {},
  ): Promise<string> => {
    const known = await findItem(tx, item)
    if (item.rights.restriction !== null)
      throw new GroundwaveError('WIRE_NOT_OURS', `It is not shown: ${item.rights.restriction}.`)
    const state = known?.storyId ? await edit.state(known.storyId) : null
    const isLiving = state !== null && !state.killed
    if (!anew && (known?.canceled || state?.killed)) throw new GroundwaveError('WIRE_NOT_OURS')
    const storyId = isLiving && !known?.canceled ? state.id : null
    if (storyId) {
      await edit.unspike(storyId)
      return storyId
    }
    const plan: Plan = { decision: 'desk', action: 'file', publish: false, reasons: [] }
    const carried = await carryOut({ copies, edit, tx, now: clock.now() }, { item, plan, storyId: null, routing })
    return carried.storyId ?? ''
  }

  const take: WireDesk['take'] = async (key, by) => {
    const found = await find(key)
    return newsroom.change('wire', async (edit, tx) => {
      const storyId = await fileIn({ edit, tx }, found)
      await setPlace(tx, key, { storyId, section: found.routing.section, decision: 'desk' })
      store.events.append(tx, { type: 'wire.taken', actor: by, subject: subjectOf(key), data: { storyId } })
      return storyId
    })
  }

  return {
    take,
    async publish(key, { section, by }) {
      const found = await find(key)
      const { item, routing } = found
      const storyId = await newsroom.change('wire', async (edit, tx) => {
        const id = await fileIn({ edit, tx }, found)
        const state = await edit.state(id)
        if (state && state.content.section !== section) await edit.revise(id, { ...state.content, section })
        await setPlace(tx, key, { storyId: id, section, decision: 'published' })
        const data = { storyId: id, section }
        store.events.append(tx, { type: 'wire.published', actor: by, subject: subjectOf(key), data })
        return id
      })
      await newsroom.change(by, async (edit) => {
        const state = await edit.state(storyId)
        if (state?.heldBy === 'wire') await edit.release(storyId)
        await edit.publish(storyId, timesOf(item, { now: clock.now(), expire: routing.expire }))
      })
      return storyId
    },
    async pass(key, by) {
      await newsroom.change(by, async (edit, tx) => {
        const known = await findItem(tx, key)
        if (!known) throw new GroundwaveError('WIRE_ITEM_UNKNOWN')
        await setPassed(tx, key, { by, at: clock.now() })
        const story = known.storyId ? await edit.state(known.storyId) : null
        if (story && !story.killed && story.madeBy === 'wire' && story.publication === null)
          await edit.spike(story.id, 'Passed over on the wire.')
        store.events.append(tx, { type: 'wire.passed', actor: by, subject: subjectOf(key) })
      })
    },
    async unpass(key, by) {
      await newsroom.change(by, async (edit, tx) => {
        const known = await findItem(tx, key)
        if (!known) throw new GroundwaveError('WIRE_ITEM_UNKNOWN')
        await setPassed(tx, key, { by: null, at: clock.now() })
        if (known.storyId) await edit.unspike(known.storyId)
        store.events.append(tx, { type: 'wire.unpassed', actor: by, subject: subjectOf(key) })
      })
    },
    async waiting(which) {
      const update = await waitingUpdate(store.read, which)
      if (!update) return null
      const { item, routing } = await read(update.messageId, update)
      return { ...update, content: toStory(item, routing).content }
    },
    async takeUpdate(id, by) {
      const update = await findUpdate(store.read, id)
      if (!update) throw new GroundwaveError('WIRE_ITEM_UNKNOWN')
      const { item, routing } = await read(update.messageId, update)
      return newsroom.change('wire', async (edit, tx) => {
        const now = clock.now()
        if (!(await decideUpdate(tx, id, { state: 'taken', by, at: now }))) throw new GroundwaveError('WIRE_DECIDED')
        const known = await findItem(tx, update)
        const story = known?.storyId ? await edit.state(known.storyId) : null
        let place: { storyId: string; section: string; decision: string }
        if (story && !story.killed && !known?.canceled) {
          // The place it has is the editors', as is what the staff notes of it.
          const isPublic = story.publication !== null && story.takenDownBy === null && story.spikedBy === null
          const plan: Plan = { decision: 'updated', action: 'revise', publish: isPublic, reasons: [] }
          place = { storyId: story.id, section: story.content.section, decision: 'updated' }
          const kept = { ...routing, section: place.section }
          await carryOut({ copies, edit, tx, now }, { item, plan, storyId: story.id, routing: kept })
        } else {
          const storyId = await fileIn({ edit, tx }, { item, routing }, { anew: true })
          place = { storyId, section: routing.section, decision: 'desk' }
        }
        await setPlace(tx, update, place)
        const { storyId } = place
        const data = { storyId, version: update.version }
        store.events.append(tx, { type: 'wire.update-taken', actor: by, subject: subjectOf(update), data })
        return storyId
      })
    },
    async standing(id, by) {
      const update = await findUpdate(store.read, id)
      if (!update) throw new GroundwaveError('WIRE_ITEM_UNKNOWN')
      const known = await findItem(store.read, update)
      const state = known?.storyId ? await readState(store.read, known.storyId) : null
      return {
        key: { provider: update.provider, itemId: update.itemId },
        isPublic: state !== null && !state.killed && state.publication !== null && state.takenDownBy === null,
        own: state?.madeBy === by,
      }
    },
    rules: (source) => listRules(store.read, source),
    async addRule(source, { rule, by }) {
      await store.tx(async (tx) => {
        const id = ids.next()
        await insertRule(tx, { id, source, rule, by, at: clock.now() })
        const subject = { kind: 'wire-rule', id }
        store.events.append(tx, { type: 'wire.rule-made', actor: by, subject, data: { source, rule } })
      })
    },
    async removeRule(id, by) {
      await store.tx(async (tx) => {
        if (!(await deleteRule(tx, id))) return
        store.events.append(tx, { type: 'wire.rule-removed', actor: by, subject: { kind: 'wire-rule', id } })
      })
    },
    async leaveUpdate(id, by) {
      await store.tx(async (tx) => {
        const update = await findUpdate(tx, id)
        if (!update) throw new GroundwaveError('WIRE_ITEM_UNKNOWN')
        if (!(await decideUpdate(tx, id, { state: 'left', by, at: clock.now() })))
          throw new GroundwaveError('WIRE_DECIDED')
        const data = { storyId: update.storyId, version: update.version }
        store.events.append(tx, { type: 'wire.update-left', actor: by, subject: subjectOf(update), data })
      })
    },
  }
}
