import type { ReadonlyKysely } from 'kysely/readonly'
import type { WireConfig } from '../config/schema.ts'
import type { Json } from '../formats/news/cds-json.ts'
import { readOrganizationName } from '../formats/news/cds-organization.ts'
import { readCds } from '../formats/news/cds.ts'
import type { CdsRead } from '../formats/news/cds.ts'
import type { Database } from '../store/store.ts'
import { findReferences } from './item-store.ts'
import type { WireMessage } from './message-store.ts'

export type Readable = Extract<CdsRead, { items: unknown }>

/** A message read with what it refers to, as far as that is here; `known` names what was. */
export const readMessage = async (
  read: ReadonlyKysely<Database>,
  { source, bytes }: WireMessage,
  { services }: Pick<WireConfig, 'services'>,
): Promise<{ read: CdsRead; known: ReadonlySet<string> }> => {
  const options = { provider: source, ours: new Set(services) }
  const first = readCds(bytes, options)
  const wanted = 'problem' in first ? [] : [...first.wanted.documents, ...first.wanted.organizations]
  const known = await findReferences(read, source, wanted)
  if (known.size === 0) return { read: first, known: new Set() }
  const { organizations = [] } = 'problem' in first ? {} : first.wanted
  return {
    read: readCds(bytes, {
      ...options,
      documents: known as Map<string, Json>,
      organizations: new Map(organizations.map((href) => [href, readOrganizationName(known.get(href))])),
    }),
    known: new Set(known.keys()),
  }
}

/** What a message still lacks: nothing of what is here already, whatever it was good for. */
export const wantedOf = ({ items, wanted }: Readable, known: ReadonlySet<string>): string[] =>
  items.length === 0 ? [] : [...wanted.documents, ...wanted.organizations].filter((id) => !known.has(id))
