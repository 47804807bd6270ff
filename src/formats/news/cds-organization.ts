import { field, isJson, textField, type Json } from './cds-json.ts'
import { plainText } from './plain-text.ts'

/**
 * The name readers know an organisation by, from an answer of NPR's Organization Service v4; '' when it tells none.
 * The name of its brand comes before the one in its papers.
 */
export const readOrganizationName = (value: unknown): string => {
  if (!isJson(value)) return ''
  const attributes = field(value, 'attributes')
  for (const from of [value, attributes]) {
    if (!isJson(from)) continue
    const brand = field(from, 'brand')
    const name = (isJson(brand) && nameIn(brand)) || nameIn(from)
    if (name) return name
  }
  return ''
}

const nameIn = (from: Json): string =>
  ['displayName', 'name', 'title'].map((key) => plainText(textField(from, key))).find(Boolean) ?? ''

/** Whether this is an address of the service, such as `https://organization.api.npr.org/v4/services/s1`. */
export const isOrganizationAddress = (href: string): boolean => /^https?:\/\/[^/]+\/v4\/services\/[a-z0-9]+$/.test(href)
