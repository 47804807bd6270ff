import { itemKinds, kindOf, referenceKinds, type CdsReading } from './cds-document.ts'
import { field, isJson, pointerTo, textField, type Json } from './cds-json.ts'
import { readItem } from './cds-item.ts'
import { emptyItem, type NewsItem } from './news-item.ts'

/** What is wrong, where (RFC 6901 pointer into the message) and how to mend it: sentences for a person. */
export type CdsProblem = { pointer: string; message: string; mend: string }

export type CdsRead =
  | { problem: CdsProblem }
  | {
      items: NewsItem[]
      /** Documents of the message that could not be read; the rest stands. */
      problems: CdsProblem[]
      /** Documents that items refer to, by id, to be handed to later calls: biographies, transcripts, collections. */
      references: { id: string; kind: string; title: string; document: Json }[]
      /** Document ids to fetch and organisation addresses to resolve for items to be complete; then read again. */
      wanted: { documents: string[]; organizations: string[] }
    }

export type CdsOptions = {
  /** The wire's name: with the document's id the identity. */
  provider?: string
  /** Documents known from before, by id, as CDS gave them. */
  documents?: ReadonlyMap<string, Json>
  /** Names of organisations by service id (`s1`) or address (Organization Service v4). */
  organizations?: ReadonlyMap<string, string>
  /** Service ids of this station: what is restricted to one of them may be shown. */
  ours?: ReadonlySet<string>
}

const wellKnown = new Map([['s1', 'NPR']])
const documentId = /^([1-9]+[0-9]*(-[a-z0-9-]+)?|[a-z]+[a-z0-9]*-[a-z0-9-]+)$/

/**
 * A CDS message: the API's answer `{resources: […]}`, one document alone, a notification, or an array of either.
 * Never throws. `problem` when nothing in it can be read; an answer without documents is no problem.
 * Profiles and schemas of CDS v1.
 */
export const readCds = (bytes: Uint8Array | string, options: CdsOptions = {}): CdsRead => {
  const parsed = parse(bytes)
  if ('problem' in parsed) return parsed
  const places = placesIn(parsed.value)
  if ('problem' in places) return places

  const documents = new Map(options.documents)
  for (const { value } of places) if (isJson(value) && field(value, 'id')) documents.set(textField(value, 'id'), value)
  const context = {
    documents,
    organizations: new Map([...wellKnown, ...(options.organizations ?? [])]),
    ours: options.ours ?? new Set<string>(),
    wanted: { documents: new Set<string>(), organizations: new Set<string>() },
    provider: options.provider ?? 'npr-cds',
  }
  const items: NewsItem[] = []
  const problems: CdsProblem[] = []
  const references: Extract<CdsRead, { items: unknown }>['references'] = []
  for (const { value, pointer } of places) {
    const read = readOne(value, pointer, context)
    if ('problem' in read) problems.push(read.problem)
    else if ('reference' in read) references.push(read.reference)
    else if ('item' in read) items.push(read.item)
    else context.wanted.documents.add(read.fetch)
  }
  const [first] = problems
  if (first && problems.length === places.length) return { problem: first }
  return {
    items,
    problems,
    references,
    wanted: { documents: [...context.wanted.documents], organizations: [...context.wanted.organizations] },
  }
}

type Context = Pick<CdsReading, 'documents' | 'organizations' | 'ours' | 'wanted'> & { provider: string }
type One =
  | { item: NewsItem }
  | { reference: { id: string; kind: string; title: string; document: Json } }
  | { fetch: string }
  | { problem: CdsProblem }

const readOne = (value: unknown, pointer: string, { provider, ...context }: Context): One => {
  if (!isJson(value))
    return problem(pointer, 'This is not a document: it is not a JSON object.', 'Send documents as CDS gives them.')
  const notified = readNotification(value, pointer, provider) ?? readFailure(value, pointer)
  if (notified) return notified
  const id = textField(value, 'id')
  if (!documentId.test(id) || id.length > 200) {
    return problem(
      pointerTo(pointer, 'id'),
      Object.hasOwn(value, 'id') ? 'The document has an id that CDS does not allow.' : 'The document has no id.',
      'Give it an id such as lakes-1001: small letters, digits and hyphens.',
    )
  }
  const kind = kindOf(value)
  if (referenceKinds.has(kind)) {
    return { reference: { id, kind, title: textField(value, 'title'), document: value } }
  }
  if (!itemKinds.has(kind)) {
    return kind
      ? problem(
          pointerTo(pointer, 'profiles'),
          `A document of type ${kind} is no story, episode or newscast.`,
          'Leave it out of the query, or send the document it is part of.',
        )
      : problem(
          pointerTo(pointer, 'profiles'),
          'The document has no type profile.',
          'Give one of its profiles the rel "type", such as /v1/profiles/story.',
        )
  }
  if (!textField(value, 'title').trim()) {
    return problem(
      pointerTo(pointer, 'title'),
      'The document has no title.',
      'The profile publishable requires one; it becomes the headline.',
    )
  }
  const reading: CdsReading = { ...context, document: value, pointer, notes: [], restricted: [] }
  if (!Array.isArray(field(value, 'profiles'))) reading.notes.push({ pointer, text: 'No profiles; read as a story.' })
  return { item: readItem(reading, { provider, kind }) }
}

/** A webhook message: a deletion is an item that is canceled, in all versions; the others name a document to fetch. */
const readNotification = (value: Json, pointer: string, provider: string): One | null => {
  if (textField(value, 'Type') === 'SubscriptionConfirmation') {
    return problem(
      pointerTo(pointer, 'Type'),
      'This is the confirmation of a subscription, not a document.',
      'POST it as it is to /v1/subscriptions/confirmations of the API within five minutes.',
    )
  }
  const event = textField(value, 'type')
  if (!event.startsWith('document.')) return null
  // NPR's own samples write the id as a number too.
  const itemId = idText(field(value, 'documentId'))
  if (!documentId.test(itemId))
    return problem(pointerTo(pointer, 'documentId'), 'The notification names no document.', 'Send it as CDS wrote it.')
  if (event !== 'document.deleted') return { fetch: itemId }
  return { item: { ...emptyItem({ provider, itemId, version: null, pubstatus: 'canceled' }), kind: 'deleted' } }
}

const idText = (id: unknown): string => (typeof id === 'string' || typeof id === 'number' ? String(id) : '')

const problem = (pointer: string, message: string, mend: string): { problem: CdsProblem } => ({
  problem: { pointer, message, mend },
})

const parse = (bytes: Uint8Array | string): { value: unknown } | { problem: CdsProblem } => {
  try {
    const text = typeof bytes === 'string' ? bytes : new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return { value: JSON.parse(text.replace(/^\uFEFF/, '')) }
  } catch (error) {
    // V8 quotes the text in its message; a quarantine page need not.
    const where = error instanceof SyntaxError ? /position \d+( \(line \d+ column \d+\))?/.exec(error.message)?.[0] : ''
    return error instanceof SyntaxError
      ? problem('', `This is not JSON${where ? ` (${where})` : ''}.`, 'Send the answer of the API as it came.')
      : problem('', 'This is not text in UTF-8.', 'CDS writes JSON in UTF-8; send the answer of the API as it came.')
  }
}

/** CDS says what went wrong in `{meta: {messages}}`, in the place of documents. */
const readFailure = (value: Json, pointer: string): { problem: CdsProblem } | null => {
  const meta = field(value, 'meta')
  const messages = isJson(meta) && !Object.hasOwn(value, 'id') ? field(meta, 'messages') : undefined
  if (!Array.isArray(messages)) return null
  return problem(
    pointerTo(pointer, 'meta', 'messages'),
    `CDS answered with an error: ${messages.join('; ').slice(0, 500)}`,
    'Mend the query or the token and ask again.',
  )
}

/** The documents of a message and where each is. */
const placesIn = (value: unknown): { value: unknown; pointer: string }[] | { problem: CdsProblem } => {
  if (Array.isArray(value)) {
    if (value.length === 0)
      return problem('', 'This is an empty array.', 'An answer without documents is {"resources": []}.')
    return value.flatMap((one: unknown, at) => {
      const inner = isJson(one) && Array.isArray(field(one, 'resources')) ? placesIn(one) : null
      if (!inner || 'problem' in inner) return [{ value: one, pointer: `/${at}` }]
      return inner.map((place) => ({ ...place, pointer: `/${at}${place.pointer}` }))
    })
  }
  if (!isJson(value))
    return problem(
      '',
      'This is not a CDS message: it is not a JSON object.',
      'Send {"resources": […]} or one document.',
    )
  const resources = field(value, 'resources')
  if (Array.isArray(resources))
    return resources.map((one: unknown, at) => ({ value: one, pointer: `/resources/${at}` }))
  if (resources !== undefined) return problem('/resources', 'resources is not an array.', 'Send {"resources": […]}.')
  const failure = readFailure(value, '')
  if (failure) return failure
  return [{ value, pointer: '' }]
}
