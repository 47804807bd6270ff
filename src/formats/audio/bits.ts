/** Reads unsigned numbers from the most significant bit on; past the end there are zeros. */
export const createBitReader = (
  bytes: Buffer,
  firstByte = 0,
): { read(count: number): number; skip(count: number): void; left(): number } => {
  let at = firstByte * 8
  return {
    read(count) {
      let value = 0
      for (const end = at + count; at < end; at += 1)
        value = value * 2 + (((bytes[at >> 3] ?? 0) >> (7 - (at & 7))) & 1)
      return value
    },
    skip(count) {
      at += count
    },
    left: () => bytes.length * 8 - at,
  }
}
