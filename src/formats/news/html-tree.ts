import { defaultTreeAdapter, parseFragment, type DefaultTreeAdapterTypes } from 'parse5'

export type HtmlNode = DefaultTreeAdapterTypes.ChildNode
export type HtmlElement = DefaultTreeAdapterTypes.Element

/** Characters of HTML we read: a Word document of 300 pages has about 3 million. */
const mostCharacters = 5_000_000
/** Elements, real and those the parser makes up: misnested formatting multiplies (HTML Standard §13.2.4.3). */
const mostElements = 200_000
/** Open elements at a time; it bounds every recursion over the tree, and the parser's own scope searches. */
const deepest = 250

class TooTangled extends Error {}

/** Any text → the tree a browser would make of it, or the reason why it is refused. Never throws. */
export const parseHtml = (html: string): { nodes: HtmlNode[] } | { reason: string } => {
  if (html.length > mostCharacters) return { reason: `it is longer than ${mostCharacters / 1e6} million characters` }
  let elements = 0
  let depth = 0
  try {
    const { childNodes } = parseFragment(html, {
      treeAdapter: {
        ...defaultTreeAdapter,
        createElement: (...args) => {
          if (++elements > mostElements) throw new TooTangled(`it has more than ${mostElements} elements`)
          return defaultTreeAdapter.createElement(...args)
        },
        onItemPush: () => {
          if (++depth > deepest) throw new TooTangled(`its elements are nested deeper than ${deepest}`)
        },
        onItemPop: () => {
          depth--
        },
      },
    })
    return { nodes: childNodes }
  } catch (error) {
    if (error instanceof TooTangled) return { reason: error.message }
    return { reason: 'it cannot be read as HTML' }
  }
}

export const isElement = (node: HtmlNode): node is HtmlElement => 'tagName' in node

/** An attribute's value, or '' when there is none. Names are lower case, as the parser gives them. */
export const attribute = (element: HtmlElement, name: string): string =>
  element.attrs.find((attr) => attr.name === name)?.value ?? ''

/** One declaration of the `style` attribute, lower case, or ''. The last one counts. */
export const styleOf = (element: HtmlElement, property: string): string => {
  let value = ''
  for (const declaration of attribute(element, 'style').toLowerCase().split(';')) {
    const colon = declaration.indexOf(':')
    if (colon > 0 && declaration.slice(0, colon).trim() === property) value = declaration.slice(colon + 1).trim()
  }
  return value
}

export const hasClass = (element: HtmlElement, pattern: RegExp): boolean =>
  attribute(element, 'class')
    .split(/\s+/)
    .some((name) => pattern.test(name))

/** Elements whose text nobody reads. */
export const unread = new Set([
  'script',
  'style',
  'head',
  'title',
  'template',
  'noscript',
  'noembed',
  'noframes',
  'xml',
])

/** Every word below the nodes, as it stands. */
export const rawText = (nodes: readonly HtmlNode[]): string => {
  let text = ''
  for (const node of nodes) {
    if (node.nodeName === '#text' && 'value' in node) text += node.value
    else if (isElement(node) && !unread.has(node.tagName))
      text += node.tagName === 'br' ? ' ' : rawText(node.childNodes)
  }
  return text
}

/** The first element below the nodes, in document order, for which `test` holds. */
export const findElement = (
  nodes: readonly HtmlNode[],
  test: (element: HtmlElement) => boolean,
): HtmlElement | undefined => {
  for (const node of nodes) {
    if (!isElement(node)) continue
    const found = test(node) ? node : findElement(node.childNodes, test)
    if (found) return found
  }
}
