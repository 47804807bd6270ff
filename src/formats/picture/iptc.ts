/** Datasets of IPTC-IIM 4.2 record 2, by number; all values of each, as text. */
export type Iptc = ReadonlyMap<number, string[]>

/**
 * What a picture's IPTC block says (IIM 4.2 §1.5), within Photoshop's resources or bare; an empty map when it is damaged.
 * Its text is UTF-8 where it says so (1:90 is ESC % G) or reads as such, else Windows-1252, as desks wrote it.
 */
export const readIptc = (bytes: Buffer): Iptc => {
  const found = new Map<number, string[]>()
  const block = blockOf(bytes)
  for (let at = 0; at + 5 <= block.length && block[at] === 0x1c;) {
    const record = block[at + 1]
    const dataset = block[at + 2] ?? 0
    const length = block.readUInt16BE(at + 3)
    // An extended length is for photographs within the block, which nobody sends.
    if (length > 0x7fff || at + 5 + length > block.length) break
    if (record === 2) {
      const text = decodeText(block.subarray(at + 5, at + 5 + length))
      if (text) found.set(dataset, [...(found.get(dataset) ?? []), text])
    }
    at += 5 + length
  }
  return found
}

/** Bytes of no declared encoding → text: UTF-8 where they are, else Windows-1252. */
export const decodeText = (bytes: Uint8Array): string => {
  const whole = bytes.subarray(0, bytes.indexOf(0) < 0 ? bytes.length : bytes.indexOf(0))
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(whole).trim()
  } catch {
    return new TextDecoder('windows-1252').decode(whole).trim()
  }
}

/** Photoshop's image resource 0x0404 (Adobe Photoshop File Formats, §Image Resource Blocks). */
const blockOf = (bytes: Buffer): Buffer => {
  for (let at = bytes.indexOf('8BIM', 0, 'latin1'); at >= 0 && at + 12 <= bytes.length;) {
    const id = bytes.readUInt16BE(at + 4)
    const named = 1 + (bytes[at + 6] ?? 0)
    const start = at + 6 + named + (named % 2)
    if (start + 4 > bytes.length) break
    const length = bytes.readUInt32BE(start)
    if (id === 0x0404) return bytes.subarray(start + 4, start + 4 + length)
    at = start + 4 + length + (length % 2)
    if (bytes.toString('latin1', at, at + 4) !== '8BIM') break
  }
  const bare = bytes.indexOf(Buffer.from([0x1c, 0x02]))
  return bare < 0 ? Buffer.alloc(0) : bytes.subarray(bare)
}
