/** Audio of a story, as its knob on the page describes it. */
export type Track = {
  src: string
  title: string
  about: string
  /** The page it belongs to. */
  href: string
  seconds: number
}

/**
 * What the radio does. `error` and `offline` still want to play: they go on by themselves when they can.
 * `since` in milliseconds since the Unix epoch, by the station's clock.
 */
export type RadioState =
  | { kind: 'idle' }
  | { kind: 'buffering' }
  | { kind: 'live' }
  | { kind: 'error'; since: number }
  | { kind: 'offline'; since: number }
  | { kind: 'demand'; isPaused: boolean }
