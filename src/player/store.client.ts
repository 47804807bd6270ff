import type { NowAnswer, NowStream } from './now.ts'

/** What is on the air as this page knows it, and the station's clock. */
export type Store = {
  answer(): NowAnswer
  set(answer: NowAnswer): void
  stream(name: string | null): NowStream | null
  /** Milliseconds since the Unix epoch by the station's clock. */
  now(): number
  onChange(listener: () => void): void
  /** Absolute address of something of the air's. */
  address(path: string): string
}

/** A listener's clock that is this far off is wrong; below it, the page's age says more than the difference. */
const TOLERANCE = 90_000

/** `air` is the air's origin, or `:8000` for this page's host on that port. */
export const createStore = (first: NowAnswer, air: string): Store => {
  const listeners: (() => void)[] = []
  const origin = air.startsWith(':') ? `${location.protocol}//${location.hostname}${air}` : air
  let answer = first
  let offset = 0
  const set = (next: NowAnswer) => {
    answer = next
    const difference = Date.parse(next.at) - Date.now()
    offset = Math.abs(difference) > TOLERANCE ? difference : 0
  }
  set(first)
  return {
    answer: () => answer,
    set(next) {
      set(next)
      for (const listener of listeners) listener()
    },
    stream: (name) => answer.streams.find((stream) => stream.name === name) ?? null,
    now: () => Date.now() + offset,
    onChange: (listener) => void listeners.push(listener),
    address: (path) => new URL(path, origin).href,
  }
}
