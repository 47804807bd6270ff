import { cutUtf8, decodeText } from './text.ts'

/** One piece of a source's stream in its order: sound, or the metadata that holds from here on. */
export type IcyPart = { kind: 'audio'; bytes: Buffer } | { kind: 'metadata'; title: string | null; url: string | null }

const UNIT = 16
const MAX_TEXT_BYTES = 255 * UNIT
// So that a title always has room beside it.
const MAX_URL_BYTES = 1024
const EMPTY_BLOCK = Buffer.alloc(1)

// The form has no escape: a reader takes `';` as the end wherever it stands, a line end or NUL likewise.
const clean = (text: string): string =>
  text
    .replaceAll(/[\r\n\0]+/g, ' ')
    .trim()
    .replaceAll("';", '’;')

/** The block that says "nothing new". */
export const icyEmptyBlock = (): Buffer => EMPTY_BLOCK

/** The block that tells a listener the title, in UTF-8: length byte, text, NULs. `null` blanks the title. */
export const icyBlock = (title: string | null, url?: string): Buffer => {
  const link = url === undefined ? '' : `StreamUrl='${clean(url)}';`
  const tail = Buffer.from(`';${Buffer.byteLength(link) > MAX_URL_BYTES ? '' : link}`)
  const head = Buffer.from("StreamTitle='")
  const name = cutUtf8(Buffer.from(clean(title ?? '')), MAX_TEXT_BYTES - head.length - tail.length)
  const text = Buffer.concat([head, name, tail])
  const units = Math.ceil(text.length / UNIT)
  return Buffer.concat([Buffer.from([units]), text], 1 + units * UNIT)
}

// A value ends at `';` before another key or the end; one inside a title, written by less careful senders, is text.
const readValue = (block: Buffer, key: string): string | null => {
  const text = block.toString('latin1').replace(/\0+$/, '')
  const found = new RegExp(`${key}='(.*?)(?:';(?=\\s*(?:[A-Za-z]+='|$))|'?;?$)`, 'is').exec(text)
  return found === null ? null : decodeText(Buffer.from(found[1] ?? '', 'latin1'))
}

/** The title in a metadata block's text (the length byte not included); null if it names none. */
export const readIcyTitle = (block: Buffer): string | null => readValue(block, 'StreamTitle')

/** The link in a metadata block's text; null if it names none. */
const readIcyUrl = (block: Buffer): string | null => readValue(block, 'StreamUrl')

/** Takes the metadata out of a stream that has a block after every `metaint` bytes of sound. */
export const createIcyStripper = (metaint: number): { push(chunk: Buffer): IcyPart[] } => {
  let soundLeft = metaint
  let blockLeft = 0
  let block: Buffer[] = []

  const takeSound = (chunk: Buffer, at: number, parts: IcyPart[]): number => {
    const bytes = chunk.subarray(at, at + soundLeft)
    soundLeft -= bytes.length
    parts.push({ kind: 'audio', bytes })
    return bytes.length
  }

  const takeBlock = (chunk: Buffer, at: number, parts: IcyPart[]): number => {
    const bytes = chunk.subarray(at, at + blockLeft)
    blockLeft -= bytes.length
    block.push(bytes)
    if (blockLeft > 0) return bytes.length
    const text = Buffer.concat(block)
    block = []
    soundLeft = metaint
    parts.push({ kind: 'metadata', title: readIcyTitle(text), url: readIcyUrl(text) })
    return bytes.length
  }

  return {
    push(chunk) {
      const parts: IcyPart[] = []
      for (let at = 0; at < chunk.length;) {
        if (soundLeft > 0) at += takeSound(chunk, at, parts)
        else if (blockLeft > 0) at += takeBlock(chunk, at, parts)
        else {
          blockLeft = (chunk[at] ?? 0) * UNIT
          if (blockLeft === 0) soundLeft = metaint
          at += 1
        }
      }
      return parts
    },
  }
}
