import { createHash } from 'node:crypto'
import type { WireFetch } from '../config/schema.ts'
import { LAST_PLACE } from '../formats/news/cds-query.ts'
import type { CdsPiece, CdsQuery } from '../formats/news/cds-query.ts'
import { ServiceTrouble } from './cds-service.ts'
import { hashesHere, itemsToCheck, markChecked, readPull, savePull, versionsHere, wantsOf } from './pull-store.ts'
import { fetchReferences, wantedBy } from './references.ts'
import type { ReferencesDeps } from './references.ts'
import type { Wire } from './wire.ts'

export type PullDeps = ReferencesDeps & {
  fetch: WireFetch
  wire: Pick<Wire, 'receive' | 'reread'>
  signal: AbortSignal
}

/** Documents of one answer; for tests smaller. */
const PAGE = 100
const CHECK_AT_ONCE = 100
/** Look-ups of one round: a station with thousands of stories is gone through bit by bit. */
const MOST_CHECKS = 10
/** When more than half of a look-up is gone, and more than this, it is rather the service that is another one. */
const SUSPICIOUS = 10

/**
 * Asks a source once for everything that has changed since the newest that has come, a little before it to be sure.
 * What is new goes the way of what is pushed. Can be broken off anywhere: the next round begins where this one had
 * taken everything. Throws ServiceTrouble.
 */
export const pullRound = async (deps: PullDeps, { page = PAGE } = {}): Promise<void> => {
  const { source, fetch, service, store, clock, signal } = deps
  const began = clock.now()
  const { cursor } = await readPull(store.read, source)
  let from = cursor === null ? began - fetch.since : cursor - fetch.overlap
  let newest = cursor ?? from
  // From one change to the next and not by counting places: those move while we read, when a document is changed.
  for (let offset = 0; ;) {
    signal.throwIfAborted()
    const pieces = await service.documents({
      ...queryOf(fetch),
      editorialLastModifiedDateTime: `${new Date(from).toISOString()}...`,
      sort: 'editorialLastModifiedDateTime:asc',
      limit: page,
      offset,
    })
    await takePieces(deps, pieces)
    const times = pieces.map(({ modified }) => modified)
    const isInOrder = times.every((time, at) => at === 0 || time >= (times[at - 1] ?? 0))
    const last = Math.max(from, ...times)
    // A date in the future must not make us blind for what changes until then.
    newest = Math.max(newest, Math.min(last, began))
    const isLast = pieces.length < page
    if (isInOrder || isLast) await store.tx((tx) => savePull(tx, source, { cursor: newest }))
    if (isLast) break
    if (isInOrder && last > from) [from, offset] = [last, 0]
    else if (offset + 2 * page <= LAST_PLACE) offset += page
    else [from, offset] = [from + 1, 0]
  }
  if ((await fetchReferences(deps, await wantsOf(store.read, source, 200))) > 0) await deps.wire.reread()
}

/** The filters of the configuration as CDS names them. */
const queryOf = ({ profiles, collections, owners, query }: WireFetch): CdsQuery => ({
  profileIds: profiles,
  collectionIds: collections,
  ownerHrefs: owners.map((id) => (id.includes('/') ? id : `https://organization.api.npr.org/v4/services/${id}`)),
  ...Object.fromEntries(query.map((one) => [one.slice(0, one.indexOf('=')), one.slice(one.indexOf('=') + 1)])),
})

/** Hands on what has not been here, with what it refers to before it. */
const takePieces = async (deps: PullDeps, pieces: readonly CdsPiece[], via: 'pull' | 'recheck' = 'pull') => {
  const { source, wire, signal } = deps
  const fresh = await unseen(deps, pieces)
  if (fresh.length === 0) return
  const wanted = wantedBy(
    fresh.map(({ text }) => text),
    source,
  )
  if ((await fetchReferences(deps, wanted)) > 0) await wire.reread()
  signal.throwIfAborted()
  // All that are there at once: they share their commits. When one fails, the round does, and the others are not lost.
  const results = await Promise.allSettled(fresh.map(({ text }) => wire.receive(source, Buffer.from(text), via)))
  for (const one of results) if (one.status === 'rejected') throw one.reason
}

const unseen = async ({ source, store }: PullDeps, pieces: readonly CdsPiece[]): Promise<CdsPiece[]> => {
  const hashed = new Map(pieces.map((piece) => [createHash('sha256').update(piece.text).digest('hex'), piece]))
  const versions = await versionsHere(
    store.read,
    source,
    pieces.map(({ id, modified }) => ({ id, version: modified })),
  )
  const hashes = await hashesHere(store.read, source, [...hashed.keys()])
  return [...hashed].flatMap(([hash, piece]) =>
    hashes.has(hash) || versions.has(`${piece.id} ${piece.modified}`) ? [] : [piece],
  )
}

/**
 * Looks up what is here, because no query tells of deletions: what the service itself no longer has is canceled, what
 * has become restricted is taken off. Only the service's own word counts. Throws ServiceTrouble.
 */
export const recheck = async (deps: PullDeps): Promise<void> => {
  const { source, fetch, service, store, clock, signal } = deps
  for (let round = 0; round < MOST_CHECKS; round++) {
    signal.throwIfAborted()
    const before = clock.now() - fetch.recheck
    const items = await itemsToCheck(store.read, source, { before, limit: CHECK_AT_ONCE })
    if (items.length === 0) return
    const ids = items.map(({ id }) => id)
    const found = await service.documents({ ids, limit: ids.length })
    const missing = ids.filter((id) => !found.some((one) => one.id === id))
    const gone: string[] = []
    for (const id of missing) {
      signal.throwIfAborted()
      const answer = await service.document(id)
      if (answer === 'gone') gone.push(id)
      else found.push(answer)
    }
    if (gone.length > SUSPICIOUS && gone.length > ids.length / 2)
      throw new ServiceTrouble(
        `The service says that it has no longer ${gone.length} of ${ids.length} documents. That is not believed: is it the right one? Nothing was withdrawn.`,
      )
    for (const id of gone) await deps.wire.receive(source, Buffer.from(deletionOf(fetch.url, id)), 'recheck')
    await takePieces(deps, found, 'recheck')
    const wasFree = new Set(items.filter(({ decision }) => decision !== 'restricted').map(({ id }) => id))
    for (const { id, text } of found)
      if (wasFree.has(id) && isRestricted(text)) await deps.wire.receive(source, Buffer.from(text), 'recheck')
    await store.tx((tx) => markChecked(tx, source, ids, clock.now()))
    if (items.length < CHECK_AT_ONCE) return
  }
}

/** Whether the document as a whole says that it is not for everybody; whom it is for, intake sees. */
const isRestricted = (text: string): boolean =>
  (JSON.parse(text) as { isRestrictedToAuthorizedOrgServiceIds?: unknown }).isRestrictedToAuthorizedOrgServiceIds ===
  true

/** What CDS itself would send: so it is kept and read as every other message. */
const deletionOf = (url: string, id: string): string =>
  JSON.stringify({
    type: 'document.deleted',
    documentId: id,
    documentUrl: `${url.replace(/\/+$/, '')}/v1/documents/${id}`,
    foundBy: 'looking it up: the service has it no longer',
  })
