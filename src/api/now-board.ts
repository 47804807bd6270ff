import type { Clock } from '../base/clock.ts'
import { isoInstant, tellStream } from './now-answer.ts'
import type { NowAnswer, OnAir } from './now-answer.ts'

export type NowBoardDeps = { onAir: (at: number) => OnAir[]; zone: string; clock: Clock }

/** The answer to "what is on?", made once however many ask: for a second, or until `wipe`. */
export type NowBoard = {
  /** JSON for listeners who reach the air at `base`. */
  render(base: string): string
  /** What `render` says, without its moment and addresses: equal as long as nothing has changed. */
  fingerprint(): string
  wipe(): void
}

const keptMs = 1000
// The base can come from a stranger's Host header.
const basesKept = 32

export const createNowBoard = ({ onAir, zone, clock }: NowBoardDeps): NowBoard => {
  let at = Number.NEGATIVE_INFINITY
  let streams: OnAir[] = []
  const rendered = new Map<string, string>()

  const look = () => {
    const now = clock.now()
    if (now >= at && now - at < keptMs) return
    at = now
    streams = onAir(now)
    rendered.clear()
  }

  return {
    render: (base) => {
      look()
      const kept = rendered.get(base)
      if (kept !== undefined) return kept
      const answer: NowAnswer = { at: isoInstant(at), zone, streams: streams.map((stream) => tellStream(stream, base)) }
      const json = JSON.stringify(answer)
      if (rendered.size >= basesKept) rendered.clear()
      rendered.set(base, json)
      return json
    },
    fingerprint: () => {
      look()
      return JSON.stringify(streams.map((stream) => tellStream(stream, '')))
    },
    wipe: () => {
      at = Number.NEGATIVE_INFINITY
    },
  }
}
