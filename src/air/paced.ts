import { readFileSync } from 'node:fs'
import type { Log } from '../base/log.ts'
import { createAdtsFramer, silentAdtsFrame } from '../formats/audio/adts.ts'
import type { AudioFormat, Codec, Frame } from '../formats/audio/frame.ts'
import { createFramer, type CodecFamily } from '../formats/audio/framer.ts'
import { silentMpegFrame } from '../formats/audio/mpeg-frame.ts'
import { createOggSilence } from '../formats/audio/ogg-silence.ts'
import { EpochClock } from './epoch.ts'
import type { Feeder, Run, Sink } from './feed.ts'

/** Endless material that is played at the speed of the wall clock. */
type Loop = { format: AudioFormat; headers: Buffer | null; next(): Frame }

/** How far ahead of the wall clock a paced feeder sends, so that a tick's jitter is never heard. */
const LEAD_MS = 1000

/** After material could not be had, ms until it is tried again. */
const RETRY_MS = 30_000

type PacedOrder = {
  kind: Run['feed']
  from: string
  /** Null when there is nothing fitting; may throw. */ load: () => Loop | null
  log?: Log
}

const createPaced = ({ kind, from, load, log }: PacedOrder): Feeder => {
  let sink: Sink | null = null
  let loop: Loop | null = null
  let clock: EpochClock | null = null
  let retryAt = 0

  // A file that is missing must cost the fallback it was to be, never the air.
  const loadSafely = (now: number): Loop | null => {
    if (now < retryAt) return null
    try {
      return load()
    } catch (cause) {
      retryAt = now + RETRY_MS
      log?.error(`the fallback ${from} cannot be used`, {
        cause: cause instanceof Error ? cause.message : String(cause),
      })
      return null
    }
  }

  return {
    kind,
    ready: (now) => (loop ??= loadSafely(now)) !== null,
    attach(to, start) {
      if (!loop) return
      sink = to
      clock = new EpochClock({ start, rate: loop.format.rate })
      sink.begin({ feed: kind, format: loop.format, headers: loop.headers, from })
      sink.title(null)
    },
    detach() {
      sink = null
      clock = null
      loop = null
      retryAt = 0
    },
    tick(now) {
      if (!sink || !clock || !loop) return
      const frames = []
      // Stamped as if each frame came exactly when due: a made-up source has no drift.
      while (clock.wall < now + LEAD_MS) frames.push(clock.stamp(loop.next(), clock.wall))
      if (frames.length > 0) sink.frames(frames)
    },
  }
}

/** Silence of the same codec, rate and channels as what was last heard; not to be had for Vorbis. */
export const createSilence = (last: () => AudioFormat | null): Feeder =>
  createPaced({
    kind: 'silence',
    from: 'silence',
    load: () => {
      const format = last()
      return format ? silenceLoop(format) : null
    },
  })

const silenceLoop = (format: AudioFormat): Loop | null => {
  const repeat = (bytes: Buffer, samples: number): Loop => ({
    format,
    headers: null,
    next: () => ({ bytes, samples, joinable: true }),
  })
  if (format.codec === 'mp3') return repeat(silentMpegFrame(format), format.rate >= 32_000 ? 1152 : 576)
  if (format.codec === 'aac') return repeat(silentAdtsFrame(format), 1024)
  const silence = createOggSilence(format)
  return silence && { format, headers: silence.headers, next: () => silence.next() }
}

/** A file played round and round: the station's own message for when nothing comes in. */
export const createFileLoop = (file: string, family: CodecFamily, log: Log): Feeder =>
  createPaced({ kind: 'file', from: file, load: () => fileLoop(readFileSync(file), family), log })

const fileLoop = (bytes: Buffer, family: CodecFamily): Loop | null => {
  const framer = family === 'aac' ? createAdtsFramer() : createFramer(family)
  const frames = framer.push(bytes).filter((frame) => !frame.header)
  const format = framer.format()
  if (!format || frames.length === 0) throw new Error(`it holds no ${family} frames`)
  let at = 0
  return { format, headers: framer.headers(), next: () => frames[at++ % frames.length]! }
}

/** Codecs that may stand in for each other on one mount: a decoder in the middle of one cannot go on in another. */
export const sameKind = (a: AudioFormat, b: AudioFormat): boolean =>
  a.codec === b.codec && (a.codec satisfies Codec, a.rate === b.rate && a.channels === b.channels)
