const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false })
const ASSUMED = 'windows-1252'

const decodeAs = (bytes: Uint8Array, label: string): string | null => {
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes)
  } catch {
    // An unknown label, or bytes that are not in that charset.
    return null
  }
}

/**
 * Text as an encoder's user typed it. The named charset is believed as long as the bytes fit; otherwise valid UTF-8 is
 * UTF-8 and all else Latin-1 in its Windows form, as every program that says ISO-8859-1 means it (WHATWG Encoding §4.2).
 */
export const decodeText = (bytes: Uint8Array, charset?: string): string => {
  if (charset !== undefined) {
    const named = decodeAs(bytes, charset)
    if (named !== null) return named
  }
  try {
    return UTF8.decode(bytes)
  } catch {
    return new TextDecoder(ASSUMED).decode(bytes)
  }
}

/** Cuts UTF-8 bytes to at most `limit` without splitting a character. */
export const cutUtf8 = (bytes: Buffer, limit: number): Buffer => {
  if (bytes.length <= limit) return bytes
  let end = limit
  // RFC 3629 §3: continuation bytes are 10xxxxxx.
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1
  return bytes.subarray(0, end)
}
