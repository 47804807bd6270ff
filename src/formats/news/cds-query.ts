import { field, isJson, textField } from './cds-json.ts'
import { readInstant } from './instant.ts'

/** A question to `GET /v1/documents`: parameters as CDS names them; of several values any may hold. */
export type CdsQuery = Record<string, string | number | readonly string[]>

/** A document of an answer, as it stands there. */
export type CdsPiece = { id: string; /** Ms since the epoch; 0 when it tells none. */ modified: number; text: string }

/** The last place of an answer's list that can be reached. */
export const LAST_PLACE = 2000

/** The address of a question; without values a parameter is left out. */
export const documentsAddress = (service: string, query: CdsQuery): string => {
  const url = new URL(`${service.replace(/\/+$/, '')}/v1/documents`)
  for (const [name, value] of Object.entries(query)) {
    const text = typeof value === 'object' ? value.join(',') : String(value)
    if (text) url.searchParams.set(name, text)
  }
  return url.href
}

export const documentAddress = (service: string, id: string): string =>
  `${service.replace(/\/+$/, '')}/v1/documents/${encodeURIComponent(id)}`

/** The documents of an answer, each with its own text; null when it is no whole answer of CDS. */
export const readAnswer = (bytes: Uint8Array): CdsPiece[] | null => {
  let text: string
  let value: unknown
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes).replace(/^\uFEFF/, '')
    value = JSON.parse(text)
  } catch {
    return null
  }
  const resources = isJson(value) ? field(value, 'resources') : undefined
  if (!Array.isArray(resources)) return null
  return documentTexts(text).map((text) => {
    const document: unknown = JSON.parse(text)
    if (!isJson(document)) return { id: '', modified: 0, text }
    const at =
      readInstant(field(document, 'editorialLastModifiedDateTime'), '-05:00') ??
      readInstant(field(document, 'publishDateTime'), '-05:00')
    return { id: textField(document, 'id'), modified: at ? Date.parse(at) : 0, text }
  })
}

/** The objects in the array `resources` of a JSON text that is known to be sound, cut out as they are written. */
const documentTexts = (text: string): string[] => {
  const texts: string[] = []
  let depth = 0
  let key = ''
  let start = 0
  for (let at = 0; at < text.length; at++) {
    const sign = text[at]
    if (sign === '"') {
      const end = endOfString(text, at)
      if (depth === 1) key = text.slice(at, end + 1)
      at = end
    } else if (sign === '{' || sign === '[') {
      if (depth === 2 && sign === '{' && key === '"resources"') start = at
      depth++
    } else if (sign === '}' || sign === ']') {
      depth--
      if (depth === 2 && sign === '}' && key === '"resources"') texts.push(text.slice(start, at + 1))
    }
  }
  return texts
}

/** Where the string ends that begins at `start`. */
const endOfString = (text: string, start: number): number => {
  for (let at = text.indexOf('"', start + 1); ; at = text.indexOf('"', at + 1)) {
    let slashes = 0
    while (text[at - 1 - slashes] === '\\') slashes++
    if (slashes % 2 === 0) return at
  }
}
