/** Written XML: already escaped, to be put into more of it. */
export type Xml = { readonly xml: string }

type Attributes = Record<string, string | number | null | undefined>
type Child = Xml | string | number | null | undefined | false

/** What XML 1.0 may not hold (§2.2 Char), and the C1 controls it advises against: dropped. Lone surrogates become U+FFFD. */
const forbidden = /(?![\t\n\r])\p{Cc}|[\u{FFFE}\u{FFFF}]/gu

/** Text for element content or a quoted attribute (XML 1.0 §2.4). */
export const escapeXml = (text: string): string =>
  text
    .toWellFormed()
    .replace(forbidden, '')
    .replace(/[&<>"'\r]/g, (one) => entities[one] ?? one)

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  // Parsers turn a bare one into a line feed (§2.11).
  '\r': '&#13;',
}

/** One element. Attributes that are null are left out; strings are escaped; children that are null are skipped. */
export const element = (name: string, attributes: Attributes, ...children: (Child | Child[])[]): Xml => {
  const attrs = Object.entries(attributes)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([key, value]) => ` ${key}="${escapeXml(String(value))}"`)
    .join('')
  const inner = children.flat().map(content).join('')
  return { xml: inner ? `<${name}${attrs}>${inner}</${name}>` : `<${name}${attrs}/>` }
}

const content = (child: Child): string => {
  if (child === null || child === undefined || child === false) return ''
  return typeof child === 'object' ? child.xml : escapeXml(String(child))
}

/** An element with text, or nothing where there is none. */
export const textElement = (name: string, text: string | null | undefined): Xml | null =>
  text ? element(name, {}, text) : null

export const xmlDocument = (root: Xml): string => `<?xml version="1.0" encoding="UTF-8"?>\n${root.xml}\n`
