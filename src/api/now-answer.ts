import { z } from 'zod'
import type { MountView } from '../air/air-view.ts'
import type { Airing } from '../schedule/schedule.ts'

/** What is on one public stream, as whoever joins air and schedule hands it to the API. */
export type OnAir = {
  view: MountView
  title: string
  label: string
  now: Airing | null
  next: Airing | null
}

const instant = z.iso.datetime()

export const airingAnswer = z
  .object({
    program: z.string().meta({ description: "The programme's id", examples: ['the-way-home'] }),
    title: z.string().meta({ examples: ['The Way Home'] }),
    host: z.string().meta({ description: 'Empty where there is none', examples: ['Mina Castellane'] }),
    kind: z.enum(['talk', 'music']),
    episode: z.string().nullable().meta({ description: 'What this edition is about, null while unknown' }),
    picture: z.string().nullable().meta({ description: "File name within the station's pictures" }),
    start: instant,
    end: instant.meta({ description: 'Exclusive' }),
  })
  .meta({ ref: 'Airing', description: 'One scheduled broadcast of a programme' })

const streamAnswer = z
  .object({
    name: z.string().meta({ description: 'The name used in the schedule', examples: ['news'] }),
    mount: z.string().meta({ examples: ['/news.mp3'] }),
    title: z.string().meta({ examples: ['Oxbow News'] }),
    label: z.string().meta({ examples: ['90.3 FM'] }),
    url: z.string().meta({ description: 'The continuous stream', examples: ['http://radio.example:8000/news.mp3'] }),
    hls: z.string().nullable().meta({ description: 'The HLS playlist, null where the codec has none' }),
    codec: z.enum(['mp3', 'aac', 'vorbis', 'opus', 'flac']).nullable().meta({ description: 'null while unknown' }),
    up: z.boolean().meta({ description: 'Listeners hear programme, not silence' }),
    since: instant.meta({ description: 'Since when `up` has been what it is' }),
    feed: z.enum(['source', 'backup', 'file', 'silence', 'off']).meta({ description: 'What feeds the stream' }),
    streamTitle: z.string().nullable().meta({ description: 'As the studio sent it, mostly `Artist - Title`' }),
    now: airingAnswer.nullable(),
    next: airingAnswer.nullable().meta({ description: 'What follows, also after a gap' }),
  })
  .meta({ ref: 'Stream' })

export const nowAnswer = z
  .object({
    at: instant.meta({ description: 'When this was true' }),
    zone: z.string().meta({ description: "The station's IANA time zone", examples: ['America/New_York'] }),
    streams: z.array(streamAnswer),
  })
  .meta({ ref: 'Now', description: 'What is on every public stream' })

export type NowAnswer = z.infer<typeof nowAnswer>
type AiringAnswer = z.infer<typeof airingAnswer>

/** `base` is the address of the air, without a slash at the end. */
export const tellStream = ({ view, title, label, now, next }: OnAir, base: string): NowAnswer['streams'][number] => ({
  name: view.name,
  mount: view.mount,
  title,
  label,
  url: base + view.mount,
  hls: view.hls ? `${base}/hls/${view.name}/live.m3u8` : null,
  codec: view.format?.codec ?? null,
  up: view.up,
  since: isoInstant(view.since),
  feed: view.feed,
  streamTitle: view.title || null,
  now: now && tellAiring(now),
  next: next && tellAiring(next),
})

export const tellAiring = ({ program, episode, start, end }: Airing): AiringAnswer => ({
  program: program.id,
  title: program.name,
  host: program.host,
  kind: program.kind,
  episode: episode || null,
  picture: program.picture ?? null,
  start: isoInstant(start),
  end: isoInstant(end),
})

export const isoInstant = (at: number): string => new Date(at).toISOString()
