import { decodeText } from './iptc.ts'

/**
 * The text fields of a TIFF block's first directory (TIFF 6.0 §2), by tag: by the standard they are ASCII, in fact UTF-8
 * or Windows-1252. Windows' own fields (0x9c9b to 0x9c9f) are UTF-16. An empty map when it is damaged.
 */
export const readExifText = (tiff: Buffer): ReadonlyMap<number, string> => {
  const found = new Map<number, string>()
  const little = tiff.toString('latin1', 0, 2) === 'II'
  if (tiff.length < 8 || (!little && tiff.toString('latin1', 0, 2) !== 'MM')) return found
  const u16 = (at: number) => (little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at))
  const u32 = (at: number) => (little ? tiff.readUInt32LE(at) : tiff.readUInt32BE(at))
  const directory = u32(4)
  if (directory + 2 > tiff.length) return found
  const count = u16(directory)
  for (let n = 0, at = directory + 2; n < count && at + 12 <= tiff.length; n += 1, at += 12) {
    const [tag, type, length] = [u16(at), u16(at + 2), u32(at + 4)]
    const isWide = tag >= 0x9c9b && tag <= 0x9c9f
    if (type !== 2 && !(isWide && type === 1)) continue
    const start = length <= 4 ? at + 8 : u32(at + 8)
    if (start + length > tiff.length) continue
    const bytes = tiff.subarray(start, start + length)
    const text = isWide ? bytes.toString('utf16le').replace(/\0.*$/s, '').trim() : decodeText(bytes)
    if (text) found.set(tag, text)
  }
  return found
}
