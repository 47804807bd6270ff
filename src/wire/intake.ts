import type { WireConfig, WireRule } from '../config/schema.ts'
import type { CdsRead } from '../formats/news/cds.ts'
import type { StoryEdit } from '../newsroom/newsroom.ts'
import type { NewsItem } from '../formats/news/news-item.ts'
import type { Tx } from '../store/store.ts'
import { carryOut, timesOf } from './carry-out.ts'
import { decide } from './decide.ts'
import type { Plan } from './decide.ts'
import { hashOf, wordsOf } from './fingerprint.ts'
import { readMessage, wantedOf } from './read-message.ts'
import type { Readable } from './read-message.ts'
import { routeOf } from './routing.ts'
import { isBeingWritten, rulesOf } from './desk-store.ts'
import {
  arrivalsOf,
  insertArrival,
  markRead,
  markReread,
  setQuarantine,
  setWants,
  wasQuarantined,
} from './message-store.ts'
import { countVersion, endUpdates, findItem, insertUpdate, saveItem, saveReference, wasHere } from './item-store.ts'
import type { WireMessage } from './message-store.ts'
import type { WireItem } from './item-store.ts'
import type { Receipt, WireDeps } from './wire.ts'

/** Most sentences told of one item. */
const MOST_REASONS = 40

export type Taken = {
  receipts: Receipt[]
  /** Whether documents came that others may have been waiting for. */
  references: boolean
}

export type TakeOptions = {
  /** Read once more: by a later program, or with what it refers to. What is as it was makes no row. */
  again?: boolean
}

type Given = { message: WireMessage; source: WireConfig }

/** Reads messages that are in the inbox, and does what follows from them, in one transaction. @returns one for each. */
export const takeIn = async (
  deps: WireDeps,
  messages: readonly Given[],
  { again = false }: TakeOptions = {},
): Promise<Taken[]> => {
  const { store, newsroom, clock } = deps
  const given: (Given & Awaited<ReturnType<typeof readMessage>>)[] = []
  for (const one of messages) given.push({ ...one, ...(await readMessage(store.read, one.message, one.source)) })
  return newsroom.change('wire', async (edit, tx) => {
    const rules = new Map<string, WireRule[]>()
    for (const { message } of given) rules.set(message.source, [])
    for (const source of rules.keys()) rules.set(source, await rulesOf(tx, source))
    const taken: Taken[] = []
    for (const { message, source, read, known } of given) {
      const made = rules.get(message.source) ?? []
      const place = { ...deps, message, source, made, edit, tx, again, now: clock.now() }
      taken.push(await takeMessage(place, { read, found: known }))
    }
    return taken
  })
}

type MessageDeps = WireDeps & {
  message: WireMessage
  source: WireConfig
  /** Rules of the source that were made in the studio. */
  made: readonly WireRule[]
  edit: StoryEdit
  tx: Tx
  again: boolean
  now: number
}

const takeMessage = async (
  deps: MessageDeps,
  { read, found }: { read: CdsRead; found: ReadonlySet<string> },
): Promise<Taken> => {
  const { message, tx, again, now } = deps
  const known = 'problem' in read ? null : read
  const refused = 'problem' in read ? [read.problem] : read.problems
  // Another house has read it since.
  if (!again && !(await markRead(tx, message.id, now)))
    return { receipts: await arrivalsOf(tx, message.id), references: false }
  const receipts: Receipt[] = []
  for (const { id, kind, document } of known?.references ?? [])
    await saveReference(tx, { provider: message.source, id, kind, document, at: now })
  for (const item of known?.items ?? []) receipts.push(await takeItem(deps, item))
  for (const { pointer, message: text, mend } of refused)
    receipts.push(quarantined(`${text} ${mend}${pointer && ` (At ${pointer}.)`}`))
  if (receipts.length === 0) receipts.push(withoutItems(known))
  const wanted = known ? wantedOf(known, found) : []
  if (again || wanted.length > 0) await setWants(tx, { provider: message.source, messageId: message.id, wanted })
  await writeDown(deps, receipts)
  return { receipts, references: (known?.references.length ?? 0) > 0 }
}

/** What became of each item, and whether some of it waits for a program that can read it. */
const writeDown = async (deps: MessageDeps, receipts: Receipt[]): Promise<void> => {
  const { ids, log, store, tx, message, again, now } = deps
  const unreadable = receipts.some(({ decision }) => decision === 'quarantined')
  if (again) await markReread(tx, message.id, { at: now, unreadable })
  else if (unreadable) await setQuarantine(tx, message.id, now)
  for (const { item, decision, storyId, reasons } of receipts) {
    if (again && (decision === 'duplicate' || decision === 'older')) continue
    if (again && decision === 'quarantined' && (await wasQuarantined(tx, message.id, reasons))) continue
    const { provider, id, version } = item ?? { provider: message.source, id: null, version: null }
    const row = { messageId: message.id, provider, itemId: id, version, decision, storyId, reasons, at: now }
    await insertArrival(tx, { id: ids.next(), ...row })
    if (decision !== 'quarantined') continue
    log.warn('A message of a wire could not be read; it is kept.', { source: message.source, reason: reasons[0] })
    const subject = { kind: 'wire-message', id: message.id }
    store.events.append(tx, { type: 'wire.quarantined', actor: 'wire', subject, data: { reasons } })
  }
}

const takeItem = async (deps: MessageDeps, item: NewsItem): Promise<Receipt> => {
  const { tx, edit, source, made, now, again, ids } = deps
  const messageId = deps.message.id
  const known = await findItem(tx, item)
  const before = known?.storyId ? await edit.state(known.storyId) : null
  const here = await wasHere(tx, item, item.version)
  const contentHash = hashOf(item)
  const isSame = contentHash !== null && known?.contentHash === contentHash
  const isWritten = before !== null && (await isBeingWritten(tx, before.id))
  const found = routeOf(item, source, made)
  // Where an editor has put it, it stays.
  const routing = { ...found, section: known?.section || found.section }
  const { section } = routing
  const { until } = timesOf(item, { now, expire: routing.expire })
  const plan = decide({ item, known, wasHere: here, again, isSame, story: before, isWritten, routing, until, now })
  const carried = await carryOut(deps, { item, plan, storyId: known?.storyId ?? null, routing })
  const { storyId } = carried
  const { provider, itemId: id, version } = item
  if (item.notes.length > 0 && plan.decision !== 'duplicate' && plan.decision !== 'older')
    deps.log.info('Parts of an item have no place here, or were mended.', {
      source: provider,
      item: id,
      parts: item.notes.length,
      first: item.notes[0]?.text,
    })
  if (plan.decision === 'older') await countVersion(tx, item)
  else if (plan.decision !== 'duplicate') {
    const next = { ...facts(item, known), contentHash, messageId, storyId, section, decision: plan.decision }
    const isNew = known !== null && item.version !== known.version && !here
    await saveItem(tx, item, { item: { ...next, versions: (known?.versions ?? 1) + (isNew ? 1 : 0) }, at: now })
    if (plan.decision === 'waiting')
      await insertUpdate(tx, {
        id: ids.next(),
        provider,
        itemId: id,
        version,
        messageId,
        storyId,
        reason: plan.reasons[0] ?? '',
        at: now,
      })
    else if (known) await endUpdates(tx, item, now)
  }
  const path = carried.path ?? (known?.storyId ? await pathOf(edit, known.storyId) : null)
  return { item: { provider, id, version }, decision: plan.decision, storyId, path, reasons: reasonsOf(item, plan) }
}

/** Where a story that was here before stands, if it does. */
const pathOf = async (edit: StoryEdit, storyId: string): Promise<string | null> => {
  const state = await edit.state(storyId)
  return state?.publication && !state.killed ? state.path : null
}

/** What the desk is shown of an item: of a deletion what was there before it. */
const facts = (item: NewsItem, known: WireItem | null) => {
  const isGone = item.pubstatus === 'canceled'
  return {
    version: item.version ?? known?.version ?? null,
    canceled: isGone || (known?.canceled ?? false),
    kind: isGone ? (known?.kind ?? '') : item.kind,
    headline: isGone ? (known?.headline ?? '') : item.headline,
    words: isGone ? (known?.words ?? 0) : wordsOf(item),
    pubstatus: item.pubstatus,
    embargo: item.embargoUntil,
  }
}

const reasonsOf = ({ notes, restricted }: NewsItem, { reasons }: Plan): string[] =>
  [
    ...reasons,
    ...restricted.map(({ id, what, reason }) => `The ${what} ${id} is left out: ${reason}.`),
    ...notes.map(({ pointer, text }) => (pointer ? `${text} (At ${pointer}.)` : text)),
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
