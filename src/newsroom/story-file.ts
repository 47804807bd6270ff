import { z } from 'zod'
import type { Block, Story } from './story.ts'

const file = z.string().regex(/^[^/\\.][^/\\]*$/, 'needs the name of a file, without a folder')
const slug = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'needs small letters, digits and hyphens only')
const words = z.string().min(1)
const instant = z.iso
  .datetime({ offset: true, message: 'needs a moment with its offset, such as 2026-05-01T18:00:00-04:00' })
  .transform((text) => Date.parse(text))
const minutesAgo = z.number().min(0)

const photo = z
  .strictObject({
    file,
    width: z.int().positive(),
    height: z.int().positive(),
    alt: z.string(),
    caption: z.string().default(''),
    photographer: z.string().default(''),
    agency: z.string().default(''),
    terms: z.string().optional(),
  })
  .transform(({ terms, ...rest }) => (terms === undefined ? rest : { ...rest, terms }))

const audio = z.strictObject({ file, title: words, duration: z.number().positive(), transcript: z.string().optional() })

const block = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('paragraph'), text: words }),
  z.strictObject({ type: z.literal('heading'), text: words }),
  z.strictObject({ type: z.literal('quotation'), text: words, speaker: z.string().default('') }),
  z.strictObject({ type: z.literal('pull-quote'), text: words, speaker: z.string().default('') }),
  z.strictObject({ type: z.literal('list'), items: z.array(words).min(1) }),
  z.strictObject({ type: z.literal('photo'), photo }),
])

const source = z.strictObject({
  owner: words,
  url: z.url({ protocol: /^https?$/, message: 'needs a web address such as https://agency.example/story/1' }),
  copyright: words,
  agency: z.string().default(''),
})

const correction = z
  .strictObject({ at: instant.optional(), minutesAgo: minutesAgo.optional(), text: words })
  .refine((one) => (one.at === undefined) !== (one.minutesAgo === undefined), 'needs either at or minutesAgo')

/**
 * One file of the stories folder. A moment is written as it is (`published`), or, so that a demo is always fresh,
 * as minutes before the program was started (`publishedMinutesAgo`).
 */
const storyFile = z
  .strictObject({
    $schema: z.string().optional(),
    id: z.string().regex(/^[\w.-]+$/, 'needs letters, digits, hyphens, dots and underscores only'),
    pathName: slug,
    section: slug,
    eyebrow: z.string().default(''),
    headline: words,
    dek: z.string().default(''),
    dateline: z.string().default(''),
    bylines: z
      .array(z.strictObject({ name: words, role: z.string().default(''), picture: file.optional() }))
      .default([]),
    published: instant.optional(),
    publishedMinutesAgo: minutesAgo.optional(),
    updated: instant.nullish(),
    updatedMinutesAgo: minutesAgo.nullish(),
    photo: photo.nullable().default(null),
    audio: audio.nullable().default(null),
    body: z.array(block),
    corrections: z.array(correction).default([]),
    topics: z.array(words).default([]),
    source: source.nullable().default(null),
    place: z.int().positive().nullable().default(null),
  })
  .refine((one) => (one.published === undefined) !== (one.publishedMinutesAgo === undefined), {
    path: ['published'],
    message: 'needs either published or publishedMinutesAgo',
  })

export type ReadStoryDeps = {
  /** IANA zone whose calendar the day in the story's address is of. */
  zone: string
  /** The moment that `…MinutesAgo` counts back from, milliseconds since the Unix epoch. */
  start: number
}

/** Text of a story file → the story, or the reason why it is none, in one line. */
export const readStory = (text: string, deps: ReadStoryDeps): { story: Story } | { reason: string } => {
  const data = parseJson(text)
  if ('reason' in data) return data
  const read = storyFile.safeParse(data.value)
  if (!read.success) return { reason: read.error.issues.map(tellIssue).join('; ') }
  return { story: toStory(read.data, deps) }
}

const parseJson = (text: string): { value: unknown } | { reason: string } => {
  try {
    return { value: JSON.parse(text.replace(/^\uFEFF/, '')) }
  } catch (error) {
    return { reason: `it is not JSON: ${error instanceof Error ? error.message : String(error)}` }
  }
}

const tellIssue = ({ path, message }: z.core.$ZodIssue) => (path.length ? `${path.join('.')}: ${message}` : message)

const toStory = (read: z.infer<typeof storyFile>, { zone, start }: ReadStoryDeps): Story => {
  const moment = (at: number | null | undefined, minutes: number | null | undefined) =>
    at ?? (minutes === null || minutes === undefined ? null : start - minutes * 60_000)
  const published = moment(read.published, read.publishedMinutesAgo) ?? start
  const updated = moment(read.updated, read.updatedMinutesAgo)
  const day = Temporal.Instant.fromEpochMilliseconds(published).toZonedDateTimeISO(zone).toPlainDate().toString()
  const { id, section, eyebrow, headline, dek, dateline, photo, topics, source, place } = read
  return {
    id,
    path: `/${section}/${day}/${read.pathName}`,
    section,
    eyebrow,
    headline,
    dek,
    dateline,
    bylines: read.bylines.map(({ picture, ...byline }) => (picture ? { ...byline, picture } : byline)),
    published: iso(published),
    updated: updated === null ? null : iso(updated),
    photo,
    audio: toAudio(read.audio),
    body: read.body satisfies Block[],
    corrections: read.corrections.map(({ at, minutesAgo, text }) => ({
      at: iso(moment(at, minutesAgo) ?? published),
      text,
    })),
    topics,
    source,
    place,
  }
}

const toAudio = (read: z.infer<typeof audio> | null): Story['audio'] => {
  if (!read) return null
  const { transcript, ...rest } = read
  return transcript === undefined ? rest : { ...rest, transcript }
}

const iso = (at: number) => new Date(at).toISOString()
