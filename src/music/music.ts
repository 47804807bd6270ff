/** One logged play of a recording, taken from a stream title. */
export type Spin = { mount: string; title: string; artist: string; /** ms since the Unix epoch */ at: number }

export type Spins = {
  /** The latest spins of a mount, newest first. */
  latest(mount: string, count: number): Spin[]
}
