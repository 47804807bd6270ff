import { Hono } from 'hono'
import type { Context } from 'hono'
import { describeRoute, resolver } from 'hono-openapi'
import { z } from 'zod'
import { GroundwaveError } from '../base/errors.ts'
import { bodyOf } from '../newsroom/newsroom.ts'
import type { Newsroom, OpenNewsroom, StoryCard, StoryContent, StoryState } from '../newsroom/newsroom.ts'
import { mayOn, may } from '../people/people.ts'
import type { Account, OwnedVerb, People } from '../people/people.ts'
import { errorAnswer } from './api-error.ts'
import { bearerOf, bodyBytes, publicUrl } from './bearer.ts'
import { correctionOrder, killOrder, newStory, publishOrder, storyAnswer, storyList } from './stories-answer.ts'

export type StoriesRoutesDeps = {
  newsroom: Pick<OpenNewsroom, 'change'> & Pick<Newsroom, 'stories' | 'card' | 'read'>
  people: Pick<People, 'bearer'>
  /** Ids of the station's sections. */
  sections: readonly string[]
  /** The station's public address, where it has one. */
  url: string | undefined
}

const MOST_BYTES = 2 * 2 ** 20
/** A list ends where nobody reads on. */
const MOST_STORIES = 200

/** What is public, to read for everybody; and what a person may do to stories, with a key of theirs. */
export const storiesRoutes = ({ newsroom, people, sections, url }: StoriesRoutesDeps) => {
  const app = new Hono()
  const tell = (c: Context, story: StoryCard) => ({ ...story, url: publicUrl(c, { url, path: story.path }) })
  const person = async (c: Context): Promise<Account> => {
    const found = await people.bearer(bearerOf(c))
    if (!found) throw new GroundwaveError('TOKEN_WRONG')
    return found.account
  }
  const mayDo = (account: Account, verb: OwnedVerb, { filedBy, madeBy }: StoryState) => {
    const own = filedBy === account.id || madeBy === account.id
    if (!mayOn(account.role, verb, { own })) throw new GroundwaveError('NOT_ALLOWED')
  }

  app.get('/stories', describeList, (c) =>
    c.json({
      stories: newsroom
        .stories()
        .slice(0, MOST_STORIES)
        .map((story) => tell(c, story)),
    }),
  )

  app.get('/stories/:id', describeOne, async (c) => {
    const card = newsroom.card(c.req.param('id'))
    const story = card && (await newsroom.read(card.path))
    if (!story) throw new GroundwaveError('STORY_UNKNOWN')
    return c.json(tell(c, story))
  })

  app.post('/stories', describeFile, async (c) => {
    const account = await person(c)
    if (!may(account.role, 'story.write-own')) throw new GroundwaveError('NOT_ALLOWED')
    const content = toContent(await read(c, newStory))
    if (!sections.includes(content.section))
      throw new GroundwaveError('BAD_REQUEST', `(There is no section ${content.section}.)`)
    const id = await newsroom.change(account.id, (edit) => edit.file(content))
    return c.json({ id, state: 'draft' }, 201)
  })

  app.post('/stories/:id/publish', describeAct('Show a story to the public'), async (c) => {
    const account = await person(c)
    const id = c.req.param('id')
    const { at, until } = await read(c, publishOrder)
    const path = await newsroom.change(account.id, async (edit) => {
      mayDo(account, 'story.publish', await existing(edit.state(id)))
      return edit.publish(id, {
        ...(at !== undefined && { from: Date.parse(at) }),
        ...(until !== undefined && { until: Date.parse(until) }),
      })
    })
    return c.json({ id, state: 'published', url: publicUrl(c, { url, path }) })
  })

  app.post('/stories/:id/correct', describeAct('Say what was wrong in a story'), async (c) => {
    const account = await person(c)
    const id = c.req.param('id')
    const { text, headline, body } = await read(c, correctionOrder)
    const path = await newsroom.change(account.id, async (edit) => {
      const state = await existing(edit.state(id))
      mayDo(account, 'story.correct', state)
      if (headline !== undefined || body !== undefined) {
        await edit.revise(id, { ...state.content, ...(headline && { headline }), ...(body && bodyOf(body)) })
        if (state.publication) await edit.publish(id)
      }
      await edit.correct(id, { text })
      return state.path
    })
    return c.json({ id, state: 'corrected', ...(path && { url: publicUrl(c, { url, path }) }) })
  })

  app.post('/stories/:id/kill', describeAct('Recall a story from everywhere, for good'), async (c) => {
    const account = await person(c)
    if (!may(account.role, 'story.kill')) throw new GroundwaveError('NOT_ALLOWED')
    const id = c.req.param('id')
    const { reason, note } = await read(c, killOrder)
    // Law 3: when this promise is kept, no page, list or answer of this house tells of the story any more.
    await newsroom.change(account.id, (edit) => edit.kill(id, { reason, note }))
    return c.json({ id, state: 'killed' })
  })

  return app
}

const existing = async (state: Promise<StoryState | null>): Promise<StoryState> => {
  const found = await state
  if (!found) throw new GroundwaveError('STORY_UNKNOWN')
  return found
}

/** The body as this shape; nothing at all counts as `{}`. Throws BAD_REQUEST with what is wrong. */
const read = async <T>(c: Context, shape: z.ZodType<T>): Promise<T> => {
  const text = Buffer.from(await bodyBytes(c, MOST_BYTES)).toString('utf8')
  let value: unknown
  try {
    value = text.trim() ? JSON.parse(text) : {}
  } catch {
    throw new GroundwaveError('BAD_REQUEST', '(The body is not JSON.)')
  }
  const result = shape.safeParse(value)
  if (result.success) return result.data
  const what = result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')
  throw new GroundwaveError('BAD_REQUEST', `(${what})`)
}

const toContent = ({ body, ...story }: z.infer<typeof newStory>): StoryContent => ({
  ...story,
  ...bodyOf(body),
  eyebrow: '',
  photo: null,
  audio: null,
  source: null,
  notes: '',
  place: null,
})

const refusal = (description: string) => ({
  description,
  content: { 'application/json': { schema: resolver(errorAnswer) } },
})
const ok = (description: string, schema: z.ZodType) => ({
  description,
  content: { 'application/json': { schema: resolver(schema) } },
})
const withKey = { 401: refusal('The key is missing or wrong'), 403: refusal('This person may not do that') }

const describeList = describeRoute({
  summary: 'What is published, newest first, without bodies',
  responses: { 200: ok('At most 200 stories', storyList) },
})
const describeOne = describeRoute({
  summary: 'One published story',
  responses: { 200: ok('The story', storyAnswer), 404: refusal('There is none, or none any more') },
})
const describeFile = describeRoute({
  summary: 'File a story on the desk',
  security: [{ bearer: [] }],
  responses: { 201: { description: 'It is a draft' }, 400: refusal('What is wrong in it'), ...withKey },
})
const describeAct = (summary: string) =>
  describeRoute({
    summary,
    security: [{ bearer: [] }],
    responses: {
      200: { description: 'It is done, and every surface of this house shows it so' },
      404: refusal('There is no such story'),
      409: refusal('The story has been killed'),
      ...withKey,
    },
  })
