import { isAlias, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument, visit } from 'yaml'
import type { Document, Node } from 'yaml'
import { formatPath } from './problem.ts'
import type { Problem } from './problem.ts'

/** groundwave.yaml as data, and the way back from each datum to its line. */
export type ConfigDocument = {
  /** Plain data; a key with nothing behind it is left out, as if it were not written. */
  data: unknown
  /** Problems of YAML itself; while there are any, `data` is not to be trusted. */
  problems: Problem[]
  /** A problem with the value at `path`. */
  at(path: readonly PropertyKey[], message: string, hint?: string): Problem
  /** A problem with the key that ends `path`. */
  atKey(path: readonly PropertyKey[], message: string, hint?: string): Problem
}

export const readDocument = (text: string): ConfigDocument => {
  const lines = new LineCounter()
  // prettyErrors would quote the source, and a source line can hold a password.
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset)
    return { line: Math.max(1, line), column: Math.max(1, col) }
  }
  const tell = (offset: number, path: readonly PropertyKey[], message: string, hint = ''): Problem => ({
    ...place(offset),
    path: formatPath(path),
    message,
    hint,
  })
  const problems = document.errors.map((error) => tell(error.pos[0], [], lowerFirst(error.message)))
  return {
    ...(problems.length ? { data: undefined, problems } : toData(document, tell)),
    at: (path, message, hint) => tell(find(document, path).value, path, message, hint),
    atKey: (path, message, hint) => tell(find(document, path).key, path, message, hint),
  }
}

type Tell = (offset: number, path: readonly PropertyKey[], message: string) => Problem

const toData = (document: Document.Parsed, tell: Tell) => {
  try {
    return { data: withoutNulls(document.toJS()), problems: [] }
  } catch (error) {
    // An alias without its anchor, or a bomb of aliases.
    const message = lowerFirst(error instanceof Error ? error.message : String(error))
    return { data: undefined, problems: [tell(danglingAlias(document), [], message)] }
  }
}

const danglingAlias = (document: Document.Parsed): number => {
  let offset = 0
  visit(document, {
    Alias: (_, alias) => {
      if (alias.resolve(document)) return undefined
      offset = start(alias, 0)
      return visit.BREAK
    },
  })
  return offset
}

/** Offsets of the key and the value at `path`; where it is not written, of the nearest thing around it. */
const find = (document: Document.Parsed, path: readonly PropertyKey[]): { key: number; value: number } => {
  let node: Node | null = document.contents
  let found = { key: start(node, 0), value: start(node, 0) }
  for (const step of path) {
    if (isAlias(node)) node = node.resolve(document) ?? null
    if (isMap(node)) {
      const pair: { key: unknown; value: unknown } | undefined = node.items.find(
        ({ key }) => isScalar(key) && String(key.value) === String(step),
      )
      if (!pair) return found
      const key = start(pair.key, found.key)
      node = isNode(pair.value) ? pair.value : null
      found = { key, value: start(node, key) }
    } else if (isSeq(node)) {
      const item: unknown = node.items[Number(step)]
      if (!isNode(item)) return found
      node = item
      found = { key: start(node, found.key), value: start(node, found.value) }
    } else return found
  }
  return found
}

const start = (node: unknown, otherwise: number): number => (isNode(node) && node.range ? node.range[0] : otherwise)

// `air:` with every line under it commented out is null in YAML; people mean "as if it were not there".
const withoutNulls = (data: unknown): unknown => {
  if (Array.isArray(data)) return data.map(withoutNulls)
  if (data === null || typeof data !== 'object') return data
  return Object.fromEntries(
    Object.entries(data)
      .filter(([, value]) => value !== null)
      .map(([key, value]) => [key, withoutNulls(value)]),
  )
}

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1)
