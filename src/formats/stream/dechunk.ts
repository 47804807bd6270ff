/** What came out of one piece of a chunked body. */
type Dechunked = {
  data: Buffer[]
  /** The last chunk and its trailers were read; what follows is not looked at. */
  ended: boolean
  /** Why the body cannot be read on; final. */
  error?: string
}

/** Takes `Transfer-Encoding: chunked` off a body (RFC 9112 §7.1). */
export type Dechunker = { push(chunk: Buffer): Dechunked }

const LF = 0x0a
const MAX_LINE_BYTES = 1024
const MAX_TRAILER_BYTES = 8 * 1024

type State = 'size' | 'data' | 'dataEnd' | 'trailer' | 'ended' | 'failed'

/** Tolerates bare LF as line end; ignores chunk extensions and trailers; holds no more than one line. */
export const createDechunker = (): Dechunker => {
  let state: State = 'size'
  let line = ''
  let dataLeft = 0
  let trailerBytes = 0
  let error: string | undefined

  const fail = (reason: string): void => {
    state = 'failed'
    error = reason
  }

  /** A line has ended: what it means depends on where it stands. */
  const takeLine = (text: string): void => {
    if (state === 'dataEnd') {
      if (text === '') state = 'size'
      else fail('A chunk is longer than its size line says.')
    } else if (state === 'trailer') {
      if (text === '') state = 'ended'
    } else {
      // 12 digits are 256 TiB, and still a safe integer.
      const size = /^[ \t]*([0-9a-f]{1,12})[ \t]*(?:;.*)?$/i.exec(text)?.[1]
      if (size === undefined) fail('A chunk has no size.')
      else {
        dataLeft = Number.parseInt(size, 16)
        state = dataLeft === 0 ? 'trailer' : 'data'
      }
    }
  }

  /** Gathers bytes up to a line end; returns the bytes used. */
  const gather = (chunk: Buffer, at: number): number => {
    const found = chunk.indexOf(LF, at)
    const end = found === -1 ? chunk.length : found
    if (line.length + end - at > MAX_LINE_BYTES) {
      fail('A line of the chunked body is too long.')
      return chunk.length - at
    }
    line += chunk.toString('latin1', at, end)
    if (state === 'trailer') trailerBytes += end - at
    if (trailerBytes > MAX_TRAILER_BYTES) fail('The trailers of the chunked body are too long.')
    if (found === -1) return end - at
    const text = line.replace(/\r+$/, '')
    line = ''
    if (state !== 'failed') takeLine(text)
    return end + 1 - at
  }

  return {
    push(chunk) {
      const data: Buffer[] = []
      for (let at = 0; at < chunk.length && state !== 'ended' && state !== 'failed';) {
        if (state === 'data') {
          const bytes = chunk.subarray(at, at + dataLeft)
          data.push(bytes)
          dataLeft -= bytes.length
          at += bytes.length
          if (dataLeft === 0) state = 'dataEnd'
        } else at += gather(chunk, at)
      }
      return { data, ended: state === 'ended', ...(error === undefined ? {} : { error }) }
    },
  }
}
