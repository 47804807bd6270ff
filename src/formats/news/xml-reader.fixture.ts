/** A strict, slow XML 1.0 reader for tests: throws at whatever a conforming parser would refuse. No DTD, no CDATA. */
export type Read = { name: string; attributes: Record<string, string>; children: Read[]; text: string }

const token = /<\?xml[^>]*\?>|<(\/)?([A-Za-z_][\w.:-]*)((?:\s+[A-Za-z_][\w.:-]*="[^"<]*")*)\s*(\/)?>|([^<]+)/y
const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

export const readXml = (xml: string): Read => {
  if (/(?![\t\n\r])\p{Cc}|[\uFFFE\uFFFF]/u.test(xml) || !xml.isWellFormed()) throw new Error('forbidden character')
  const root: Read = { name: '', attributes: {}, children: [], text: '' }
  const open = [root]
  token.lastIndex = 0
  while (token.lastIndex < xml.length) {
    const at = token.lastIndex
    const match = token.exec(xml)
    if (!match) throw new Error(`not well-formed at ${at}: ${xml.slice(at, at + 60)}`)
    const [whole, closes, name, attributes = '', empty, text] = match
    if (whole.startsWith('<?xml')) {
      if (at !== 0) throw new Error('declaration not at the start')
      continue
    }
    const parent = open.at(-1)!
    if (text !== undefined) {
      parent.text += decode(text)
    } else if (closes) {
      if (open.pop()!.name !== name) throw new Error(`</${name}> closes nothing`)
    } else {
      const read: Read = { name: name!, attributes: {}, children: [], text: '' }
      for (const [, key, value] of attributes.matchAll(/([\w.:-]+)="([^"]*)"/g)) {
        if (Object.hasOwn(read.attributes, key!)) throw new Error(`${key} twice`)
        read.attributes[key!] = decode(value!)
      }
      parent.children.push(read)
      if (!empty) open.push(read)
    }
  }
  if (open.length !== 1 || root.children.length !== 1 || root.text.trim()) throw new Error('not one root')
  return root.children[0]!
}

const decode = (text: string) =>
  text.replace(/&(?:#(\d+)|#x([\da-f]+)|(\w+));|&/gi, (whole, decimal?: string, hex?: string, name?: string) => {
    if (decimal) return String.fromCodePoint(Number(decimal))
    if (hex) return String.fromCodePoint(Number.parseInt(hex, 16))
    const found = name && named[name]
    if (!found) throw new Error(`bad entity ${whole}`)
    return found
  })

/** The first element of a name below, or one that has nothing. */
export const child = (read: Read, name: string): Read =>
  read.children.find((one) => one.name === name) ?? { name: '', attributes: {}, children: [], text: '' }
