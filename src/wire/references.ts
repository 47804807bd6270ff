import type { Clock } from '../base/clock.ts'
import type { Log } from '../base/log.ts'
import { isOrganizationAddress, readOrganizationName } from '../formats/news/cds-organization.ts'
import { readCds } from '../formats/news/cds.ts'
import type { Store } from '../store/store.ts'
import { ServiceTrouble } from './cds-service.ts'
import type { CdsService } from './cds-service.ts'
import { freshReferences } from './pull-store.ts'
import { saveReference } from './item-store.ts'

export type ReferencesDeps = {
  source: string
  service: CdsService
  store: Store
  clock: Clock
  log: Log
  /** What was asked for in vain, and when, ms since the epoch. */
  vain: Map<string, number>
}

/** A name or a biography is taken to stand for so long. */
const FRESH_MS = 86_400_000
const ASK_AGAIN_MS = 3_600_000
const AT_ONCE = 50

/** What these documents refer to and what a story of them would lack: ids of documents, addresses of organisations. */
export const wantedBy = (texts: readonly string[], source: string): string[] => {
  const read = readCds(`[${texts.join(',')}]`, { provider: source })
  return 'problem' in read ? [] : [...read.wanted.documents, ...read.wanted.organizations]
}

/**
 * Fetches what others refer to, where it is not here yet or a day old, and keeps it as it came. Trouble with it keeps
 * nobody waiting: a story goes out without, and is made whole when it comes.
 * @returns how many came.
 */
export const fetchReferences = async (deps: ReferencesDeps, wanted: readonly string[]): Promise<number> => {
  const { source, store, clock, log, vain } = deps
  const now = clock.now()
  for (const [id, at] of vain) if (now - at > ASK_AGAIN_MS) vain.delete(id)
  const ids = [...new Set(wanted)].filter((id) => id.length <= 500 && !vain.has(id))
  const fresh = await freshReferences(store.read, source, { ids, since: now - FRESH_MS })
  const missing = ids.filter((id) => !fresh.has(id))
  let came = 0
  try {
    const documents = missing.filter((id) => !isOrganizationAddress(id))
    for (let at = 0; at < documents.length; at += AT_ONCE)
      came += await fetchDocuments(deps, documents.slice(at, at + AT_ONCE))
    for (const href of missing.filter(isOrganizationAddress)) came += await fetchOrganization(deps, href)
  } catch (error) {
    if (!(error instanceof ServiceTrouble)) throw error
    log.warn('What stories refer to could not be fetched; they go out without it.', { source, cause: error.message })
  }
  return came
}

const fetchDocuments = async (deps: ReferencesDeps, ids: readonly string[]): Promise<number> => {
  const { source, service, store, clock, vain } = deps
  const pieces = await service.documents({ ids, limit: ids.length })
  const came = pieces.filter(({ id }) => ids.includes(id))
  for (const id of ids) if (!came.some((one) => one.id === id)) vain.set(id, clock.now())
  await store.tx(async (tx) => {
    for (const { id, text } of came) {
      const read = readCds(text, { provider: source })
      const kind = 'references' in read ? (read.references[0]?.kind ?? 'document') : 'document'
      await saveReference(tx, {
        provider: source,
        id,
        kind,
        document: JSON.parse(text) as unknown,
        at: clock.now(),
      })
    }
  })
  return came.length
}

const fetchOrganization = async ({ source, service, store, clock, log, vain }: ReferencesDeps, href: string) => {
  try {
    const document = await service.organization(href)
    if (!readOrganizationName(document)) throw new ServiceTrouble('It tells no name.')
    const row = { provider: source, id: href, kind: 'organization', document, at: clock.now() }
    await store.tx((tx) => saveReference(tx, row))
    return 1
  } catch (error) {
    if (!(error instanceof ServiceTrouble)) throw error
    vain.set(href, clock.now())
    log.warn('The name of an organisation could not be fetched.', { source, href, cause: error.message })
    return 0
  }
}
