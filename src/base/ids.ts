import { randomBytes } from 'node:crypto'
import type { Clock } from './clock.ts'

/** Makes the ids of rows, handed to every part that needs it. */
export type Ids = {
  /** A UUID of version 7, in small letters: sorts by the time it was made, also within one millisecond. */
  next(): string
}

/** `n` random bytes; node:crypto's in a station, something repeatable in a test. */
export type Random = (n: number) => Uint8Array

export type IdsDeps = { clock: Clock; random?: Random }

/** RFC 9562 §5.7, with a counter in rand_a (§6.2, method 1): ids of one maker never run backwards, even if the clock does. */
export const createIds = ({ clock, random = randomBytes }: IdsDeps): Ids => {
  let ms = 0
  let counter = 0
  return {
    next() {
      const bytes = random(10)
      const now = clock.now()
      if (now > ms) {
        ms = now
        // The upper half is kept free, so that a burst within this millisecond has room to count.
        counter = (((bytes[8] ?? 0) << 8) | (bytes[9] ?? 0)) & 0x7ff
      } else if (++counter > 0xfff) {
        ms++
        counter = 0
      }
      return format(ms, counter, bytes)
    },
  }
}

const format = (ms: number, counter: number, bytes: Uint8Array): string => {
  const time = ms.toString(16).padStart(12, '0')
  const tail = Buffer.from(bytes.subarray(0, 8))
  tail[0] = ((tail[0] ?? 0) & 0x3f) | 0x80 // variant 10
  const hex = tail.toString('hex')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${counter.toString(16).padStart(3, '0')}-${hex.slice(0, 4)}-${hex.slice(4)}`
}
