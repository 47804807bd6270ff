/** Bytes `start` to `end`, both included. */
export type Range = { start: number; end: number }

/**
 * What a Range header asks of `size` bytes: the whole when there is none, or it has several parts or cannot be read
 * (RFC 9110 §14.2 lets a server ignore it), `none` when it asks for what is not there.
 */
export const parseRange = (header: string | undefined, size: number): Range | 'whole' | 'none' => {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '')
  if (!match || (match[1] === '' && match[2] === '')) return 'whole'
  const [first, last] = [match[1] ?? '', match[2] ?? '']
  if (first === '') {
    const length = Math.min(size, Number(last))
    return length === 0 ? 'none' : { start: size - length, end: size - 1 }
  }
  const [start, end] = [Number(first), last === '' ? size - 1 : Math.min(Number(last), size - 1)]
  if (last !== '' && Number(last) < start) return 'whole'
  return start >= size ? 'none' : { start, end }
}
