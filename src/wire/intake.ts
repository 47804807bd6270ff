import type { Json } from '../formats/news/cds-json.ts'
import { readCds } from '../formats/news/cds.ts'
import type { CdsRead } from '../formats/news/cds.ts'
import type { NewsItem } from '../formats/news/news-item.ts'
import type { WireConfig } from '../config/schema.ts'
import type { StoryEdit } from '../newsroom/newsroom.ts'
import type { Tx } from '../store/store.ts'
import { decide } from './decide.ts'
import type { Plan } from './decide.ts'
import {
  arrivalsOf,
  findItem,
  findReferences,
  insertArrival,
  markRead,
  saveItem,
  saveReference,
  wasHere,
} from './store.ts'
import type { WireMessage } from './store.ts'
import { toStory } from './to-story.ts'
import type { Receipt, WireDeps } from './wire.ts'

/** Most sentences told of one item. */
const MOST_REASONS = 40

/** Reads a message that is in the inbox, and does what follows from it, in one transaction. */
export const takeIn = async (deps: WireDeps, message: WireMessage, source: WireConfig): Promise<Receipt[]> => {
  const { newsroom, store, clock, ids, log } = deps
  const read = await readMessage(deps, message)
  const known = 'problem' in read ? null : read
  const refused = 'problem' in read ? [read.problem] : read.problems

  return newsroom.change('wire', async (edit, tx) => {
    const now = clock.now()
    // Another house has read it since.
    if (!(await markRead(tx, message.id, now))) return arrivalsOf(tx, message.id)
    const receipts: Receipt[] = []
    for (const { id, kind, document } of known?.references ?? [])
      await saveReference(tx, { provider: message.source, id, kind, document, at: now })
    for (const item of known?.items ?? []) receipts.push(await takeItem({ ...deps, source, edit, tx, now }, item))
    for (const { pointer, message: text, mend } of refused)
      receipts.push(quarantined(`${pointer || 'The whole message'}: ${text} ${mend}`))
    if (receipts.length === 0) receipts.push(withoutItems(known))

    for (const { item, decision, storyId, reasons } of receipts) {
      const { provider, id, version } = item ?? { provider: message.source, id: null, version: null }
      const row = { messageId: message.id, provider, itemId: id, version, decision, storyId, reasons, at: now }
      await insertArrival(tx, { id: ids.next(), ...row })
      if (decision !== 'quarantined') continue
      log.warn('A message of a wire could not be read; it is kept.', { source: message.source, reason: reasons[0] })
      const subject = { kind: 'wire-message', id: message.id }
      store.events.append(tx, { type: 'wire.quarantined', actor: 'wire', subject, data: { reasons } })
    }
    return receipts
  })
}

type ItemDeps = WireDeps & { source: WireConfig; edit: StoryEdit; tx: Tx; now: number }

const takeItem = async (deps: ItemDeps, item: NewsItem): Promise<Receipt> => {
  const { tx, edit, source, now } = deps
  const known = await findItem(tx, item)
  const before = known?.storyId ? await edit.state(known.storyId) : null
  const here = await wasHere(tx, item, item.version)
  const plan = decide({ item, known, wasHere: here, story: before, route: source.route, now })
  const storyId = await carryOut(deps, { item, plan, storyId: known?.storyId ?? null })
  if (plan.decision !== 'duplicate' && plan.decision !== 'older') {
    const isCanceled = item.pubstatus === 'canceled' || (known?.canceled ?? false)
    await saveItem(tx, item, { version: item.version ?? known?.version ?? null, canceled: isCanceled, storyId })
  }
  const state = storyId ? await edit.state(storyId) : null
  const { provider, itemId: id, version } = item
  const path = state?.publication && !state.killed ? state.path : null
  return { item: { provider, id, version }, decision: plan.decision, storyId, path, reasons: reasonsOf(item, plan) }
}

type Order = { item: NewsItem; plan: Plan; storyId: string | null }

/** Does what the plan says. @returns the id of the item's story. */
const carryOut = async (deps: ItemDeps, { item, plan, storyId }: Order): Promise<string | null> => {
  const { edit, tx, source, copies, now } = deps
  const { action } = plan
  if (action === null) return storyId
  if (action === 'recall' || action === 'hold') {
    if (!storyId) return null
    const reason = plan.reasons[0] ?? ''
    await (action === 'recall' ? edit.kill(storyId, { reason, note: NOTE }) : edit.hold(storyId, reason))
    return storyId
  }
  const { content, wanted } = toStory(item, source.section)
  const id = storyId ?? (await edit.file(content))
  if (storyId) await edit.revise(storyId, content)
  await copies.want(tx, wanted)
  await edit.setCorrections(
    id,
    item.corrections.map(({ at, text }) => ({ at, text })),
  )
  await setEmbargo(edit, id, item.embargoUntil, now)
  if (action === 'file and hold') await edit.hold(id, plan.reasons[0] ?? '')
  // What only the source held is free again with a version that may be shown.
  else if ((await edit.state(id))?.heldBy === 'wire') await edit.release(id)
  if (plan.publish) await edit.publish(id, timesOf(item, now))
  return id
}

const NOTE = 'Its source has withdrawn it.'

const setEmbargo = async (edit: StoryEdit, id: string, embargo: string | null, now: number): Promise<void> => {
  const until = embargo === null || embargo === 'open' ? null : Date.parse(embargo)
  if (embargo !== null && (until === null || until > now)) await edit.embargo(id, until)
  else await edit.liftEmbargo(id)
}

const timesOf = ({ published, updated, expires }: NewsItem, now: number) => {
  const first = published === null ? undefined : Date.parse(published)
  const last = updated === null ? null : Date.parse(updated)
  return {
    from: Math.max(now, first ?? now),
    until: expires === null ? null : Date.parse(expires),
    ...(first !== undefined && { published: first }),
    updated: last !== null && last > (first ?? 0) ? last : null,
  }
}

const reasonsOf = ({ notes, restricted }: NewsItem, { reasons }: Plan): string[] =>
  [
    ...reasons,
    ...restricted.map(({ id, what, reason }) => `The ${what} ${id} is left out: ${reason}.`),
    ...notes.map(({ pointer, text }) => (pointer ? `${pointer}: ${text}` : text)),
  ].slice(0, MOST_REASONS)

const quarantined = (reason: string): Receipt => ({
  item: null,
  decision: 'quarantined',
  storyId: null,
  path: null,
  reasons: [reason],
})

/** A message of documents that others refer to is no story, and no failure either. */
const withoutItems = (read: Readable | null): Receipt => {
  const { references = [], wanted } = read ?? {}
  if (references.length > 0)
    return {
      ...quarantined(''),
      decision: 'updated',
      reasons: references.map(({ id, kind }) => `Kept for the stories that refer to it: ${kind} ${id}.`),
    }
  const missing = wanted?.documents.map((id) => `The message only names the document ${id}; send the document.`)
  return { ...quarantined(''), reasons: missing?.length ? missing : ['There is no document in it.'] }
}

type Readable = Extract<CdsRead, { items: unknown }>

/** Reads once to see what is referred to, and again with what of that is known. */
const readMessage = async ({ store }: WireDeps, { source, bytes }: WireMessage): Promise<CdsRead> => {
  const first = readCds(bytes, { provider: source })
  if ('problem' in first || first.wanted.documents.length === 0) return first
  const documents = await findReferences(store.read, source, first.wanted.documents)
  return documents.size === 0 ? first : readCds(bytes, { provider: source, documents: documents as Map<string, Json> })
}
