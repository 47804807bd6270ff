/** One programme as `GET /api/v1/now` tells it. Times are ISO instants. */
export type NowProgram = {
  program: string
  title: string
  host: string
  /** What this edition is about, null while unknown. */
  episode: string | null
  /** File name within the station's pictures. */
  picture: string | null
  start: string
  end: string
  /** A talk programme is called by its own name even when the encoder sends a title that looks like a song. */
  kind?: 'talk' | 'music'
}

/** One public stream: what it carries, what follows, and where it can be had. */
export type NowStream = {
  name: string
  mount: string
  title: string
  label: string
  url: string
  hls: string | null
  codec: string | null
  up: boolean
  since: string
  feed: 'source' | 'backup' | 'file' | 'silence' | 'off'
  /** As the encoder sent it: `Artist - Title`, or one sentence. */
  streamTitle: string | null
  now: NowProgram | null
  next: NowProgram | null
}

/** The answer of `GET /api/v1/now`, and the data of every `now` event. */
export type NowAnswer = { at: string; zone: string; streams: NowStream[] }
