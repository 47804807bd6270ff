import { z } from 'zod'

const words = z.string().trim().min(1).max(2000)
const line = z.string().trim().max(2000).default('')
const instant = z.iso.datetime({ offset: true })

const block = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('paragraph'), text: z.string().min(1).max(50_000) }),
  z.strictObject({ type: z.literal('heading'), text: words }),
  z.strictObject({ type: z.literal('subheading'), text: words }),
  z.strictObject({ type: z.literal('quotation'), text: z.string().min(1).max(50_000), speaker: line }),
  z.strictObject({ type: z.literal('pull-quote'), text: words, speaker: line }),
  z.strictObject({ type: z.literal('list'), items: z.array(words).min(1).max(500) }),
])
const body = z.array(block).max(2000)

/** A story as it is filed. Text is plain but for `[words](https://…)` and `*emphasis*`. */
export const newStory = z.strictObject({
  section: z.string().min(1),
  /** What the desk calls it. */
  slug: line,
  headline: words,
  dek: line,
  dateline: line,
  bylines: z
    .array(z.strictObject({ name: words, role: line }))
    .max(20)
    .default([]),
  body: body.default([]),
  topics: z.array(words).max(50).default([]),
})

export const publishOrder = z.strictObject({ at: instant.optional(), until: instant.optional() })

/** `text` says what was wrong; `headline` and `body` put it right. */
export const correctionOrder = z.strictObject({
  text: z.string().trim().min(1).max(5000),
  headline: words.optional(),
  body: body.optional(),
})

/** `reason` is for the staff, `note` for readers who come to the address. */
export const killOrder = z.strictObject({ reason: words.default('No reason was given.'), note: line })

/** `null`: until it is released. */
export const embargoOrder = z.strictObject({ until: instant.nullable() })

export const stopOrder = z.strictObject({ reason: words.default('No reason was given.') })

export const killProofAnswer = z.object({
  id: z.string(),
  at: z.string(),
  by: z.string().meta({ description: 'An account’s id, or `wire`' }),
  reason: z.string(),
  note: z.string(),
  surfaces: z.array(z.string()).meta({ description: 'What each house confirms to be clear of the story' }),
  houses: z.array(
    z.object({
      house: z.string(),
      how: z.enum(['forgotten', 'lapsed']).meta({ description: 'lapsed: it was cut off, and shows no stories' }),
      at: z.string(),
      afterMs: z.number(),
    }),
  ),
  waitingFor: z.array(z.string()).meta({ description: 'Houses at work that have not confirmed' }),
  completeAt: z.string().nullable(),
})

export const storyAnswer = z
  .looseObject({
    id: z.string(),
    url: z.string(),
    section: z.string(),
    headline: z.string(),
    published: z.string(),
    updated: z.string().nullable(),
  })
  .meta({ ref: 'Story' })
export const storyList = z.object({ stories: z.array(storyAnswer) })
