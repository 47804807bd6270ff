import type { BodyBlock } from '../newsroom/newsroom.ts'

/** Bytes of body on one page: with what stands around it the twin stays below its 20 KB (DESIGN §10). */
const MOST = 13_000
/** A block's own elements. */
const AROUND = 40

/** A body in pages that each travel light, cut between blocks; a body that is light by itself is one page. */
export const textPages = (body: readonly BodyBlock[]): BodyBlock[][] => {
  const pages: BodyBlock[][] = [[]]
  let bytes = 0
  for (const block of body) {
    const weight = AROUND + Buffer.byteLength(JSON.stringify(block))
    if (bytes > 0 && bytes + weight > MOST) {
      pages.push([])
      bytes = 0
    }
    pages.at(-1)?.push(block)
    bytes += weight
  }
  return pages
}
